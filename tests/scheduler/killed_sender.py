"""A sender that is no more at one point of its work: ``python -m tests.scheduler.killed_sender FOLDER URL POINT N``.

POINT is a step and ``before`` or ``after``; the process ends there, the N-th time it comes by, as if it were killed.
The step may be one that a seeded fault takes in the place of the real one.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from correspondence.letter import Written
from correspondence.message import Attachment, Headers, compose
from correspondence.server import read_server
from correspondence.smtp import SmtpTransport
from correspondence.transport import Delivered
from persistence.outbox import Outbox
from persistence.store import SqlStore
from scheduler import letters
from tests.persistence.keeping import Keeping
from tests.scheduler.sending import send

STEPS: dict[str, tuple[type, str]] = {
    "claim": (Outbox, "claim"),
    "enter": (SmtpTransport, "__enter__"),
    "hand over": (SmtpTransport, "deliver"),
    "record": (SqlStore, "append"),
    "settle": (Outbox, "settle"),
}


def killed(whole: Callable[..., Any], when: str, times: int) -> Callable[..., Any]:
    passed = 0

    def step(*given: Any, **named: Any) -> Any:
        nonlocal passed
        passed += 1
        if when == "before" and passed == times:
            os._exit(9)
        done = whole(*given, **named)
        if when == "after" and passed == times:
            os._exit(9)
        return done

    return step


def renamed(letter: Written, headers: Headers, file: Attachment | None) -> bytes:
    return compose(letter, replace(headers, message_id=f"<{os.getpid()}.{headers.message_id[1:]}"), file)


def plant(fault: str) -> None:
    """A defect that the claims about sending must notice."""
    if fault == "recorded before it is sent":
        SmtpTransport.deliver = lambda *_: Delivered("")  # type: ignore[method-assign]  # the planted defect
    elif fault == "another Message-ID for each try":
        vars(letters)["compose"] = renamed


if __name__ == "__main__":
    folder, url, step, when, times, *faults = sys.argv[1:]
    for each in faults:
        plant(each)
    owner, name = STEPS[step]
    setattr(owner, name, killed(getattr(owner, name), when, int(times)))
    keeping = Keeping(Path(folder))
    send(keeping, SmtpTransport(read_server(url, {})), name="killed")
    sys.exit("it was not killed")
