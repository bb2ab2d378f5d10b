"""The 27 documents of Bilaga 1 stand on each day as the table written by hand says."""

from datetime import date

import pytest

from tests.register.bilaga_by_hand import ALWAYS, BY_DAY, ON_2025_01_13, Stands
from tests.register.keeping import Kept, bilaga_1, day
from workflow.register.document import Document
from workflow.register.duties import follow_ups, revisions
from workflow.register.flags import flags_on
from workflow.register.spans import current_or_last, notice_day
from workflow.register.standing import STATUS, state_on

EVERY_ROW = [(on, row) for on in BY_DAY for row in range(1, 28)]


def stands(document: Document, on: date) -> Stands:
    """The document on the day, as the product has it."""
    span, follow_up, revision = current_or_last(document, on), follow_ups(document), revisions(document)
    notice = notice_day(document, span) if span is not None else None
    return Stands(
        status=STATUS[state_on(document, on)],
        term_ends=str(span.end or "") if span is not None else "",
        renewals=span.renewals if span is not None else 0,
        last_notice=str(notice or ""),
        follow_up=str((follow_up.coming(on) if follow_up is not None else None) or ""),
        revision=str((revision.coming(on) if revision is not None else None) or ""),
        flags=frozenset((flag.kind, str(flag.due or ""), flag.severity) for flag in flags_on(document, on)),
    )


def rows(on: str, status: str) -> set[int]:
    entered = {row: Kept(entry, day(on)).document for row, entry in bilaga_1().items()}
    return {row for row, document in entered.items() if STATUS[state_on(document, day(on))] == status}


def test_on_the_day_of_the_report_they_are_what_the_report_says() -> None:
    """Scenario 59: sixteen in force, seven over, three in doubt, one undated."""
    assert rows("2025-01-13", "in_force") == {1, 2, 6, 9, *range(14, 24), 25, 26}
    assert rows("2025-01-13", "expired") == {3, 4, 5, 7, 8, 11, 27}
    assert rows("2025-01-13", "ambiguous") == {12, 13, 24}
    assert rows("2025-01-13", "undated") == {10}


def test_five_documents_hold_on_the_last_day_of_2024_and_not_on_the_next() -> None:
    """Scenario 60: «t.o.m.» is inclusive."""
    held, holds = rows("2024-12-31", "in_force"), rows("2025-01-01", "in_force")
    assert held - holds == {3, 4, 7, 8, 27, 13, 24}
    assert rows("2025-01-01", "expired") - rows("2024-12-31", "expired") == {3, 4, 7, 8, 27}
    assert rows("2025-01-01", "ambiguous") - rows("2024-12-31", "ambiguous") == {13, 24}
    assert holds - held == set()


def test_the_table_by_hand_counts_as_the_report_does() -> None:
    counted = [each.status for each in ON_2025_01_13.values()]
    assert [counted.count(each) for each in ("in_force", "expired", "ambiguous", "undated")] == [16, 7, 3, 1]
    assert all(by_row.keys() == ALWAYS.keys() == set(range(1, 28)) for by_row in BY_DAY.values())


@pytest.mark.parametrize(("on", "row"), EVERY_ROW)
def test_each_row_stands_as_the_hand_wrote(on: str, row: int) -> None:
    document = Kept(bilaga_1()[row], day(on)).document
    assert stands(document, day(on)) == BY_DAY[on][row]
    always = ALWAYS[row]
    owner = always.later_owner if on >= "2026-01-01" else always.owner
    assert (str(document.validity.start or ""), document.statutory) == (always.valid_from, always.statutory)
    assert document.owners == owner
    assert all(flag.assigned_to == (owner or ("",)) for flag in flags_on(document, day(on)))


@pytest.mark.parametrize("row", range(1, 28))
def test_a_row_entered_in_2024_and_looked_at_since_stands_as_if_entered_on_the_day(row: int) -> None:
    """Structures, owners and flags follow the calendar whenever it is looked at."""
    kept = Kept(bilaga_1()[row], day("2024-12-31"))
    for on in BY_DAY:
        kept.look(day(on))
        fresh = Kept(bilaga_1()[row], day(on)).document
        assert stands(kept.document, day(on)) == BY_DAY[on][row]
        assert (kept.document.state, kept.document.owners) == (state_on(fresh, day(on)), fresh.owners)
        assert set(kept.document.flags) == set(flags_on(fresh, day(on)))
