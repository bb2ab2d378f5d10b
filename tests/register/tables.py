"""Register files for the tests: reading them, and drawing any that a county could have."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st

from workflow.bad_data import ValueInvalid
from workflow.lines import one_line
from workflow.register.entry import Entry
from workflow.register.faults import Fault, FaultyRegister
from workflow.register.importing import entries_of
from workflow.register.known import Known
from workflow.register.terms import NoticeRule, Terms, Validity
from workflow.rulebook import shipped_rules

BILAGA = Path(__file__).parent / "bilaga-1.csv"


def known() -> Known:
    return Known(shipped_rules())


KNOWN = known()


def read(content: str | bytes, at_a_time: int = 1 << 20) -> list[Entry]:
    """The entries of a file, handed over in pieces of so many bytes."""
    data = content.encode() if isinstance(content, str) else content
    pieces = (data[start : start + at_a_time] for start in range(0, len(data), at_a_time))
    return list(entries_of(pieces, KNOWN, "register.csv"))


def told(fault: Fault) -> tuple[int, str, str]:
    with_why = {**fault.message.values, "why": str(fault.message.values.get("why")).format_map(fault.message.values)}
    return fault.row, fault.column, fault.message.template.format_map(with_why)


def faults_of(content: str | bytes) -> list[tuple[int, str, str]]:
    """Row, column and message of every fault that is told."""
    with pytest.raises(FaultyRegister) as refused:
        read(content)
    assert refused.value.exit_code == 65
    return [told(fault) for fault in refused.value.faults]


def table(heading: str, *rows: str) -> str:
    return "\n".join((heading, *rows)) + "\n"


SIGNS = st.characters(exclude_categories=("C", "Z"), include_characters=" =+-@'\";,[]()")
FORUMS = ("svom", "barnarenan", "fredagsgruppen", "samreko-hsi", "rsr", "gnus")
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,6}){0,3}", fullmatch=True)


def lines(longest: int = 40) -> st.SearchStrategy[str]:
    """Any line of text as it stands in a record: composed, on one line, something to be seen, no white space around."""

    def kept(text: str) -> str:
        try:
            return one_line("text", text)
        except ValueInvalid:
            return "x"

    risky = st.sampled_from(["=1+1", "@SUM(A1)", "+46", "-1", "'=1", "''-x", "'text", "＝1", "(empty)", "[a]", "2024-"])  # noqa: RUF001 - signs that spreadsheets take for others
    return st.one_of(st.text(SIGNS, min_size=1, max_size=longest).map(kept), risky)


def several(names: Iterable[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(names)), max_size=3, unique=True).map(tuple)


@st.composite
def validities(draw: st.DrawFn) -> Validity:
    start = draw(st.none() | DAYS)
    after = (start or date(1990, 1, 1)) + timedelta(days=draw(st.integers(0, 9000)))
    kind = draw(st.sampled_from(["fixed", "open_ended", "until_event", "rolling_year", "silent_renewal", "unknown"]))
    notice = st.none() | st.builds(
        NoticeRule, months=st.integers(1, 99), scope=st.sampled_from(["agreement", "party"]), yearly=st.booleans()
    )
    if kind == "fixed":
        extended = draw(st.none() | st.integers(1, 4000).map(lambda ahead: after + timedelta(days=ahead)))
        ambiguous = extended is None and draw(st.booleans())
        return Validity(
            kind="fixed", start=start, end=after, extended_to=extended, ambiguous=ambiguous, notice=draw(notice)
        )
    if kind == "until_event":
        return Validity(kind="until_event", start=start, event=draw(lines()), ends_with=draw(st.none() | IDS))
    if kind == "rolling_year":
        return Validity(kind="rolling_year", start=start, end=after)
    if kind == "silent_renewal":
        return Validity(kind="silent_renewal", start=start, end=after, notice=draw(notice))
    return Validity(kind="open_ended" if kind == "open_ended" else "unknown", start=start)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any entry a register could hold, whose text of validity says what it will."""
    validity = draw(validities())
    year = f"{validity.start.year}" if validity.start else "2020"
    texts = st.one_of(
        st.just(""),
        st.sampled_from(["{}", "{}-", "{} - tills vidare, ska följas upp årligen", "{}–2030", "Tom 2024-12-31"]),
        lines().filter(lambda text: "{" not in text and "}" not in text),
    )
    as_printed = draw(st.none() | lines().filter(lambda text: "[=" not in text))
    return Entry(
        id=draw(IDS),
        title=draw(lines()),
        type=draw(st.sampled_from(["overenskommelse", "avtal", "policy", "handlingsplan", "riktlinje"])),
        group=draw(st.none() | st.sampled_from(["barn-unga", "vuxna", "alla"])),
        level=draw(st.none() | st.sampled_from(["political", "officers"])),
        recommending=() if as_printed else draw(several(FORUMS)),
        recommending_as_printed=as_printed,
        preparing=draw(several(FORUMS)),
        variant=draw(st.none() | st.sampled_from(["joint-board", "incomplete"])),
        lifted=draw(st.booleans()),
        parties=draw(several(["rjh", "berg", "krokom"])),
        validity_text=draw(texts).format(year),
        notes=draw(st.just("") | lines()),
        terms=Terms(
            validity=validity,
            follow_up=draw(
                st.sampled_from(["none", "yearly", "yearly_after_successor", "no_period", "no_period_after_successor"])
            ),
            revision_every=draw(st.none() | st.integers(1, 99)),
            review_wanted=draw(st.booleans()),
            successor_expected=draw(st.booleans()),
            statutory=draw(st.sampled_from(["no", "note", "area"])),
            incomplete=draw(st.booleans()),
        ),
    )
