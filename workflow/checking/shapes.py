"""What a course is, and when two of them are the same: when they differ in the names of the bodies alone."""

from collections.abc import Hashable

from msgspec import Struct

from workflow.checking.matters import Asked
from workflow.checking.walk import trimmed
from workflow.route import STEPS
from workflow.routing import Routed
from workflow.rule_tables import Override


class Course(Struct, frozen=True, kw_only=True):
    """A matter with its route, the route it would have if it were lifted, and the deviations that may be allowed it.

    ``number`` is the rule's place in its file, ``asleep`` the forums with a part in it that are dormant.
    """

    asked: Asked
    number: int
    routed: Routed
    lifted: Routed | None
    overrides: tuple[Override, ...]
    asleep: frozenset[str]


def shape_of(course: Course, *, by_name: bool = False) -> Hashable:
    """What tells the course apart from others, the names of the bodies left out unless ``by_name``.

    A body that stands in several places does so under one number: who has two steps may come to stand in its own way.
    """
    numbers: dict[str, str] = {}

    def told(bodies: tuple[str, ...]) -> tuple[str, ...]:
        return bodies if by_name else tuple(numbers.setdefault(body, str(len(numbers))) for body in bodies)

    def of_route(routed: Routed | None) -> Hashable:
        if routed is None:
            return None
        route = trimmed(routed.route)
        return (
            routed.chart,
            *(told(route.bodies(step)) for step in STEPS),
            told(route.may_prepare),
            told(route.anchoring_duty),
            told((route.report_to,) if route.report_to else ()),
            route.ratify,
            route.requires_mandate_description,
            tuple((stage.id, told(stage.by), stage.needs, stage.in_new_structure) for stage in route.stages),
        )

    return (
        of_route(course.routed),
        of_route(course.lifted),
        tuple((each.waives, told(each.instead), told(each.by), told(each.while_dormant)) for each in course.overrides),
        frozenset(told(tuple(sorted(course.asleep)))),
    )
