"""audit checkpoint; and reading the checkpoints that somebody has kept."""

import click

from commands.console import emit_json, filled, remark, say
from commands.params import option, read_file
from commands.session import Session
from commands.writing import write_files
from persistence.inspection import inspecting
from translations import translate as _
from workflow.checkpoint import read_checkpoint
from workflow.continuation import KeptCheckpoint
from workflow.errors import N_

replacing = option("--replace", is_flag=True, help=N_("Replace a file of that name whatever it holds."))


@click.command(help=_(N_("Three lines that name the log, count its records and prove them all: for others to keep.")))
@click.argument("file", required=False)
@replacing
@click.pass_obj
def checkpoint(session: Session, /, file: str | None, *, replace: bool) -> None:
    """Prints the checkpoint of the log as it stands, or writes it to a file."""
    # Not the store's: what others are to keep rests on nothing but the records.
    with inspecting(session.database) as inspection:
        made = inspection.checkpoint()
    if file is not None:
        write_files(session.database, {file: [made.text.encode()]}, replace=replace)
    if session.as_json:
        told = {"origin": made.origin, "size": made.size, "root": made.root_text, "checkpoint": made.text}
        emit_json({**told, "file": file})
    elif file is not None:
        say(filled(N_("Checkpoint of {size} records written to {file}."), size=made.size, file=file))
    else:
        say(made.text.removesuffix("\n"))
    if not session.as_json:
        remark(_(N_("Keep it where nobody who can change the database can change it too.")))


def read_kept(path: str) -> KeptCheckpoint:
    """The checkpoint in a file. Raises FileUnreadable."""
    _name, content = read_file(path)
    return KeptCheckpoint(file=path, checkpoint=read_checkpoint(content, path))
