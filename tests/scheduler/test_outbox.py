"""What becomes of nine letters: each its own fate, written down once, and none because of another's."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Self

import pytest

from correspondence.folder import FolderTransport
from correspondence.transport import Deferred, Delivered, Outcome, Refused
from persistence.letters import list_letters
from persistence.outbox import Outbox
from scheduler.jobs import outbox_job
from scheduler.outbox import CLAIM, send_due
from tests.correspondence.impatience import ImpatientWith
from tests.correspondence.post_office import HANGS_UP, SAYS_NOTHING, PostOffice, opened
from tests.office import PARTIES
from tests.persistence.keeping import Keeping
from tests.persistence.worked_on import ASKED_BY, SENT
from tests.scheduler.sending import (
    address,
    by_smtp,
    outcomes,
    recorded_as_sent,
    send,
    sender,
    states,
    what_is_wrong,
)
from workflow import acts
from workflow.engine import Engine
from workflow.errors import Remark
from workflow.out_of_reach import MailUnavailable
from workflow.refusals import DateBeforePreviousStep, HistoryBroken
from workflow.rulebook import shipped_rules

REF = "SAM-2026-0001"
PAUSES = shipped_rules().county.correspondence.retry_minutes
HOURS = shipped_rules().county.correspondence.give_up_hours
REMIND_ON = ASKED_BY - timedelta(days=28)


class Scripted:
    """A way out that gives each letter the next outcome of a list, and takes it when there are none left."""

    name = "scripted"
    remarks: tuple[Remark, ...] = ()

    def __init__(self, *outcomes: Outcome) -> None:
        self._outcomes: Iterator[Outcome] = iter(outcomes)
        self.handed_over: list[tuple[str, bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def deliver(self, message: bytes, sender: str, recipient: str, message_id: str) -> Outcome:  # noqa: ARG002 - as every way out
        self.handed_over.append((recipient, message))
        return next(self._outcomes, Delivered("250 Ok"))


def row(outbox: Keeping, party: str) -> dict[str, object]:
    with outbox.database.reading() as connection:
        return next(each for each in list_letters(connection) if each["party"] == party)


def flagged(outbox: Keeping) -> list[tuple[str, str | None]]:
    return [(flag.kind, flag.party) for flag in outbox.engine.case(REF).flags]


def test_nine_letters_leave_and_each_is_recorded_with_the_checksum_of_what_left(
    outbox: Keeping, tmp_path: Path
) -> None:
    assert outcomes(send(outbox, FolderTransport(tmp_path / "outbox"))) == Counter(sent=len(PARTIES))
    written = {hashlib.sha256(file.read_bytes()).hexdigest() for file in (tmp_path / "outbox").iterdir()}
    events = [record.event for record in outbox.store.stream(REF)]
    sent = [event for event in events if type(event).__name__ == "LetterSent"]
    assert {event.sha256 for event in sent} == written  # type: ignore[union-attr]  # said by its name, above
    assert {(event.by_way_of, event.attempts) for event in sent} == {("folder", 1)}  # type: ignore[union-attr]  # as above
    assert states(outbox) == {"sent": len(PARTIES)}
    assert outbox.findings() == ()


def test_what_has_been_sent_is_not_sent_again(outbox: Keeping) -> None:
    assert len(send(outbox, Scripted())) == len(PARTIES)
    before = outbox.dump()
    again = Scripted()
    assert send(outbox, again) == {}
    assert again.handed_over == []
    assert outbox.dump() == before


@pytest.mark.parametrize(
    ("to_recipient", "to_letter", "outcome", "why"),
    [
        ("451 4.7.1 Greylisted", None, "put_off", "451 4.7.1 Greylisted"),
        ("550 5.1.1 No such user", None, "undeliverable", "550 5.1.1 No such user"),
        (HANGS_UP, None, "put_off", "the connection to the mail server was lost before the letter was handed over"),
        (None, "452 4.3.1 No room", "put_off", "452 4.3.1 No room"),
        (None, "554 5.6.0 Refused", "undeliverable", "554 5.6.0 Refused"),
        (None, HANGS_UP, "put_off", "no answer came after the letter was handed over; it may have arrived"),
        (None, SAYS_NOTHING, "put_off", "no answer came after the letter was handed over; it may have arrived"),
    ],
)
def test_trouble_with_one_of_nine_leaves_the_other_eight_alone(
    outbox: Keeping, to_recipient: str | None, to_letter: str | None, outcome: str, why: str
) -> None:
    krokom = address("krokom")
    server = PostOffice(
        to_recipient={krokom: [to_recipient]} if to_recipient else {},
        to_letter={krokom: [to_letter]} if to_letter else {},
    )
    with opened(server):
        fates = send(outbox, ImpatientWith("krokom", server) if to_letter == SAYS_NOTHING else by_smtp(server))
    assert (fates["krokom"].outcome, fates["krokom"].why) == (outcome, why)
    assert outcomes(fates) == Counter({"sent": len(PARTIES) - 1, outcome: 1})
    assert {to for to, _ in server.taken} == {address(party) for party in PARTIES} - {krokom}
    assert row(outbox, "krokom")["why"] == why
    assert flagged(outbox) == ([("mail_undeliverable", "krokom")] if outcome == "undeliverable" else [])


def test_a_greylisted_letter_leaves_when_its_pause_is_over_and_not_before(outbox: Keeping) -> None:
    greylisting = {address("are"): ["451 4.7.1 Greylisted", "250 Ok"]}
    with opened(PostOffice(to_recipient=greylisting)) as server:
        first = send(outbox, by_smtp(server))["are"]
        assert first.next_try_at == outbox.clock.moment + timedelta(minutes=PAUSES[0])
        outbox.clock.moment = first.next_try_at - timedelta(microseconds=1)
        assert send(outbox, by_smtp(server)) == {}
        outbox.clock.moment = first.next_try_at
        assert send(outbox, by_smtp(server))["are"].outcome == "sent"
        assert what_is_wrong(outbox, server) == []
    assert row(outbox, "are")["attempts"] == 2


def test_the_pauses_grow_until_the_time_for_trying_is_over_and_a_flag_says_so(outbox: Keeping) -> None:
    busy = Deferred("4.2.1 Busy", 450)
    began, moments = outbox.clock.moment, []
    for party in PARTIES:
        if party != "are":
            gone = str(row(outbox, party)["message_id"])
            outbox.engine.handle(REF, acts.NoteUndeliverable(on=SENT, message_id=gone, why="–", attempts=1))
    while True:
        moments.append(outbox.clock.moment)
        fate = send(outbox, Scripted(busy))["are"]
        if fate.next_try_at is None:
            break
        outbox.clock.moment = fate.next_try_at
    pauses = [(after - before) / timedelta(minutes=1) for before, after in pairwise(moments)]
    assert pauses[: len(PAUSES)] == list(PAUSES)
    assert set(pauses[len(PAUSES) :]) == {PAUSES[-1]}
    assert moments[-2] - began < timedelta(hours=HOURS) <= moments[-1] - began
    assert (fate.outcome, fate.why) == ("undeliverable", "450 4.2.1 Busy")
    assert ("mail_undeliverable", "are") in flagged(outbox)


def test_a_letter_nobody_tried_for_a_week_is_not_given_up_at_its_first_try(outbox: Keeping) -> None:
    outbox.clock.moment += timedelta(days=7)
    for pause in PAUSES:
        fate = send(outbox, Scripted(Deferred("4.2.1 Busy", 450)))
        assert all(each.outcome != "undeliverable" for each in fate.values())
        outbox.clock.moment += timedelta(minutes=pause)
    assert "undeliverable" in outcomes(send(outbox, Scripted(*[Deferred("4.2.1 Busy", 450)] * len(PARTIES))))


def test_a_dead_letter_is_sent_again_to_the_mailbox_the_party_has_by_now(outbox: Keeping) -> None:
    with opened(PostOffice(to_recipient={address("are"): ["550 No such user"]})) as server:
        send(outbox, by_smtp(server))
        dead = row(outbox, "are")
        outbox.engine.organise(acts.SetMailbox(on=SENT, party="are", address="ny@are.example"))
        outbox.engine.handle(REF, acts.SendAgain(on=SENT, message_id=str(dead["message_id"])))
        assert send(outbox, by_smtp(server))["are"].to == "ny@are.example"
        assert len(server.taken_by("ny@are.example")) == 1
    assert row(outbox, "are")["message_id"] == dead["message_id"]
    assert (states(outbox), flagged(outbox)) == ({"sent": len(PARTIES)}, [])


def test_a_letter_queued_again_has_all_the_time_there_is_once_more(outbox: Keeping) -> None:
    def refused() -> Scripted:
        return Scripted(*[Refused("5.1.1 No such user", 550)] * len(PARTIES))

    assert outcomes(send(outbox, refused())) == Counter(undeliverable=len(PARTIES))
    outbox.clock.moment += timedelta(hours=2 * HOURS)
    dead = str(row(outbox, "are")["message_id"])
    outbox.engine.handle(REF, acts.SendAgain(on=SENT, message_id=dead))
    for _ in range(len(PAUSES) + 1):
        fate = send(outbox, Scripted(Deferred("4.2.1 Busy", 450)))["are"]
        assert (fate.outcome, fate.next_try_at is None) == ("put_off", False)
        outbox.clock.moment = fate.next_try_at or outbox.clock.moment


def test_what_the_server_has_against_us_leaves_every_letter_due_and_untried(outbox: Keeping) -> None:
    with opened(PostOffice(to_sender=["550 5.7.1 Not from here"])) as server, pytest.raises(MailUnavailable):
        send(outbox, by_smtp(server))
    assert {row(outbox, party)["attempts"] for party in PARTIES} == {0}
    assert outcomes(send(outbox, Scripted())) == Counter(sent=len(PARTIES))


def test_a_letter_is_the_same_bytes_however_often_it_is_tried(outbox: Keeping) -> None:
    busy = Scripted(*[Deferred("4.2.1 Busy", 450)] * len(PARTIES))
    send(outbox, busy)
    outbox.clock.moment += timedelta(days=2)
    later = Scripted()
    send(outbox, later, SENT + timedelta(days=2))
    assert sorted(later.handed_over) == sorted(busy.handed_over)


def test_a_reminder_leaves_as_an_answer_to_its_request_and_without_the_text_again(outbox: Keeping) -> None:
    asking, reminding = Scripted(), Scripted()
    send(outbox, asking)
    outbox.engine.check(REF, REMIND_ON)
    assert outcomes(send(outbox, reminding, REMIND_ON)) == Counter(sent=len(PARTIES))
    for (to, request), (again, reminder) in zip(sorted(asking.handed_over), sorted(reminding.handed_over), strict=True):
        assert to == again
        (message_id,) = [line for line in request.split(b"\r\n") if line.startswith(b"Message-ID: ")]
        assert b"\r\nIn-Reply-To: " + message_id.removeprefix(b"Message-ID: ") in reminder
        assert b"28 dagar kvar" in reminder
        assert b"text.txt" in request
        assert b"text.txt" not in reminder


@pytest.mark.parametrize("day", [ASKED_BY, ASKED_BY + timedelta(days=1)])
def test_nobody_is_reminded_after_the_fact(outbox: Keeping, day: date) -> None:
    send(outbox, Scripted())
    outbox.engine.check(REF, REMIND_ON)
    late = Scripted()
    fates = send(outbox, late, day)
    assert outcomes(fates) == Counter(dropped=len(PARTIES))
    assert {fate.why for fate in fates.values()} == {"the day to answer by has come."}
    assert late.handed_over == []
    assert states(outbox) == {"sent": len(PARTIES), "dropped": len(PARTIES)}


def test_a_party_that_has_answered_is_not_reminded(outbox: Keeping) -> None:
    send(outbox, Scripted())
    outbox.engine.check(REF, REMIND_ON)
    outbox.engine.handle(REF, acts.RecordAnswer(on=REMIND_ON, party="are", answer="adopts"))
    fates = send(outbox, Scripted(), REMIND_ON)
    assert (fates["are"].outcome, fates["are"].why) == ("dropped", "the party has answered.")
    assert outcomes(fates) == Counter(sent=len(PARTIES) - 1, dropped=1)


def test_a_request_for_a_text_that_has_been_replaced_is_not_sent(outbox: Keeping) -> None:
    outbox.engine.handle(REF, acts.Revise(on=SENT, sha256="0" * 64, name="ny.txt"), {"0" * 64: b"ny"})
    late = Scripted()
    assert outcomes(send(outbox, late)) == Counter(dropped=len(PARTIES))
    assert late.handed_over == []


def test_what_could_not_be_recorded_does_not_leave(outbox: Keeping) -> None:
    early = Scripted()
    with pytest.raises(DateBeforePreviousStep):
        send(outbox, early, SENT - timedelta(days=1))
    assert early.handed_over == []
    assert {row(outbox, party)["claimed_until"] for party in PARTIES} == {None}


def test_a_text_that_is_not_the_one_that_was_sent_out_does_not_leave(outbox: Keeping) -> None:
    with outbox.rows() as base:
        base.execute("UPDATE text SET content = ?", (b"en annan text",))
    spoilt = Scripted()
    with pytest.raises(HistoryBroken):
        send(outbox, spoilt)
    assert spoilt.handed_over == []


class Meanwhile(Scripted):
    """A way out during which something else happens, once."""

    def __init__(self, happens: object) -> None:
        super().__init__()
        self._happens = [happens]

    def deliver(self, message: bytes, sender: str, recipient: str, message_id: str) -> Outcome:
        if self._happens:
            self._happens.pop()()  # type: ignore[operator]  # it is a function
        return super().deliver(message, sender, recipient, message_id)


def test_a_letter_is_recorded_though_somebody_acts_on_the_case_while_it_leaves(outbox: Keeping) -> None:
    answer = acts.RecordAnswer(on=SENT, party="are", answer="adopts")
    assert outcomes(send(outbox, Meanwhile(lambda: outbox.engine.handle(REF, answer)))) == Counter(sent=len(PARTIES))
    assert outbox.engine.case(REF).parties["are"].state == "adopted"
    assert outbox.findings() == ()


def test_a_letter_is_recorded_though_the_organisation_changes_while_it_leaves(outbox: Keeping) -> None:
    """What the sender knew of the organisation when it began is then no longer so."""
    elsewhere = Engine(outbox.store, outbox.clock, "en annan")
    moved = acts.SetMailbox(on=SENT, party="rjh", address="ny@rjh.example")
    assert outcomes(send(outbox, Meanwhile(lambda: elsewhere.organise(moved)))) == Counter(sent=len(PARTIES))
    assert len(recorded_as_sent(outbox)) == len(PARTIES)


@pytest.mark.parametrize("claims", ["kept", "kept by nobody"])
def test_two_senders_at_once_never_send_the_same_letter(
    outbox: Keeping, monkeypatch: pytest.MonkeyPatch, claims: str
) -> None:
    """The second runs from beginning to end while the first hands its first letter over.

    And the negative control: where a claim is over at once, the letter is sent by both.
    """
    if claims == "kept by nobody":
        monkeypatch.setattr("scheduler.outbox.CLAIM", -CLAIM)
    second = Scripted()
    first = Meanwhile(lambda: send(outbox, second, name="two"))
    send(outbox, first)
    handed_over = Counter(to for to, _ in (*first.handed_over, *second.handed_over))
    twice = {to for to, times in handed_over.items() if times > 1}
    assert handed_over.keys() == {address(party) for party in PARTIES}
    assert len(twice) == (0 if claims == "kept" else 1)
    assert len(recorded_as_sent(outbox)) == len(set(recorded_as_sent(outbox))) == len(PARTIES)


def test_a_sender_that_is_stopped_gives_its_letter_back(outbox: Keeping) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(outbox, Meanwhile(stop))
    assert outcomes(send(outbox, Scripted())) == Counter(sent=len(PARTIES))


def test_no_server_is_called_when_nothing_is_due(outbox: Keeping) -> None:
    send(outbox, Scripted())
    with opened(PostOffice()) as server:
        assert list(send_due(outbox.engine, Outbox(outbox.database), sender(outbox, by_smtp(server)))) == []
        assert server.connections == 0


def test_the_clocks_job_goes_on_when_no_server_is_there(outbox: Keeping) -> None:
    with opened(PostOffice()) as gone:
        pass
    job = outbox_job(Outbox(outbox.database), lambda day: sender(outbox, by_smtp(gone), day), lambda: False)
    assert job.work(outbox.engine, SENT) == {"put_off": len(PARTIES)}
    assert states(outbox) == {"queued": len(PARTIES)}
