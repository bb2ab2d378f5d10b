"""The matrix: where every party stands on every case, on one page, with or without colour."""

import re
from itertools import chain

import pytest

from commands.words import PARTY_STATES
from tests.commands.claims import Desk
from tests.office import PARTIES, Office

ANSWERS = ("adopts", "adopts-with-reservation", "declines", "not-now", "adjourned", "remitted")
HEADS = ["rjh", "ber", "bra", "har", "kro", "rag", "str", "are", "ost"]


def shown(office: Office, *, today: str = "2026-06-25", lang: str = "en") -> list[str]:
    return office("party", "matrix", today=today, lang=lang, json=False, expect=0).out.splitlines()


def cells(lines: list[str]) -> dict[str, str]:
    """What stands under each party's head in the one row there is, over all blocks; a title comes after them."""
    tops = [line for line in lines if any(f" {head} " in f"{line} " for head in HEADS) and "·" not in line]
    heads = [[word for word in line.split() if word in HEADS] for line in tops]
    told = [line.split()[1:] for line in lines if line.strip().startswith("SAM-")]
    rows = [row[: len(head)] for row, head in zip(told, heads, strict=True)]
    return dict(zip(chain(*heads), chain(*rows), strict=True))


def answered_in_every_way(office: Office, ref: str) -> None:
    for party, answer in zip(PARTIES, ANSWERS, strict=False):
        said = ("--answer", answer, "--on", "2026-04-20", "--reason", "därför")
        office("case", "answer", ref, "--party", party, *said, expect=0)


def test_each_way_of_answering_has_a_letter_of_its_own(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    answered_in_every_way(office, ref)
    found = cells(shown(office, today="2026-06-01"))
    assert list(found) == HEADS
    assert list(found.values()) == ["A", "R", "D", "N", "j", "r", "w", "w", "w"]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_two_states_share_a_letter(desk: Desk, lang: str) -> None:
    """Without colour the letters are all there is, in either language."""
    office, ref = desk("sent_to_parties")
    answered_in_every_way(office, ref)
    found = list(cells(shown(office, today="2026-06-01", lang=lang)).values())
    assert len(set(found)) == len(PARTY_STATES) - 1


def test_the_legend_tells_every_letter_shown_and_no_other(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    office.adopts(ref, "berg")
    lines = shown(office, today="2026-06-01")
    assert "w waiting · A adopted" in lines
    assert any("ber Bergs kommun" in line for line in lines)


def test_who_owes_an_answer_after_the_day_is_marked_and_so_is_who_answered_late(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    office.adopts(ref, "rjh", on="2026-06-22")
    office.adopts(ref, "berg", on="2026-06-23")
    office("case", "answer", ref, "--party", "krokom", "--answer", "adjourned", "--on", "2026-06-10", expect=0)
    found = cells(shown(office, today="2026-06-22"))
    assert (found["rjh"], found["ber"], found["kro"], found["are"]) == ("A", "A!", "j", "w")
    found = cells(shown(office, today="2026-06-23"))
    assert (found["rjh"], found["ber"], found["kro"], found["are"]) == ("A", "A!", "j!", "w!")


def test_a_case_that_is_over_wants_no_answer_and_is_not_overdue(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    office("case", "withdraw", ref, "--reason", "frågan har fallit", "--on", "2026-04-01", expect=0)
    assert set(cells(shown(office, today="2026-12-31")).values()) == {"w"}


def test_a_case_of_fewer_parties_leaves_the_others_columns_empty(desk: Desk) -> None:
    office, _ref = desk("sent_to_parties")
    office.walked_to("sent_to_parties", party=["berg", "are"])
    lines = shown(office, today="2026-06-01")
    (row,) = [line for line in lines if line.strip().startswith("SAM-2026-0002")]
    (head,) = [line for line in lines if " rjh " in line and "·" not in line]
    assert {head[place.start() :].split()[0] for place in re.finditer("w", row)} == {"ber", "are"}


def test_before_anything_is_sent_there_is_nothing_to_show(county: Office) -> None:
    county.walked_to("recommended_by_political_forum")
    assert county("party", "matrix", expect=0).json == []
    assert shown(county) == ["No case has been sent to the parties."]


def test_a_new_text_takes_the_case_out_until_it_is_sent_again(desk: Desk) -> None:
    office, ref = desk("not_ratified")
    office("case", "revise", ref, "--text", office.paper("ny text"), "--on", "2026-05-01", expect=0)
    assert office("party", "matrix", expect=0).json == []


@pytest.mark.parametrize("columns", [200, 80, 60, 40])
def test_every_party_fits_however_narrow_the_console(desk: Desk, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    office, ref = desk("sent_to_parties")
    office.adopts(ref, *PARTIES[:4])
    lines = shown(office, today="2026-12-01")
    assert [line for line in lines if len(line) > columns] == []
    assert cells(lines) == dict(zip(HEADS, ["A"] * 4 + ["w!"] * 5, strict=True))
    assert sum(line.strip().startswith("SAM-") for line in lines) == (2 if columns == 40 else 1)


def test_colour_adds_nothing_that_the_letters_do_not_say(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    office, ref = desk("sent_to_parties")
    answered_in_every_way(office, ref)
    plain = shown(office)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = shown(office)
    assert any("\x1b[31m" in line for line in coloured)
    assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in coloured] == plain


def test_json_tells_each_partys_state_by_id(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    office.adopts(ref, "rjh", on="2026-06-23")
    (row,) = office("party", "matrix", today="2026-06-30", expect=0).json
    assert (row["ref"], row["state"], row["answer_by"]) == (ref, "sent_to_parties", "2026-06-22")
    assert [party["party"] for party in row["parties"]] == list(PARTIES)
    assert row["parties"][0] == {"party": "rjh", "state": "adopted", "late": True, "overdue": False}
    assert row["parties"][1] == {"party": "berg", "state": "waiting", "late": False, "overdue": True}
