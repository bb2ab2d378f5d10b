"""What is decided about the organisation itself."""

from collections.abc import Sequence
from datetime import date

from workflow.acts import AdoptStructure, Initialise, SayParameter, SetForumStatus, SetMailbox
from workflow.bad_data import ValueInvalid
from workflow.county_tables import County
from workflow.decide.draft import Context, Drafted, require_not_in_future
from workflow.errors import N_, Missing
from workflow.organisation_events import (
    ForumStatusSet,
    Initialised,
    MailboxSet,
    OrganisationEvent,
    ParameterSaid,
    StructureAdopted,
)
from workflow.refusals import StructureOrder, StructureUndecided
from workflow.routing import require_enabled


def initialise(act: Initialise, context: Context) -> tuple[Drafted, ...]:
    """The first records of a log: its origin and the dated calendar of the county's rule file.

    On a log that has begun: nothing when it already says so, StructureOrder when it says otherwise; and for a structure
    to be adopted before the last of that calendar, which would put it out of force again.
    """
    county = context.rules.county
    if context.organisation.origin:
        _require_same(act, context)
        return ()
    begun = Drafted(on=act.on, event=Initialised(origin=act.origin, county=county.county.id))
    adopted = [
        StructureAdopted(structure=entry.structure, from_day=entry.from_day, assumed=entry.assumed)
        for entry in county.calendar
    ]
    if act.adopt is not None:
        adopted.append(_adoption(act.adopt, act.adopt_from or act.on, adopted, context))
    dated: list[OrganisationEvent] = [*adopted, *_statuses(county)]
    return (begun, *(Drafted(on=act.on, event=event) for event in dated))


def _adoption(
    structure_id: str, from_day: date, before: Sequence[StructureAdopted], context: Context
) -> StructureAdopted:
    latest = max(before, key=lambda entry: entry.from_day, default=None)
    if latest is not None and from_day < latest.from_day:
        why = N_("{later} comes into force after that, on {day}: give that day or a later one with --from.")
        raise StructureOrder(why=why, later=latest.structure, day=latest.from_day)
    require_enabled(context.rules.structure(structure_id), {})
    return StructureAdopted(structure=structure_id, from_day=from_day)


def _statuses(county: County) -> list[ForumStatusSet]:
    return [
        ForumStatusSet(
            forum=entry.forum,
            status=entry.status,
            from_day=entry.from_day,
            assumed=entry.assumed,
            reason=entry.quote or None,
        )
        for entry in county.forum_status
    ]


def _require_same(act: Initialise, context: Context) -> None:
    if act.adopt is None:
        return
    same_day = [entry for entry in context.organisation.calendar if entry.structure == act.adopt]
    if not any(act.adopt_from in {None, entry.from_day} for entry in same_day):
        why = N_("the database exists with another calendar; a later structure needs «structure adopt».")
        raise StructureOrder(why=why)


def set_mailbox(act: SetMailbox, context: Context) -> tuple[Drafted, ...]:
    """A party's funktionsbrevlåda; the same address again adds nothing."""
    require_not_in_future(act.on, context)
    if context.organisation.mailboxes.get(act.party) == act.address:
        return ()
    return (Drafted(on=act.on, event=MailboxSet(party=act.party, address=act.address)),)


def adopt_structure(act: AdoptStructure, context: Context) -> tuple[Drafted, ...]:
    """A structure comes into force from a day (004 §7: inriktningsbeslut, then the agreement that names the day).

    Raises StructureUndecided without the structure case that decided so, StructureOrder, StructureDisabled,
    DateInFuture.
    """
    require_not_in_future(act.on, context)
    organisation = context.organisation
    require_enabled(context.rules.structure(act.structure), organisation.parameters_on(act.on).get(act.structure, {}))
    if any((entry.structure, entry.from_day) == (act.structure, act.from_day) for entry in organisation.calendar):
        return ()
    if act.relies_on is None:
        why = N_("no case of the type samverkansstruktur has decided on it: inriktningsbeslut, then överenskommelse.")
        raise StructureUndecided(why=why, missing=[Missing("structure_order", "rsr")])
    latest = max((entry.from_day for entry in organisation.calendar), default=None)
    if latest is not None and act.from_day < latest:
        raise StructureOrder(why=N_("another structure comes into force later than that."))
    event = StructureAdopted(
        structure=act.structure, from_day=act.from_day, minutes=act.minutes, relies_on=act.relies_on
    )
    return (Drafted(on=act.on, event=event),)


def say_parameter(act: SayParameter, context: Context) -> tuple[Drafted, ...]:
    """What the source leaves open about a structure is said, and counts from the date of the act (reading G29).

    Raises ValueInvalid for what the rules do not offer.
    """
    require_not_in_future(act.on, context)
    structure = context.rules.structure(act.structure)
    parameter = next((each for each in structure.parameter if each.id == act.parameter), None)
    if parameter is None:
        known = ", ".join(each.id for each in structure.parameter) or "–"
        why = N_("that is nothing to say about {structure}; there is: {known}.")
        raise ValueInvalid(field=act.parameter, why=why, structure=act.structure, known=known)
    if act.value not in parameter.choices:
        why = N_("«{given}» is not among the choices: {known}.")
        raise ValueInvalid(field=act.parameter, why=why, given=act.value, known=", ".join(parameter.choices))
    if context.organisation.parameters_on(act.on).get(act.structure, {}).get(act.parameter) == act.value:
        return ()
    event = ParameterSaid(structure=act.structure, parameter=act.parameter, value=act.value, minutes=act.minutes)
    return (Drafted(on=act.on, event=event),)


def set_forum_status(act: SetForumStatus, context: Context) -> tuple[Drafted, ...]:
    """A forum becomes dormant or active from a day; the same again adds nothing."""
    require_not_in_future(act.on, context)
    current = context.organisation.forum_status_on(act.forum, act.from_day)
    if (current.status if current else "active") == act.status:
        return ()
    event = ForumStatusSet(forum=act.forum, status=act.status, from_day=act.from_day, reason=act.reason)
    return (Drafted(on=act.on, event=event),)
