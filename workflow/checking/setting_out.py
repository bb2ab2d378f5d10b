"""How a course is set out on: a case just opened, in a county where nothing changes by itself."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from workflow.checking.shapes import Course
from workflow.checking.walk import Start, Walk
from workflow.checking.witness import Witness
from workflow.decide.draft import Context
from workflow.events import CaseOpened
from workflow.evolve import evolve
from workflow.facts import Text
from workflow.organisation import Organisation, Said
from workflow.organisation_events import ForumStatusSet, StructureAdopted
from workflow.record import provisional
from workflow.rulebook import Rulebook

_BEGIN = date(2001, 1, 1)
_LATER = date(2201, 1, 1)
_LIMIT = date(2400, 1, 1)
#: As many parties as tell «all» from «some» from «the one that is named»; and as many as tell «all» from «one».
_MANY, _TWO = 3, 2


class _Plan(Struct, frozen=True, kw_only=True):
    """A way to walk a course: by how many parties, under which effect rules, taking effect when, and how far."""

    parties: int = _TWO
    effect_rules: tuple[str, ...] = ("all",)
    days: tuple[date | None, ...] = (None, _LATER)
    beyond_dispatch: bool = False


def walks(course: Course, rules: Rulebook, *, with_parties: bool) -> Iterator[Walk]:
    """The walks of a course; ``with_parties`` also through the parties' answers.

    Three parties walk under each effect rule, after the recommendation of a single forum; that the forums choose
    another rule on the way is walked with two.
    """
    everyone = tuple(party.id for party in rules.county.party)
    several = len(course.routed.route.political) > 1
    for plan in _plans(everyone, several=several) if with_parties else (_Plan(),):
        parties = everyone[: plan.parties]
        context = Context(rules=rules, organisation=_county(course, parties, rules), limit=_LIMIT)
        starts = tuple(_start(course, parties, rule, day) for rule in plan.effect_rules for day in plan.days)
        yield Walk(context, starts, beyond_dispatch=plan.beyond_dispatch)


def _plans(everyone: tuple[str, ...], *, several: bool) -> tuple[_Plan, ...]:
    # What can be reopened comes to both sides of the day it takes effect by itself.
    by_two = _Plan(days=(_LATER,), beyond_dispatch=True)
    if several or len(everyone) < _MANY:
        return (by_two,)
    every_rule = ("all", "per-party", f"threshold:{_TWO}", f"threshold:{_TWO}+{everyone[0]}")
    return (by_two, _Plan(parties=_MANY, effect_rules=every_rule, days=(_LATER,), beyond_dispatch=True))


def _county(course: Course, parties: tuple[str, ...], rules: Rulebook) -> Organisation:
    """One structure, these forums asleep, every party with a mailbox.

    Asleep are also those whose sleep the rule asks for: it is the one that goes on holding.
    """
    setting = course.asked.setting
    rule = rules.structure(setting.structure).rule_named(course.routed.route.rule)
    asleep = course.asleep.union(rule.dormant if rule is not None else ())
    return Organisation(
        origin="check",
        calendar=(StructureAdopted(structure=setting.structure, from_day=_BEGIN),),
        statuses=tuple(ForumStatusSet(forum=forum, status="dormant", from_day=_BEGIN) for forum in sorted(asleep)),
        mailboxes={party: f"{party}@example" for party in parties},
        said=tuple(
            Said(from_day=_BEGIN, structure=setting.structure, parameter=name, value=value)
            for name, value in setting.parameters.items()
        ),
    )


def _start(course: Course, parties: tuple[str, ...], effect_rule: str, not_before: date | None) -> Start:
    matter, routed = course.asked.matter, course.routed
    told = {"structure": routed.structure, "in_force": _BEGIN + timedelta(days=2), "direction": "…", "goals": "…"}
    opened = CaseOpened(
        ref="CHECK-2001-0001",
        type=matter.type,
        title="…",
        group=matter.group,
        sectors=matter.sectors,
        level=matter.level,
        structure=routed.structure,
        chart=routed.chart,
        route=routed.route,
        parties=parties,
        effect_rule=effect_rule,
        not_before=not_before,
        text=Text(version=1),
        document=matter.document,
        lifted=matter.lifted,
        particulars=replace(matter.particulars, **told),
    )
    case = evolve(None, provisional(opened.ref, 1, _BEGIN, opened, "initiated"))
    witness = Witness(route=routed.route, parties=parties, effect_rule=effect_rule, dormant=course.asleep)
    return Start(case=case, witness=witness)
