"""audit rebuild: what is kept beside the log made anew from it, where it differs; a log that does not hold stops it."""

from collections.abc import Sequence

import click
from msgspec import to_builtins

from commands.audit.checkpoint import read_kept
from commands.audit.verify import FOUND, checked_against, show_verified, told_of
from commands.console import emit_json, filled, remark, say
from commands.progress import watched
from commands.session import Session
from commands.tables import show_table, show_text
from persistence.anew import PutRight
from persistence.rebuilding import Rebuilt
from persistence.rebuilding import rebuild as rebuild_all
from persistence.verification import Verified
from translations import translate as _
from workflow.errors import N_


@click.command(
    help=_(
        N_(
            "Verify everything; then make anew every row beside the log that differs from what the log makes of it. "
            "Copy the database first: what differs may be evidence."
        )
    )
)
@checked_against
@click.pass_obj
def rebuild(session: Session, /, checkpoints: tuple[str, ...]) -> int:
    """Puts right what is kept beside a log that holds; exit code 3, and nothing written, when it does not."""
    kept = [read_kept(path) for path in checkpoints]
    rebuilt = rebuild_all(session.database, watched(session, N_("Verifying cases")), kept)
    if session.as_json:
        tables = to_builtins(rebuilt.tables)
        emit_json({**told_of(rebuilt.verified), "tables": tables, "refs": list(rebuilt.refs)})
    else:
        _show(rebuilt)
    return FOUND if rebuilt.verified.findings else 0


def _show(rebuilt: Rebuilt) -> None:
    if rebuilt.tables:
        _show_tables(rebuilt.tables)
    if rebuilt.refs:
        show_text(filled(N_("Of these cases and documents: {refs}."), refs=", ".join(rebuilt.refs)))
    show_verified(rebuilt.verified)
    if rebuilt.verified.findings:
        _show_refusal(rebuilt.verified)
    elif not rebuilt.tables:
        say(_(N_("Nothing beside the log differed from it: nothing was written.")))


def _show_tables(tables: Sequence[PutRight]) -> None:
    headings = (_(N_("Table")), _(N_("Changed")), _(N_("Added")), _(N_("Taken away")))
    keys = ("table", "changed", "added", "removed")
    show_table(headings, [tuple(str(getattr(each, key)) for key in keys) for each in tables])
    rows = sum(each.changed + each.added + each.removed for each in tables)
    say(filled(N_("Rows made anew from the log: {rows}."), rows=rows))


def _show_refusal(verified: Verified) -> None:
    remark(_(N_("Nothing was made anew: what is wrong is in the log, or in the database itself.")))
    remark(_(N_("Put the database aside as it is before anything else: what was found may be evidence.")))
    if any(finding.check == "integrity" for finding in verified.findings):
        remark(_(N_("Then restore a backup in which all holds: what is wrong is the file or the tables themselves.")))
