"""The product itself: the whole engine, with its rules, its chain and everything that it keeps ready."""

from collections.abc import Callable
from pathlib import Path

from benchmarks.county_log import Noon, founded
from benchmarks.course import EVENTS, course, opening
from persistence.store import SqlStore
from workflow.engine import Engine


def product(folder: Path) -> Callable[[int], None]:
    """Load, fold, decide, chain, write, commit: eighteen acts that lead to the twenty events."""
    database = founded(folder / "product.db")
    engine = Engine(SqlStore(database, Noon()), Noon(), "samordnare")

    def case(number: int) -> None:
        found = engine.open(opening(number)).case
        for act in course(number):
            found = engine.handle(found.ref, act).case if found else None
        if found is None or found.version != EVENTS:
            raise ValueError(number)

    return case
