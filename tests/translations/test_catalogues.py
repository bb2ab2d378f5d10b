"""The catalogues are whole, say the same and are compiled; each fault they could have has been seen to be found."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from translations import LANGUAGES
from translations.check import catalogue_path, faults, fields, main, marked, read, template, update

FIELDS = "{by} waits for {owed}."
PLURAL = "One argument too many ({args})"
PLAIN = "Nothing was written."
IN_SWEDISH: dict[str, str | tuple[str, str]] = {
    FIELDS: "{by} väntar på {owed}.",
    PLURAL: ("Ett argument för mycket ({args})", "{count} argument för mycket ({args})"),
    PLAIN: "Inget har skrivits.",
}


@pytest.fixture(scope="module")
def ours() -> Catalog:
    return template()


@pytest.fixture
def wanted() -> Catalog:
    """What a small program says."""
    catalog = Catalog(fuzzy=False)
    for message in (FIELDS, (PLURAL, "{count} arguments too many ({args})"), PLAIN):
        catalog.add(message, locations=[("commands/small.py", 0)])
    return catalog


@pytest.fixture
def folder(tmp_path: Path, wanted: Catalog) -> Path:
    """The small program's catalogues, whole, to be spoilt."""
    for language in LANGUAGES:
        path = catalogue_path(language, tmp_path)
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            write_po(file, Catalog(locale=language, fuzzy=False))
        update(wanted, language, tmp_path)
    rewritten(tmp_path, "sv", _translate)
    update(wanted, "sv", tmp_path)
    assert [fault for language in LANGUAGES for fault in faults(wanted, language, tmp_path)] == []
    return tmp_path


def _translate(catalog: Catalog) -> None:
    for message, string in IN_SWEDISH.items():
        catalog[message].string = string


def rewritten(folder: Path, language: str, change: Callable[[Catalog], object], *, compiled: bool = True) -> None:
    catalog = read(language, folder)
    change(catalog)
    path = catalogue_path(language, folder)
    with path.open("wb") as file:
        write_po(file, catalog)
    if compiled:
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)


def told(catalog: Catalog, message: str) -> str:
    string = catalog[message].string
    assert isinstance(string, str)
    return string


def test_the_catalogues_are_whole() -> None:
    assert main([]) == 0


def test_every_language_has_the_same_messages_and_the_code_has_them_all(ours: Catalog) -> None:
    ids = {language: {str(message.id) for message in read(language) if message.id} for language in LANGUAGES}
    assert len(ids["sv"]) > 300
    assert ids["sv"] == ids["en"] == {str(message.id) for message in ours if message.id}


def test_the_english_catalogue_says_what_the_code_says() -> None:
    assert [message.id for message in read("en") if message.id and message.string != message.id] == []


def test_the_swedish_catalogue_is_swedish() -> None:
    """What is the same in both languages is a name, a letter, a Swedish term, or nothing but fields."""
    same = {str(message.id) for message in read("sv") if message.id and message.id == message.string}
    assert {text for text in same if len(text.split()) > 4} == set()
    assert len(same) < 40


def test_the_words_of_the_command_lines_library_are_in_the_catalogues(ours: Catalog) -> None:
    for message in ("Usage:", "Options", "required", "Missing option", "Show this message and exit."):
        assert message in ours, message


def test_a_message_that_no_catalogue_has_is_found(wanted: Catalog, folder: Path) -> None:
    rewritten(folder, "sv", lambda catalog: catalog.delete(FIELDS))
    assert any("not in the catalogue" in fault and FIELDS in fault for fault in faults(wanted, "sv", folder))


def test_a_message_that_the_code_no_longer_has_is_found(wanted: Catalog, folder: Path) -> None:
    rewritten(folder, "sv", lambda catalog: catalog.add("Gone with the wind.", "Borta."))
    assert any("not in the code any more" in fault for fault in faults(wanted, "sv", folder))


@pytest.mark.parametrize("string", ["", "{by} väntar.", "{by} väntar på {skyldig}.", "{by} väntar på {owed!r}.", "{by"])
def test_a_gap_and_a_field_gone_astray_are_found(wanted: Catalog, folder: Path, string: str) -> None:
    rewritten(folder, "sv", lambda catalog: setattr(catalog[FIELDS], "string", string))
    (fault,) = faults(wanted, "sv", folder)
    assert FIELDS in fault


@pytest.mark.parametrize("forms", [("Ett för mycket ({args})", ""), ("Ett för mycket", "{count} för mycket ({args})")])
def test_a_plural_with_a_form_that_is_empty_or_has_lost_its_field_is_found(
    wanted: Catalog, folder: Path, forms: tuple[str, str]
) -> None:
    rewritten(folder, "sv", lambda catalog: setattr(catalog[PLURAL], "string", forms))
    (fault,) = faults(wanted, "sv", folder)
    assert PLURAL in fault


def test_a_fuzzy_translation_is_found(wanted: Catalog, folder: Path) -> None:
    rewritten(folder, "sv", lambda catalog: catalog[FIELDS].flags.add("fuzzy"), compiled=False)
    assert any("fuzzy" in fault and FIELDS in fault for fault in faults(wanted, "sv", folder))


def test_english_that_says_something_else_than_the_code_is_found(wanted: Catalog, folder: Path) -> None:
    rewritten(folder, "en", lambda catalog: setattr(catalog[PLAIN], "string", "Nothing happened."))
    (fault,) = faults(wanted, "en", folder)
    assert PLAIN in fault


def test_a_catalogue_that_was_not_compiled_anew_is_found(wanted: Catalog, folder: Path) -> None:
    def change(catalog: Catalog) -> None:
        catalog[PLAIN].string = "Ingenting har skrivits."

    rewritten(folder, "sv", change, compiled=False)
    (fault,) = faults(wanted, "sv", folder)
    assert ".mo" in fault


def test_a_language_without_a_catalogue_is_found(wanted: Catalog, folder: Path) -> None:
    catalogue_path("sv", folder).unlink()
    (fault,) = faults(wanted, "sv", folder)
    assert fault.startswith("sv: ")


def test_a_refreshed_catalogue_keeps_what_is_translated_and_leaves_what_is_new_to_be_written(
    wanted: Catalog, folder: Path
) -> None:
    before = told(read("sv", folder), PLAIN)
    rewritten(folder, "sv", lambda catalog: catalog.delete(FIELDS))
    rewritten(folder, "sv", lambda catalog: catalog.add("Gone with the wind.", "Borta."))
    update(wanted, "sv", folder)
    (fault,) = faults(wanted, "sv", folder)
    assert "not translated" in fault
    assert FIELDS in fault
    assert told(read("sv", folder), PLAIN) == before


def test_refreshing_what_is_fresh_changes_nothing(wanted: Catalog, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("messages.*")}
    assert len(before) == 2 * len(LANGUAGES)
    for language in LANGUAGES:
        update(wanted, language, folder)
    assert {path: path.read_bytes() for path in folder.rglob("messages.*")} == before


@pytest.mark.parametrize(
    ("code", "messages"),
    [
        ('_("one")', [("one",)]),
        ('help=_(N_("one " "and two"))', [("one and two",)]),
        ("f\"{x} ({_(N_('late'))})\"", [("late",)]),
        ('gettext.ngettext("a", "b", n)', [("a", "b")]),
        ('_(settings["help"])', []),
        ('_(name)\nother("text")', []),
        ('b = N_("b")\na = N_("a")', [("b",), ("a",)]),
    ],
)
def test_messages_are_read_out_of_the_code_as_they_stand(code: str, messages: list[tuple[str, ...]]) -> None:
    assert list(marked(code)) == messages


def test_a_field_is_told_with_how_it_is_written() -> None:
    assert fields("{a} of {b!r}, %(c)s") == {"a!None:", "b!r:", "%(c)s"}
    assert fields("100 %") == set()


def test_a_wrong_word_on_the_line_is_told_how_to_write_it() -> None:
    assert "usage" in str(main(["--refresh"]))


#: A genitive put behind a name: an abbreviation would need a colon, a name that ends in s nothing.
GENITIVE = re.compile(r"\}s(?![a-zåäö])")


def test_no_swedish_sentence_puts_a_genitive_behind_a_name_it_does_not_know() -> None:
    assert GENITIVE.search("{by}s att göra")
    assert not GENITIVE.search("{by} svarar, {document}: {stage}skede")
    found = [text for text in map(str, (each.string for each in read("sv"))) if GENITIVE.search(text)]
    assert found == []
