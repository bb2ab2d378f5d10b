"""A log that its owner has numbered and chained anew: out of order, in other bytes, or under another name."""

from itertools import pairwise
from pathlib import Path

import pytest

from persistence.rebuilding import rebuild
from tests.persistence.conftest import FILE
from tests.persistence.forms import FORMS, chained_as
from tests.persistence.keeping import Keeping
from tests.persistence.rewriting import Row, batches, copied, log_of, written_anew
from workflow.record import ORGANISATION


@pytest.fixture
def kind() -> str:
    """What an audit finds is found in the rows, wherever they lie."""
    return FILE


def acts_of_one_record(log: list[Row], stream: str) -> list[int]:
    """The places of the acts of a stream that led to one record."""
    return [begin for begin, end in batches(log) if end == begin + 1 and log[begin]["stream"] == stream]


def swapped(log: list[Row], one: int, other: int) -> list[Row]:
    anew = list(log)
    anew[one], anew[other] = anew[other], anew[one]
    return anew


def test_versions_that_run_backwards_in_the_log_are_found_at_the_record_that_came_before_its_turn(
    owned: Keeping, tmp_path: Path
) -> None:
    log = log_of(owned)
    tried = 0
    for stream in sorted({told["stream"] for told in log}):
        for one, other in list(pairwise(acts_of_one_record(log, stream)))[-1:]:
            forged = copied(owned, tmp_path / f"forged-{tried}")
            written_anew(forged, swapped(log, one, other), versions_told=True)
            found = {(each.seq, each.case) for each in forged.findings() if each.check == "version"}
            assert (one + 1, None if stream == ORGANISATION else stream) in found, stream
            tried += 1
    assert tried > 3


def test_acts_of_two_cases_that_know_nothing_of_each_other_may_have_been_recorded_either_way(owned: Keeping) -> None:
    """The negative control."""
    log = log_of(owned)
    place = next(
        one
        for one, other in pairwise(begin for begin, end in batches(log) if end == begin + 1)
        if other == one + 1
        and {log[one]["event"]["kind"], log[other]["event"]["kind"]} == {"document_registered"}
        and log[one]["stream"] != log[other]["stream"]
    )
    written_anew(owned, swapped(log, place, place + 1), versions_told=True)
    assert not {each.check for each in owned.findings()} & {"version", "stream", "record", "lawful"}


def of_each(log: list[Row]) -> list[int]:
    """The number of a record of the organisation, of a case and of a document; of no dispatch or notice before them."""
    first = {told["event"]["kind"]: place for place, told in reversed(list(enumerate(log, 1)))}
    return [first["mailbox_set"], first["step_taken"], first["document_registered"]]


@pytest.mark.parametrize("form", FORMS)
def test_a_record_in_other_bytes_than_those_it_is_written_as_is_found_with_its_number(
    owned: Keeping, form: str
) -> None:
    log = log_of(owned)
    numbers = of_each(log)
    chained_as(owned, FORMS[form], numbers)
    found = owned.findings()
    assert [each.seq for each in found if each.check == "record"] == numbers
    streams = [log[number - 1]["stream"] for number in numbers]
    assert [each.case for each in found if each.check == "record"] == [None, *streams[1:]]


def test_a_log_chained_anew_in_the_bytes_that_records_are_written_as_has_no_findings(owned: Keeping) -> None:
    """The negative control."""
    chained_as(owned, lambda content: content, of_each(log_of(owned)))
    assert owned.findings() == ()


@pytest.mark.parametrize("opening", ["case_opened", "document_registered"])
def test_a_stream_under_another_name_than_it_opens_with_is_found_and_nothing_is_made_of_it(
    owned: Keeping, opening: str
) -> None:
    log = log_of(owned)
    name = next(told["stream"] for told in reversed(log) if told["event"]["kind"] == opening)
    renamed = [{**told, "stream": f"{name}9"} if told["stream"] == name else told for told in log]
    written_anew(owned, renamed)
    found = [(each.check, each.case, each.expected, each.found) for each in owned.findings() if each.check == "stream"]
    assert found == [("stream", f"{name}9", name, f"{name}9")]
    before = owned.dump()
    rebuilt = rebuild(owned.database)
    assert {each.check for each in rebuilt.verified.findings} - {"checkpoint quoted"} == {"stream"}
    assert (rebuilt.tables, owned.dump()) == ((), before)
