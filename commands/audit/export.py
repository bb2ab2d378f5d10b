"""audit export: the whole log in one file, and the script that checks it."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import click

from commands.audit.checkpoint import replacing
from commands.console import emit_json, filled, say
from commands.params import option
from commands.session import Session
from commands.writing import write_files
from persistence.inspection import Inspection, inspecting
from translations import translate as _
from workflow.checkpoint import Checkpoint
from workflow.errors import N_
from workflow.merkle import Tree

#: The script that checks an export and imports nothing of ours; auditors are told of it by this name.
VERIFIER = "verify_log.py"


@click.command(help=_(N_("Write the whole log to a file: one record a line, byte for byte what was hashed.")))
@click.argument("file")
@option("--with-verifier", is_flag=True, help=N_("Put the script that checks the file beside it: verify_log.py."))
@replacing
@click.pass_obj
def export(session: Session, /, file: str, *, with_verifier: bool, replace: bool) -> None:
    """Writes every record as it is stored, whether it holds or not: judging is for whoever reads it."""
    beside = str(Path(file).with_name(VERIFIER)) if with_verifier else None
    tree = Tree()
    with inspecting(session.database) as inspection:
        written = {file: _lines(inspection, tree)}
        if beside is not None:
            written |= {beside: iter([(files("commands.audit") / VERIFIER).read_bytes()])}
        write_files(session.database, written, replace=replace)
        origin = inspection.origin()
    made = Checkpoint(origin=origin, size=tree.size, root=tree.root()).text if origin is not None else None
    if session.as_json:
        emit_json({"file": file, "events": tree.size, "checkpoint": made, "verifier": beside})
        return
    say(filled(N_("Records written to {file}: {count}."), file=file, count=tree.size))
    if beside is not None:
        say(filled(N_("Check it with: python {script} {file} --checkpoint FILE"), script=beside, file=file))


def _lines(inspection: Inspection, tree: Tree) -> Iterator[bytes]:
    for row in inspection.events():
        tree.add(row.content)
        yield row.content + b"\n"
