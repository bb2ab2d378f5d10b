"""Rebuilding what is kept beside a log that holds: first all is judged, then every row that differs is put right."""

from collections.abc import Sequence

from msgspec import Struct

from persistence.anew import MADE, PutRight, make_anew
from persistence.database import Database
from persistence.inspection import Inspection
from persistence.tables import subtrees
from persistence.verification import Verified, Watch, verify, verify_as_found
from workflow.chain import Finding
from workflow.continuation import KeptCheckpoint


class Rebuilt(Struct, frozen=True, kw_only=True):
    """What an audit found of the log, and, when that was nothing, what was put right beside it.

    ``refs``: the cases and documents whose rows differed, also those that the log does not know. ``tables``: those in
    which something was put right; none when nothing differed, or nothing was written.
    """

    verified: Verified
    refs: tuple[str, ...] = ()
    tables: tuple[PutRight, ...] = ()


class _Beside:
    """Keeps of what an audit finds beside the log only where it was."""

    def __init__(self) -> None:
        self.refs: set[str] = set()
        self.subtrees = False

    def is_of_the_log(self, finding: Finding) -> bool:
        """Whether the finding is of the log, or of the database; if not, it is noted."""
        if finding.check not in MADE:
            return True
        if finding.check == subtrees.name:
            self.subtrees = True
        elif finding.case is not None:
            self.refs.add(finding.case)
        return False

    @property
    def differs(self) -> bool:
        """Whether there is something to put right."""
        return self.subtrees or bool(self.refs)


def rebuild(database: Database, watch: Watch = iter, kept: Sequence[KeptCheckpoint] = ()) -> Rebuilt:
    """Verifies the database, and makes every row beside the log that differs what the log makes of it, or writes none.

    Nothing is written, and nobody is kept from writing, unless the log holds, continues the checkpoints in ``kept``
    and something differs. Then all is verified once more as the only writer: what was recorded since is part of it.
    Raises NoDatabase, NotPermitted, DatabaseUnavailable or OutcomeUnknown.
    """
    beside = _Beside()
    verified = verify_as_found(database, watch, kept, beside.is_of_the_log)
    if verified.findings or not beside.differs:
        return Rebuilt(verified=verified)
    with database.writing() as connection:
        beside = _Beside()
        verified = verify(Inspection(connection, database), watch, kept, wanted=beside.is_of_the_log)
        if verified.findings:
            return Rebuilt(verified=verified)
        refs = tuple(sorted(beside.refs))
        tables = make_anew(connection, watch(refs), subtrees=beside.subtrees)
    return Rebuilt(verified=verified, refs=refs, tables=tables)
