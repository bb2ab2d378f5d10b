"""Which text binds a party on a day, of all that it has been asked about, and what it still owes an answer to.

Source: 004 §5.2 Avtal och överenskommelser (rules X3, X4); when a text binds whom: readings G8, G9.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from workflow.case import Case
from workflow.flags import parties_owing
from workflow.ratification import party_binds_from

Place = Literal["bound", "coming", "ended", "asked", "not_bound"]


class PartyText(Struct, frozen=True, kw_only=True):
    """A text that a party was sent, and what has become of it there.

    ``bound_until`` is the last day it binds; ``replaced_by`` the case whose text then comes in its place. ``owes``:
    the party has been asked and has not answered for good.
    """

    case: str
    title: str
    type: str
    document: str | None
    text_version: int
    sha256: str | None
    state: str
    effect_rule: str
    party_state: str
    asked_on: date | None
    answer_by: date | None
    next_meeting: date | None
    owes: bool
    bound_from: date | None
    bound_until: date | None
    replaced_by: str | None = None

    def place_on(self, day: date) -> Place:
        """Where the text belongs on ``day``.

        ``coming``: adopted, and not binding yet; its day may be unknown. ``not_bound``: the party has not adopted it as
        it is, or the case ended without effect.
        """
        if self.bound_from is not None:
            if self.bound_until is not None and self.bound_until < day:
                return "ended"
            return "bound" if self.bound_from <= day else "coming"
        if self.owes:
            return "asked"
        adopted_in_vain = self.state in {"withdrawn", "closed"}
        return "coming" if self.party_state == "adopted" and not adopted_in_vain else "not_bound"


def texts_sent_to(party: str, cases: Iterable[Case]) -> tuple[PartyText, ...]:
    """Every text among ``cases`` that ``party`` was sent, as each case tells it, by the case's reference."""
    found = [_told(case, party) for case in cases if party in case.parties and case.parties[party].state != "not_sent"]
    return tuple(sorted(_succeeding(found), key=lambda each: each.case))


def _told(case: Case, party: str) -> PartyText:
    standing = case.parties[party]
    return PartyText(
        case=case.ref,
        title=case.opened.title,
        type=case.opened.type,
        document=case.opened.document,
        text_version=case.text.version,
        sha256=case.text.sha256,
        state=case.state,
        effect_rule=case.effect_rule,
        party_state=standing.state,
        asked_on=case.dispatched_on,
        answer_by=case.answer_by,
        next_meeting=standing.answer.next_meeting if standing.answer else None,
        owes=party in parties_owing(case),
        bound_from=party_binds_from(case, party),
        bound_until=case.opened.valid_to,
    )


def _succeeding(texts: Iterable[PartyText]) -> Iterator[PartyText]:
    """The texts; of those about the same document, each binds until the next one does."""
    by_document = sorted(texts, key=lambda each: (each.document or "", each.bound_from or date.max, each.case))
    for document, group in groupby(by_document, key=lambda each: each.document):
        versions = list(group)
        if document is not None:
            versions = [*(_until(older, newer) for older, newer in pairwise(versions)), versions[-1]]
        yield from versions


def _until(older: PartyText, newer: PartyText) -> PartyText:
    if older.bound_from is None or newer.bound_from is None:
        return older
    last = newer.bound_from - timedelta(days=1)
    if older.bound_until is not None and older.bound_until <= last:
        return older
    return replace(older, bound_until=last, replaced_by=newer.case)
