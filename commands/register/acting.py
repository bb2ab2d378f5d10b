"""What every acting verb of the register does alike: find the document, carry the act out, tell what came of it."""

from collections.abc import Mapping
from typing import Any

from commands.console import emit_json, filled, say, tell_remarks
from commands.session import Session
from commands.words import state_name
from workflow.acts import Act
from workflow.errors import N_
from workflow.events import kind_of
from workflow.names import fold_name
from workflow.register.registrar import DocumentDone
from workflow.register.standing import state_on


def document_id(session: Session, text: str) -> str:
    """The id that a person means: in any letter case, or the number of a row of Bilaga 1. It may not exist."""
    wanted = fold_name(text)
    rows = session.engine.rules.register.document
    return next((row.id for row in rows if str(row.row) == wanted), wanted)


def act_on(session: Session, text: str, act: Act) -> None:
    """Carries out an act on a document and tells what came of it. Raises its Refusal."""
    tell_done(session, session.engine.register.handle(document_id(session, text), act))


def tell_done(session: Session, done: DocumentDone, extra: Mapping[str, Any] | None = None) -> None:
    """Tells an act's outcome: as JSON, with ``extra`` beside it, or in a few words."""
    tell_remarks(done.remarks)
    document = done.document
    if document is None:
        return
    state = state_on(document, session.today)
    if session.as_json:
        own = [record for record in done.records if record.stream == document.id]
        events = [{"seq": record.seq, "kind": kind_of(record.event)} for record in own]
        outcome = {"ref": document.id, "state": state, "version": document.version, "events": events}
        emit_json({**outcome, **(extra or {})})
        return
    say(filled(N_("{ref}: {state}."), ref=document.id, state=state_name(state)))
