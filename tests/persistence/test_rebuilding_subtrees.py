"""The hashes that are kept of the log's tree are made anew like all else that is kept beside it."""

import pytest

from persistence.rebuilding import rebuild
from tests.persistence.damaging import everything
from tests.persistence.keeping import Keeping

#: A change, and what is to be done about it: rows changed, added and taken away.
CHANGES = {
    "UPDATE subtree SET hash = (SELECT hash FROM event WHERE seq = 1)": (1, 0, 0),
    "DELETE FROM subtree": (0, 1, 0),
    "UPDATE subtree SET number = 7": (0, 1, 1),
    "INSERT INTO subtree SELECT 7, hash FROM subtree": (0, 0, 1),
    "INSERT INTO subtree SELECT -1, hash FROM subtree": (0, 0, 1),
}


def test_whatever_had_become_of_them_they_are_what_they_were(grown: Keeping) -> None:
    before = everything(grown)
    assert len(before["subtree"]) == 1
    for change, wanted in CHANGES.items():
        with grown.rows() as base:
            base.execute(change)
        rebuilt = rebuild(grown.database)
        (told,) = rebuilt.tables
        assert (told.table, (told.changed, told.added, told.removed), rebuilt.refs) == ("subtree", wanted, ()), change
        assert everything(grown) == before, change
    assert grown.findings() == ()


def test_they_and_a_case_are_put_right_at_once(grown: Keeping) -> None:
    ref = grown.opened()
    before = everything(grown)
    with grown.rows() as base:
        base.execute("DELETE FROM subtree")
        base.execute("DELETE FROM duty")
    rebuilt = rebuild(grown.database)
    assert ([each.table for each in rebuilt.tables], rebuilt.refs) == (["duty", "subtree"], (ref,))
    assert everything(grown) == before


@pytest.mark.parametrize("change", ["DELETE FROM subtree", "UPDATE subtree SET hash = substr(hash, 2)"])
def test_what_is_kept_of_the_tree_says_nothing_against_the_log(grown: Keeping, change: str) -> None:
    """The negative control: a root that rests on what is kept would make the log look spoilt."""
    with grown.rows() as base:
        base.execute(change)
    checkpoint = rebuild(grown.database).verified
    assert (checkpoint.findings, checkpoint.events) == ((), grown.store.checkpoint().size)
