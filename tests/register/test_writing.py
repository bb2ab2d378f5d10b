"""A register that is written can be imported again and is the same, and no spreadsheet runs anything in it."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.register.tables import BILAGA, entries, faults_of, read
from workflow.register.entry import Entry
from workflow.register.escaping import as_meant, harmless
from workflow.register.writing import BYTE_ORDER_MARK, csv_lines, json_lines

registers = st.lists(entries(), max_size=4, unique_by=lambda entry: entry.id)


@given(registers, st.booleans())
def test_a_register_written_as_csv_is_read_back_as_it_was(register: list[Entry], marked: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    written = "".join(csv_lines(register))
    assert read((BYTE_ORDER_MARK if marked else "") + written) == register


@given(registers)
def test_a_register_written_as_json_is_read_back_as_it_was(register: list[Entry]) -> None:
    written = "".join(json_lines(register))
    assert len(json.loads(written)) == len(register)
    assert read(written) == register


def test_bilaga_1_itself_goes_out_and_in_by_both_ways() -> None:
    register = read(BILAGA.read_bytes())
    assert read("".join(csv_lines(register))) == register
    assert read("".join(json_lines(register))) == register


@given(registers)
def test_no_written_cell_begins_as_a_formula(register: list[Entry]) -> None:
    rows = csv.reader(io.StringIO("".join(csv_lines(register)), newline=""), delimiter=";")
    begun = {cell[0] for row in rows for cell in row if cell}
    assert begun.isdisjoint("=+-@\t\r＝＋－＠")  # noqa: RUF001 - signs that spreadsheets take for others


@pytest.mark.parametrize("cell", ["=1+1", "+46", "-1", "@SUM", "\t=1", "\r=1", "＝1", "'=1", "''=1"])  # noqa: RUF001 - as above
def test_a_formula_gets_an_apostrophe_and_loses_it_again(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert as_meant(harmless(cell)) == cell


@pytest.mark.parametrize("cell", ["", "'", "'tisdag", "2024-", "a=1", "–2025", "'' x"])
def test_a_cell_that_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell == as_meant(cell)


@given(st.text("'=+-@\t\r＝a ", max_size=6))  # noqa: RUF001 - as above
def test_what_is_made_harmless_is_always_read_back(cell: str) -> None:
    assert as_meant(harmless(cell)) == cell


def test_a_text_that_the_columns_have_overtaken_is_kept_in_brackets_and_read_no_more() -> None:
    heading = "id;title;type;validity_text;valid_to;renewal_rule"
    (entry,) = read(f"{heading}\nd-1;Avtal;avtal;[2018 -tills vidare];2026-12-31;none\n")
    assert entry.validity_text == "2018 -tills vidare"
    assert str(entry.terms.validity.end) == "2026-12-31"
    assert ";[2018 -tills vidare];;2026-12-31;" in "".join(csv_lines([entry]))
    # The control: without the brackets the two contradict each other.
    (fault,) = faults_of(f"{heading}\nd-1;Avtal;avtal;2018 -tills vidare;2026-12-31;none\n")
    assert fault[:2] == (2, "renewal_rule")


def test_a_text_that_says_more_than_the_columns_is_kept_in_brackets_too() -> None:
    (entry,) = read("id;title;type;validity_text;renewal_rule\nd-1;Avtal;avtal;[2020-];open-ended\n")
    assert (entry.validity_text, entry.terms.validity.start) == ("2020-", None)
    assert read("".join(csv_lines([entry]))) == [entry]


def test_an_empty_register_is_written_and_read() -> None:
    assert read("".join(csv_lines([]))) == []
    assert read("".join(json_lines([]))) == []
