"""A case as it stood on a day: told by the facts dated up to that day, with what followed from them counted anew.

What the answers bring about (ratified, not ratified, in force) is recorded in the order in which answers were
reported, and dated by the answers. The records of it up to a day therefore need not tell where the case stood on that
day: an adoption of April reported after one of May moved nothing when it was recorded. Only facts are folded here;
their consequences are counted by the rule that ``settle`` goes by. A rättelse says that what it corrects never was
so: what it corrects counts on no day.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from workflow.case import Case
from workflow.events import (
    AnswerRecorded,
    CaseOpened,
    Lifted,
    NotRatified,
    RatificationReopened,
    Ratified,
    Rerouted,
    SentBack,
    StepTaken,
    TextRevised,
    TookEffect,
)
from workflow.evolve import fold
from workflow.ratification import binds_from, outcome, read_effect_rule
from workflow.record import Record

_CONSEQUENCES = (Ratified, NotRatified, RatificationReopened)


def case_as_of(records: Sequence[Record], day: date) -> Case | None:
    """The case on ``day`` by the dates in the minutes, as ``records`` tell it; None when it was not opened by then."""
    dated = [record for record in records if record.on <= day]
    if not dated or not isinstance(dated[0].event, CaseOpened):
        return None
    left_out = {*_corrected(records), *_consequences(records)}
    ahead = {*_completed_later(records, day)}
    case = fold(
        _not_completing(record) if record.seq in ahead else record for record in dated if record.seq not in left_out
    )
    return _settled(replace(case, version=dated[-1].version), day) if case is not None else None


def _corrected(records: Iterable[Record]) -> Iterable[int]:
    """The numbers of the records of answers that a rättelse took the place of."""
    standing: dict[str, list[int]] = {}
    for record in records:
        event = record.event
        if isinstance(event, TextRevised):
            standing.clear()
        elif isinstance(event, AnswerRecorded):
            given = standing.setdefault(event.party, [])
            if event.corrects and given:
                yield given.pop()
            given.append(record.seq)


def _completed_later(records: Iterable[Record], day: date) -> Iterable[int]:
    """The numbers of the steps that completed what another body, recorded before, only did after ``day``."""
    latest: dict[str, date] = {}
    for record in records:
        event = record.event
        if isinstance(event, TextRevised | SentBack | Lifted) or (
            isinstance(event, Rerouted) and event.before != event.structure
        ):
            latest.clear()
        elif isinstance(event, StepTaken):
            if record.state is not None and latest.get(event.step, day) > day:
                yield record.seq
            latest[event.step] = max(record.on, latest.get(event.step, record.on))


def _not_completing(record: Record) -> Record:
    """The record of a step as one of which others are still to come."""
    event = record.event
    return (
        replace(record, state=None, event=replace(event, in_force_from=None))
        if isinstance(event, StepTaken)
        else record
    )


def _consequences(records: Iterable[Record]) -> Iterable[int]:
    """The numbers of the records that tell what the answers brought about."""
    ratified = False
    for record in records:
        ratified = ratified or isinstance(record.event, Ratified)
        # What a forum decides takes effect without the parties: there the record is a fact as others are.
        if isinstance(record.event, _CONSEQUENCES) or (ratified and isinstance(record.event, TookEffect)):
            yield record.seq


def _settled(case: Case, day: date) -> Case:
    """The case with what the answers that stand, and the calendar, have brought about by ``day``."""
    if case.state == "sent_to_parties":
        found = outcome(read_effect_rule(case.effect_rule, case.parties), case.parties)
        if found.reached_on is not None:
            binds = binds_from(case, found.reached_on)
            case = replace(case, state="ratified", ratified_on=found.reached_on, in_force_from=binds)
        elif found.impossible:
            case = replace(case, state="not_ratified")
    return replace(case, state=case.state_on(day))
