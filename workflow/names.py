"""From what people write to ids: any letter case, composed or decomposed, by id, name or alias (reading G42)."""

import difflib
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TypeVar

from workflow.bad_data import (
    NotAParty,
    UnknownDocument,
    UnknownForum,
    UnknownGroup,
    UnknownName,
    UnknownParty,
    UnknownStructure,
    UnknownType,
    ValueInvalid,
)
from workflow.errors import N_, Remark
from workflow.refusals import OnlyPartyDecides
from workflow.rule_tables import Named
from workflow.rulebook import Rulebook

N = TypeVar("N", bound=Named)


def fold_name(text: str) -> str:
    """What two spellings of one name have in common."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


class Names:
    """Finds ids for names under one rule set. ``remarks`` collects what was read as something else than written."""

    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules
        self.remarks: list[Remark] = []

    def document_type(self, text: str) -> str:
        """A document type. Raises UnknownType with the nearest one."""
        return self._find(text, self._rules.county.type, UnknownType, N_("document type"))

    def group(self, text: str) -> str:
        """A group. Raises UnknownGroup with the nearest one."""
        return self._find(text, self._rules.county.group, UnknownGroup, N_("group"))

    def sector(self, text: str) -> str:
        """A sector. Raises ValueInvalid naming the ones there are."""
        found = _match(text, self._rules.county.sector)
        if found is None:
            known = ", ".join(sector.id for sector in self._rules.county.sector)
            why = N_("«{given}» is not a known sector; known are {known}.")
            nearest = _nearest(text, self._rules.county.sector)
            raise ValueInvalid(field="--sector", why=why, given=text, known=known, suggestion=nearest)
        return found.id

    def structure(self, text: str) -> str:
        """A structure. Raises UnknownStructure with the nearest one."""
        heads = [self._rules.structure(each).structure for each in self._rules.structure_ids]
        named = [Named(id=head.id, name=head.name) for head in heads]
        return self._find(text, named, UnknownStructure, N_("structure"))

    def document(self, text: str) -> str:
        """A row of the register. Raises UnknownDocument with the nearest one."""
        wanted = fold_name(text)
        rows = self._rules.register.document
        found = next((row.id for row in rows if wanted in {fold_name(row.id), str(row.row)}), None)
        if found is None:
            raise UnknownDocument(document=text, suggestion=nearest_document(text, [row.id for row in rows]))
        return found

    def body(self, text: str, structure: str | None = None) -> str:
        """A forum, group, network or other body; those of ``structure`` are looked at first.

        Raises UnknownForum with the nearest one.
        """
        forums = self._rules.structure(structure).forum if structure else ()
        found = _match(text, forums)
        if found is not None and not _misspelt(text, found):
            return found.id
        return self._find(text, list(self._rules.bodies()), UnknownForum, N_("forum, group or network"))

    def forum(self, text: str) -> str:
        """A forum or group of any structure. Raises UnknownForum with the nearest one."""
        structures = (self._rules.structure(each) for each in self._rules.structure_ids)
        forums = {forum.id: forum for structure in structures for forum in structure.forum}
        return self._find(text, list(forums.values()), UnknownForum, N_("forum or group"))

    def party(self, text: str, what: str, *, deciding: bool = False) -> str:
        """A party. ``what`` names the matter in a refusal; ``deciding`` says that its own decision is recorded.

        Raises NotAParty for another known organisation or a forum, OnlyPartyDecides for a forum that would decide,
        UnknownParty for the rest.
        """
        county = self._rules.county
        if _match(text, county.party) is None:
            forum = _match(text, list(self._rules.bodies()))
            if forum is not None and deciding:
                raise OnlyPartyDecides(by=forum.name, ref=what)
            other = forum or _match(text, county.organisation)
            if other is not None:
                known = ", ".join(party.id for party in county.party)
                raise NotAParty(name=other.name, what=what, known=known)
        return self._find(text, county.party, UnknownParty, N_("party"))

    def effect_rule(self, text: str) -> str:
        """An effect rule with the parties it names by id, as ``threshold:6+rjh``; the rest is left as it is written.

        Raises what ``party`` does.
        """
        rule, *named = text.split("+")
        return "+".join([fold_name(rule), *(self.party(each, N_("the effect rule")) for each in named)])

    def role(self, text: str) -> str:
        """A role that somebody can be admitted in; the text itself under rules that have no roles.

        Raises ValueInvalid naming the ones there are.
        """
        if self._rules.permissions is None:
            return text
        roles = self._rules.permissions.role
        found = _match(text, roles)
        if found is None:
            why = N_("«{given}» is no role; there are: {known}.")
            known = ", ".join(each.id for each in roles)
            raise ValueInvalid(field="--role", why=why, given=text, known=known, suggestion=_nearest(text, roles))
        return found.id

    def organisation(self, text: str) -> str:
        """A party, another organisation or a body, by id; the text itself when it is none that the rules know."""
        county = self._rules.county
        found = _match(text, [*county.party, *county.organisation, *self._rules.bodies()])
        return found.id if found is not None else text

    def body_or_party(self, text: str) -> str:
        """A party, a body or another organisation, whichever has the name. Raises UnknownForum with the nearest one."""
        county = self._rules.county
        named: list[Named] = [*county.party, *self._rules.bodies(), *county.organisation]
        return self._find(text, named, UnknownForum, N_("forum, group, network or party"))

    def _find(self, text: str, named: Sequence[Named], refusal: type[UnknownName], kind: str) -> str:
        found = _match(text, named)
        if found is None:
            known = ", ".join(each.id for each in named)
            raise refusal(kind=kind, name=text, known=known, suggestion=_nearest(text, named))
        if _misspelt(text, found):
            remark = Remark(N_("«{written}» was read as {name}."), {"written": text, "name": found.name})
            self.remarks.append(remark)
        return found.id


def nearest_document(text: str, ids: Sequence[str]) -> str | None:
    """The id that a mistyped one probably means; one that differs only in leading noughts goes before any other."""
    wanted = fold_name(text)
    found = next((each for each in ids if _without_noughts(each) == _without_noughts(wanted)), None)
    return found or next(iter(difflib.get_close_matches(wanted, ids, n=1)), None)


def _without_noughts(document: str) -> list[str]:
    return [part.lstrip("0") for part in document.split("-")]


def _match(text: str, named: Iterable[N]) -> N | None:
    wanted = fold_name(text)
    for each in named:
        if wanted in {fold_name(name) for name in (each.id, each.name, *each.aliases, *each.misspellings)}:
            return each
    return None


def _misspelt(text: str, found: Named) -> bool:
    wanted = fold_name(text)
    right = {fold_name(name) for name in (found.id, found.name, *found.aliases)}
    return wanted not in right


def _nearest(text: str, named: Iterable[Named]) -> str | None:
    """The id whose id, name or alias is most like ``text``; None when nothing is near."""
    ids = {fold_name(name): each.id for each in named for name in (each.id, each.name, *each.aliases)}
    near = difflib.get_close_matches(fold_name(text), ids, n=1, cutoff=0.6)
    return ids[near[0]] if near else None
