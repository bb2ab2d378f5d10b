"""Says aloud that a document goes another way than its type does."""

from commands.console import filled, remark
from commands.session import Session
from workflow.errors import N_


def tell_own_way(session: Session, type_id: str, override: str | None) -> None:
    """A remark when the route comes from what is stored of a document and not from the rule for its type."""
    rules = session.engine.rules
    document = rules.register.document_named(override) if override is not None else None
    if document is None:
        return
    template = N_("override: Bilaga 1 row {row} differs from the default rule for {type}.")
    remark(filled(template, row=document.row, type=rules.name_of(type_id).casefold()))
