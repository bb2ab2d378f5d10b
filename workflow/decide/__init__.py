"""decide(case, act, context) -> events, or a refusal. May refuse and knows the rules; writes nothing."""

from workflow.decide.table import decide, decide_organisation

__all__ = ["decide", "decide_organisation"]
