"""What a party is given to check by itself: the records of one case, and that they stand in the log it witnessed."""

from collections.abc import Sequence

from msgspec import Struct

from workflow.bad_data import ValueInvalid
from workflow.checkpoint import Checkpoint
from workflow.continuation import KeptCheckpoint
from workflow.errors import N_
from workflow.merkle import EMPTY_ROOT, Tree, consistency_ranges, inclusion_ranges
from workflow.refusals import HistoryBroken

#: What a proof calls its own form.
FORM = "arendegang-proof-1"


class ProvenRecord(Struct, frozen=True, kw_only=True):
    """A record's bytes as text in UTF-8, its place in the log counted from 0, and its path to the root in hexadecimal.

    The root is that of ``checkpoint`` for the records it counts, and that of ``head`` for those that came after.
    """

    index: int
    record: str
    proof: tuple[str, ...]


class Proof(Struct, frozen=True, kw_only=True):
    """All records of a case, with what proves them against a checkpoint that was kept, and against today's log."""

    format: str
    ref: str
    checkpoint: str
    head: str
    continues: tuple[str, ...]
    records: tuple[ProvenRecord, ...]


class Prover:
    """Collects, while the whole log goes by once, what proves some of its records against a checkpoint."""

    def __init__(self, kept: KeptCheckpoint, origin: str | None, size: int, indices: Sequence[int]) -> None:
        """``size`` is that of the log, ``indices`` are the places of the records, counted from 0.

        Raises ValueInvalid for a checkpoint of another log, HistoryBroken for one that counts more than there is.
        """
        if origin is None:
            raise HistoryBroken(seq=1, why=N_("it does not name the log"))
        self._kept, self._origin = kept, origin
        point = kept.checkpoint
        if point.origin != origin:
            why = N_("{file} is of another log: {kept}, and this is {origin}.")
            raise ValueInvalid(field="--checkpoint", why=why, file=kept.file, kept=point.origin, origin=origin)
        if point.size > size:
            why = N_("{file} counts {kept} records, and there are only {size}")
            raise HistoryBroken(seq=size + 1, why=why, file=kept.file, kept=point.size, size=size)
        self._continuing = consistency_ranges(point.size, size)
        self._paths = {
            index: inclusion_ranges(index, point.size if index < point.size else size) for index in sorted(indices)
        }
        self._tree = Tree(part for path in (self._continuing, *self._paths.values()) for part in path)
        self._root_then = EMPTY_ROOT
        self._contents: dict[int, bytes] = {}

    def add(self, content: bytes) -> None:
        """The next record's bytes."""
        if self._tree.size in self._paths:
            self._contents[self._tree.size] = content
        self._tree.add(content)
        if self._tree.size == self._kept.checkpoint.size:
            self._root_then = self._tree.root()

    def proof(self, ref: str) -> Proof:
        """The proof, when the whole log has gone by. Raises HistoryBroken when it does not continue the checkpoint."""
        point = self._kept.checkpoint
        if self._root_then != point.root:
            why = N_("the first {kept} records are not those that {file} was made from")
            raise HistoryBroken(seq=1, why=why, file=self._kept.file, kept=point.size)
        head = Checkpoint(origin=self._origin, size=self._tree.size, root=self._tree.root())
        records = (
            ProvenRecord(
                index=index,
                record=self._contents[index].decode(),
                proof=tuple(self._tree.hash_of(part).hex() for part in path),
            )
            for index, path in self._paths.items()
        )
        return Proof(
            format=FORM,
            ref=ref,
            checkpoint=point.text,
            head=head.text,
            continues=tuple(self._tree.hash_of(part).hex() for part in self._continuing),
            records=tuple(records),
        )
