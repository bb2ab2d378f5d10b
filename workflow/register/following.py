"""What becomes of a case for the register: what an act on the case asks of which document.

Source: 004 Bilaga 1 («Nytt avtal ska implementeras»; «Ny ök ska implementeras»): documents are made, revised,
extended and replaced by cases on their own route; what is decided and lasts is a document in force.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from workflow.acts import Act
from workflow.case import Case
from workflow.events import CaseOpened, Closed, NotRatified, RatificationReopened, Ratified, TookEffect, Withdrawn
from workflow.facts import Fact
from workflow.register import acts
from workflow.register.entry import Entry
from workflow.register.facts import CaseFacts, Owed
from workflow.register.terms import Terms, Validity
from workflow.route import STEPS

#: States of a case in which it is recommended and ratified, or decided, on its whole route.
_DECIDED = frozenset({"decided", "ratified", "in_force"})

#: The events of a case from which an act on a document may follow.
ASKING = frozenset({CaseOpened, Withdrawn, Closed, TookEffect, Ratified, NotRatified, RatificationReopened})


class Asked(Struct, frozen=True, kw_only=True):
    """What the act that ends with record ``seq`` asked of documents, each with its id: it stands right after that.

    ``by``: the case, or the document that somebody had replaced. The rest is as in the records of the act.
    """

    seq: int
    by: str
    actor: str
    rules: str
    recorded_at: datetime
    acts: tuple[tuple[str, Act], ...]


def asked_of_documents(
    before: Case | None, after: Case, events: Sequence[Fact], on: date, *, lasting: bool
) -> Iterator[tuple[str, Act]]:
    """The acts on documents that follow from ``events`` of a case, each with the document's id.

    ``lasting``: what the case decides on is a document that stays in force, and enters the register.
    """
    document = after.opened.document
    if document is not None and before is None:
        yield document, acts.BeginRevision(on=on, case=after.ref)
    for event in events:
        if isinstance(event, Withdrawn | Closed) and document is not None:
            yield document, acts.EndRevision(on=on, case=after.ref)
        elif isinstance(event, TookEffect):
            yield from _in_force(after, on, lasting=lasting)
        elif before is not None and before.state == "in_force":
            if isinstance(event, NotRatified | RatificationReopened):
                yield from _undone(after, on)
            elif isinstance(event, Ratified) and event.in_force_from != before.in_force_from:
                yield from _moved(before, after, on, lasting=lasting)


def born_as(case: Case) -> str:
    """The id of the document that a case leads to."""
    return f"dok-{case.ref.lower()}"


def born(case: Case, on: date) -> acts.EnterDocument:
    """The entry in the register of what a case has led to."""
    return acts.EnterDocument(on=on, entry=entry_from(case), case=case.ref, of_case=True)


def entry_from(case: Case) -> Entry:
    """The entry of the document that a case has led to.

    How it is followed up the case does not say: that it must be, rules X2 and X5 do; nothing says how often.
    """
    opened, route = case.opened, case.route
    begins = case.in_force_from or case.latest_on
    validity = Validity(kind="fixed" if opened.valid_to else "open_ended", start=begins, end=opened.valid_to)
    return Entry(
        id=born_as(case),
        title=opened.title,
        type=opened.type,
        group=opened.group,
        level=opened.level,
        recommending=route.political,
        preparing=route.leadership if route.political else route.decide,
        lifted=case.lifted,
        parties=opened.parties,
        terms=Terms(validity=validity, follow_up="no_period"),
    )


def facts_of(case: Case) -> CaseFacts:
    """What a case says for a document: what it still lacks, and the days it gives."""
    owed: list[Owed] = []
    if case.state not in _DECIDED:
        owed = [Owed(code=_LACKS[step], by=body) for step in STEPS for body in case.bodies_owed(step)]
        pending = (party for party, standing in case.parties.items() if standing.state != "adopted")
        owed += [Owed(code="party_not_adopted", by=party) for party in pending if case.route.ratify and not owed]
        owed = owed or [Owed(code="step_not_possible", by=case.route.report_to)]
    return CaseFacts(
        ref=case.ref,
        document=case.opened.document,
        owed=tuple(owed),
        valid_to=case.opened.valid_to,
        in_force_from=case.in_force_from,
    )


def _in_force(case: Case, on: date, *, lasting: bool) -> Iterator[tuple[str, Act]]:
    document, aim = case.opened.document, case.opened.aim
    # It may have been born before, and have bound nobody since; the case may then bind from another day than it did.
    from_its_day = born_as(case), acts.MoveDay(on=on, case=facts_of(case))
    binds_again = born_as(case), acts.ChangeBinding(on=on, case=case.ref, binds=True)
    if document is None:
        if lasting:
            yield born_as(case), born(case, on)
            yield from_its_day
            yield binds_again
        return
    yield document, acts.EndRevision(on=on, case=case.ref)
    if aim == "extend":
        yield document, acts.ExtendTerm(on=on, case=facts_of(case), of_case=True)
    elif aim == "terminate":
        yield document, acts.TerminateDocument(on=on, case=facts_of(case))
    elif aim == "replace":
        yield born_as(case), born(case, on)
        yield from_its_day
        yield binds_again
        yield document, acts.Supersede(on=on, by=born_as(case), from_day=case.in_force_from, of_case=True)
    else:
        yield document, acts.RecordRevision(on=on, case=case.ref, of_case=True)
    if aim != "replace":
        # Whoever names the case as a successor has a document born of it, whatever the case was for.
        yield from_its_day
        yield binds_again


def _undone(case: Case, on: date) -> Iterator[tuple[str, Act]]:
    """What a case that was in force, and is no longer, takes back: each step of ``_in_force``."""
    yield born_as(case), acts.ChangeBinding(on=on, case=case.ref, binds=False)
    document = case.opened.document
    if document is not None:
        yield document, acts.UndoOutcome(on=on, case=case.ref)
        yield document, acts.BeginRevision(on=on, case=case.ref)


def _moved(before: Case, case: Case, on: date, *, lasting: bool) -> Iterator[tuple[str, Act]]:
    """What a case in force that binds from another day moves; and what only its earlier day stood in the way of."""
    document, aim = case.opened.document, case.opened.aim
    from_its_day = acts.MoveDay(on=on, case=facts_of(case), before=before.in_force_from)
    if lasting if document is None else aim == "replace":
        yield born_as(case), born(case, on)
    yield born_as(case), from_its_day
    if document is None:
        return
    yield document, from_its_day
    if aim == "extend":
        yield document, acts.ExtendTerm(on=on, case=facts_of(case), of_case=True)
    elif aim == "replace":
        yield document, acts.Supersede(on=on, by=born_as(case), from_day=case.in_force_from, of_case=True)


_LACKS = {
    "prepare": "preparation_missing",
    "leadership": "leadership_recommendation_missing",
    "political": "political_recommendation_missing",
    "decide": "decision_missing",
    "anchoring": "anchoring_missing",
}
