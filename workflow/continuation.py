"""Whether a log is a continuation of checkpoints that were kept elsewhere, and where it ceases to be one."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from workflow.chain import Finding
from workflow.checkpoint import Checkpoint, encoded


class KeptCheckpoint(Struct, frozen=True, kw_only=True):
    """A checkpoint and the name of the file it was read from."""

    file: str
    checkpoint: Checkpoint


class Verdict(Struct, frozen=True, kw_only=True):
    """Whether the log continues a checkpoint. ``between``: the first record that is not as it was is one of these."""

    file: str
    origin: str
    size: int
    holds: bool
    between: tuple[int, int] | None = None


def judged(
    kept: Sequence[KeptCheckpoint], origin: str | None, size: int, roots: Mapping[int, bytes]
) -> tuple[list[Verdict], list[Finding]]:
    """What becomes of each checkpoint against a log of that name and size; ``roots`` has the root at each size in it.

    A checkpoint of a size that holds vouches for every record up to there, so what is wrong with a larger one began
    after it; and a smaller one that does not hold then never was of this log. Nothing can be said of the records of a
    log that is shorter than the checkpoint, or of another name.
    """
    told = [(each, _fault(each.checkpoint, origin, size, roots)) for each in kept]
    proven = [each.checkpoint.size for each, fault in told if fault is None]
    forked = [each.checkpoint.size for each, fault in told if fault is not None and fault.check == "checkpoint root"]
    verdicts, findings = [], []
    for each, fault in told:
        between = None
        if fault is not None:
            between = _between(fault, each.checkpoint.size, proven, forked)
            findings.append(_placed(fault, each.file, between))
        point = each.checkpoint
        verdicts.append(
            Verdict(file=each.file, origin=point.origin, size=point.size, holds=fault is None, between=between)
        )
    return verdicts, findings


def is_proven(verdicts: Sequence[Verdict]) -> bool:
    """Whether the log is proven to continue what was kept of it: one checkpoint at least, and every one of them."""
    return all(each.holds for each in verdicts) and any(each.size for each in verdicts)


def _fault(kept: Checkpoint, origin: str | None, size: int, roots: Mapping[int, bytes]) -> Finding | None:
    if kept.origin != origin:
        return _finding("checkpoint origin", kept.origin, origin or "–")
    if kept.size > size:
        return _finding("checkpoint size", str(kept.size), str(size))
    if kept.root != roots[kept.size]:
        return _finding("checkpoint root", kept.root_text, encoded(roots[kept.size]))
    return None


def _between(fault: Finding, size: int, proven: Iterable[int], forked: Iterable[int]) -> tuple[int, int] | None:
    """The records among which the first one stands that is not, or no longer, as the checkpoint has it.

    None when there is none: the checkpoint is of another log, or is itself false, as it is of no records or of some
    that another one vouches for.
    """
    first = max(proven, default=0) + 1
    if fault.check == "checkpoint size":
        return (int(fault.found) + 1, size)
    if fault.check == "checkpoint root" and size >= first:
        return (first, min(each for each in forked if each >= first))
    return None


def _placed(fault: Finding, file: str, between: tuple[int, int] | None) -> Finding:
    """The finding with the first record it may concern, and the file that shows it."""
    first, last = between or (None, None)
    where = f" (record {first})" if first == last else f" (records {first}–{last})"
    if between is None:
        where = " (the checkpoint is false)" if fault.check == "checkpoint root" else ""
    return Finding(
        seq=first, case=None, check=fault.check, expected=f"{file}: {fault.expected}", found=f"{fault.found}{where}"
    )


def _finding(check: str, expected: str, found: str) -> Finding:
    return Finding(seq=None, case=None, check=check, expected=expected, found=found)
