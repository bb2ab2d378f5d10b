"""The templates of the letters: those that come with the product, and a county's own in their place.

A template is plain text (UTF-8) with fields written ``$name``. A county's folder is laid out as ``letters/`` here:
``sv/dispatch.txt`` and so on; what is not there is taken from the product.
"""

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Literal, get_args

from msgspec import Struct

from translations import LANGUAGES
from workflow.errors import N_
from workflow.refusals import ConfigInvalid
from workflow.system_words import system_words

#: The setting that names a county's own folder.
SETTING = "ARENDEGANG_LETTERS"

LetterKind = Literal["dispatch", "reminder", "notice", "receipt"]


class Fields(Struct, frozen=True):
    """The fields a kind of letter must have, and those it may have besides."""

    required: frozenset[str]
    optional: frozenset[str]


_OF_ALL = frozenset({"ref", "party", "report_to"})
_OF_A_NOTICE = _OF_ALL | {"received", "effect", "checkpoint"}

FIELDS: Mapping[LetterKind, Fields] = {
    "dispatch": Fields(
        required=_OF_ALL
        | {"answer_by", "recommendations", "text_version", "sha256", "answers", "effect", "checkpoint"},
        optional=frozenset({"title", "document", "attached", "sent_on"}),
    ),
    "reminder": Fields(
        required=_OF_ALL | {"answer_by", "days_left"},
        optional=frozenset({"title", "document", "text_version", "sent_on"}),
    ),
    "notice": Fields(required=_OF_A_NOTICE | {"giver"}, optional=frozenset({"title", "document", "sent_on"})),
    "receipt": Fields(required=_OF_A_NOTICE, optional=frozenset({"giver", "title", "document", "sent_on"})),
}

#: Every template there is, by kind and language, and its name in a folder.
NAMES: Mapping[tuple[LetterKind, str], str] = {
    (kind, language): f"{language}/{kind}.txt" for kind in get_args(LetterKind) for language in LANGUAGES
}

Templates = Mapping[tuple[LetterKind, str], Template]


def read_templates(own: Path | None = None) -> Templates:
    """Every template; one of the same name in the folder ``own`` takes the place of the product's.

    Raises ConfigInvalid with the file and what is wrong with it: unreadable, a field no letter has, one that the
    letter must have and does not, a name that no template has.
    """
    found = {} if own is None else _own(own)
    shipped = files("correspondence") / "letters"
    return {key: found[name] if name in found else _read(shipped / name, key[0]) for key, name in NAMES.items()}


def _own(folder: Path) -> dict[str, Template]:
    if not folder.is_dir():
        raise ConfigInvalid(setting=SETTING, why=N_("there is no folder {folder}."), folder=folder)
    kinds = {name: kind for (kind, _language), name in NAMES.items()}
    there = {
        f"{language}/{file.name}": file for language in LANGUAGES for file in sorted((folder / language).glob("*.txt"))
    }
    known = ", ".join(kinds)
    for name, file in there.items():
        if name not in kinds:
            # A misspelt name would be passed over in silence, and the county's words with it.
            raise ConfigInvalid(setting=str(file), why=N_("no letter has that name; known: {known}."), known=known)
    if not there:
        raise ConfigInvalid(setting=str(folder), why=N_("no template is there; known: {known}."), known=known)
    return {name: _read(file, kinds[name]) for name, file in there.items()}


def _read(file: Traversable, kind: LetterKind) -> Template:
    place = str(file)
    try:
        # Windows' own editor writes a mark first that is no part of the letter.
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigInvalid(setting=place, why=N_("it is not text in UTF-8.")) from None
    except OSError as fault:
        raise ConfigInvalid(setting=place, why=N_("it cannot be read: {fault}."), fault=system_words(fault)) from None
    text = text.replace("\r\n", "\n")
    if any(not (sign.isprintable() or sign in "\n\t") for sign in text):
        raise ConfigInvalid(setting=place, why=N_("it holds characters that cannot be shown."))
    template = Template(text)
    _require_fields(template, kind, place)
    return template


def _require_fields(template: Template, kind: LetterKind, place: str) -> None:
    if not template.is_valid():
        why = N_("a $ stands without the name of a field; write $$ for the sign itself.")
        raise ConfigInvalid(setting=place, why=why)
    used, fields = set(template.get_identifiers()), FIELDS[kind]
    unknown = sorted(used - fields.required - fields.optional)
    if unknown:
        why = N_("there is no field {unknown}; known: {known}.")
        known = _listed(fields.required | fields.optional)
        raise ConfigInvalid(setting=place, why=why, unknown=_listed(unknown), known=known)
    lacking = sorted(fields.required - used)
    if lacking:
        raise ConfigInvalid(setting=place, why=N_("it lacks {lacking}."), lacking=_listed(lacking))


def _listed(names: list[str] | frozenset[str]) -> str:
    return ", ".join(f"${name}" for name in sorted(names))
