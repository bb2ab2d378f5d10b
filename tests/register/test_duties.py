"""What a document asks to be done, and by when, against lists of days reckoned one by one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.register.keeping import CONTEXT, COUNTY, MANY, RULES, Kept, bilaga_1, day, plain
from workflow.decide.draft import Context
from workflow.errors import Refusal
from workflow.organisation_events import ForumStatusSet
from workflow.register import acts
from workflow.register.duties import Cycle, follow_ups, revisions
from workflow.register.standing import HOLDING, state_on
from workflow.register.terms import Validity

STARTS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def due_days(first: date, every: int, last: date | None) -> list[date]:
    """The first day, and the last of every so many years after it; none after ``last``."""
    days = [first, *(date(year, 12, 31) for year in range(first.year + every, 2106, every))]
    return [each for each in days if last is None or each <= last]


def told(days: list[date], done: list[date], on: date) -> tuple[date | None, date | None]:
    """The next day that is not done for, and the latest one that passed undone: year by year."""

    def done_for(due: date) -> bool:
        return any(date(due.year, 1, 1) <= each <= on for each in done)

    coming = next((due for due in days if due >= on and not done_for(due)), None)
    passed = [due for due in days if due < on]
    return coming, passed[-1] if passed and not done_for(passed[-1]) else None


@MANY
@given(
    st.builds(date, st.integers(1991, 2060), st.just(12), st.just(31)),
    st.integers(1, 6),
    st.none() | st.integers(0, 12000),
    st.lists(DAYS, max_size=8),
    DAYS,
)
def test_what_is_due_and_what_was_missed_is_as_the_list_of_days_has_it(
    first: date, every: int, lasts: int | None, done: list[date], on: date
) -> None:
    last = None if lasts is None else first - timedelta(days=4000) + timedelta(days=lasts)
    cycle = Cycle(first=first, every=every, last=last, done=tuple(done))
    assert (cycle.coming(on), cycle.missed(on)) == told(due_days(first, every, last), done, on)


@MANY
@given(STARTS, st.integers(0, 1500), st.lists(st.integers(0, 9000), max_size=6), st.integers(0, 9000))
def test_a_yearly_follow_up_is_due_each_calendar_year_after_the_first_and_a_short_term_has_one(
    start: date, length: int, done: list[int], after: int
) -> None:
    """G36; a missed duty never ends a document (G38)."""
    end, on = start + timedelta(days=length), start + timedelta(days=after)
    kept = Kept(plain(Validity(kind="fixed", start=start, end=end), follow_up="yearly"), start)
    followed = sorted(start + timedelta(days=each) for each in done if each <= after)
    for each in followed:
        by = "politiskt-forum" if each >= date(2026, 1, 1) else "svom"
        kept.do(acts.RecordFollowUp(on=each, by=by))
    first = min(date(start.year + 1, 12, 31), end)
    cycle = follow_ups(kept.document)
    assert cycle is not None
    assert (cycle.coming(on), cycle.missed(on)) == told(due_days(first, 1, end), followed, on)
    assert (state_on(kept.document, on) in HOLDING) is (on <= end)


@MANY
@given(STARTS, st.integers(1, 5), st.lists(st.integers(0, 12000), max_size=6), st.integers(0, 12000))
def test_a_revision_comes_back_in_the_same_years_however_late_one_was(
    start: date, every: int, done: list[int], after: int
) -> None:
    """G37: the years are counted from the first, never from when it was last done."""
    on = start + timedelta(days=after)
    kept = Kept(plain(Validity(kind="open_ended", start=start), revision_every=every), start)
    revised = sorted({start + timedelta(days=each) for each in done if each <= after})
    for each in revised:
        kept.do(acts.RecordRevision(on=each))
    cycle = revisions(kept.document)
    assert cycle is not None
    assert (cycle.coming(on), cycle.missed(on)) == told(
        due_days(date(start.year + every, 12, 31), every, None), revised, on
    )
    assert state_on(kept.document, on) == "in_force"


@pytest.mark.parametrize("row", [15, 17])
@pytest.mark.parametrize("late", ["2025-06-01", "2026-11-01", "2027-12-31", None])
def test_rows_15_and_17_are_revised_in_2025_2028_and_2031(row: int, late: str | None) -> None:
    """Scenario 63, whatever was late."""
    kept = Kept(bilaga_1()[row], day("2022-01-01"))
    if late:
        kept.do(acts.RecordRevision(on=day(late)))
    cycle = revisions(kept.document)
    assert cycle is not None
    dues = {cycle.coming(date(year, month, 1)) for year in range(2022, 2032) for month in (1, 7, 12)}
    wanted = {day("2025-12-31"), day("2028-12-31"), day("2031-12-31")}
    assert dues - {day("2034-12-31")} == wanted


def test_a_follow_up_without_a_period_is_asked_for_and_never_overdue() -> None:
    for row in (22, 26):
        kept = Kept(bilaga_1()[row], day("2023-01-01"))
        for year in (2023, 2026, 2060):
            kept.look(date(year, 12, 31))
            assert "follow_up_period_missing" in kept.flags
            assert not {"follow_up_due", "follow_up_overdue"} & kept.flags.keys()


def test_row_14_is_due_until_the_last_of_december_and_overdue_on_new_years_day() -> None:
    """Scenario 80. The two forums of 2024 are one follow-up: it is the year's when both have done it."""
    kept = Kept(bilaga_1()[14], day("2023-01-01"))
    kept.do(acts.RecordFollowUp(on=day("2023-11-05"), by="barnarenan"))
    kept.look(day("2024-12-31"))
    assert kept.flags["follow_up_due"] == "2024-12-31"
    assert "follow_up_overdue" not in kept.flags
    kept.look(day("2025-01-01"))
    assert kept.flags["follow_up_overdue"] == "2024-12-31"


def test_the_follow_up_of_the_successor_of_row_7_is_asked_for_and_lacks_its_period() -> None:
    """Scenario 82, whether it is told of the new document or, before that is linked, of the old one."""
    old = Kept(bilaga_1()[7], day("2025-01-13"))
    assert "follow_up_period_missing" not in old.flags
    old.do(acts.RecordImplementation(on=day("2025-04-01")))
    new = Kept(plain(Validity(kind="open_ended", start=day("2025-03-01"))), day("2025-03-01"))
    new.do(acts.TakeOver(on=day("2025-03-01"), of="b1-07", follow_up="no_period_after_successor"))
    new.do(acts.RecordImplementation(on=day("2025-04-01")))
    for kept in (old, new):
        kept.look(day("2025-04-02"))
        assert "follow_up_period_missing" in kept.flags
        kept.look(day("2031-01-01"))
        assert "follow_up_period_missing" in kept.flags
        assert "follow_up_overdue" not in kept.flags


def test_the_successor_of_row_3_is_followed_up_in_the_year_after_it_is_in_use() -> None:
    new = Kept(plain(Validity(kind="open_ended", start=day("2025-02-01"))), day("2025-02-01"))
    new.do(acts.TakeOver(on=day("2025-02-01"), of="b1-03", follow_up="yearly_after_successor", statutory="area"))
    assert new.document.statutory == "area"
    assert follow_ups(new.document) is None
    new.do(acts.RecordImplementation(on=day("2026-05-05")))
    cycle = follow_ups(new.document)
    assert cycle is not None
    assert cycle.coming(day("2026-05-05")) == day("2027-12-31")


def test_what_the_successor_says_itself_is_not_made_looser_by_the_words_of_the_one_before() -> None:
    new = Kept(plain(Validity(kind="open_ended", start=day("2025-02-01")), follow_up="yearly"), day("2025-02-01"))
    new.do(acts.TakeOver(on=day("2025-02-01"), of="b1-07", follow_up="no_period_after_successor"))
    cycle = follow_ups(new.document)
    assert cycle is not None
    assert cycle.coming(day("2025-02-01")) == day("2026-12-31")


@pytest.mark.parametrize(
    ("row", "on", "by", "counts"),
    [
        # X2, X5 and scenario 85: what politicians recommend they follow up, and officers what they decide.
        (14, "2023-05-01", "samreko-hsi", None),
        (14, "2023-05-01", "barnarenan", True),
        (7, "2023-05-01", "fredagsgruppen", None),
        (7, "2023-05-01", "svom", True),
        (20, "2023-05-01", "samreko-hsi", True),
        (20, "2023-05-01", "barnarenan", None),
        (25, "2024-05-01", "fredagsgruppen", True),
        # Both, where both recommended or decided.
        (3, "2023-05-01", "svom", False),
        (21, "2024-03-01", "fredagsgruppen", False),
        # A dormant forum is stood in for by the one its structure names (G3).
        (2, "2024-03-01", "svom", True),
        (14, "2024-03-01", "svom", True),
        # A riktlinje that was lifted is politics' and the officers'.
        (18, "2023-05-01", "barnarenan", True),
        (18, "2023-05-01", "samreko-hsi", True),
        # Scenario 34: ownership is dated.
        (14, "2025-05-01", "svom", False),
        (14, "2025-05-01", "barnarenan", None),
        (14, "2026-05-01", "svom", None),
        (14, "2026-05-01", "politiskt-forum", True),
        (20, "2026-05-01", "ledningsforum", True),
        (20, "2026-05-01", "politiskt-forum", None),
    ],
)
def test_the_follow_up_of_the_forum_that_answers_counts(row: int, on: str, by: str, counts: bool | None) -> None:  # noqa: FBT001 - one column of the table above
    kept = Kept(bilaga_1()[row], min(day(on), day("2024-12-31")))
    if counts is None:
        with pytest.raises(Refusal) as refused:
            kept.do(acts.RecordFollowUp(on=day(on), by=by))
        assert refused.value.code == "follow_up_wrong_forum"
        assert by not in {each.by for each in refused.value.missing}
        assert refused.value.missing
        return
    kept.do(acts.RecordFollowUp(on=day(on), by=by))
    assert kept.document.followed_up[-1].complete is counts
    assert bool(kept.remarks) is not counts


def test_both_forums_of_the_temporary_structure_make_a_years_follow_up() -> None:
    kept = Kept(bilaga_1()[15], day("2025-01-13"))
    kept.do(acts.RecordFollowUp(on=day("2025-03-01"), by="svom"))
    kept.look(day("2025-12-01"))
    assert kept.flags["follow_up_due"] == "2025-12-31"
    kept.do(acts.RecordFollowUp(on=day("2025-12-02"), by="buz"))
    assert not {"follow_up_due", "follow_up_overdue"} & kept.flags.keys()


def test_a_forum_that_is_known_to_be_dormant_follows_nothing_up() -> None:
    asleep = ForumStatusSet(forum="barnarenan", status="dormant", from_day=date(2023, 10, 1))
    known = Kept(bilaga_1()[14], day("2023-01-01"), context_with(asleep))
    with pytest.raises(Refusal) as refused:
        known.do(acts.RecordFollowUp(on=day("2024-02-01"), by="barnarenan"))
    assert refused.value.code == "forum_dormant"
    assumed = Kept(bilaga_1()[14], day("2023-01-01"))
    assumed.do(acts.RecordFollowUp(on=day("2024-02-01"), by="barnarenan"))
    assert assumed.remarks


def context_with(status: ForumStatusSet) -> Context:
    """The county with this status and no other."""
    return replace(CONTEXT, organisation=replace(COUNTY, statuses=(status,)))


def test_what_is_handed_down_to_alternativ_1_must_be_assessed_once() -> None:
    """X13: not before its first day, nor for what begins under it, nor again when it is said."""
    kept = Kept(bilaga_1()[14], day("2025-06-01"))
    kept.look(day("2025-12-31"))
    assert "assessment_missing" not in kept.flags
    kept.look(day("2026-01-01"))
    assert "assessment_missing" in kept.flags
    kept.do(acts.AssessDocument(on=day("2026-02-01"), keep=True, by="politiskt-forum"))
    assert "assessment_missing" not in kept.flags
    kept.look(day("2027-02-01"))
    assert "assessment_missing" not in kept.flags
    new = Kept(plain(Validity(kind="open_ended", start=day("2026-01-01"))), day("2026-01-01"))
    new.look(day("2026-01-01"))
    assert "assessment_missing" not in new.flags
    assert RULES.register.assessment.structures == ("alternativ-1",)
