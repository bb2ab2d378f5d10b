"""What is kept of the log's hash tree: a checkpoint is the same with it as without, and an audit goes by the bytes."""

import pytest
from pymerkle import InmemoryTree  # type: ignore[import-untyped]  # the library tells no types

from persistence.checkpoints import checkpoint_of_bytes, kept_subtrees
from tests.office import Office
from tests.persistence.keeping import Keeping, batch, nothing
from workflow.merkle import SUBTREE

#: Writes so many records, whatever they mean, in one act.
AT_ONCE = 3 * SUBTREE


def kept(keeping: Keeping) -> dict[int, bytes]:
    with keeping.database.reading() as connection:
        return kept_subtrees(connection)


def written(keeping: Keeping, stream: str, records: int) -> None:
    keeping.store.append(batch(stream, 0, *map(str, range(records))), nothing)


def contents(keeping: Keeping) -> list[bytes]:
    with keeping.rows() as base:
        return [bytes(content) for (content,) in base.execute("SELECT bytes FROM event ORDER BY seq").fetchall()]


def root(leaves: list[bytes]) -> bytes:
    tree = InmemoryTree(algorithm="sha256")
    tree.append_entries(leaves)
    return bytes(tree.get_root())


def gainsaid(keeping: Keeping) -> list[int | None]:
    """The records at which an audit finds that what is kept of the tree is not the log's."""
    return [each.seq for each in keeping.findings() if each.check == "subtree"]


@pytest.fixture
def long(county: Keeping) -> Keeping:
    """A log of three subtrees and some records more."""
    written(county, "a", AT_ONCE)
    county.home.unlock()
    return county


def test_what_is_kept_are_the_roots_over_whole_subtrees_written_by_the_act_that_completes_them(county: Keeping) -> None:
    begun = len(contents(county))
    for stream, records in (("a", SUBTREE - begun - 1), ("b", 1), ("c", 1), ("d", AT_ONCE), ("e", SUBTREE)):
        written(county, stream, records)
        leaves = contents(county)
        whole = range(len(leaves) // SUBTREE)
        assert kept(county) == {place: root(leaves[place * SUBTREE :][:SUBTREE]) for place in whole}
        quick = county.store.checkpoint()
        assert (quick.size, quick.root) == (len(leaves), root(leaves))
        with county.database.reading() as connection:
            assert checkpoint_of_bytes(connection) == quick
    assert len(kept(county)) == 5


def test_a_long_log_that_nobody_touched_has_no_findings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The negative control of what follows."""
    county = Keeping(tmp_path_factory.mktemp("long")).founded().grown()
    assert len(kept(county)) == 1
    assert county.findings() == ()


CHANGES = {
    "UPDATE subtree SET hash = (SELECT hash FROM subtree WHERE number = 0) WHERE number = 1": [2 * SUBTREE],
    "UPDATE subtree SET number = 7 WHERE number = 2": [3 * SUBTREE, 8 * SUBTREE],
    "DELETE FROM subtree WHERE number = 0": [SUBTREE],
    "INSERT INTO subtree SELECT 3, hash FROM subtree WHERE number = 0": [4 * SUBTREE],
    "DELETE FROM subtree": [SUBTREE, 2 * SUBTREE, 3 * SUBTREE],
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_of_what_is_kept_is_found_at_the_last_record_under_it(long: Keeping, change: str) -> None:
    assert gainsaid(long) == []
    with long.rows() as base:
        base.execute(change)
    assert gainsaid(long) == CHANGES[change]


@pytest.mark.parametrize("lost", range(3))
def test_one_that_is_lost_costs_time_and_nothing_else_and_is_kept_again(long: Keeping, lost: int) -> None:
    before = kept(long)
    with long.rows() as base:
        base.execute("DELETE FROM subtree WHERE number = ?", (lost,))
    assert long.store.checkpoint().root == root(contents(long))
    written(long, "b", SUBTREE)
    assert {number: node for number, node in kept(long).items() if number < len(before)} == before
    assert gainsaid(long) == []


@pytest.fixture
def office(long: Keeping, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The command, on the same database."""
    found = Office(tmp_path_factory.mktemp("office"))
    found.url = long.url
    return found


def test_a_checkpoint_that_others_are_to_keep_rests_on_the_records_alone(long: Keeping, office: Office) -> None:
    with long.rows() as base:
        base.execute("UPDATE subtree SET hash = (SELECT hash FROM subtree WHERE number = 0)")
    told = office("audit", "checkpoint", expect=0).json
    assert told["checkpoint"] != long.store.checkpoint().text, "what is kept is read at all"
    with long.database.reading() as connection:
        assert told["checkpoint"] == checkpoint_of_bytes(connection).text
