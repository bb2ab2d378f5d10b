"""SpiffWorkflow: a sequence of tasks, loaded from and saved to SQLite as JSON for each step."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from SpiffWorkflow.serializer.json import JSONSerializer
from SpiffWorkflow.specs.Simple import Simple
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from benchmarks.peers.plain import STATES, steps


def charted(folder: Path) -> Callable[[int], None]:
    """Load, look up the one task that is ready, run it, save, commit."""
    base = sqlite3.connect(folder / "charted.db", isolation_level=None)
    base.execute("PRAGMA journal_mode = wal")
    base.execute("PRAGMA synchronous = full")
    base.execute("CREATE TABLE matter (id INTEGER PRIMARY KEY, body TEXT)")
    serializer = JSONSerializer()

    def case(number: int) -> None:
        workflow = Workflow(_spec())
        workflow.run_next()
        base.execute("INSERT OR REPLACE INTO matter VALUES (?, ?)", (number, workflow.serialize(serializer)))
        for step, party in steps():
            (body,) = base.execute("SELECT body FROM matter WHERE id = ?", (number,)).fetchone()
            workflow = Workflow.deserialize(serializer, body)
            task = next(each for each in workflow.get_tasks(state=TaskState.READY) if each.task_spec.name in STATES)
            if task.task_spec.name != STATES[step] or (party is not None and party in task.data):
                raise ValueError(step)
            if party is not None:
                task.set_data(**{party: "adopts"})
            task.run()
            base.execute("BEGIN IMMEDIATE")
            base.execute("UPDATE matter SET body = ? WHERE id = ?", (workflow.serialize(serializer), number))
            base.execute("COMMIT")

    return case


def _spec() -> WorkflowSpec:
    spec = WorkflowSpec(name="matter", addstart=True)
    last = spec.start
    for state in STATES:
        task = Simple(spec, state)
        last.connect(task)
        last = task
    return spec
