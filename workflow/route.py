"""A route: who takes which step of a matter. Chosen once from the rules and then written into the case's history."""

from typing import Literal

from msgspec import Struct

#: The forums' steps in the order a matter takes them. Bodies named on one step are all needed, in any order.
StepName = Literal["prepare", "leadership", "political", "anchoring", "decide"]
STEPS: tuple[StepName, ...] = ("prepare", "leadership", "political", "anchoring", "decide")

_FORUM_STEPS: tuple[StepName, ...] = ("prepare", "leadership", "political", "decide")


class RouteStage(Struct, frozen=True, kw_only=True):
    """One decision of a matter that is decided in stages; ``needs`` names what must have been said before it."""

    id: str
    by: tuple[str, ...]
    needs: tuple[str, ...] = ()
    in_new_structure: bool = False


class Route(Struct, frozen=True, kw_only=True):
    """The bodies of each step, and what follows when the steps are done. All bodies by id.

    ``anchoring`` bars a decision until it is done, ``anchoring_duty`` only stands on worklists (rules X6, X7).
    ``ratify`` says that the parties decide (rule X3); ``report_to`` is the forum whose secretary they report to (X4).
    """

    rule: str
    prepare: tuple[str, ...] = ()
    may_prepare: tuple[str, ...] = ()
    leadership: tuple[str, ...] = ()
    political: tuple[str, ...] = ()
    decide: tuple[str, ...] = ()
    anchoring: tuple[str, ...] = ()
    anchoring_duty: tuple[str, ...] = ()
    ratify: bool = False
    report_to: str | None = None
    report_also_to: tuple[str, ...] = ()
    inform: tuple[str, ...] = ()
    spread_via: tuple[str, ...] = ()
    follow_up: tuple[str, ...] = ()
    agenda_part: int | None = None
    override: str | None = None
    requires_mandate_description: bool = False
    stages: tuple[RouteStage, ...] = ()

    def bodies(self, step: StepName) -> tuple[str, ...]:
        """The bodies that must take ``step``; empty when the route has no such step."""
        bodies: tuple[str, ...] = getattr(self, step)
        return bodies

    def place_of(self, body: str) -> StepName | None:
        """The step ``body`` takes on this route; bodies that only may prepare count under ``prepare``."""
        for step in _FORUM_STEPS:
            if body in self.bodies(step):
                return step
        if body in self.may_prepare:
            return "prepare"
        return "anchoring" if body in self.anchoring or body in self.anchoring_duty else None
