"""backup: a copy of the whole database, verified after it is written."""

import hashlib
from pathlib import Path

import click

from commands.clock import SystemClock
from commands.console import emit_json, filled, say
from commands.params import option
from commands.progress import watched
from commands.session import Session
from commands.writing import drafted
from persistence.backup import copied
from persistence.database import Database
from persistence.store import SqlStore
from persistence.verification import verify_as_found
from translations import translate as _
from workflow.bad_data import ValueInvalid
from workflow.checkpoint import Checkpoint
from workflow.errors import N_
from workflow.refusals import CopyBroken


@click.command(help=_(N_("Write a copy of the whole database to a SQLite file while others go on, and verify it.")))
@click.argument("file")
@option("--replace", is_flag=True, help=N_("Replace a file of that name, when the new copy holds."))
@click.pass_obj
def backup(session: Session, /, file: str, *, replace: bool) -> None:
    """Writes the copy, has it verified as «audit verify» does, and only then gives it its name."""
    with drafted(file, replace=replace) as draft:
        _require_at_rest(file, session.database)
        made = _verified(session, copied(session.database, draft))
        size = draft.stat().st_size
        digest = _digest(draft)
    if session.as_json:
        told = {"file": file, "events": made.size, "size_bytes": size, "sha256": digest}
        emit_json({**told, "checkpoint": made.text})
        return
    say(filled(N_("{file}: {events} records, {size} bytes. All of it holds."), file=file, events=made.size, size=size))
    say(f"SHA-256: {digest}")


def _require_at_rest(file: str, database: Database) -> None:
    """Raises ValueInvalid for the database itself, and for the file of another one that somebody has open."""
    if database.file is not None and Path(file).resolve() == database.file.resolve():
        raise ValueInvalid(field=file, why=N_("it is the database itself."))
    # SQLite would take the old file's log for the new one's.
    if Path(f"{file}-wal").exists():
        raise ValueInvalid(field=file, why=N_("a database of that name is in use: a file ending in -wal is beside it."))


def _verified(session: Session, copy: Database) -> Checkpoint:
    """The checkpoint of the copy, when nothing is found in it. Raises CopyBroken."""
    findings = verify_as_found(copy, watched(session, N_("Verifying cases"))).findings
    if findings:
        raise CopyBroken(count=len(findings), check=findings[0].check, case=findings[0].case or "–")
    return SqlStore(copy, SystemClock()).checkpoint()


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
