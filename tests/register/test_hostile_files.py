"""Whatever bytes are handed in: a clean import or a clear refusal, and memory that does not grow with the file."""

import json
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.console import filled
from tests.register.tables import BILAGA, faults_of, known, read, table, told
from translations import in_use, use
from workflow.bad_data import FileUnreadable
from workflow.register.entry import Entry
from workflow.register.faults import FaultyRegister
from workflow.register.importing import entries_of
from workflow.register.known import Known
from workflow.register.lines_of_file import LONGEST_LINE

BYTES = BILAGA.read_bytes()
TEXT = BYTES.decode()
HEAD = "id;title;type;group;validity_text"

UNREADABLE = {
    "latin-1": (TEXT.encode("cp1252", errors="replace"), "line 2 is not UTF-8"),
    "utf-16": (TEXT.encode("utf-16"), "UTF-16"),
    "utf-16-be": (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"),
    "utf-16-le without a mark": (HEAD.encode("utf-16-le"), "NUL byte"),
    "utf-32": (TEXT.encode("utf-32"), "UTF-16"),
    "a NUL byte": (BYTES.replace(b"Avtal Barnahus", b"Avtal\0Barnahus"), "line 12 holds a NUL byte"),
    "cut inside a sign": (BYTES[: BYTES.rindex("ä".encode()) + 1], "line 28 is not UTF-8"),
    "nothing": (b"", "empty"),
    "a mark alone": (b"\xef\xbb\xbf", "empty"),
    "blank lines": (b"\n \r\n;;;\n", "empty"),
    "no heading": (b"1;2;3\n4;5;6\n", "no heading"),
    "another table": (b"colour,size\nred,4\n", "no heading"),
    "an open quotation mark": (b'"id;title;type\n', "no heading"),
    "one endless line": (b"x" * (LONGEST_LINE + 1), "more than"),
    "json, but no list": (b'[{"id": "a"', "no JSON array"),
    "json that is too deep": (b"[" * 100_000, "no JSON array"),
    "json in another encoding": ('[{"id": "å"}]'.encode("latin-1"), "no JSON array"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_is_no_table_is_told_in_one_line_with_the_file_and_the_remedy(what: str) -> None:
    content, why = UNREADABLE[what]
    for at_a_time in (5, 1 << 20) if len(content) < 20_000 else (1 << 20,):
        with pytest.raises(FileUnreadable) as refused:
            read(content, at_a_time)
        message = str(refused.value.values["why"]).format_map(refused.value.values)
        assert (refused.value.code, refused.value.exit_code) == ("file_unreadable", 65)
        assert why in message
        assert "\n" not in message
        assert refused.value.values["path"] == "register.csv"


def test_a_row_that_cannot_be_taken_apart_is_a_fault_and_the_next_one_is_read() -> None:
    good, open_quote = "a;A;avtal;vuxna;2024-", 'b;"B;avtal;vuxna;2024-'
    broken = table(HEAD, good, 'b;"B"x;avtal;vuxna;2024-', "c;C;avtl;vuxna;2024-")
    assert [row for row, *_ in faults_of(broken)] == [3, 4]
    assert [row for row, *_ in faults_of(table(HEAD, good, open_quote, good))] == [3]
    assert 3 in [row for row, *_ in faults_of(table(HEAD, good, open_quote, *[good] * 20_000))]


def test_a_text_beyond_its_measure_is_a_fault_of_its_cell() -> None:
    unseen = ("b;B\u202ex;avtal;;;", "c;\u200b;avtal;;;")
    rows = table(f"{HEAD};notes", f"a;{'A' * 301};avtal;vuxna;2024-;{'x' * 2001}", *unseen)
    assert [fault[:2] for fault in faults_of(rows)] == [(2, "title"), (2, "notes"), (3, "title"), (4, "title")]


BROKEN_JSON = [
    ({}, ""),
    ({"title": 3}, "title"),
    ({"type": "avtl"}, "type"),
    ({"colour": "red"}, ""),
    ({"id": "A B"}, "id"),
    ({"variant": "own"}, "variant"),
    ({"level": "high"}, "level"),
    ({"notes": "a\nb"}, "notes"),
    ({"recommending": ["svon"]}, "recommending"),
    ({"terms": {"validity": {"kind": "fixed"}}}, "valid_to"),
    ({"terms": {"validity": {"kind": "fixed", "end": "9999-12-31"}}}, "valid_to"),
    ({"terms": {"validity": {"kind": "sometimes"}}}, "terms.validity.kind"),
    ({"terms": {"validity": {"kind": "silent_renewal", "end": "2024-12-31", "notice": {"months": 0}}}}, "notice_rule"),
    ({"terms": {"validity": {"kind": "unknown"}, "revision_every": -1}}, "terms.revision_every"),
    ({"terms": {"validity": {"kind": "until_event", "event": "a\tb", "ends_with": "?"}}}, "ends_with"),
]


@pytest.mark.parametrize(("change", "column"), BROKEN_JSON, ids=str)
def test_every_fault_of_a_json_file_is_told_with_its_number_and_its_key(change: dict[str, object], column: str) -> None:
    good = {"id": "a", "title": "A", "type": "avtal", "terms": {"validity": {"kind": "unknown"}}}
    bad = {**good, "id": "b", **change} if change else {}
    assert [entry.id for entry in read(json.dumps([good]))] == ["a"]
    found = faults_of(json.dumps([good, bad, good]))
    assert (2, column) in [fault[:2] for fault in found]
    assert (3, "id") in [fault[:2] for fault in found]


def read_or_refused(content: bytes) -> None:
    try:
        entries = read(content)
    except FileUnreadable as refused:
        message = str(refused.values["why"]).format_map(refused.values)
    except FaultyRegister as refused:
        message = " ".join(told(fault)[2] for fault in refused.faults)
    else:
        assert len({entry.id for entry in entries}) == len(entries)
        return
    assert message


@given(st.binary(max_size=400))
def test_random_bytes_are_read_or_refused(content: bytes) -> None:
    read_or_refused(content)


@given(st.integers(0, len(BYTES)), st.integers(0, len(BYTES)), st.binary(max_size=3))
def test_bilaga_1_cut_and_pasted_anywhere_is_read_or_refused(start: int, end: int, between: bytes) -> None:
    read_or_refused(BYTES[:start] + between + BYTES[end:])


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=6), st.sampled_from([HEAD, "rad,titel,typ"]))
def test_any_cells_under_a_right_heading_are_read_or_refused(rows: list[list[str]], heading: str) -> None:
    content = table(heading, *[";".join(cells) for cells in rows])
    read_or_refused(content.encode("utf-8", errors="replace"))


def written(rows: int, wrong: str = "") -> Iterator[bytes]:
    """A file of so many rows, in pieces as a disk gives them."""
    yield f"{HEAD};recommending_forums\n".encode()
    row = "d-{0};Överenskommelse nummer {0};ök;barn och unga;2021–2030" + wrong + ";SVOM + Barnarenan\n"
    for start in range(0, rows, 2500):
        yield "".join(row.format(number) for number in range(start, start + 2500)).encode()


def warmed_up() -> Known:
    """What is known of the county, when a good row and a faulty one have been read.

    What is loaded and remembered once is of neither the short file nor the long one.
    """
    names = known()
    for wrong in ("", "?"):
        with suppress(FaultyRegister):
            list(entries_of(written(1, wrong), names, "register.csv"))
    return names


def held(rows: int, wrong: str = "", *, keep: bool = False) -> int:
    """Most objects that were held at a time while a file was read, beyond those before."""
    names, kept = warmed_up(), list[Entry]()
    before, most = sys.getallocatedblocks(), 0
    try:
        for number, entry in enumerate(entries_of(written(rows, wrong), names, "register.csv")):
            kept += [entry] if keep else []
            most = max(most, sys.getallocatedblocks()) if number % 500 == 0 else most
    except FaultyRegister:
        most = sys.getallocatedblocks()
    return most - before


def peak(rows: int) -> int:
    """Most memory that was taken at a time while a file was read, in bytes."""
    names = warmed_up()
    tracemalloc.start()
    try:
        assert sum(1 for _ in entries_of(written(rows), names, "register.csv")) == rows
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_a_table_ten_times_as_long_takes_no_more_objects() -> None:
    short, long = held(10_000), held(100_000)
    assert long < 1.5 * short
    # The control: where the entries are kept, objects grow with the file.
    assert held(10_000, keep=True) > 3 * short


def test_a_longer_table_takes_hardly_more_bytes() -> None:
    assert peak(12_500) < 1.5 * peak(5_000)


def test_a_table_with_a_fault_in_every_row_takes_no_more_than_a_short_one() -> None:
    assert held(20_000, wrong="?") < 1.5 * held(5_000, wrong="?")


def test_a_fault_is_told_in_the_language_of_whoever_reads_it_down_to_its_last_word() -> None:
    content = table(f"{HEAD};valid_from", "a;A;avtl;vuxna;2026-2024;2024-13-01")
    with pytest.raises(FaultyRegister) as refused:
        read(content)
    before = in_use()
    use("sv")
    try:
        first, *_ = refused.value.faults
        told_first = filled(refused.value.template, **refused.value.values)
        all_told = [filled(fault.message.template, **fault.message.values) for fault in refused.value.faults]
    finally:
        use(before)
    assert first.suggestion == "avtal"
    assert told_first == "Rad 2, kolumn type: «avtl» är inte känt som dokumenttyp."
    assert all_told == [
        "«avtl» är inte känt som dokumenttyp.",
        "Giltigheten «2026-2024» kan inte läsas: den slutar 2024-12-31, innan den börjar.",
        "«2024-13-01» är inget datum. Skriv det som 2026-03-13 eller 13/3 2026.",
    ]
