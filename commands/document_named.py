"""Which document a person means who says --document."""

from commands.session import Session
from workflow.bad_data import UnknownDocument
from workflow.names import fold_name


def document_named(session: Session, text: str | None) -> str | None:
    """A row of Bilaga 1, or a document of the register; None where none is said. Raises UnknownDocument."""
    if text is None:
        return None
    try:
        return session.names.document(text)
    except UnknownDocument:
        wanted = fold_name(text)
        if wanted not in session.store.document_ids():
            raise
        return wanted
