"""``scheduler run`` with a seeded fault: ``python -m tests.scheduler.clock_with_a_fault FAULT ARGV…``.

``dead``: the scheduler's thread dies after the first run of the sweep. ``dead-unseen``: it dies, and nobody in the
process looks after it. ``hung``: no beat comes back from the database. ``busy``: the sweep never ends; that it has
begun is told, and that it is waited for.
"""

import sys
import threading
from datetime import date, datetime
from typing import Any

import cli
from persistence.lease import Lease, LeaseRow
from scheduler import clock, jobs
from scheduler.heart import Heart
from tests.scheduler.running import Deadly
from workflow.engine import Engine


def hang(_row: LeaseRow, _lease: Lease, _now: datetime) -> Lease:
    threading.Event().wait()
    raise AssertionError


def busy(_engine: Engine, _day: date) -> Any:
    tell("busy")
    threading.Event().wait()


def stop_waiting(stopped: Heart) -> None:
    tell("stopping")
    stop(stopped)


def tell(event: str) -> None:
    sys.stderr.write(f'{{"event": "{event}"}}\n')
    sys.stderr.flush()


stop = Heart.stop


def without_looking(_office: clock.Office, _heart: Any, stop: clock.Stop) -> clock.End:
    while not stop.wait(1):
        pass
    return "stopped"


if __name__ == "__main__":
    fault, *argv = sys.argv[1:]
    planted: dict[Any, dict[str, Any]]
    if fault == "hung":
        planted = {LeaseRow: {"renew": hang}, clock: {"_PATIENCE": 0}}
    elif fault == "busy":
        planted = {jobs: {"sweep": busy}, Heart: {"stop": stop_waiting}}
    else:
        planted = {jobs: {"hourly": lambda _minute: Deadly()}}
    if fault == "dead-unseen":
        planted[clock] = {"_watched": without_looking}
    for place, faults in planted.items():
        for name, planted_instead in faults.items():
            setattr(place, name, planted_instead)
    sys.exit(cli.main(argv))
