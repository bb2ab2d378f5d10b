"""A route: who takes which step of a matter. Chosen once from the rules and then written into the case's history."""

from typing import Literal

from msgspec import Struct

#: The forums' steps in the order a matter takes them. Bodies named on one step are all needed, in any order.
StepName = Literal["prepare", "leadership", "political", "decide"]
STEPS: tuple[StepName, ...] = ("prepare", "leadership", "political", "decide")


class Route(Struct, frozen=True, kw_only=True):
    """The bodies of each step, and what follows when the steps are done. All bodies by id.

    ``ratify`` says that the parties decide (rule X3); ``report_to`` is the forum whose secretary they report to (X4).
    """

    rule: str
    prepare: tuple[str, ...] = ()
    may_prepare: tuple[str, ...] = ()
    leadership: tuple[str, ...] = ()
    political: tuple[str, ...] = ()
    decide: tuple[str, ...] = ()
    anchoring: tuple[str, ...] = ()
    ratify: bool = False
    report_to: str | None = None
    inform: tuple[str, ...] = ()
    spread_via: tuple[str, ...] = ()
    follow_up: tuple[str, ...] = ()
    agenda_part: int | None = None
    override: str | None = None

    def bodies(self, step: StepName) -> tuple[str, ...]:
        """The bodies that must take ``step``; empty when the route has no such step."""
        bodies: tuple[str, ...] = getattr(self, step)
        return bodies

    def place_of(self, body: str) -> StepName | None:
        """The step ``body`` takes on this route; bodies that only may prepare count under ``prepare``."""
        for step in STEPS:
            if body in self.bodies(step):
                return step
        return "prepare" if body in self.may_prepare else None
