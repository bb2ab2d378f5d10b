"""The tree is RFC 9162's: equal to pymerkle's and to one written from the RFC's definitions, and no proof is forged."""

import hashlib
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree  # type: ignore[import-untyped]  # it comes without types

from commands.audit import verify_log
from commands.audit.verify_log import root_with, roots_with
from tests.audit.logs import root_of
from workflow import merkle
from workflow.merkle import Tree, consistency_ranges, inclusion_ranges

MANY = 300
LEAVES = [f"post {number} åäö".encode() for number in range(MANY)]
#: Sizes whose trees have every kind of shape: around each power of two, and some between.
SHAPES = (*range(1, 36), 47, 48, 63, 64, 65, 100, 127, 128, 129, 255, 256, 257, 299, 300)


@cache
def naive(start: int, end: int) -> bytes:
    """MTH(D[start:end]) as section 2.1.1 defines it, word for word."""
    width = end - start
    if width == 0:
        return hashlib.sha256().digest()
    if width == 1:
        return hashlib.sha256(b"\x00" + LEAVES[start]).digest()
    half = max(1 << power for power in range(width.bit_length()) if 1 << power < width)
    return hashlib.sha256(b"\x01" + naive(start, start + half) + naive(start + half, end)).digest()


def path(index: int, start: int, end: int) -> list[bytes]:
    """PATH(m, D[n]), section 2.1.3.1."""
    if end - start == 1:
        return []
    half = max(1 << power for power in range(10) if 1 << power < end - start)
    if index < start + half:
        return [*path(index, start, start + half), naive(start + half, end)]
    return [*path(index, start + half, end), naive(start, start + half)]


def subproof(first: int, start: int, end: int, whole: bool) -> list[bytes]:  # noqa: FBT001 - the RFC's own b
    """SUBPROOF(m, D[n], b), section 2.1.4.1."""
    if first == end:
        return [] if whole else [naive(start, end)]
    half = max(1 << power for power in range(10) if 1 << power < end - start)
    if first <= start + half:
        return [*subproof(first, start, start + half, whole), naive(start + half, end)]
    return [*subproof(first, start + half, end, whole=False), naive(start, start + half)]


def proves_inclusion(leaf: bytes, index: int, size: int, root: bytes, proof: list[bytes]) -> bool:
    """Whether the verifier, which a party is given, takes it for proven."""
    return 0 <= index < size and root_with(leaf, index, size, proof) == root


def proves_consistency(first: int, before: bytes, second: int, after: bytes, proof: list[bytes]) -> bool:
    """Whether the verifier takes it for proven: that one tree begins the other."""
    return 0 < first <= second and roots_with(before, first, second, proof) == (before, after)


def told(ranges: list[merkle.Range]) -> list[bytes]:
    """Our proof, made in one pass over a log that has gone on since."""
    tree = Tree(ranges)
    for leaf in LEAVES:
        tree.add(leaf)
    return [tree.hash_of(each) for each in ranges]


@pytest.fixture(scope="module")
def peer() -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    tree.append_entries(LEAVES)
    return tree


def test_the_root_of_every_size_is_pymerkles_and_the_definitions(peer: InmemoryTree) -> None:
    tree = Tree()
    for size in range(MANY):
        assert tree.size == size
        assert tree.root() == naive(0, size) == peer.get_root(size) == root_of(LEAVES[:size])
        tree.add(LEAVES[size])
    assert tree.root() == naive(0, MANY) == peer.get_root(MANY)


@pytest.mark.parametrize("subtrees", range(6))
def test_a_tree_of_whole_subtrees_and_the_leaves_after_them_is_the_tree_of_all_leaves(subtrees: int) -> None:
    leaves = [str(number).encode() for number in range(5 * merkle.SUBTREE + 3)]
    of_leaves, of_subtrees = Tree(), Tree()
    for leaf in leaves:
        of_leaves.add(leaf)
    for number in range(subtrees):
        of_subtrees.add_subtree(root_of(leaves[number * merkle.SUBTREE : (number + 1) * merkle.SUBTREE]))
    for leaf in leaves[subtrees * merkle.SUBTREE :]:
        of_subtrees.add(leaf)
    assert (of_subtrees.size, of_subtrees.peaks) == (of_leaves.size, of_leaves.peaks)
    assert of_subtrees.subtrees == of_leaves.subtrees
    assert len(of_leaves.subtrees) == 5
    with pytest.raises(ValueError, match="no whole subtrees"):
        of_leaves.add_subtree(b"")


def test_every_proof_of_inclusion_is_the_definitions_and_is_accepted() -> None:
    for size in SHAPES:
        ranges = [inclusion_ranges(index, size) for index in range(size)]
        tree = Tree(part for each in ranges for part in each)
        for leaf in LEAVES:
            tree.add(leaf)
        for index in range(size):
            proof = [tree.hash_of(part) for part in ranges[index]]
            assert proof == path(index, 0, size)
            assert proves_inclusion(naive(index, index + 1), index, size, naive(0, size), proof)


def test_every_proof_of_consistency_is_the_definitions_and_is_accepted() -> None:
    for second in SHAPES:
        for first in range(1, second + 1):
            ranges = consistency_ranges(first, second)
            proof = [naive(*each) for each in ranges]
            assert proof == subproof(first, 0, second, whole=True)
            assert proves_consistency(first, naive(0, first), second, naive(0, second), proof)


@given(st.data())
def test_proofs_are_pymerkles(peer: InmemoryTree, data: st.DataObject) -> None:
    """The proofs of consistency of pymerkle are cut otherwise than the RFC cuts them: those are held to its roots."""
    second = data.draw(st.integers(1, MANY))
    first = data.draw(st.integers(1, second))
    assert told(inclusion_ranges(first - 1, second)) == peer.prove_inclusion(first, second).path[1:]
    proof = told(consistency_ranges(first, second))
    assert proves_consistency(first, peer.get_root(first), second, peer.get_root(second), proof)


def mutations(proof: list[bytes]) -> Iterator[list[bytes]]:
    """The proof with a bit turned, an entry left out, doubled, moved or added."""
    for place, told_hash in enumerate(proof):
        yield [*proof[:place], bytes([told_hash[0] ^ 1]) + told_hash[1:], *proof[place + 1 :]]
        yield [*proof[:place], told_hash[:-1] + bytes([told_hash[-1] ^ 0x80]), *proof[place + 1 :]]
        yield [*proof[:place], *proof[place + 1 :]]
        yield [*proof[:place], told_hash, *proof[place:]]
        yield [*proof[:place], b"", *proof[place + 1 :]]
        if place and proof[place - 1] != told_hash:
            yield [*proof[: place - 1], told_hash, proof[place - 1], *proof[place + 1 :]]
    yield [*proof, naive(0, 1)]
    yield [naive(0, 1), *proof]
    yield [*proof, b""]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 20, 33])
def test_no_altered_proof_of_inclusion_is_accepted(size: int) -> None:
    for index in range(size):
        proof, leaf, root = path(index, 0, size), naive(index, index + 1), naive(0, size)
        assert proves_inclusion(leaf, index, size, root, proof)
        for altered in mutations(proof):
            assert not proves_inclusion(leaf, index, size, root, altered)
        for other in range(-1, size + 2):
            assert proves_inclusion(leaf, other, size, root, proof) == (other == index)
            assert other in (index, -1, size, size + 1) or not proves_inclusion(
                naive(other, other + 1), index, size, root, proof
            )
        for content in (LEAVES[index] + b" ", LEAVES[index][:-1], b""):
            assert not proves_inclusion(merkle.leaf_hash(content), index, size, root, proof)
        assert not proves_inclusion(leaf, index, size, naive(0, size + 1), proof)


@pytest.mark.parametrize("size", [2, 3, 7, 8, 9, 20, 33])
def test_a_proof_for_one_size_proves_nothing_of_a_tree_with_another_root(size: int) -> None:
    for index in range(size):
        proof, leaf = path(index, 0, size), naive(index, index + 1)
        for other in range(70):
            assert proves_inclusion(leaf, index, other, naive(0, other), proof) == (other == size)


@pytest.mark.parametrize("second", [1, 2, 3, 7, 8, 9, 20, 33])
def test_no_altered_proof_of_consistency_is_accepted(second: int) -> None:
    for first in range(1, second + 1):
        proof, before, after = subproof(first, 0, second, whole=True), naive(0, first), naive(0, second)
        assert proves_consistency(first, before, second, after, proof)
        for altered in mutations(proof):
            assert not proves_consistency(first, before, second, after, altered)
        for other in range(1, second + 1):
            assert proves_consistency(first, naive(0, other), second, after, proof) == (other == first)
            assert other == first or not proves_consistency(other, naive(0, other), second, after, proof)
        assert not proves_consistency(first, before, second, naive(0, second + 1), proof)
        assert first == second or not proves_consistency(second, after, first, before, proof)


def test_a_node_cannot_be_passed_off_as_a_leaf() -> None:
    """What the two first bytes are for: without them the tree of two leaves would be a leaf of 64 bytes."""
    pair = merkle.leaf_hash(LEAVES[0]) + merkle.leaf_hash(LEAVES[1])
    assert merkle.leaf_hash(pair) != naive(0, 2) == merkle.node_hash(pair[:32], pair[32:])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 3), (3, 3), (9, 3)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_ranges(index, size)


@pytest.mark.parametrize(("first", "second"), [(1, 0), (4, 3), (-1, 3)])
def test_a_larger_tree_begins_no_smaller_one(first: int, second: int) -> None:
    with pytest.raises(ValueError, match="do not begin"):
        consistency_ranges(first, second)


def test_a_tree_holds_no_more_than_a_hash_for_each_power_of_two_in_its_size() -> None:
    tree = Tree()
    for size in range(1, 2000):
        tree.add(b"")
        assert len(tree._peaks) == size.bit_count()  # noqa: SLF001 - how much is held is what the test is about


def test_a_defect_in_the_tree_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: halves of equal width, as trees that are not RFC 9162's have them."""
    monkeypatch.setattr(merkle, "_left_width", lambda width: (width + 1) // 2)
    assert any(
        [naive(*each) for each in inclusion_ranges(index, size)] != path(index, 0, size)
        for size in range(1, 20)
        for index in range(size)
    )


@pytest.mark.parametrize("defect", [lambda left, right: merkle.node_hash(right, left), lambda left, _: left])
def test_a_defect_in_the_verifier_would_be_noticed(monkeypatch: pytest.MonkeyPatch, defect: object) -> None:
    """The negative control: nodes with their sides exchanged, and nodes that leave one of them out."""
    monkeypatch.setattr(verify_log, "branch", defect)
    assert not proves_inclusion(naive(2, 3), 2, 5, naive(0, 5), path(2, 0, 5))
    assert not proves_consistency(3, naive(0, 3), 5, naive(0, 5), subproof(3, 0, 5, whole=True))
