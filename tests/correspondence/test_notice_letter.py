"""What the letters of a notice say, to somebody who has only the letter."""

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from correspondence.letter import Addressee, Written
from correspondence.notice import Notice, write_notice, write_receipt
from correspondence.templates import read_templates
from tests.correspondence.conftest import CHECKPOINT

TEMPLATES = read_templates()
WRITERS = (write_notice, write_receipt)

FOR_ALL = Notice(
    ref="b1-09",
    title="Avtal om stöd",
    document_type="Avtal",
    giver="Ragunda kommun",
    received=date(2025, 6, 1),
    scope="agreement",
    ends_on=date(2025, 12, 31),
    last_day=date(2025, 12, 31),
    late=False,
    recorded_on=date(2025, 6, 2),
    owners=("SVOM", "Barnarenan"),
    reply_to="samverkan@region.example",
    checkpoint=CHECKPOINT,
)
ALONE = replace(FOR_ALL, scope="party", last_day=None)


def said(notice: Notice, language: str = "sv") -> str:
    """The letter to another party, as one line."""
    to = Addressee(id="krokom", name="Krokoms kommun")
    return " ".join(write_notice(notice, to, TEMPLATES, (language,)).text.split())


@pytest.mark.parametrize("languages", [("sv",), ("en",), ("sv", "en")])
@pytest.mark.parametrize("write", WRITERS)
def test_each_letter_tells_which_document_when_and_until_when_in_each_language(
    write: Callable[..., Written], languages: tuple[str, ...], krokom: Addressee
) -> None:
    written = write(FOR_ALL, krokom, TEMPLATES, languages)
    for part in written.text.split("=" * 72):
        for told in ("b1-09", "Avtal om stöd", "Krokoms kommun", "2025-06-01", "2025-06-02", "2025-12-31"):
            assert told in part, told
        assert "SVOM, " in part
        assert "Barnarenan, samverkan@region.example\n" in part
        assert CHECKPOINT in part
        assert max(len(line) for line in part.splitlines()) <= 80
    assert written.text.endswith(f"\n\n{CHECKPOINT}")
    assert written.subject.startswith("[b1-09/krokom] ")


def test_only_the_letter_to_the_others_names_who_gave_notice() -> None:
    krokom = Addressee(id="krokom", name="Krokoms kommun")
    assert "Ragunda kommun har sagt upp" in write_notice(FOR_ALL, krokom, TEMPLATES).text
    assert "Ragunda kommun" in write_notice(FOR_ALL, krokom, TEMPLATES).subject
    receipt = write_receipt(FOR_ALL, Addressee(id="ragunda", name="Ragunda kommun"), TEMPLATES)
    assert "er uppsägning" in receipt.text
    assert "har sagt upp" not in receipt.text


def test_who_is_bound_until_when_follows_from_the_scope_and_from_what_else_is_known() -> None:
    for_all = "Dokumentet upphör att gälla för alla parter. Det gäller till och med 2025-12-31."
    stays = "För övriga parter fortsätter dokumentet att gälla."
    assert for_all in said(FOR_ALL)
    assert stays not in said(FOR_ALL)
    assert "avser bara Ragunda kommun, som är bunden till och med 2025-12-31. " + stays in said(ALONE)
    assert stays in said(replace(ALONE, last_day=date(2026, 12, 31)))
    last_to_leave = said(replace(ALONE, last_day=date(2025, 12, 31)))
    assert "ingen annan part är bunden" in last_to_leave
    assert for_all in last_to_leave
    assert stays not in last_to_leave
    ended_before = said(replace(FOR_ALL, last_day=date(2025, 8, 31)))
    assert "till och med 2025-08-31" in ended_before
    assert "2025-12-31" not in ended_before


def test_a_late_notice_is_said_to_be_late_and_no_other() -> None:
    assert "kom in för sent" in said(replace(FOR_ALL, late=True))
    assert "came in too late" in said(replace(FOR_ALL, late=True), "en")
    assert "för sent" not in said(FOR_ALL)


def test_a_late_notice_of_what_ends_before_counts_for_no_next_term() -> None:
    late = replace(FOR_ALL, late=True, ends_on=date(2026, 12, 31))
    assert "gäller till utgången av nästa" not in said(late)
    assert "dokumentet upphör innan nästa löper ut. Dokumentet upphör att gälla för alla parter." in said(late)
    assert "2026" not in said(late)
    assert "gäller till utgången av nästa" in said(replace(late, last_day=date(2026, 12, 31)))
    alone = said(replace(late, scope="party"))
    assert "avser bara Ragunda kommun, men dokumentet självt upphör dessförinnan" in alone
    assert "2026" not in alone


def test_a_letter_without_forums_or_address_still_says_whom_to_ask() -> None:
    assert "Frågor besvaras av avsändaren av det här brevet" in said(replace(FOR_ALL, owners=(), reply_to=None))


@pytest.mark.parametrize("checkpoint", ["", "one\ntwo\n", "one\n\nthree\n", "one\ntwo\nthree\nfour\n"])
def test_what_is_no_checkpoint_stands_in_no_letter(checkpoint: str) -> None:
    with pytest.raises(ValueError, match="three lines"):
        said(replace(FOR_ALL, checkpoint=checkpoint))
