"""Opening a case: what must be said, and the route it is given."""

from datetime import date, timedelta

from workflow.acts import Open
from workflow.bad_data import GroupRequired, LevelRequired, ValidityInvalid, ValueInvalid
from workflow.decide.draft import Context, Drafted, require_not_in_future
from workflow.decide.particulars import require_particulars
from workflow.errors import N_
from workflow.events import CaseOpened, FlagRaised
from workflow.flags import undescribed_flag
from workflow.organisation import Organisation
from workflow.ratification import read_effect_rule
from workflow.refusals import DateBeforePreviousStep
from workflow.routing import Matter, Routed, route_for, setting_on
from workflow.rulebook import Rulebook
from workflow.told_apart import NoStructureInForce

TITLE_LENGTH = 300


def open_case(act: Open, context: Context) -> tuple[Drafted, ...]:
    """The opening of a case, its route fixed under the structure in force on the date, and the flag it is born with.

    Raises ValueInvalid, SumMismatch, GroupRequired, LevelRequired, ValidityInvalid, DateInFuture, NoStructureInForce
    and the other refusals of ``route_for``.
    """
    rules = context.rules
    _require_title(act.title)
    if act.aim is not None and act.document is None:
        raise ValueInvalid(field="--aim", why=N_("it needs --document: the document that it is done to."))
    if act.aim == "extend" and act.valid_to is None:
        raise ValueInvalid(field="--valid-to", why=N_("an extension needs the new last day."))
    require_not_in_future(act.on, context)
    matter = matter_of(act, rules)
    _require_validity(act.on, act.not_before, act.valid_from, act.valid_to)
    require_particulars(act, rules)
    routed = route_in_force(matter, act.on, context)
    parties = act.parties or tuple(party.id for party in rules.county.party)
    effect_rule = act.effect_rule or rules.county.ratification.effect_rule
    read_effect_rule(effect_rule, parties)
    opened = CaseOpened(
        ref=act.ref,
        type=act.type,
        title=act.title,
        group=matter.group,
        sectors=matter.sectors,
        level=matter.level,
        structure=routed.structure,
        chart=routed.chart,
        route=routed.route,
        parties=parties,
        effect_rule=effect_rule,
        not_before=act.not_before,
        valid_from=act.valid_from,
        valid_to=act.valid_to,
        text=act.text,
        document=act.document,
        aim=act.aim,
        completed=act.completed,
        lifted=act.lifted,
        initiated_by=act.initiated_by,
        particulars=act.particulars,
        warn_on=_warn_on(act, routed.chart, rules),
    )
    drafted = Drafted(on=act.on, event=opened, state="initiated")
    if act.undescribed is None:
        return (drafted,)
    flag = undescribed_flag(routed.route, act.on, act.text.version)
    return (drafted, Drafted(on=act.on, event=FlagRaised(flag=flag)))


def _warn_on(act: Open, chart: str, rules: Rulebook) -> date | None:
    """The day it is warned of what the auditors wait for; None for what they do not."""
    due = act.particulars.due
    if chart != "audit-answer" or due is None:
        return None
    return due - timedelta(days=rules.county.warnings.audit_answer_days)


def matter_of(act: Open, rules: Rulebook) -> Matter:
    """What the route of the act depends on. Raises GroupRequired or LevelRequired for what is not said."""
    kind = rules.type_named(act.type)
    if kind.group == "required" and act.group is None and act.document is None:
        raise GroupRequired(type=kind.name.casefold(), known=", ".join(group.id for group in rules.county.group))
    if kind.level == "required" and act.level is None and act.document is None:
        raise LevelRequired(type=kind.name.casefold())
    document = rules.register.document_named(act.document) if act.document else None
    group = act.group or (document.group if document else None) or kind.default_group
    of_group = next((each.sectors for each in rules.county.group if each.id == group), ())
    return Matter(
        type=act.type,
        group=group,
        sectors=tuple(sorted(act.sectors or of_group)),
        level=act.level or (document.level if document else None),
        lifted=act.lifted,
        document=None if act.completed else act.document,
        particulars=act.particulars,
    )


def route_in_force(matter: Matter, on: date, context: Context) -> Routed:
    """The route under the structure in force on ``on``. Raises NoStructureInForce when none is."""
    structure = structure_in_force(context.organisation, context.rules, matter, on)
    setting = setting_on(context.organisation, structure, on)
    if context.routes is not None:
        return context.routes.route_for(matter, setting)
    return route_for(matter, setting, context.rules)


def structure_in_force(organisation: Organisation, rules: Rulebook, matter: Matter, on: date) -> str:
    """The structure in force on ``on``. Raises NoStructureInForce when none is."""
    structure = organisation.structure_on(on)
    if structure is None:
        raise NoStructureInForce(what=rules.name_of(matter.type).casefold(), on=on)
    return structure


def _require_title(title: str) -> None:
    if not title.strip():
        raise ValueInvalid(field="--title", why=N_("a title is needed."))
    if len(title) > TITLE_LENGTH:
        raise ValueInvalid(field="--title", why=N_("it is longer than {longest} characters."), longest=TITLE_LENGTH)


def _require_validity(on: date, not_before: date | None, valid_from: date | None, valid_to: date | None) -> None:
    """A term must hold at least a day after everything it may begin with."""
    begins = max(day for day in (on, not_before, valid_from) if day is not None)
    if valid_to is not None and valid_to < begins:
        why = N_("the last day, {valid_to}, is before {begins}, when it can begin at the earliest.")
        raise ValidityInvalid(why=why, valid_to=valid_to, begins=begins)


def require_order(on: date, previous: date, built_on: str) -> None:
    """Raises DateBeforePreviousStep when ``on`` is before the date of what it builds on; the same day is in order."""
    if on < previous:
        raise DateBeforePreviousStep(on=on, previous=previous, built_on=built_on)
