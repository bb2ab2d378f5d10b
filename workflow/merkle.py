"""The hash tree of RFC 9162, section 2.1, over the bytes of the log: roots, and what proofs are made of.

A leaf is hashed as SHA-256(0x00 ‖ bytes), an inner node as SHA-256(0x01 ‖ left ‖ right). A tree of ``size`` leaves has
the largest power of two below ``size`` in its left half. Leaves are counted from 0; the record with ``seq`` n is leaf
n - 1. Whoever is given a proof judges it with a script that uses nothing of this (commands/audit/verify_log.py).
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

#: The leaves from the first number up to, not including, the second.
Range = tuple[int, int]

#: How many leaves a subtree has whose hash may be kept beside a log: a power of two.
SUBTREE = 256

#: The root of a tree without leaves.
EMPTY_ROOT = sha256().digest()


def leaf_hash(content: bytes) -> bytes:
    """The hash of a leaf that holds ``content``."""
    return sha256(b"\0" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node over two others."""
    return sha256(b"\1" + left + right).digest()


class Tree:
    """A tree that grows leaf by leaf and holds one hash for each complete subtree: as many as ``size`` has ones.

    ``wanted`` are ranges whose hashes are to be kept as the leaves go by: those of a proof. ``subtrees`` are those of
    ``SUBTREE`` leaves, in order.
    """

    def __init__(self, wanted: Iterable[Range] = ()) -> None:
        self.size = 0
        self.subtrees: list[bytes] = []
        self._peaks: list[bytes] = []
        self._wanted = frozenset(part for each in wanted for part in _complete_parts(each))
        self._kept: dict[Range, bytes] = {}

    def add(self, content: bytes) -> None:
        """Puts a leaf after the last."""
        self._put(leaf_hash(content), 1)

    def add_subtree(self, node: bytes) -> None:
        """Puts ``SUBTREE`` leaves after the last, of which only the hash is known. ValueError in midst of others."""
        if self.size % SUBTREE:
            raise ValueError(f"{self.size} leaves are no whole subtrees")
        self.subtrees.append(node)
        self._put(node, SUBTREE)

    def _put(self, node: bytes, width: int) -> None:
        after, merging, peaks = self.size + width, self.size // width, self._peaks
        wanted = bool(self._wanted)
        if wanted:
            self._keep(node, after - width, after)
        while merging & 1:
            node = node_hash(peaks.pop(), node)
            merging >>= 1
            width *= 2
            if width == SUBTREE:
                self.subtrees.append(node)
            if wanted:
                self._keep(node, after - width, after)
        peaks.append(node)
        self.size = after

    def root(self) -> bytes:
        """The hash of the whole tree as it stands."""
        return root_over(self._peaks)

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """The hashes of the complete subtrees, the largest first: ``root_over`` them is the root."""
        return tuple(self._peaks)

    def hash_of(self, leaves: Range) -> bytes:
        """The hash over one of the ranges that were wanted. KeyError when not all of its leaves have gone by."""
        return root_over([self._kept[part] for part in _complete_parts(leaves)])

    def _keep(self, node: bytes, first: int, after: int) -> None:
        if (first, after) in self._wanted:
            self._kept[first, after] = node


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The ranges whose hashes prove that leaf ``index`` is in the tree of ``size`` leaves, the nearest first.

    RFC 9162, 2.1.3.1. ValueError when the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in {size}")
    ranges: list[Range] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left_width(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(first: int, second: int) -> list[Range]:
    """The ranges whose hashes prove the tree of ``first`` leaves to be the beginning of that of ``second``.

    RFC 9162, 2.1.4.1; none are needed from an empty tree. ValueError when the first is larger.
    """
    if not 0 <= first <= second:
        raise ValueError(f"{first} leaves do not begin {second}")
    ranges: list[Range] = []
    start, end = 0, second
    while first and end != first:
        middle = start + _left_width(end - start)
        if first <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start:
        ranges.append((start, end))
    return ranges[::-1]


def _left_width(width: int) -> int:
    """The largest power of two below ``width``."""
    return 1 << ((width - 1).bit_length() - 1)


def _complete_parts(leaves: Range) -> Iterator[Range]:
    """The complete subtrees that a range of the tree is made of, the largest first."""
    start, end = leaves
    while start < end:
        width = 1 << ((end - start).bit_length() - 1)
        yield (start, start + width)
        start += width


def root_over(nodes: Sequence[bytes]) -> bytes:
    """The hash over complete subtrees beside each other, joined from the right."""
    if not nodes:
        return EMPTY_ROOT
    node = nodes[-1]
    for left in reversed(nodes[:-1]):
        node = node_hash(left, node)
    return node
