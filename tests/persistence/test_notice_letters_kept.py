"""The letters of a notice as they are kept and judged: beside their record, by its number, and as the rules have it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from persistence.letters import list_letters
from persistence.outbox import Outbox
from persistence.questions import cases_sent_to
from tests.office import PARTIES
from tests.persistence.keeping import Keeping
from tests.persistence.test_forgeries import forged
from workflow import acts
from workflow.audit import Lawfulness
from workflow.record import ORGANISATION
from workflow.refusals import StepNotPossible
from workflow.register.acts import GiveNotice
from workflow.register.bilaga import built_in
from workflow.register.events import NoticeReceived

ON = date(2026, 6, 2)
GIVEN = GiveNotice(on=ON, party="ragunda", received=date(2026, 6, 1))


@pytest.fixture
def noticed(tmp_path: Path) -> Keeping:
    """A register in which one notice has been given and its nine letters wait; its log may be forged."""
    kept = Keeping(tmp_path).founded()
    rows = [entry for entry in built_in(kept.engine.rules.register) if entry.id in {"b1-09", "b1-14"}]
    kept.engine.register.enter(rows, date(2026, 1, 13))
    kept.engine.register.handle("b1-09", GIVEN)
    kept.home.unlock()
    return kept


def outbox(kept: Keeping) -> list[tuple[str, str, int, str]]:
    with kept.rows() as base:
        return list(
            base.execute("SELECT message_id, ref, queued_seq, state FROM outbox ORDER BY message_id").fetchall()
        )


def test_the_letters_are_kept_with_the_number_of_the_record_that_calls_for_them(noticed: Keeping) -> None:
    (record,) = [each for each in noticed.store.stream("b1-09") if isinstance(each.event, NoticeReceived)]
    assert {(ref, seq, state) for _, ref, seq, state in outbox(noticed)} == {("b1-09", record.seq, "queued")}
    assert len(outbox(noticed)) == len(PARTIES)
    assert noticed.findings() == ()


def test_what_becomes_of_a_letter_is_written_once_and_survives_what_else_is_recorded(noticed: Keeping) -> None:
    engine = noticed.engine
    one, other, *_ = (message_id for message_id, *_ in outbox(noticed))
    sent = acts.NoteSent(on=ON, message_id=one, sha256="0" * 64, by_way_of="folder", attempts=1)
    assert len(engine.handle_letter("b1-09", sent).records) == 1
    again = engine.handle_letter("b1-09", sent)
    assert (again.records, len(again.remarks)) == ((), 1)
    for act in (
        acts.DropLetter(on=ON, message_id=other),
        acts.SendAgain(on=ON, message_id=other),
        acts.NoteUndeliverable(on=ON, message_id=one, why="–", attempts=1),
    ):
        with pytest.raises(StepNotPossible):
            engine.handle_letter("b1-09", act)
    engine.register.check("b1-09", date(2026, 10, 1))
    assert {state for message_id, *_, state in outbox(noticed) if message_id == one} == {"sent"}
    claimed = Outbox(noticed.database).claim("me", noticed.clock.now(), noticed.clock.now() - noticed.clock.now(), 99)
    assert {each.message_id for each in claimed} == {message_id for message_id, *_ in outbox(noticed)} - {one}
    assert noticed.findings() == ()


def test_the_letters_of_a_document_are_none_of_a_case(noticed: Keeping) -> None:
    with noticed.database.reading() as connection:
        assert [cases_sent_to(connection, party) for party in PARTIES] == [[]] * len(PARTIES)
        assert {row["ref"] for row in list_letters(connection)} == {"b1-09"}
        assert list_letters(connection, ref="b1-14") == []


TAMPERED = {
    "another address": "UPDATE outbox SET address = 'annan@berg.example' WHERE party = 'berg'",
    "said to have left": "UPDATE outbox SET state = 'sent' WHERE party = 'berg'",
    "taken away": "DELETE FROM outbox WHERE party = 'berg'",
}


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED.keys())
def test_a_row_of_the_outbox_that_its_document_does_not_make_is_found(noticed: Keeping, statement: str) -> None:
    with noticed.rows() as base:
        base.execute(statement)
    assert {finding.check for finding in noticed.findings()} == {"outbox"}


def withheld(event: dict[str, Any]) -> None:
    event["letters"] = [letter for letter in event["letters"] if letter["party"] != "berg"]


def misled(event: dict[str, Any]) -> None:
    event["letters"][0]["to"] = "annan@berg.example"


def renamed(event: dict[str, Any]) -> None:
    event["letters"][0]["message_id"] = "<annat@prov>"


def told_otherwise(event: dict[str, Any]) -> None:
    event["last_day"] = "2030-12-31"


def untold(event: dict[str, Any]) -> None:
    for key in ("letters", "last_day", "checkpoint"):
        event.pop(key)


@pytest.mark.parametrize("change", [withheld, misled, renamed, told_otherwise, untold])
def test_a_notice_whose_letters_are_others_than_the_rules_lead_to_is_unlawful(
    noticed: Keeping, change: Callable[[dict[str, Any]], None]
) -> None:
    def forge(record: dict[str, Any]) -> None:
        if record["event"]["kind"] == "notice_received":
            change(record["event"])

    forged(noticed, forge)
    assert "lawful" in {finding.check for finding in noticed.findings()}


def test_a_notice_that_quotes_another_log_is_found(noticed: Keeping) -> None:
    def forge(record: dict[str, Any]) -> None:
        if record["event"]["kind"] == "notice_received":
            origin, size, _root = record["event"]["checkpoint"].splitlines()
            other = f"{origin}\n{size}\n{'A' * 43}=\n"
            record["act"]["checkpoint"] = record["event"]["checkpoint"] = other

    forged(noticed, forge)
    assert "checkpoint quoted" in {finding.check for finding in noticed.findings()}


def test_a_notice_recorded_before_there_were_letters_is_lawful_as_it_stands(noticed: Keeping) -> None:
    """What an older version wrote: neither the act nor the record knows of letters."""

    def aged(record: dict[str, Any]) -> None:
        if record["event"]["kind"] == "notice_received":
            untold(record["event"])
            record["act"].pop("checkpoint")

    forged(noticed, aged)
    records = noticed.store.stream("b1-09")
    assert Lawfulness(noticed.store.stream(ORGANISATION), noticed.store.rule_set).judged(records).findings == []
    assert {finding.check for finding in noticed.findings()} == {"document_view", "outbox"}
