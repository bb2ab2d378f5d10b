"""decide_document(document, act, context) -> events, or a refusal. May refuse and knows the rules; writes nothing.

What any act on a document may be refused with stands here, and is not said again where it is decided: DateInFuture,
UnknownDocument before its entry, DocumentEntryIncomplete while nobody has said its term, and StepNotPossible where its
chart has no such step.
"""

from workflow.register.decide.table import decide_document

__all__ = ["decide_document"]
