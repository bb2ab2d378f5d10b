"""Who is reported to, and follows up, in the place of a forum that is dormant (vilande): the one its structure names.

Source: reading G6 (Barnarenan's secretary was employed under the kommunala överenskommelsen, which has ended: SVOM's
secretary receives). A step of a route is nobody else's for that: what only a dormant forum can take waits (G3).
"""

from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from workflow.route import Route
from workflow.rule_tables import Structure


def stand_ins(structure: Structure, dormant: Collection[str]) -> dict[str, str]:
    """The forum that stands in for each of the dormant ones of a structure for which one is named."""
    return {
        forum.id: forum.reports_when_dormant
        for forum in structure.forum
        if forum.reports_when_dormant is not None and forum.id in dormant
    }


def in_place(forums: Iterable[str], standing_in: Mapping[str, str]) -> tuple[str, ...]:
    """The forums, each that is stood in for replaced, and each named once."""
    return tuple(dict.fromkeys(standing_in.get(forum, forum) for forum in forums))


def answered_for(route: Route, standing_in: Mapping[str, str]) -> Route:
    """The route with those who stand in where the parties report to, or a follow-up rests with, a dormant forum.

    Only of a route on which the parties decide: what a forum decides by itself, its own rule gives to others.
    """
    if not route.ratify or not standing_in:
        return route
    report_to = standing_in.get(route.report_to, route.report_to) if route.report_to else None
    also = tuple(forum for forum in in_place(route.report_also_to, standing_in) if forum != report_to)
    return replace(route, report_to=report_to, report_also_to=also, follow_up=in_place(route.follow_up, standing_in))
