"""A county's own rule files become part of a new rule set. What has been used stays, word for word.

A case is judged by the rules pinned in its records, and an open one goes on by the structure its route was chosen in.
So an import adds: structures nobody has used, parties, names. A change to what is in use needs an id of its own.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import zip_longest

from msgspec.structs import replace

from workflow.acts import ImportRules
from workflow.checking.findings import RuleFiles
from workflow.county_tables import County, Register
from workflow.decide.actors import require_roles_kept
from workflow.decide.draft import Context, Drafted, require_not_in_future
from workflow.errors import N_
from workflow.organisation import Organisation
from workflow.organisation_events import RulesAdopted
from workflow.refusals import RulesInvalid
from workflow.rule_tables import Named
from workflow.rulebook import COUNTY, REGISTER, Rulebook, file_of_structure

#: What a name may change in, wherever it stands: how it is written, and nothing that a route hangs on.
_WORDING = {"name": "", "aliases": (), "misspellings": (), "reading": ()}


def import_rules(act: ImportRules, context: Context) -> tuple[Drafted, ...]:
    """The rule set of the context comes into force; the same one again adds nothing.

    Raises RulesInvalid, with the file and the line, for a change to what is in use, DateInFuture.
    """
    require_not_in_future(act.on, context)
    before, after = context.before or context.rules, context.rules
    if act.digest != after.digest:
        raise RulesInvalid(file=act.digest, why=N_("this is not the rule set that was asked for."))
    changed = {name: digest for name, digest in after.file_digests.items() if before.file_digests.get(name) != digest}
    if not changed:
        return ()
    _require_nothing_lost(before, after)
    _require_unused(changed.keys() & before.contents.keys(), context.organisation)
    _require_county_grows(before.county, after)
    _require_register_grows(before.register, after)
    require_roles_kept(before, context)
    event = RulesAdopted(before=before.digest, files=changed, minutes=act.minutes)
    return (Drafted(on=act.on, event=event),)


def _require_nothing_lost(before: Rulebook, after: Rulebook) -> None:
    for name in before.contents:
        if name not in after.contents:
            raise RulesInvalid(file=name, why=N_("the rule set has the file, and an import takes nothing away."))


def _require_unused(changed: AbstractSet[str], organisation: Organisation) -> None:
    """A structure is in use once the calendar names it, or something has been said about it: both last for good."""
    in_use = {entry.structure for entry in organisation.calendar} | organisation.parameters.keys()
    for structure in sorted(in_use):
        if file_of_structure(structure) in changed:
            why = N_("the structure is in the calendar or configured; a change needs a structure id of its own.")
            raise RulesInvalid(file=f"{file_of_structure(structure)}:1", why=why)


def _require_county_grows(before: County, rules: Rulebook) -> None:
    after = rules.county
    if after.county.id != before.county.id:
        why = N_("it is another county's; that needs a database of its own.")
        raise RulesInvalid(file=_at(rules, COUNTY, "county", "id"), why=why)
    for table in ("calendar", "forum_status"):
        was, now = getattr(before, table), getattr(after, table)
        if now != was:
            why = N_("its calendar differs, which is read only by «init»; use «structure adopt» and «forum status».")
            pairs = zip_longest(was, now)
            first = next(place for place, (one, other) in enumerate(pairs) if one != other)
            raise RulesInvalid(file=_at(rules, COUNTY, table, min(first, max(len(now) - 1, 0))), why=why)
    for table in ("party", "organisation", "group", "sector", "type", "network", "body"):
        _require_kept(rules, table, getattr(before, table), getattr(after, table))


def _require_register_grows(before: Register, rules: Rulebook) -> None:
    after = rules.register
    for table in ("variant", "document"):
        entries = {each.id: (place, each) for place, each in enumerate(getattr(after, table))}
        for each in getattr(before, table):
            place, found = entries.get(each.id, (0, None))
            if found != each:
                at = _at(rules, REGISTER, table, place)
                raise RulesInvalid(file=at, why=N_("«{entry}» is in use and must stay as it is."), entry=each.id)


def _require_kept(rules: Rulebook, table: str, before: Sequence[Named], after: Sequence[Named]) -> None:
    """Every earlier entry is still there, and differs in nothing but how its name is written."""
    entries = {each.id: (place, _without_wording(each)) for place, each in enumerate(after)}
    for each in before:
        place, found = entries.get(each.id, (0, None))
        if found != _without_wording(each):
            why = N_("{table} «{entry}» is in use: only its name and aliases may change.")
            raise RulesInvalid(file=_at(rules, COUNTY, table, place), why=why, table=table, entry=each.id)


def _at(rules: Rulebook, file: str, *path: str | int) -> str:
    """The file with the line of what is at fault; of an entry that is gone, that of the first of its kind."""
    return f"{file}:{RuleFiles(rules).line(file, path)}"


def _without_wording(entry: Named) -> Named:
    return replace(entry, **_WORDING)
