"""What a county's file calls things: whoever is no party, a name that is nearly one, a key that is missing."""

from typing import Any

import pytest

from commands import failure
from commands.console import filled
from tests.commands.claims import refused
from tests.office import Office
from workflow.errors import Message, Remark

HEAD = "id;title;type;group;validity_text;parter"
IMPORT = ("register", "import")


def file(office: Office, *rows: str) -> Any:
    return office.paper("\n".join((HEAD, *rows)) + "\n")


@pytest.mark.parametrize("body", ["KFJH", "SocSam", "HSN", "svom", "revisorerna", "berg + KFJH"])
def test_a_body_that_is_no_party_is_a_fault_with_its_row_and_column(county: Office, body: str) -> None:
    path = file(county, "a-1;T;avtal;vuxna;2024-;", f"a-2;T;avtal;vuxna;2024-;{body}")
    error = refused(county, *IMPORT, path, code="value_invalid", exit_code=65).error
    assert error["message"].startswith("Row 3, column parter: "), error
    assert error["message"].endswith(" is no party to the document.")
    in_swedish = county(*IMPORT, path, lang="sv", json=False)
    assert in_swedish.code == 65
    assert "Rad 3, kolumn parter: " in in_swedish.err
    assert "är inte part i dokumentet." in in_swedish.err
    assert county("register", "list", expect=0).json == []


def test_a_party_is_read_where_a_body_is_refused(county: Office) -> None:
    county(*IMPORT, file(county, "a-1;T;avtal;vuxna;2024-;Bergs kommun + KROKOM"), expect=0)
    assert county("register", "show", "a-1", expect=0).json["parties"] == ["berg", "krokom"]


def test_every_fault_asks_for_the_name_that_was_meant(county: Office) -> None:
    path = file(county, "a-1;T;avtall;vuxna;2024-;", "a-2;T;riktlinja;vuxna;2024-;", "a-3;T;avtal;vuxan;2024-;")
    told = county(*IMPORT, path, lang="sv", json=False).err
    assert [f"Menade du «{each}»?" in told for each in ("avtal", "riktlinje", "vuxna")] == [True] * 3, told


ENTRY = '{"id": "a-1", "title": "T", "type": "avtal", "validity_text": "", "terms": {"validity": {"kind": "unknown"}}}'
UNFIT = {
    ENTRY.replace('"title": "T", ', ""): "nyckeln «title» saknas.",
    ENTRY.replace('"title"', '"titel": "", "title"'): "det finns ingen nyckel «titel».",
    ENTRY.replace('"T"', "3"): "det måste vara en text.",
    ENTRY.replace('"kind": "unknown"', '"kind": 3'): "det måste vara en text.",
    ENTRY.replace('"unknown"', '"for ever"'): "«for ever» är inget av dess ord.",
    ENTRY.replace('"kind"', '"start": "2024-13-01", "kind"'): "det måste vara ett datum, som 2026-03-13.",
    ENTRY.replace('{"kind": "unknown"}', "[]"): "det måste vara ett objekt med nycklar.",
    "[]": "det måste vara ett objekt med nycklar.",
    "[" * 5000 + "]" * 5000: "den är ingen JSON-lista med dokument",
    ENTRY.replace('"T"', '"T", "x": ' + "[" * 5000 + "]" * 5000): "den är ingen JSON-lista med dokument",
}


@pytest.mark.parametrize("entry", UNFIT, ids=range(len(UNFIT)))
def test_an_entry_in_json_that_does_not_fit_is_told_in_swedish(county: Office, entry: str) -> None:
    reply = county(*IMPORT, county.paper(f"[{entry}]"), lang="sv")
    assert (reply.code, UNFIT[entry] in reply.error["message"]) == (65, True), reply.transcript()


def test_a_rule_file_nested_too_deeply_is_refused_as_one_that_cannot_be_read(county: Office) -> None:
    path = county.paper("a=" + "[" * 100_000)
    refused(county, "structure", "import", path, code="rules_invalid", exit_code=78)


def test_a_sentence_within_a_sentence_is_told_with_its_own_values() -> None:
    inner = Remark("{what} is no {at}", {"what": "a", "at": "b"})
    assert filled("{at}: {what}", at=1, what=inner) == "1: a is no b"
    with pytest.raises(KeyError):
        filled("{what}", what=Message("{what}"))


def test_a_fault_that_cannot_be_told_is_told_as_a_fault_of_the_product(
    county: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: object, **__: object) -> int:
        raise RecursionError

    monkeypatch.setattr(failure, "_refusal", endless)
    reply = county("case", "show", "SAM-2026-0099")
    assert (reply.code, reply.error["code"]) == (70, "internal_error"), reply.transcript()
