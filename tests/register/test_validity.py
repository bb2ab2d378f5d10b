"""How long a document holds is read as people write it; what is not understood whole is refused."""

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from workflow.bad_data import ValidityInvalid
from workflow.dates import LAST_DAY
from workflow.register.terms import Kind, Validity
from workflow.register.validity import Stated, ValidityUnread, read_validity

BILAGA = Path(__file__).parent / "bilaga-1.csv"
ROWS = list(csv.DictReader(BILAGA.read_text("utf-8").splitlines(), delimiter=";"))

#: What the words of column renewal_rule leave to the text of the validity. Row 9 renews itself by its note alone.
KINDS: dict[str, Kind] = {
    "none": "fixed",
    "extended once": "fixed",
    "silent renewal, one calendar year at a time": "fixed",
    "open-ended": "open_ended",
    "unknown": "unknown",
    "rolls one year at a time": "rolling_year",
    "ends on event": "until_event",
}


def plain(cell: str) -> str:
    """A cell without what stands in brackets behind it."""
    return re.sub(r" ?\(.*\)", "", cell)


def shown(day: date | None) -> str:
    return day.isoformat() if day else ""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"row {row['row']}")
def test_every_text_of_bilaga_1_is_read_to_the_dates_beside_it(row: dict[str, str]) -> None:
    validity = read_validity(row["validity_text"]).validity
    told = (shown(validity.start), shown(validity.end), shown(validity.extended_to), validity.kind)
    dates = (plain(row["valid_from"]), plain(row["valid_to"]), row["extended_to"])
    assert told == (*dates, KINDS[plain(row["renewal_rule"])])


def test_the_single_years_of_bilaga_1_are_ambiguous_and_nothing_else_is() -> None:
    # Rows 5 and 8 are single years too: what they are is said by a note, and by the extension beside the year.
    read = {row["row"] for row in ROWS if read_validity(row["validity_text"]).validity.ambiguous}
    assert read == {row["row"] for row in ROWS if "(ambiguous)" in row["valid_to"]} | {"5"}


def test_bilaga_1_has_twenty_seven_rows() -> None:
    assert [row["row"] for row in ROWS] == [str(number) for number in range(1, 28)]


YEARS = Validity(kind="fixed", start=date(2014, 1, 1), end=date(2025, 12, 31))
SINCE = Validity(kind="open_ended", start=date(2022, 6, 1))

FORMS: list[tuple[str, Validity]] = [
    *[(f"2014{dash}2025", YEARS) for dash in "-–—−"],  # noqa: RUF001 - as people write it
    *[(f"2014 {dash} 2025.", YEARS) for dash in "-–"],
    ("fr.o.m. 2014 t.o.m. 2025", YEARS),
    ("Gäller från 2014-01-01 och t o m 2025-12-31", YEARS),
    ("2014-01-01-2025-12-31", YEARS),
    ("2014-01-01 - 2025-12-31", YEARS),
    ("1/1 2014–31/12 2025", YEARS),
    ("2024-", Validity(kind="open_ended", start=date(2024, 1, 1))),
    ("från 2024", Validity(kind="open_ended", start=date(2024, 1, 1))),
    *[
        (text, Validity(kind="open_ended", start=date(2018, 1, 1)))
        for text in ("2018 -tills vidare", "2018-tills vidare", "2018 – Tills vidare", "2018 tills vidare")
    ],
    ("tills vidare", Validity(kind="open_ended")),
    ("2022-06-01 -", SINCE),
    ("1/6 2022 - tills ett nytt finns.", replace(SINCE, kind="until_event", event="ett nytt finns")),
    ("tills avtalet från 2013 ersätts", Validity(kind="until_event", event="avtalet från 2013 ersätts")),
    *[
        (f"{until} {day}", Validity(kind="fixed", end=date(2024, 12, 31)))
        for until in ("Tom", "t.o.m.", "T o m", "t.o.m", "till och med")
        for day in ("2024-12-31", "31/12 2024", "2024")
    ],
    ("2019", Validity(kind="fixed", start=date(2019, 1, 1), end=date(2019, 12, 31), ambiguous=True)),
    *[
        (text, replace(YEARS, extended_to=date(2027, 12, 31)))
        for text in (
            "2014–2025 (förlängd tom 31/12 2027)",
            "2014-2025, förlängt t.o.m. 2027",
            "2014-2025 (förlängs till och med 2027-12-31)",
        )
    ],
    ("2014-2025, förlängs därefter ett år i taget", replace(YEARS, kind="rolling_year")),
    ("", Validity(kind="unknown")),
    (" \t", Validity(kind="unknown")),
]


@pytest.mark.parametrize(("text", "validity"), FORMS, ids=lambda each: each if isinstance(each, str) else "")
def test_a_form_that_people_write_is_read(text: str, validity: Validity) -> None:
    assert read_validity(text) == Stated(validity=validity)


def test_what_a_text_adds_about_follow_up_and_revision_is_told() -> None:
    open_ended = Validity(kind="open_ended", start=date(2022, 1, 1))
    both = "2022 - tills vidare, revidering vart tredje år, 2025, 2028 etc., ska följas upp årligen"
    for text in (both, both.replace(", 2025, 2028 etc.", "")):
        assert read_validity(text) == Stated(validity=open_ended, follow_up="yearly", revision_every=3)
    turned = "2022-tills vidare, följs upp varje år, uppdatering vart andra år"
    assert read_validity(turned) == Stated(validity=open_ended, follow_up="yearly", revision_every=2)


REFUSED = {
    "2025–2014": "before it begins",
    "2024-02-30 -": "no day of the calendar",
    "31/13 2024 -": "no day of the calendar",
    "0000–2024": "no day of the calendar",
    "9999-": "no day of the calendar",
    "2024-05-01": "first or the last",
    "2023-26": "none of the forms",
    "år 2024": "none of the forms",
    "2024?": "none of the forms",
    "²⁰²⁴": "none of the forms",
    "٢٠٢٤-": "none of the forms",
    "2024- (förlängd tom 2025": "none of the forms",
    "2018 - tills vidre": "known clauses",
    "2018 -tills vidare, dock längst 2026": "known clauses",
    "2020 tills 2024-12-31": "waits for an event",
    "2020 - tills ...": "waits for an event",
    "2022 - tills vidare, revidering vart tredje år, 2026 etc.": "cycle",
    "2021–2023 (förlängd tom 31/12 2023)": "no later",
    "2021- (förlängd tom 31/12 2023)": "can be prolonged",
    "2021-, förlängs därefter ett år i taget": "can be prolonged",
    "2021-2023 (förlängd tom 2024), förlängs därefter ett år i taget": "can be prolonged",
    "2021\x002023": "one line",
    "2021\n2023": "one line",
    "2024-" + "!" * 3000: "longer than",
}


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_any_other_text_is_refused_with_itself_and_the_reason(text: str) -> None:
    with pytest.raises(ValidityUnread) as refused:
        read_validity(text)
    assert (refused.value.code, refused.value.exit_code) == ("validity_invalid", 65)
    assert isinstance(refused.value, ValidityInvalid)
    assert REFUSED[text] in str(refused.value.values["why"])
    assert str(refused.value.values["text"])[:4] == text[:4]
    assert "tills vidare" in refused.value.remedy


days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
points = st.one_of(
    days.map(lambda day: (day.isoformat(), day, day)),
    days.map(lambda day: (f"{day.day}/{day.month} {day.year}", day, day)),
    st.integers(1990, 2100).map(lambda year: (str(year), date(year, 1, 1), date(year, 12, 31))),
)
gaps = st.sampled_from(["", " "])
dashes = st.sampled_from(["-", "–", "—"])


@given(points, points, gaps, dashes, gaps)
def test_from_one_point_to_another_is_from_the_first_day_to_the_last(
    first: tuple[str, date, date], second: tuple[str, date, date], before: str, dash: str, behind: str
) -> None:
    text = f"{first[0]}{before}{dash}{behind}{second[0]}"
    if second[2] < first[1]:
        with pytest.raises(ValidityUnread):
            read_validity(text)
    else:
        assert read_validity(text).validity == Validity(kind="fixed", start=first[1], end=second[2])


@given(points, gaps, dashes, gaps, st.integers(1, 4000))
def test_an_extension_is_what_the_term_becomes_and_never_shortens_it(
    point: tuple[str, date, date], before: str, dash: str, behind: str, ahead: int
) -> None:
    to = point[2] + timedelta(days=ahead)
    text = f"{point[0]}{before}{dash}{behind}{point[2].isoformat()} (förlängd t.o.m. {{}})"
    extended = Validity(kind="fixed", start=point[1], end=point[2], extended_to=to)
    assert read_validity(text.format(to)).validity == extended
    with pytest.raises(ValidityUnread):
        read_validity(text.format(point[2] - timedelta(days=ahead - 1)))


@given(st.one_of(st.text(), st.text("0123456789-–/ .,()tillsvidareföängdom", max_size=40)))
def test_whatever_is_written_is_read_soundly_or_refused(text: str) -> None:
    try:
        validity = read_validity(text).validity
    except ValidityUnread:
        return
    present = [day for day in (validity.start, validity.end, validity.extended_to) if day]
    assert present == sorted(present)
    assert all(day <= LAST_DAY for day in present)
    assert (validity.kind in {"fixed", "rolling_year"}) == (validity.end is not None)
    assert (validity.kind == "until_event") == (validity.event is not None)
