"""What is handed to a database's driver, heard by a test: whichever way a statement took, it passes here last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

from persistence.database import Database

#: Told of a statement and its values; of the first values where there are many.
Heard = Callable[[str, Any], None]

COMMIT = "COMMIT"


def nobody(_: str, __: Any) -> None:
    """Hears nothing."""


@contextmanager
def tapped(database: Database | None, before: Heard = nobody, after: Heard = nobody) -> Iterator[None]:
    """Each statement to a database, or to any there is, is told before it is carried out and after it has been."""
    whose: Any = DefaultDialect if database is None else database._engine.dialect  # noqa: SLF001 - it passes nowhere else
    own = {way: getattr(whose, way) for way in _WAYS}
    for way, carry_out in own.items():
        setattr(whose, way, _tap(carry_out, _WAYS[way], before, after))
    try:
        yield
    finally:
        for way, carry_out in own.items():
            setattr(whose, way, carry_out)


def _tap(
    carry_out: Callable[..., None], said: Callable[..., tuple[str, Any]], before: Heard, after: Heard
) -> Callable[..., None]:
    def tap(*given: Any, **named: Any) -> None:
        # For every database the dialect itself comes first.
        told = said(*(given[1:] if isinstance(given[0], DefaultDialect) else given))
        before(*told)
        carry_out(*given, **named)
        after(*told)

    return tap


_WAYS: dict[str, Callable[..., tuple[str, Any]]] = {
    "do_execute": lambda _cursor, words, values, *_: (words, values),
    "do_execute_no_params": lambda _cursor, words, *_: (words, ()),
    "do_executemany": lambda _cursor, words, values, *_: (words, values[0]),
    "do_commit": lambda _raw: (COMMIT, ()),
}
