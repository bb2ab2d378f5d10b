"""How far long work has come: a bar on stderr, for a person at a terminal and for nobody else."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

from commands.session import Session
from translations import translate as _

#: Fewer things than these are done before a person would have read the bar.
_FEW = 20


def watched(session: Session, what: str) -> Callable[[Sequence[str]], Iterable[str]]:
    """A function that hands on what it is given one by one, and shows meanwhile how much of it has been handed on.

    ``what`` is the message id that names the work. Nothing is shown with ``--json``, where stderr is no terminal or a
    dumb one, with NO_COLOR (a bar is drawn with the same control signs as colours), or where there is little to do.
    """

    def watch(items: Sequence[str]) -> Iterable[str]:
        return _shown(items, _(what)) if len(items) >= _FEW and _is_seen(session) else items

    return watch


def _is_seen(session: Session) -> bool:
    if session.as_json or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stderr is not None and sys.stderr.isatty()


def _shown(items: Sequence[str], what: str) -> Iterator[str]:
    # Imported here: who looks at no bar waits for none.
    from rich.console import Console
    from rich.progress import track

    console = Console(file=sys.stderr)
    yield from track(items, description=what, console=console, transient=True)
