"""Whether the catalogues are whole: ``python -m translations.check``; with ``--update`` they are refreshed first.

A tool of the workshop. It needs Babel, which the product itself never imports.
"""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from copy import deepcopy
from importlib.util import find_spec
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from translations import CATALOGUES, DOMAIN, LANGUAGES

CHECKOUT = Path(CATALOGUES).parent
#: Where texts stand that a person reads.
ROOMS = ("cli.py", "commands", "correspondence", "machines", "persistence", "scheduler", "workflow")
#: The library of the command line looks its own words up in our catalogues.
LIBRARY = "click"
#: The language the code is written in: its catalogue says what the code says.
OF_THE_CODE = "en"

#: The functions that mark a message, and how many forms of it they are given.
_MARKS = {"_": 1, "N_": 1, "gettext": 1, "ngettext": 2}
#: What the library looks up out of a variable: the mark of an option that must be given.
_UNMARKED = ("required",)
_PERCENT = re.compile(r"%\(\w+\)\w")
_WIDTH = 120


def template(checkout: Path = CHECKOUT) -> Catalog:
    """Every message in the code of ``checkout`` and in the library, with the files it stands in."""
    catalog = Catalog(fuzzy=False)
    for source, name in (*_sources(checkout), *_library_sources()):
        for message in marked(source.read_text(encoding="utf-8")):
            # A file is named without its line: lines move too often to be worth a change of the catalogue.
            catalog.add(message if len(message) > 1 else message[0], locations=[(name, 0)])
    for unmarked in _UNMARKED:
        catalog.add(unmarked, locations=[(f"{LIBRARY}/core.py", 0)])
    return catalog


def marked(code: str) -> Iterator[tuple[str, ...]]:
    """The messages marked in ``code``, from its first line to its last, each as its one form or its two."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        given = call.args[: _MARKS.get(name, 0)]
        texts = [text.value for text in given if isinstance(text, ast.Constant) and isinstance(text.value, str)]
        if texts and len(texts) == _MARKS[name]:
            yield tuple(texts)


def _sources(checkout: Path) -> Iterator[tuple[Path, str]]:
    for room in ROOMS:
        place = checkout / room
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            yield file, file.relative_to(checkout).as_posix()


def _library_sources() -> Iterator[tuple[Path, str]]:
    found = find_spec(LIBRARY)
    for folder in (found.submodule_search_locations if found else None) or ():
        for file in sorted(Path(folder).glob("*.py")):
            yield file, f"{LIBRARY}/{file.name}"


def catalogue_path(language: str, folder: Path | None = None) -> Path:
    """The catalogue of a language as people write it; the compiled one lies beside it."""
    return (folder or Path(CATALOGUES)) / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str, folder: Path | None = None) -> Catalog:
    """The catalogue of a language as people write it. Raises OSError where there is none."""
    with catalogue_path(language, folder).open("rb") as file:
        return read_po(file, locale=language)


def read_compiled(language: str, folder: Path | None = None) -> Catalog:
    """The catalogue of a language as the product reads it. Raises OSError where there is none."""
    with catalogue_path(language, folder).with_suffix(".mo").open("rb") as file:
        return read_mo(file)


def faults(wanted: Catalog, language: str, folder: Path | None = None) -> list[str]:
    """Everything that is wrong with the catalogue of ``language``, a line each; ``wanted`` holds what the code says."""
    try:
        catalog, compiled = read(language, folder), read_compiled(language, folder)
    except OSError as fault:
        return [f"{language}: {fault}"]
    found = [f"not in the catalogue: {_told(each)}" for each in _entries(wanted) if each.id not in catalog]
    obsolete = [each for each in _entries(catalog) if each.id not in wanted]
    found += [f"not in the code any more: {_told(each)}" for each in (*obsolete, *catalog.obsolete.values())]
    for each in _entries(catalog):
        found += [f"{fault}: {_told(each)}" for fault in _faults_of(each, language)]
    if not _is_compiled(catalog, compiled):
        found.append("the compiled catalogue (.mo) says something else than the written one (.po)")
    return [f"{language}: {fault}" for fault in found]


def _faults_of(entry: Message, language: str) -> Iterator[str]:
    ids, strings = _forms(entry.id), _forms(entry.string)
    if entry.fuzzy:
        yield "marked as fuzzy"
    if len(strings) != len(ids) or not all(strings):
        yield "not translated"
    elif any(fields(one) != fields(other) for one, other in zip(ids, strings, strict=True)):
        yield f"the fields differ from those of {strings}"
    elif language == OF_THE_CODE and ids != strings:
        yield f"the code's own language says {strings}"


def fields(text: str) -> set[str]:
    """The fields of a message, with how each is to be written; what is no template has itself as its only one."""
    try:
        parsed = list(Formatter().parse(text))
    except ValueError:
        return {text}
    braces = {f"{name}!{how}:{form}" for _text, name, form, how in parsed if name is not None}
    return braces | set(_PERCENT.findall(text))


def _entries(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """The singular and the plural of a message that has both, else its only form."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def _is_compiled(catalog: Catalog, compiled: Catalog) -> bool:
    """Whether what is translated stands in ``compiled`` as it is written, and nothing else does."""
    lookup = {_forms(entry.id): _forms(entry.string) for entry in _entries(compiled)}
    written = {_forms(entry.id): _forms(entry.string) for entry in _entries(catalog) if not entry.fuzzy}
    whole = {ids: strings for ids, strings in written.items() if all(strings)}
    return lookup.keys() <= written.keys() and whole == {ids: lookup.get(ids) for ids in whole}


def _told(entry: Message) -> str:
    places = ", ".join(dict.fromkeys(place for place, _line in entry.locations))
    return f"{_forms(entry.id)[0]!r}" + (f" ({places})" if places else "")


def update(wanted: Catalog, language: str, folder: Path | None = None) -> None:
    """Refreshes the catalogue from the code and compiles it. Translations are kept, what is obsolete is dropped."""
    catalog = read(language, folder)
    # A near miss is no translation: what is new stays empty until somebody has written it. And Babel hands its own
    # entries on: what is written into the one catalogue must not be read out of the next.
    catalog.update(deepcopy(wanted), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    if language == OF_THE_CODE:
        for entry in _entries(catalog):
            entry.string = entry.id
    path = catalogue_path(language, folder)
    with path.open("wb") as written:
        write_po(written, catalog, width=_WIDTH, sort_by_file=True, include_lineno=False)
    with path.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalog)


def main(words: Sequence[str]) -> int | str:
    """What the process ends with: 0, or every fault there is, a line each."""
    if any(word != "--update" for word in words):
        return "usage: python -m translations.check [--update]"
    wanted = template()
    if words:
        for language in LANGUAGES:
            update(wanted, language)
    found = [fault for language in LANGUAGES for fault in faults(wanted, language)]
    if not found:
        return 0
    return "\n".join((*found, "«--update» refreshes and compiles; an empty msgstr in a .po is to be translated."))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
