"""DBOS on SQLite: a workflow of twenty steps, each recorded before the next begins."""

from collections.abc import Callable
from pathlib import Path

from dbos import DBOS

from benchmarks.peers.plain import STATES, steps


@DBOS.step()
def take(state: str, step: int, party: str | None, answers: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The step, if it may be taken."""
    if state != STATES[step] or (party is not None and party in answers):
        raise ValueError(state)
    return STATES[step + 1], answers | ({party: "adopts"} if party is not None else {})


@DBOS.workflow()
def matter() -> str:
    """The whole case."""
    state, answers = STATES[0], dict[str, str]()
    for step, party in steps():
        state, answers = take(state, step, party, answers)
    return state


def durable(folder: Path) -> Callable[[int], None]:
    """One process that runs the workflows itself."""
    url = f"sqlite:///{folder / 'durable.db'}"
    DBOS(config={"name": "figures", "system_database_url": url, "run_admin_server": False, "log_level": "ERROR"})
    DBOS.launch()

    def case(_: int) -> None:
        matter()

    return case
