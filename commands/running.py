"""One command line carried out: by the console command, and by whatever shows commands at work."""

import sys
from collections.abc import Sequence

import click

from commands.index import NOUNS, VERBS
from commands.root import root
from workflow.out_of_reach import AnswerLost

#: What the command is called, wherever one is shown.
PROGRAM = "arendegang"


def carry_out(words: Sequence[str]) -> int:
    """Carries out one command line, global options first, and returns its exit code.

    A fault is told on the way out: nothing but KeyboardInterrupt passes through.
    """
    try:
        result = root(NOUNS, VERBS).main(list(words), prog_name=PROGRAM, standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.Abort as stop:
        # The library makes one of the other: an interruption is nothing a step came to, whoever runs it.
        if isinstance(stop.__cause__, KeyboardInterrupt):
            raise KeyboardInterrupt from None
        return _report(stop, as_json="--json" in words)
    except Exception as fault:  # noqa: BLE001 - the one place: nobody sees a traceback
        return _told(fault, as_json="--json" in words)


def answered(words: Sequence[str], code: int) -> int:
    """The exit code when all that was answered has left; that of AnswerLost, which is then told, when it has not."""
    try:
        sys.stdout.flush()
    except AnswerLost as lost:
        return _report(lost, as_json="--json" in words)
    return code


def _told(fault: Exception, *, as_json: bool) -> int:
    """The exit code of a fault that has been told; where the telling itself goes wrong, that is what is told."""
    try:
        return _report(fault, as_json=as_json)
    except Exception as untold:  # noqa: BLE001 - as above
        return _report(untold, as_json=as_json)


def _report(fault: Exception, *, as_json: bool) -> int:
    # Imported here: whoever asks for help waits for nothing else. Every other command has it from its beginning.
    from commands import failure

    return failure.report(fault, as_json=as_json)
