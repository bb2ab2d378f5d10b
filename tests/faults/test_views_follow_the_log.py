"""After every step, whatever is kept beside the log is what the log makes of it; a refused step leaves no trace."""

import contextlib
import json
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from persistence.store import SqlStore
from tests.faults.random_steps import RandomWalk
from tests.persistence.keeping import Keeping
from tests.persistence.worked_on import ASKED_BY, TEXT, sent
from tests.torture import times
from workflow.acts import Check
from workflow.errors import Refusal
from workflow.evolve import fold
from workflow.ports import Batch
from workflow.record import ORGANISATION, Record, decode, is_of_document
from workflow.views import CaseView, case_view

SEED = 20260302
#: How many offices, and how many steps in each: a long log would be read again and again.
OFFICES, STEPS = times(1, 50), times(120, 200)

Rows = dict[str, list[dict[str, Any]]]


def looked_at(file: Path) -> tuple[list[bytes], Rows]:
    """The log, and the rows of what is kept beside it, sorted."""
    with contextlib.closing(sqlite3.connect(file)) as base:
        log = [bytes(line) for (line,) in base.execute("SELECT bytes FROM event ORDER BY seq")]
        base.row_factory = sqlite3.Row
        rows = {
            table: list(map(dict, base.execute(f"SELECT * FROM {table}")))
            for table in ("case_view", "duty", "flag", "outbox")
        }
    for row in rows["case_view"]:
        row["body"] = json.loads(row["body"])
    for row in rows["flag"]:
        row["assigned_to"] = json.loads(row["assigned_to"])
    return log, {table: sorted(found, key=_by_columns) for table, found in rows.items()}


def _by_columns(row: dict[str, Any]) -> str:
    return repr(sorted(row.items()))


def made_anew(log: list[bytes]) -> Rows:
    """The same rows as the log alone gives them: folded from the first record."""
    by_case: dict[str, list[Any]] = {}
    for record in map(decode, log):
        by_case.setdefault(record.stream, []).append(record)
    by_case.pop(ORGANISATION)
    rows: Rows = {"case_view": [], "duty": [], "flag": [], "outbox": []}
    for ref, records in by_case.items():
        if is_of_document(records[0]):
            continue
        case = fold(records)
        assert case is not None
        _add(rows, ref, case_view(case))
    return {table: sorted(found, key=_by_columns) for table, found in rows.items()}


def _add(rows: Rows, ref: str, view: CaseView) -> None:
    told = json.loads(msgspec.json.encode(view))
    same = ("type", "title", "state", "structure", "version", "next_check", "in_force_from", "body")
    own = {"ref": ref, "age_group": view.group, "is_open": int(view.is_open)}
    rows["case_view"].append(own | {name: told[name] for name in same})
    rows["duty"] += [
        {"ref": ref, "body": duty.body, "step": duty.step, "due": duty.due and str(duty.due)} for duty in view.duties
    ]
    for flag in view.flags:
        key = {"ref": ref, "kind": flag.kind, "party": flag.party or "", "text_version": flag.text_version}
        due = {"due": str(flag.due), "severity": flag.severity, "assigned_to": list(flag.assigned_to)}
        rows["flag"].append(key | due)
    for posted in view.letters:
        letter = posted.letter
        to = {"message_id": letter.message_id, "ref": ref, "party": letter.party, "address": letter.to}
        queued = {"about": posted.about, "text_version": posted.text_version, "queued_on": str(posted.queued_on)}
        fate = {"queued_seq": posted.queued_seq, "state": posted.state, "since": str(posted.on), "why": posted.why}
        rows["outbox"].append(to | queued | fate)


def faults(file: Path, before: list[bytes], *, refused: bool) -> list[str]:
    """What does not hold after a step."""
    log, rows = looked_at(file)
    found = [] if log[: len(before)] == before else ["what stood in the log was changed"]
    found += ["a refused step left a trace"] if refused and log != before else []
    anew = made_anew(log)
    cases = {row["ref"] for row in anew["case_view"]}
    # Documents are held to their own records by the audit at the end of the walk.
    rows = {table: [row for row in found if row["ref"] in cases] for table, found in rows.items()}
    return found + [f"{table}: {rows[table]}\n{anew[table]}" for table in rows if rows[table] != anew[table]]


@pytest.fixture
def founded(tmp_path: Path) -> Keeping:
    return Keeping(tmp_path).letting_go().founded()


def walked(kept: Keeping, chance: random.Random, steps: int) -> Counter[str]:
    """Takes so many steps, and fails at the first after which something does not hold."""
    walk, counts = RandomWalk(kept, chance), Counter[str]()
    for number in range(steps):
        step, before = walk.take(), looked_at(kept.file)[0]
        try:
            step()
        except Refusal as refusal:
            counts[f"refused_with_exit_{refusal.exit_code}"] += 1
            found = faults(kept.file, before, refused=True)
        else:
            counts["done"] += 1
            found = faults(kept.file, before, refused=False)
        assert not found, "\n".join([f"step {number}", *found])
    return counts


@pytest.mark.slow
def test_after_every_random_step_the_views_are_those_made_anew(
    founded: Keeping, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a walk that can be walked again, not a secret
    counts: Counter[str] = Counter()
    for walk in range(OFFICES):
        kept = Keeping(tmp_path / str(walk))
        kept.file.parent.mkdir()
        shutil.copy(founded.file, kept.file)
        counts += walked(kept, chance, STEPS)
        assert kept.findings() == ()
    assert counts.keys() <= {"done", "refused_with_exit_1", "refused_with_exit_65", "refused_with_exit_66"}
    assert min(counts["done"], counts["refused_with_exit_1"]) > counts.total() // 10
    for name, count in counts.items():
        record_property(f"random_steps_{name}_from_seed_{SEED}", count)


class Forgetful(SqlStore):
    """The seeded defect: an act of the calendar changes the log and nothing beside it."""

    def append(self, batch: Batch, keep: Any) -> tuple[Record, ...]:
        if not isinstance(batch.act, Check):
            return super().append(batch, keep)

        def in_vain(records: Sequence[Record]) -> None:
            keep(records)

        return super().append(batch, in_vain)


def test_a_view_that_is_not_written_anew_is_caught(founded: Keeping) -> None:
    """The negative control."""
    ref = sent(founded, TEXT)
    founded.engine.store = Forgetful(founded.database, founded.clock)
    founded.engine.handle(ref, Check(on=ASKED_BY + timedelta(days=1)))
    found = faults(founded.file, [], refused=False)
    assert {each.partition(":")[0] for each in found} >= {"case_view", "flag"}


def test_a_refusal_that_writes_is_caught(founded: Keeping) -> None:
    """The negative control of the other half."""
    before = looked_at(founded.file)[0]
    founded.opened()
    assert faults(founded.file, before, refused=True) == ["a refused step left a trace"]
