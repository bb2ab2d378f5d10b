"""demo: the story of demo_script, told by the commands themselves on a database of its own."""

import io
import json
import shlex
import sys
from collections.abc import Iterator
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import click
from click.core import ParameterSource
from rich.text import Text

from commands import failure
from commands.console import emit_json, filled, say
from commands.demo_script import LAST_DAY, STORY, TEXT, TEXT_NAME, Scene
from commands.line import hoisted
from commands.running import PROGRAM, carry_out
from commands.session import Session
from commands.tables import console, show_text
from translations import translate as _
from workflow.bad_data import DateInFuture, ValueInvalid
from workflow.errors import N_, Refusal
from workflow.refusals import DatabaseUnavailable
from workflow.system_words import system_words

#: Who acts when nobody says otherwise: a function, not the person who happens to run the demo.
_ACTOR = "samordnare"


class StoryNotOver(DateInFuture):
    """The story has dates that have not come yet by the machine's clock."""

    template = N_("The demo tells a story up to {on}, and this machine's clock says {today}.")
    remedy = N_("Only what has happened can be recorded: set the clock right, or ask again when the day has come.")


class StoryStopped(Refusal):
    """A step of the story did not come to what it should."""

    code = "demo_stopped"
    exit_code: ClassVar[int] = 70
    template = N_("The demo stopped: «{command}» gave exit code {found}, not {expected}: {why}")

    def __init__(self, *, command: str, found: int, expected: int, why: str) -> None:
        super().__init__(command=command, found=found, expected=expected, why=why)
        self.found = found


@dataclass(frozen=True)
class _Settings:
    """What is said once for every command of the story, as a person would say it in the environment."""

    db: str
    actor: str
    stays: bool

    @property
    def words(self) -> list[str]:
        return ["--db", self.db, "--actor", self.actor, "--no-input"]


@click.command(
    help=_(N_("Tell the report's own example, step by step, on a fresh database: in a temporary place, or with --db."))
)
@click.pass_context
def demo(ctx: click.Context) -> int:
    """Tells the story; stops with an error at the first step that does not give its exit code."""
    session: Session = ctx.obj
    require_over(session.real_day)
    given = _given(ctx, session)
    with ExitStack() as stack:
        folder = _workplace(stack)
        db = given or f"sqlite:///{(folder / 'demo.db').as_posix()}"
        settings = _Settings(db=db, actor=session.asked_actor or _ACTOR, stays=given is not None)
        try:
            if session.as_json:
                steps = list(_recorded(settings))
                emit_json({"database": db, "actor": settings.actor, "kept": settings.stays, "steps": steps})
            else:
                _tell(settings)
        except StoryStopped as stopped:
            software = failure.report(stopped, as_json=session.as_json)
            return stopped.found or software
    return 0


def require_over(today: date) -> None:
    """Raises StoryNotOver when the story has a date after ``today``: it would be refused halfway."""
    if today < LAST_DAY:
        raise StoryNotOver(on=LAST_DAY, today=today)


def _given(ctx: click.Context, session: Session) -> str | None:
    """The database asked for on the line, its place in full; None when there is none. Raises ValueInvalid.

    The setting ARENDEGANG_DB names the office's own database, which no story is told in.
    """
    root = ctx.find_root()
    if root.get_parameter_source("db") is not ParameterSource.COMMANDLINE:
        return None
    file = session.database.file
    if file is None:
        raise ValueInvalid(field="--db", why=N_("the demo is told in a file: sqlite:///FILE."))
    path = file.absolute()
    if path.exists():
        why = filled(N_("{path} exists already; the demo needs a fresh one."), path=path)
        raise ValueInvalid(field="--db", why=why)
    return f"sqlite:///{path.as_posix()}"


def _workplace(stack: ExitStack) -> Path:
    """A folder with the story's file in it, worked in until ``stack`` is closed, and then removed.

    Raises DatabaseUnavailable when there can be none.
    """
    try:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix=f"{PROGRAM}-demo-")))
        (folder / TEXT_NAME).write_text(TEXT, encoding="utf-8", newline="\n")
        stack.enter_context(chdir(folder))
    except OSError as fault:
        why = N_("it cannot be written: {fault}.")
        raise DatabaseUnavailable(where=fault.filename or "TMPDIR", why=why, fault=system_words(fault)) from None
    return folder


def _tell(settings: _Settings) -> None:
    """Tells the story to a person: what happens, each command, and what it says."""
    show_text(_(N_("A year in alternativ-1. Every line that begins with $ is a command as a person would write it.")))
    show_text(_(N_("These two settings stand for all of them:")))
    say(f"  ARENDEGANG_DB={settings.db}")
    say(f"  ARENDEGANG_ACTOR={settings.actor}")
    for scene in STORY:
        say()
        show_text(_(scene.told))
        for line in scene.lines:
            say()
            # One line however narrow the console: it is there to be copied.
            console().print(Text(f"$ {PROGRAM} {line}", style="bold"), soft_wrap=True)
            with redirect_stderr(sys.stdout):
                code = carry_out([*settings.words, *hoisted(shlex.split(line))])
            _require(scene, line, code, N_("what it said stands above."))
            if code:
                say(filled(N_("(exit code {code})"), code=code))
    say()
    if settings.stays:
        say(filled(N_("That was the year. The database stays: {db}"), db=settings.db))
    else:
        gone = N_("That was the year. The database was in a temporary place and is gone; with --db it stays.")
        show_text(_(gone))


def _recorded(settings: _Settings) -> Iterator[dict[str, Any]]:
    """The story for a script: each command as it was run, its exit code, and what it gave back."""
    for scene in STORY:
        for line in scene.lines:
            out, err = io.StringIO(), io.StringIO()
            with redirect_stdout(out), redirect_stderr(err):
                code = carry_out([*settings.words, "--json", *hoisted(shlex.split(line))])
            error = _document(err.getvalue() if code else "")
            _require(scene, line, code, error["error"]["message"] if error else N_("it was not refused."))
            yield {
                "told": _(scene.told),
                "command": f"{PROGRAM} {line} --json",
                "exit_code": code,
                "output": _document(out.getvalue()),
                "error": error["error"] if error else None,
            }


def _document(text: str) -> Any:
    return json.loads(text) if text else None


def _require(scene: Scene, line: str, code: int, why: str) -> None:
    if code != scene.code:
        raise StoryStopped(command=f"{PROGRAM} {line}", found=code, expected=scene.code, why=why)
