"""What is decided about the organisation itself."""

from datetime import date

from workflow.acts import Initialise, SetMailbox
from workflow.decide.draft import Context, Drafted, require_not_in_future
from workflow.errors import N_
from workflow.events import ForumStatusSet, Initialised, MailboxSet, StructureAdopted
from workflow.refusals import StructureDisabled, StructureOrder
from workflow.rulebook import County


def initialise(act: Initialise, context: Context) -> tuple[Drafted, ...]:
    """The first records of a log: its origin and the dated calendar of the county's rule file.

    On a log that has begun: nothing when it already says so, StructureOrder when it says otherwise.
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
        adopted.append(_adoption(act.adopt, act.adopt_from or act.on, context))
    dated = [*adopted, *_statuses(county)]
    return (begun, *(Drafted(on=act.on, event=event) for event in dated))


def _adoption(structure_id: str, from_day: date, context: Context) -> StructureAdopted:
    structure = context.rules.structure(structure_id).structure
    if not structure.enabled:
        raise StructureDisabled(structure=structure.name, why=f"«{structure.quote}» ({structure.cite})")
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
