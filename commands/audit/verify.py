"""audit verify: the whole history proved, or everything that does not hold."""

from typing import Any

import click
from msgspec import to_builtins

from commands.audit.check_words import check_words
from commands.audit.checkpoint import read_kept
from commands.console import emit_json, filled, remark, say
from commands.params import option
from commands.progress import watched
from commands.session import Session
from commands.tables import show_table
from persistence.anew import MADE
from persistence.verification import Verified, verify_as_found
from translations import translate as _
from workflow.continuation import is_proven
from workflow.errors import N_

#: The exit code when something does not hold.
FOUND = 3


_ONLY_BESIDE = N_(
    "Only what is kept beside the log was found to differ. Copy the database as it is; then «audit rebuild» makes it "
    "anew."
)

checked_against = option(
    "--checkpoint",
    "checkpoints",
    multiple=True,
    metavar="FILE",
    help=N_("A checkpoint kept elsewhere: the log must continue it. May be given more than once."),
)


@click.command(help=_(N_("Prove the history: file, chain, lawfulness, everything kept beside it. All findings.")))
@checked_against
@click.pass_obj
def verify(session: Session, /, checkpoints: tuple[str, ...]) -> int:
    """Verifies the whole database; exit code 3 when something does not hold."""
    kept = [read_kept(path) for path in checkpoints]
    verified = verify_as_found(session.database, watched(session, N_("Verifying cases")), kept)
    if session.as_json:
        emit_json(told_of(verified))
    else:
        show_verified(verified)
        if verified.findings and all(finding.check in MADE for finding in verified.findings):
            remark(_(_ONLY_BESIDE))
    return FOUND if verified.findings else 0


def told_of(verified: Verified) -> dict[str, Any]:
    """What an audit found, as plain values."""
    told = {"events": verified.events, "findings": to_builtins(verified.findings)}
    tail = "proven" if is_proven(verified.checkpoints) else "unproven"
    return {**told, "tail": tail, "checkpoints": to_builtins(verified.checkpoints)}


def show_verified(verified: Verified) -> None:
    """Everything that an audit found, and how far what others have kept reaches."""
    if verified.findings:
        headings = (_(N_("No")), _(N_("Case")), _(N_("Check")), _(N_("Expected")), _(N_("Found")))
        keys = ("seq", "case", "check", "expected", "found")
        rows = [tuple(str(getattr(finding, key) or "–") for key in keys) for finding in verified.findings]
        show_table(headings, rows)
        for check in dict.fromkeys(finding.check for finding in verified.findings):
            say(f"{check}: {check_words(check)}")
        say()
    count = {"events": verified.events, "findings": len(verified.findings)}
    say(filled(N_("Records verified: {events}. Findings: {findings}."), **count))
    for verdict in verified.checkpoints:
        if verdict.holds:
            held = N_("{file}: the log continues it; its {size} records are here as they were.")
            say(filled(held, file=verdict.file, size=verdict.size))
        else:
            say(filled(N_("{file}: the log does not continue it."), file=verdict.file))
    _show_tail(verified)


def _show_tail(verified: Verified) -> None:
    """How far what others have kept reaches."""
    proven = max((each.size for each in verified.checkpoints if each.holds), default=0)
    if not is_proven(verified.checkpoints):
        say(_(N_("The tail is unproven: only a checkpoint kept elsewhere shows that nothing was cut off.")))
    elif proven < verified.events:
        words = N_(
            "The tail is proven up to record {proven}. Records added since, which no checkpoint covers: {since}."
        )
        say(filled(words, proven=proven, since=verified.events - proven))
    else:
        say(_(N_("The tail is proven: every record is covered by a checkpoint.")))
