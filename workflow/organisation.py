"""Parties, forums and the structure calendar, as the records of the organisation tell them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workflow import organisation_events as e
from workflow.facts import Fact
from workflow.record import Record


class Said(Struct, frozen=True, kw_only=True):
    """What was said about a structure, and from which day it counts."""

    from_day: date
    structure: str
    parameter: str
    value: str


class Organisation(Struct, frozen=True, kw_only=True):
    """What is known of the organisation. Calendar, statuses and what was said are kept in the order of their days.

    ``parameters``: what was said last, by structure; ``parameters_on`` tells what counts on a day.
    """

    version: int = 0
    origin: str = ""
    rules: str = ""
    calendar: tuple[e.StructureAdopted, ...] = ()
    statuses: tuple[e.ForumStatusSet, ...] = ()
    mailboxes: Mapping[str, str] = {}
    parameters: Mapping[str, Mapping[str, str]] = {}
    said: tuple[Said, ...] = ()
    actors: tuple[e.ActorAdmitted, ...] = ()
    former_actors: tuple[e.ActorAdmitted, ...] = ()

    def structure_on(self, day: date) -> str | None:
        """The structure in force on ``day``; None before the first."""
        for entry in reversed(self.calendar):
            if entry.from_day <= day:
                return entry.structure
        return None

    def dormant_on(self, day: date) -> frozenset[str]:
        """The forums that are not active on ``day``."""
        # Kept in the order of their days: of each forum the last one counts.
        found = {entry.forum: entry.status for entry in self.statuses if entry.from_day <= day}
        return frozenset(forum for forum, status in found.items() if status != "active")

    def forum_status_on(self, forum: str, day: date) -> e.ForumStatusSet | None:
        """The status last given to ``forum`` up to ``day``; None when it has always been active."""
        found = [entry for entry in self.statuses if entry.forum == forum and entry.from_day <= day]
        return found[-1] if found else None

    def parameters_on(self, day: date) -> Mapping[str, Mapping[str, str]]:
        """What had been said about each structure by ``day``, by its parameter; of each the last."""
        found: dict[str, dict[str, str]] = {}
        for each in self.said:
            if each.from_day <= day:
                found.setdefault(each.structure, {})[each.parameter] = each.value
        return found

    def offices_of(self, name: str, day: date) -> tuple[e.ActorAdmitted, ...]:
        """Everything that somebody is admitted as on ``day``."""
        return tuple(each for each in self.actors if each.name == name and each.acts_on(day))


def evolve(organisation: Organisation, record: Record) -> Organisation:
    """The organisation after ``record``."""
    if isinstance(record.event, e.ParameterSaid):
        changes = _parameter(organisation, record.event, record.on)
    else:
        changes = _EVOLVE[type(record.event)](organisation, record.event)
    return replace(organisation, version=record.version, rules=record.rules, **changes)


def fold(records: Iterable[Record]) -> Organisation:
    """The organisation the records tell; an empty one when there are none."""
    organisation = Organisation()
    for record in records:
        organisation = evolve(organisation, record)
    return organisation


def _initialised(_: Organisation, event: e.Initialised) -> dict[str, Any]:
    return {"origin": event.origin}


def _structure_adopted(organisation: Organisation, event: e.StructureAdopted) -> dict[str, Any]:
    # A later adoption from the same day replaces the earlier one: the sort is stable and the last one wins.
    return {"calendar": tuple(sorted((*organisation.calendar, event), key=lambda entry: entry.from_day))}


def _forum_status(organisation: Organisation, event: e.ForumStatusSet) -> dict[str, Any]:
    return {"statuses": tuple(sorted((*organisation.statuses, event), key=lambda entry: entry.from_day))}


def _mailbox(organisation: Organisation, event: e.MailboxSet) -> dict[str, Any]:
    return {"mailboxes": {**organisation.mailboxes, event.party: event.address}}


def _parameter(organisation: Organisation, event: e.ParameterSaid, on: date) -> dict[str, Any]:
    told = Said(from_day=on, structure=event.structure, parameter=event.parameter, value=event.value)
    said = tuple(sorted((*organisation.said, told), key=lambda each: each.from_day))
    parameters: dict[str, dict[str, str]] = {}
    for each in said:
        parameters.setdefault(each.structure, {})[each.parameter] = each.value
    return {"said": said, "parameters": parameters}


def _actor_admitted(organisation: Organisation, event: e.ActorAdmitted) -> dict[str, Any]:
    others = tuple(each for each in organisation.actors if not each.same_office(event))
    return {"actors": (*others, event)}


def _actor_removed(organisation: Organisation, event: e.ActorRemoved) -> dict[str, Any]:
    gone = tuple(each for each in organisation.actors if each.same_office(event))
    kept = tuple(each for each in organisation.actors if not each.same_office(event))
    return {"actors": kept, "former_actors": (*organisation.former_actors, *gone)}


_EVOLVE: dict[type[Fact], Callable[[Organisation, Any], dict[str, Any]]] = {
    e.Initialised: _initialised,
    e.StructureAdopted: _structure_adopted,
    e.ForumStatusSet: _forum_status,
    e.MailboxSet: _mailbox,
    e.ActorAdmitted: _actor_admitted,
    e.ActorRemoved: _actor_removed,
    # The record itself names the rule set it brings.
    e.RulesAdopted: lambda _organisation, _event: {},
}
