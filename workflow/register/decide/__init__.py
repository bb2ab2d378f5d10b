"""decide_document(document, act, context) -> events, or a refusal. May refuse and knows the rules; writes nothing."""

from workflow.register.decide.table import decide_document

__all__ = ["decide_document"]
