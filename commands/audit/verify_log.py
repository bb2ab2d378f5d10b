"""Checks what an Ärendegång database has given out, with nothing but Python 3.10 or newer.

    python verify_log.py EXPORT [--checkpoint FILE]...
    python verify_log.py --proof PROOF --checkpoint FILE

EXPORT was written by «arendegang audit export»: the log, one record a line; PROOF by «arendegang audit prove»: those of
one case. FILE is a checkpoint kept elsewhere: the name of the log, how many records it had, the root of the hash tree.
Exit code: 0 all holds, 1 something does not, 2 it could not be checked. All rests on SHA-256 and RFC 9162, section 2.1.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import IO, Any, NamedTuple


class Checkpoint(NamedTuple):
    """The log of that name, when it had that many records, under that root."""

    origin: str
    size: int
    root: bytes


def tell(line: str) -> None:
    """Prints a line; a sign in it that could move or hide what stands on the screen is shown as «?»."""
    print("".join(sign if sign.isprintable() else "?" for sign in line))


def read_checkpoint(content: bytes) -> Checkpoint:
    """The checkpoint in a file; what a mail puts around its lines, blanks and «>», says nothing. Raises ValueError."""
    text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    lines = r"(\S+)\s*[\r\n](0|[1-9][0-9]{0,18})\s*[\r\n]([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)"
    if not (told := re.fullmatch(lines, re.sub(r"(^|[\r\n])[>\s]+", r"\1", text).rstrip())):
        raise ValueError(f"a checkpoint is three lines, a name, a number and a root in Base64, not {text[:200]!r}")
    return Checkpoint(told[1], int(told[2]), base64.b64decode(told[3]))


def sha256(*parts: bytes) -> bytes:
    """The SHA-256 of these bytes, one after the other."""
    return hashlib.sha256(b"".join(parts)).digest()


def branch(left: bytes, right: bytes) -> bytes:
    """The node over two others. What is no hash has none over it: a path too short or too long leads to no root."""
    return sha256(b"\x01", left, right) if {len(left), len(right)} == {32} else b""


def root_with(node: bytes, place: int, size: int, path: list[bytes]) -> bytes:
    """The root of a tree of ``size`` leaves, from the leaf at ``place`` (from 0) and its path: section 2.1.3.1."""
    if size == 1 or not path:
        return node if size == 1 and not path else b""
    half, beside = 1 << (size - 1).bit_length() - 1, path[-1]  # the left branch holds the largest power of two
    if place < half:
        return branch(root_with(node, place, half, path[:-1]), beside)
    return branch(beside, root_with(node, place - half, size - half, path[:-1]))


def roots_with(root: bytes, old: int, size: int, path: list[bytes], *, whole: bool = True) -> tuple[bytes, bytes]:
    """The roots over the first ``old`` leaves and over all, from the old root and a path: section 2.1.4.1."""
    if old == size or not path:
        told = [root, *path] if whole else path
        return (told[0], told[0]) if old == size and len(told) == 1 else (b"", b"")
    half, beside = 1 << (size - 1).bit_length() - 1, path[-1]
    if old <= half:
        before, after = roots_with(root, old, half, path[:-1], whole=whole)
        return before, branch(after, beside)
    before, after = roots_with(root, old - half, size - half, path[:-1], whole=False)
    return branch(beside, before), branch(beside, after)


def root_over(peaks: list[bytes]) -> bytes:
    """The root of a tree, from the roots of its full subtrees, the widest first."""
    return branch(peaks[0], root_over(peaks[1:])) if peaks[1:] else [*peaks, sha256()][0]


def as_record(content: bytes) -> dict[str, Any] | None:
    """The fields of a record that is written as records are, without a blank or a line end too much; else None."""
    try:
        record = json.loads(content.decode("utf-8"))
        as_written = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() == content
    except (ValueError, RecursionError):
        return None
    kinds = [type(record.get(name)) for name in ("seq", "previous", "event")] if isinstance(record, dict) else []
    return record if as_written and kinds == [int, str, dict] else None


class Export:
    """An export read line by line: its name, its size, its faults by record and check, and the roots asked for."""

    def __init__(self, lines: IO[bytes], sizes: set[int]) -> None:
        self.origin, self.size, self.roots, previous = None, 0, {0: sha256()}, "0" * 64
        self.faults, peaks = list[tuple[int, str]](), list[bytes]()
        for self.size, line in enumerate(lines, 1):
            content = line.removesuffix(b"\n")
            record = as_record(content) if content != line else None
            self.origin = record["event"].get("origin") if record and self.size == 1 else self.origin
            holds = {"number": record["seq"] == self.size, "link": record["previous"] == previous} if record else {}
            self.faults += [(self.size, check) for check, held in (holds or {"record": False}).items() if not held]
            previous = hashlib.sha256(content).hexdigest()
            node, place = sha256(b"\x00", content), self.size - 1  # a leaf, to be joined with what is full before it
            while place % 2:
                node, place = branch(peaks.pop(), node), place // 2
            peaks.append(node)
            if self.size in sizes:
                self.roots[self.size] = root_over(peaks)
        self.root = root_over(peaks)

    def against(self, kept: Checkpoint) -> str:
        """What keeps the export from being a continuation of the checkpoint; nothing when it is one."""
        if kept.origin != self.origin:
            return f"DOES NOT HOLD: it is of another log, {kept.origin}"
        if kept.size > self.size:
            return f"DOES NOT HOLD: the end is cut off, records {self.size + 1} to {kept.size}"
        same = kept.root == self.roots[kept.size]
        return "" if same else f"DOES NOT HOLD: the first {kept.size} records are not those it was made from"

    def first_fault(self, good: int, bad: list[int]) -> str:
        """The record that the first fault points to, when a checkpoint of ``good`` records holds and of ``bad`` not."""
        if not self.faults:
            return f"one of {good + 1} to {min(bad)}"
        number, check = self.faults[0]
        # A link joins two records: the later one broke it if its next link is broken too, or the earlier is proven.
        if check != "link" or number - 1 <= good or (number + 1, "link") in self.faults:
            return str(number)
        return f"{number - 1} or {number}" if number == self.size else str(number - 1)


def check_export(path: Path, kept: dict[str, Checkpoint]) -> bool:
    """Tells everything about an export; whether all of it holds."""
    with path.open("rb") as lines:
        export = Export(lines, {each.size for each in kept.values()})
    if export.size == sum(check == "record" for _, check in export.faults):
        raise ValueError(f"none of its {export.size} lines is a record as it was written; are these other line ends?")
    root = base64.b64encode(export.root).decode()
    tell(f"{path}: {export.size} records of the log {export.origin}; the root over them is {root}")
    against = {name: export.against(each) for name, each in kept.items()}
    good = max((each.size for name, each in kept.items() if not against[name]), default=0)
    split = [each.size for name, each in kept.items() if "made from" in against[name] and each.size > good]
    for number, check in export.faults[:20]:
        tell(f"record {number}: its {check} does not hold")
    for name, fault in against.items():
        tell(f"checkpoint {name}: {fault or f'holds for the first {kept[name].size} records'}")
    if export.faults or split:
        tell(f"faults: {len(export.faults) + len(split)}; the first record at fault: {export.first_fault(good, split)}")
    if good < export.size:
        tell(f"records {good + 1} to {export.size}: no checkpoint vouches for them, nor for what came after")
    return not export.faults and not any(against.values())


def check_proof(path: Path, name: str, kept: Checkpoint) -> bool:
    """Tells everything about a proof; whether all of it holds."""
    proof = json.loads(path.read_bytes())
    if proof["format"] != "arendegang-proof-1" or {type(each["index"]) for each in proof["records"]} - {int}:
        raise ValueError(f"a proof is an «arendegang-proof-1», not {proof['format']!r}, with places in whole numbers")
    head, told = read_checkpoint(proof["head"].encode()), [*map(bytes.fromhex, proof["continues"])]
    if read_checkpoint(proof["checkpoint"].encode()) != kept:
        raise ValueError(f"the proof was made for another checkpoint than {name}")
    holds = kept.origin == head.origin and 0 < kept.size <= head.size
    if not holds or roots_with(kept.root, kept.size, head.size, told) != (kept.root, head.root):
        tell(f"{path}: DOES NOT HOLD: the log it was made from does not continue the checkpoint")
        return False
    tell(f"{path}: {len(proof['records'])} records of the case {proof['ref']}")
    for version, each in enumerate(proof["records"], 1):
        place, content, path_up = each["index"], each["record"].encode(), [*map(bytes.fromhex, each["proof"])]
        tree, record = kept if place < kept.size else head, as_record(content) or {}
        there = 0 <= place < tree.size and root_with(sha256(b"\x00", content), place, tree.size, path_up) == tree.root
        right = (record.get("seq"), record.get("stream"), record.get("version")) == (place + 1, proof["ref"], version)
        where = "in the log of the checkpoint" if tree is kept else "added later: only a newer checkpoint proves it"
        tell(f"record {place + 1}, dated {record.get('on')}: {where if there and right else 'NOT PROVEN'}")
        holds = holds and there and right
    return holds and bool(proof["records"])


def main() -> int:
    """Carries out the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--proof", action="store_true")
    parser.add_argument("--checkpoint", action="append", default=[], metavar="FILE")
    reading = (given := parser.parse_args()).file
    if given.proof and len(given.checkpoint) != 1:
        parser.error("a proof is checked against one checkpoint: the one it was made for")
    try:
        kept = {(reading := name): read_checkpoint(Path(name).read_bytes()) for name in given.checkpoint}
        reading = given.file
        holds = check_proof(Path(reading), *kept.popitem()) if given.proof else check_export(Path(reading), kept)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        print(f"could not be checked: {reading}: {fault} ({type(fault).__name__})", file=sys.stderr)
        return 2
    print("Everything checked here holds." if holds else "SOMETHING DOES NOT HOLD.")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
