"""Uppdrag and the uppdragsbeskrivningar of who is given them; one opened before anybody asked for these."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from tests.persistence.keeping import Keeping
from workflow import acts
from workflow.decide import decide
from workflow.decide.draft import Context
from workflow.evolve import fold
from workflow.facts import Particulars, Text
from workflow.ports import Batch
from workflow.record import ORGANISATION, Record
from workflow.views import CaseView, case_view

FIRST = date(2026, 2, 1)


def task(receiver: str, on: date = FIRST) -> acts.Open:
    """The opening of an uppdrag that only a group with its description may be given."""
    told = Particulars(giver="ledningsforum", receiver=receiver, assignment_kind="standing")
    return acts.Open(on=on, type="uppdrag", title="Utred", text=Text(version=1), particulars=told)


def begun(kept: Keeping, act: acts.Open) -> str:
    """The reference of the case that the act opens."""
    case = kept.engine.open(act).case
    assert case is not None
    return case.ref


def described(kept: Keeping, group: str, on: date) -> None:
    """The group has its uppdragsbeskrivning from ``on``."""
    told = Particulars(for_body=group)
    act = acts.Open(on=on, type="uppdragsbeskrivning", title="B", text=Text(version=1), particulars=told)
    kept.engine.handle(begun(kept, act), acts.Decide(on=on, by="ledningsforum"))


def opened_before(kept: Keeping, ref: str, *, recorded: str | None = None) -> str:
    """The reference: opened by an act that says nothing of descriptions; ``recorded``: what its record says instead."""
    act, engine = replace(task("au-vuxna"), ref=ref), kept.engine
    context = Context(rules=engine.rules, organisation=engine.organisation, limit=date(2036, 1, 1))
    batch = Batch(
        stream=ref,
        expected=0,
        act=replace(act, undescribed=recorded),
        drafted=decide(None, act, context).drafted,
        actor=engine.actor,
        rules=engine.rules.digest,
        unless_moved={ORGANISATION: engine.organisation.version},
    )
    kept.store.append(batch, _kept)
    return ref


def _kept(records: Sequence[Record]) -> CaseView | None:
    case = fold(records)
    return case_view(case) if case else None
