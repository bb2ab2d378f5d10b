"""Who may try which letter when: one sender at a time, none before its pause is over, on either kind of database."""

import hashlib
import threading
from collections import Counter
from datetime import timedelta

import pytest

from persistence.letters import find_letter, letter_id, list_letters
from persistence.outbox import Outbox
from tests.office import PARTIES
from tests.persistence.keeping import NOON, Keeping
from tests.persistence.worked_on import TEXT, sent
from workflow.bad_data import UnknownLetter
from workflow.facts import Text
from workflow.refusals import HistoryBroken

LASTING = timedelta(minutes=20)
KEPT = Text(version=1, sha256=hashlib.sha256(TEXT).hexdigest(), name="text.txt")


@pytest.fixture
def outbox(county: Keeping) -> Outbox:
    """The outbox with nine letters in it."""
    sent(county, TEXT)
    return Outbox(county.database)


def claimed(outbox: Outbox, sender: str = "one", after: timedelta = timedelta(), most: int = 100) -> list[str]:
    return [each.message_id for each in outbox.claim(sender, NOON + after, LASTING, most)]


def test_a_letter_is_claimed_by_one_sender_until_the_claim_is_over(outbox: Outbox) -> None:
    first = claimed(outbox, most=2)
    assert len(first) == 2
    rest = claimed(outbox, "two", LASTING - timedelta(microseconds=1))
    assert len({*first, *rest}) == len(rest) + 2 == len(PARTIES)
    assert sorted(claimed(outbox, "three", LASTING)) == sorted(first)


@pytest.mark.parametrize("senders", [2, 5])
def test_many_senders_at_once_never_claim_the_same_letter(outbox: Outbox, senders: int) -> None:
    found: list[str] = []
    begin = threading.Barrier(senders)

    def one_after_the_other(name: str) -> None:
        own = Outbox(outbox.database)
        begin.wait()
        while got := claimed(own, name, most=1):
            found.extend(got)

    threads = [threading.Thread(target=one_after_the_other, args=(f"{number}",)) for number in range(senders)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert Counter(found) == Counter(dict.fromkeys(found, 1))
    assert len(found) == len(PARTIES)


def test_a_letter_that_was_put_off_is_due_when_its_pause_is_over_or_when_it_is_hastened(outbox: Outbox) -> None:
    one, other = claimed(outbox)[:2]
    later = NOON + timedelta(hours=1)
    outbox.put_off(one, 1, later, "451 later")
    outbox.put_off(other, 1, later + timedelta(hours=1), "451 later")
    assert outbox.next_try() == later
    assert claimed(outbox, after=timedelta(minutes=19)) == []
    tries = {each.message_id: each.attempts for each in outbox.claim("two", later, LASTING, 100)}
    assert len(tries) == len(PARTIES) - 1
    assert (tries[one], other in tries) == (1, False)
    outbox.hasten(other)
    assert claimed(outbox, "three", timedelta(hours=1)) == [other]


def test_a_claim_given_up_leaves_the_letter_as_it_was(outbox: Outbox) -> None:
    (one,) = claimed(outbox, most=1)
    outbox.release(one)
    assert one in claimed(outbox, "two")


def test_a_letter_is_found_by_its_id_or_its_message_id_and_a_slip_is_answered_with_the_nearest(outbox: Outbox) -> None:
    with outbox.database.reading() as connection:
        rows = list_letters(connection)
        assert len(rows) == len(PARTIES)
        for row in rows:
            assert row["id"] == letter_id(row["message_id"]) == f"{row['ref']}.{row['party']}.5"
            for given in (row["id"], row["id"].upper(), row["message_id"], f" {row['id']} "):
                assert find_letter(connection, given) == row
        with pytest.raises(UnknownLetter) as refused:
            find_letter(connection, "SAM-2026-0001.krokm.5")
    assert refused.value.suggestion == "SAM-2026-0001.krokom.5"


def test_the_text_of_a_letter_is_given_only_as_it_was(county: Keeping, outbox: Outbox) -> None:
    assert outbox.text(None, 1) is None
    assert outbox.text(KEPT, 1) == TEXT
    with pytest.raises(HistoryBroken):
        outbox.text(Text(version=1, sha256="0" * 64), 1)
    with county.rows() as base:
        base.execute("UPDATE text SET content = ?", (b"annat",))
    with pytest.raises(HistoryBroken):
        outbox.text(KEPT, 1)


def test_a_claim_made_by_a_clock_that_has_been_set_back_since_keeps_nobody_waiting(outbox: Outbox) -> None:
    year = timedelta(days=365)
    assert len(claimed(outbox, "ahead", year)) == len(PARTIES)
    # One that two machines' clocks may differ by is none.
    assert claimed(outbox, "behind", year - LASTING) == []
    assert len(claimed(outbox, "set right")) == len(PARTIES)
