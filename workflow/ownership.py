"""Who owns a document on a day. Ownership is dated: each structure says what becomes of what earlier forums handled.

Sources: rule X12 (004 §6.3 Hantering av upprättade överenskommelser etc.: «Politiskt forum ansvarar för de
överenskommelser och dokument som tidigare hanterats i SVOM och Barnarenan»), rule X10 for the time before it, and
004 Bilaga 1, whose columns name the forums that handled each document first.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from workflow.organisation import Organisation
from workflow.rule_tables import Structure, Succession
from workflow.rulebook import Rulebook
from workflow.standing_in import in_place, stand_ins

Parameters = Mapping[str, Mapping[str, str]]


class Handled(Protocol):
    """Whatever is entered in a register: the columns of the forums that handled it, and its group."""

    @property
    def recommending(self) -> tuple[str, ...]:
        """The forums under the first column."""
        ...

    @property
    def recommending_as_printed(self) -> str | None:
        """What stands there instead where no forum does."""
        ...

    @property
    def preparing(self) -> tuple[str, ...]:
        """The forums under «Beredande»."""
        ...

    @property
    def group(self) -> str | None:
        """The age group."""
        ...


class Owned(Struct, frozen=True, kw_only=True):
    """The forums that own a document, and those of them that are dormant. No forums: nobody owns it.

    ``answering``: who answers for it meanwhile. A dormant forum is stood in for by the one its structure names, and
    where none is named by nobody (rule X2 wants a follow-up; reading G6).
    """

    forums: tuple[str, ...] = ()
    dormant: tuple[str, ...] = ()
    answering: tuple[str, ...] = ()


def owned_on(document: Handled, organisation: Organisation, rules: Rulebook, day: date) -> Owned:
    """Who owns a document of the register on ``day``, under the calendar as it stands."""
    return owned_after(document, structures_until(organisation, day), organisation, rules, day)


def owned_after(
    document: Handled, structures: Sequence[str], organisation: Organisation, rules: Rulebook, day: date
) -> Owned:
    """Who owns a document when these structures have followed one another; dormant is said as of ``day``."""
    sectors = sectors_of(document, rules)
    forums = heirs(first_handlers(document), structures, sectors, rules, organisation.parameters_on(day))
    asleep = organisation.dormant_on(day)
    dormant = tuple(forum for forum in forums if forum in asleep)
    return Owned(forums=forums, dormant=dormant, answering=_answering(forums, dormant, structures, rules))


def _answering(
    forums: tuple[str, ...], dormant: tuple[str, ...], structures: Sequence[str], rules: Rulebook
) -> tuple[str, ...]:
    if not dormant or not structures:
        return forums
    standing_in = stand_ins(rules.structure(structures[-1]), dormant)
    return in_place((each for each in forums if each not in dormant or each in standing_in), standing_in)


def structures_until(organisation: Organisation, day: date) -> tuple[str, ...]:
    """The structures that have followed one another up to ``day``, in order."""
    return tuple(entry.structure for entry in organisation.calendar if entry.from_day <= day)


def structures_through(organisation: Organisation, structure: str, day: date) -> tuple[str, ...]:
    """The structures up to the last time that ``structure`` was in force; up to ``day`` and it, where it never was."""
    until = structures_until(organisation, day)
    last = max((place for place, each in enumerate(until, start=1) if each == structure), default=None)
    return (*until, structure) if last is None else until[:last]


def first_handlers(document: Handled) -> tuple[str, ...]:
    """The forums that Bilaga 1 names for a document: those that recommend, else those that decide in their place.

    With an empty cell the deciding forum stands in the column «Beredande» (rows 20, 21, 23–26). A cell that names
    units and persons names no forum (row 10).
    """
    if document.recommending or document.recommending_as_printed is not None:
        return document.recommending
    return document.preparing


def sectors_of(document: Handled, rules: Rulebook) -> frozenset[str]:
    """The sectors a document concerns: those of its group."""
    return frozenset(next((each.sectors for each in rules.county.group if each.id == document.group), ()))


def heirs(
    handlers: Iterable[str],
    structures: Sequence[str],
    sectors: frozenset[str],
    rules: Rulebook,
    parameters: Parameters,
) -> tuple[str, ...]:
    """Who answers, after these structures have followed one another, for what ``handlers`` handled in the first."""
    forums = tuple(handlers)
    before: Structure | None = None
    for each in structures:
        after = rules.structure(each)
        said = parameters.get(each, {})
        found = [heir for forum in forums for heir in _inheritors(forum, before, after, sectors, said)]
        forums = tuple(dict.fromkeys(found))
        before = after
    return forums


def _inheritors(
    forum: str, before: Structure | None, after: Structure, sectors: frozenset[str], said: Mapping[str, str]
) -> tuple[str, ...]:
    """Who answers for what ``forum`` did, from the first day of ``after``.

    A forum that the new structure says nothing of goes on if it is one of its forums, or none of the structure that
    is left (a standing body, as a joint board). Otherwise it ends with its structure, and nobody is named after it.
    """
    succession = next((each for each in after.succession if forum in each.from_forums and _covers(each, sectors)), None)
    if succession is not None:
        return _named(succession.to_forums, said)
    ends = before is not None and before.forum_named(forum) is not None and after.forum_named(forum) is None
    return () if ends else (forum,)


def _covers(succession: Succession, sectors: frozenset[str]) -> bool:
    with_all = sectors.issuperset(succession.sectors_with or ())
    return with_all and sectors.isdisjoint(succession.sectors_without or ())


def _named(forums: Iterable[str], said: Mapping[str, str]) -> tuple[str, ...]:
    """The forums; one named by a parameter that nobody has said yet is nobody."""
    read = (said.get(forum.removeprefix("$")) if forum.startswith("$") else forum for forum in forums)
    return tuple(forum for forum in read if forum is not None)
