"""decide(case, act, context) -> events, or a refusal. May refuse and knows the rules; writes nothing.

What any act may be refused with stands here, and is not said again where it is decided: DateInFuture; on a case also
StepNotPossible (its chart has no such step from here) and DateBeforePreviousStep (its date is before what it builds
on); for a step of a body also MandateMissing, and ForumDormant or NoActiveForum while forums are dormant.
"""

from workflow.decide.table import decide, decide_organisation

__all__ = ["decide", "decide_organisation"]
