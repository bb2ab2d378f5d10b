"""What is kept beside the log is made anew from it: whatever had become of its rows, they are what they were."""

import contextlib
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from persistence import anew
from persistence.kept import KEPT
from persistence.rebuilding import Rebuilt, rebuild
from tests.persistence.conftest import FILE
from tests.persistence.damaging import (
    DAMAGES,
    Everything,
    changed,
    everything,
    letters_changed_hands,
    of_a_stranger,
    put_in,
)
from tests.persistence.homes import FAULTS
from tests.persistence.keeping import Keeping

COLUMNS = [(table.name, column.name) for table in KEPT for column in table.columns]


def made_whole(kept: Keeping, before: Everything) -> Rebuilt:
    """What a rebuild told, when it left everything as it was before the damage."""
    rebuilt = rebuild(kept.database)
    assert rebuilt.tables
    assert everything(kept) == before
    return rebuilt


def test_any_value_changed_in_any_column_is_made_what_it_was(owned: Keeping) -> None:
    before = everything(owned)
    for table, name in COLUMNS:
        # On a server every reading takes its time.
        for place in ("last",) if owned.on_server else ("first", "last"):
            value = changed(owned, table, name, place)
            rebuilt = made_whole(owned, before)
            assert table in {each.table for each in rebuilt.tables}, f"{table}.{name}: {value!r}"
            assert rebuilt.refs
    assert owned.findings() == ()


def test_rows_taken_out_put_in_or_given_to_another_are_put_right(owned: Keeping) -> None:
    before = everything(owned)
    for name, damage in DAMAGES.items():
        damage(owned)
        rebuilt = made_whole(owned, before)
        assert rebuilt.refs, name
    assert owned.findings() == ()


@pytest.mark.parametrize("at_a_time", [1, 2])
def test_how_many_cases_are_held_at_a_time_makes_no_difference(
    owned: Keeping, monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    monkeypatch.setattr(anew, "CASES_AT_A_TIME", at_a_time)
    before = everything(owned)
    letters_changed_hands(owned)
    of_a_stranger("case_view")(owned)
    rebuilt = made_whole(owned, before)
    assert {"SAM-1999-0001", "SAM-2026-0001", "SAM-2026-0002"} <= set(rebuilt.refs)


VALUES = st.tuples(st.sampled_from(COLUMNS), st.sampled_from(["first", "last"]))


@pytest.mark.parametrize("kind", [FILE])
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(damages=st.lists(st.sampled_from(sorted(DAMAGES)), max_size=3), values=st.lists(VALUES, min_size=1, max_size=4))
def test_many_damages_at_once_are_put_right_at_once(
    owned: Keeping, damages: Sequence[str], values: Sequence[tuple[tuple[str, str], str]]
) -> None:
    before = everything(owned)
    # What is to be damaged may be gone already, and what is put in may be there.
    for (table, name), place in values:
        with contextlib.suppress(*FAULTS, TypeError):
            changed(owned, table, name, place)
    for damage in damages:
        with contextlib.suppress(*FAULTS, TypeError):
            DAMAGES[damage](owned)
    if everything(owned) != before:
        made_whole(owned, before)
    again = rebuild(owned.database)
    assert (again.tables, again.refs) == ((), ())


def test_how_far_sending_has_come_is_left_alone(owned: Keeping) -> None:
    with owned.rows() as base:
        told = base.execute("SELECT message_id FROM outbox ORDER BY 1").fetchall()[0]
        for message_id in (*told, "<ingens>"):
            base.execute("INSERT INTO sending VALUES (?, 3, '2026-03-03', 'en', '2026-03-04', '450')", (message_id,))
    before = everything(owned)
    DAMAGES["outbox emptied"](owned)
    made_whole(owned, before)
    assert len(before["sending"]) == 2


def test_what_was_put_right_is_counted_by_table_and_named_by_case(owned: Keeping) -> None:
    with owned.rows() as base:
        base.execute("UPDATE case_view SET title = 'annan' WHERE ref = 'SAM-2026-0003'")
        ((duties,),) = base.execute("SELECT count(*) FROM duty WHERE ref = 'SAM-2026-0001'").fetchall()
        base.execute("DELETE FROM duty WHERE ref = 'SAM-2026-0001'")
    put_in(owned, "document_view")
    rebuilt = rebuild(owned.database)
    assert duties
    assert {each.table: (each.changed, each.added, each.removed) for each in rebuilt.tables} == {
        "case_view": (1, 0, 0),
        "document_view": (0, 0, 1),
        "duty": (0, duties, 0),
    }
    assert rebuilt.refs == ("SAM-2026-0001", "SAM-2026-0003", "annan")
