"""What one act brings about is written whole, in its order and on top of what was decided on, or not at all."""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

import msgspec
import pytest
from pymerkle import InmemoryTree  # type: ignore[import-untyped]  # it comes without types

from tests.persistence.conftest import FILE, SERVER
from tests.persistence.homes import FAULTS
from tests.persistence.keeping import DAY, NOON, Keeping, batch, nothing
from workflow import acts
from workflow.bad_data import NoDatabase
from workflow.checkpoint import Checkpoint
from workflow.errors import Refusal
from workflow.facts import Letter, Text
from workflow.letters import Posted
from workflow.ports import StreamMoved
from workflow.record import NO_RECORD, ORGANISATION, Record, decode, digest, encode
from workflow.refusals import DatabaseUnavailable, HistoryBroken
from workflow.views import CaseView

REF, OTHER = "SAM-2026-0001", "SAM-2026-0002"


def stored(keeping: Keeping) -> Any:
    with keeping.rows() as base:
        return base.execute("SELECT seq, stream, version, bytes, hash FROM event ORDER BY seq").fetchall()


def test_what_was_appended_comes_back_as_it_was_returned(keeping: Keeping) -> None:
    first = keeping.store.append(batch(REF, 0, "ett", "två"), nothing)
    second = keeping.store.append(batch(REF, 2, "tre"), nothing)
    assert keeping.store.stream(REF) == [*first, *second]
    assert keeping.store.stream(OTHER) == []


def test_records_are_numbered_in_their_stream_and_over_the_whole_log_without_gaps(keeping: Keeping) -> None:
    for stream, version, reasons in ((REF, 0, ("a", "b")), (OTHER, 0, ("c",)), (REF, 2, ("d", "e", "f"))):
        keeping.store.append(batch(stream, version, *reasons), nothing)
    told = [decode(row[3]) for row in stored(keeping)]
    assert [record.seq for record in told] == [1, 2, 3, 4, 5, 6]
    assert [(record.stream, record.version) for record in told if record.stream == OTHER] == [(OTHER, 1)]
    assert [record.version for record in told if record.stream == REF] == [1, 2, 3, 4, 5]
    assert [record.batch for record in told] == [1, 1, 3, 4, 4, 4]
    assert [record.act is not None for record in told] == [True, False, True, True, False, False]


def test_each_record_names_the_bytes_of_the_one_before(keeping: Keeping) -> None:
    keeping.store.append(batch(REF, 0, "a", "b"), nothing)
    keeping.store.append(batch(OTHER, 0, "c"), nothing)
    previous = NO_RECORD
    for _seq, _stream, _version, content, hashed in stored(keeping):
        assert decode(content).previous == previous
        previous = hashlib.sha256(content).hexdigest()
        assert hashed.hex() == previous == digest(content)


def test_the_bytes_are_those_of_the_records_that_were_returned(keeping: Keeping) -> None:
    records = keeping.store.append(batch(REF, 0, "å", "ä"), nothing)
    assert [row[3] for row in stored(keeping)] == [encode(record) for record in records]
    assert {record.recorded_at for record in records} == {NOON}


@pytest.mark.parametrize("expected", [0, 1, 3, 4, -1, 99])
def test_a_stream_at_another_version_is_not_written_to(keeping: Keeping, expected: int) -> None:
    keeping.store.append(batch(REF, 0, "a", "b"), nothing)
    before = keeping.dump()
    with pytest.raises(StreamMoved) as moved:
        keeping.store.append(batch(REF, expected, "c"), nothing)
    assert moved.value.stream == REF
    assert keeping.dump() == before


def test_what_was_decided_on_another_stream_that_has_moved_is_not_written(keeping: Keeping) -> None:
    keeping.store.append(batch(OTHER, 0, "a"), nothing)
    before = keeping.dump()
    with pytest.raises(StreamMoved) as moved:
        keeping.store.append(batch(REF, 0, "b", unless_moved={OTHER: 0}), nothing)
    assert moved.value.stream == OTHER
    assert keeping.dump() == before
    keeping.store.append(batch(REF, 0, "b", unless_moved={OTHER: 1}), nothing)


def a_view(**given: object) -> CaseView:
    fields = {"ref": REF, "type": "t", "title": "t", "group": None, "state": "initiated", "structure": "s"}
    more: dict[str, object] = {"version": 1, "is_open": True, "next_check": None, "in_force_from": None, "body": {}}
    return msgspec.convert({**fields, **more, "duties": (), "flags": (), "letters": (), **given}, CaseView)


class Stop(Exception):
    pass


def stop(_: Sequence[Record]) -> CaseView | None:
    raise Stop


def doubled_letter(_: Sequence[Record]) -> CaseView | None:
    """A view that the tables cannot hold: two letters of one Message-ID."""
    letter = Letter(party="are", to="brev@are.example", message_id="<samma>")
    posted = Posted(letter=letter, about="dispatch", text_version=1, queued_on=DAY, queued_seq=1, on=DAY)
    return a_view(letters=(posted, posted))


@pytest.mark.parametrize(("keep", "fault"), [(stop, Stop), (doubled_letter, DatabaseUnavailable)])
def test_when_what_is_kept_beside_the_records_cannot_be_written_neither_are_they(
    keeping: Keeping, keep: Callable[[Sequence[Record]], CaseView | None], fault: type[Exception]
) -> None:
    keeping.store.append(batch(REF, 0, "a"), nothing)
    before = keeping.dump()
    with pytest.raises(fault):
        keeping.store.append(batch(REF, 1, "b", attachments={"t": b"t"}, rule_files={"r": b"r"}), keep)
    assert keeping.dump() == before
    keeping.store.append(batch(REF, 1, "b"), nothing)


def test_a_version_can_be_written_once_whatever_was_read_before(keeping: Keeping) -> None:
    """The second line of defence, for a store that would not look: the table itself refuses."""
    keeping.store.append(batch(REF, 0, "a"), nothing)
    keeping.home.unlock()
    before = keeping.dump()
    with keeping.rows() as base, pytest.raises(FAULTS, match=r"(?i)unique.*stream.*version"):
        base.execute("INSERT INTO event SELECT 2, stream, version, kind, on_date, recorded_at, bytes, hash FROM event")
    assert keeping.dump() == before


REST = "'annan', on_date, recorded_at, bytes, hash FROM event"
IN_A_FILE = [
    f"INSERT OR REPLACE INTO event SELECT seq, stream, version, {REST}",
    f"REPLACE INTO event SELECT 9, stream, version, {REST} WHERE seq = 1",
    "UPDATE OR REPLACE event SET seq = 1 WHERE seq = 2",
]
ON_A_SERVER = ["TRUNCATE event", "TRUNCATE event CASCADE", "DELETE FROM ONLY event WHERE false"]
ANYWHERE = [
    "UPDATE event SET kind = 'annan'",
    "UPDATE event SET hash = hash WHERE seq = 1",
    "DELETE FROM event",
    "DELETE FROM event WHERE seq = 2",
    "INSERT INTO event SELECT * FROM event WHERE true ON CONFLICT (seq) DO UPDATE SET kind = 'annan'",
]


@pytest.mark.parametrize(
    ("kind", "statement"),
    [*product((FILE,), ANYWHERE + IN_A_FILE), *product((SERVER,), ANYWHERE + ON_A_SERVER)],
)
def test_what_is_in_the_log_is_not_changed_by_accident(keeping: Keeping, statement: str) -> None:
    keeping.store.append(batch(REF, 0, "a", "b"), nothing)
    before = keeping.dump()
    with keeping.rows() as base, pytest.raises(FAULTS, match="append-only"):
        base.execute(statement)
    assert keeping.dump() == before


def test_texts_and_rule_files_are_kept_once_by_their_digest(keeping: Keeping) -> None:
    text, rule = b"text\r\n\x00\xff", b"regel"
    named = {hashlib.sha256(text).hexdigest(): text}
    for version in (0, 1):
        keeping.store.append(batch(REF, version, attachments=named, rule_files={"r": rule}), nothing)
    with keeping.rows() as base:
        assert base.execute("SELECT digest, content FROM text").fetchall() == [*named.items()]
        assert base.execute("SELECT digest, content FROM rule_file").fetchall() == [("r", rule)]


def test_a_rule_set_comes_back_file_by_file_and_is_unknown_when_a_part_is_gone(county: Keeping) -> None:
    digest_of_rules = county.engine.rules.digest
    assert dict(county.store.rule_set(digest_of_rules)) == county.engine.rules.contents
    with pytest.raises(KeyError):
        county.store.rule_set("0" * 64)
    with county.rows() as base:
        base.execute("DELETE FROM rule_file WHERE digest = ?", (next(iter(county.engine.rules.by_digest)),))
    with pytest.raises((KeyError, Refusal)):
        county.store.rule_set(digest_of_rules)


def test_the_highest_number_of_a_year_is_that_years(county: Keeping) -> None:
    assert county.store.last_number("SAM-2026-") == 0
    refs = [county.opened() for _ in range(3)]
    assert refs == ["SAM-2026-0001", "SAM-2026-0002", "SAM-2026-0003"]
    assert [county.store.last_number(f"SAM-{year}-") for year in (2025, 2026, 2027)] == [0, 3, 0]
    with county.rows() as base:
        base.execute("UPDATE case_view SET ref = 'SAM-2026-10000' WHERE ref = 'SAM-2026-0003'")
    assert county.store.last_number("SAM-2026-") == 10000


def test_cases_are_found_by_the_day_the_calendar_next_concerns_them(county: Keeping) -> None:
    refs = [county.opened() for _ in range(3)]
    with county.rows() as base:
        for ref, day in zip(refs, ("2026-06-02", None, "2026-06-01"), strict=True):
            base.execute("UPDATE case_view SET next_check = ? WHERE ref = ?", (day, ref))
    first = date(2026, 6, 1)
    assert list(county.store.due_for_check(first - timedelta(days=1))) == []
    assert list(county.store.due_for_check(first)) == [refs[2]]
    assert list(county.store.due_for_check(first + timedelta(days=1))) == [refs[2], refs[0]]


def test_cases_are_found_by_their_type_and_by_the_structure_they_stand_under(county: Keeping) -> None:
    pact, treaty = county.opened(), county.opened(type="avtal")
    ended = county.opened()
    county.engine.handle(ended, acts.Withdraw(on=DAY, reason="nej"))
    assert list(county.store.refs_of_type("overenskommelse")) == [pact, ended]
    assert list(county.store.refs_elsewhere("alternativ-1")) == []
    assert list(county.store.refs_elsewhere("alternativ-2")) == [pact, treaty]


def test_what_is_kept_ready_of_a_case_is_what_its_records_make_of_it(county: Keeping) -> None:
    ref = county.opened(text=Text(version=1))
    county.engine.handle(ref, acts.Prepare(on=DAY, by="au-barn-unga"))
    with county.rows() as base:
        (state, version, body) = base.execute("SELECT state, version, body FROM case_view").fetchone()
        duties = base.execute("SELECT ref, body, step FROM duty").fetchall()
    assert (state, version) == ("prepared", 2)
    assert json.loads(body)["done"]["prepare"] == ["au-barn-unga"]
    assert (ref, "ledningsforum", "recommend") in duties
    assert county.findings() == ()


def test_the_checkpoint_is_the_root_over_the_bytes_of_every_record_in_order(county: Keeping) -> None:
    county.opened()
    contents = [row[3] for row in stored(county)]
    tree = InmemoryTree(algorithm="sha256")
    tree.append_entries(contents)
    assert county.store.checkpoint() == Checkpoint(origin="prov", size=len(contents), root=tree.get_root())


def test_the_checkpoint_of_what_has_no_beginning_is_refused(keeping: Keeping) -> None:
    with pytest.raises(NoDatabase):
        keeping.store.checkpoint()
    keeping.store.append(batch(ORGANISATION, 0, "a"), nothing)
    with pytest.raises(HistoryBroken):
        keeping.store.checkpoint()
