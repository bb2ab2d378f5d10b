"""What an act is about to bring about for a document: facts laid one after the other, each allowed by the chart."""

from datetime import date
from typing import Any

from machines.table import table
from workflow.decide.draft import Context, Drafted
from workflow.errors import N_, Remark
from workflow.events import LetterEvent
from workflow.record import provisional
from workflow.refusals import DateBeforePreviousStep, StepNotPossible
from workflow.register.document import Document, evolve
from workflow.register.events import DocumentEvent, DocumentFlagCleared, TimePassed
from workflow.register.flags import flags_on
from workflow.register.spans import first_day
from workflow.register.standing import facts_on, state_on

_CHART = "document"


class DocumentDraft:
    """Collects the events of one act. ``document`` is the document as it stands with the events laid so far."""

    def __init__(self, document: Document, context: Context, on: date) -> None:
        self.document = document
        self.context = context
        self.on = on
        self.drafted: list[Drafted] = []
        self.remarks: list[Remark] = []

    @property
    def day(self) -> date:
        """The day the document's state is told for: that of the act, or of what is recorded later than that."""
        return max(self.on, self.document.latest_on)

    def lay(self, event: DocumentEvent | LetterEvent, transition: str | None = None) -> None:
        """Adds an event; ``transition`` is the event of the chart it must be allowed by, as the facts are after it.

        Raises StepNotPossible when the chart has no such step from here.
        """
        before = self.document
        after = evolve(before, provisional(before.id, before.version + 1, self.on, event, None))
        state = None
        if transition is not None:
            target = table(_CHART).step(before.state, transition, facts_on(after, self.day))
            if target is None:
                raise impossible(before, N_("there is no such step from here."))
            state = target if target != before.state else None
        self.drafted.append(Drafted(on=self.on, event=event, state=state))
        self.document = evolve(before, provisional(before.id, before.version + 1, self.on, event, state))

    def let_time_pass(self) -> None:
        """Lays what the calendar alone has brought about by the day, and nobody has recorded."""
        facts = facts_on(self.document, self.day)
        target = table(_CHART).step(self.document.state, "pass_time", facts)
        if target is not None and state_on(self.document, self.day) != self.document.state:
            self.lay(TimePassed(), "pass_time")

    def may(self, transition: str) -> None:
        """Refuses early what no facts could make possible. Raises StepNotPossible."""
        if (self.document.state, transition) not in table(_CHART).arcs:
            raise impossible(self.document, N_("there is no such step from here."))

    def after_its_first_day(self, on: date) -> None:
        """Raises DateBeforePreviousStep for what is dated before the document's first day."""
        start = first_day(self.document)
        if start is not None and on < start:
            raise DateBeforePreviousStep(on=on, previous=start, built_on="document")

    def close(self) -> tuple[Drafted, ...]:
        """The events, with the flags cleared whose reason they took away."""
        day = max(self.on, self.document.checked_on or self.on)
        wanted = {flag.key for flag in flags_on(self.document, day)}
        for flag in self.document.flags:
            if flag.key not in wanted:
                self.lay(DocumentFlagCleared(flag=flag))
        return tuple(self.drafted)

    def say(self, template: str, **values: object) -> None:
        """Something a person should hear though nothing was refused."""
        self.remarks.append(Remark(template, values))


class NotPossibleNow(StepNotPossible):
    """The document cannot take the step as it stands."""

    remedy = N_("«register show» tells how the document stands.")


def impossible(document: Document, why: str, **values: str | date) -> StepNotPossible:
    """The refusal of a step the document cannot take."""
    told: dict[str, Any] = dict(values)
    return NotPossibleNow(ref=document.id, state=document.state, why=why, **told)
