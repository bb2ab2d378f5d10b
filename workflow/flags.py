"""Which flags stand on a day: a pure function of a case, the organisation and the date.

Source: 004 §6.3 Samverkansledare («säkerställa att processer går framåt samt att dessa följs upp och beslutas»);
deadline and days are readings (G7), fixed in the case when the deadline was set. No flag ever changes an answer.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from workflow.case import Case
from workflow.facts import Deadline, Flag, FlagKind, Severity
from workflow.organisation import Organisation
from workflow.route import Route
from workflow.steps import current_step

#: States in which parties that have been asked may still owe an answer.
ASKED = frozenset({"sent_to_parties", "not_ratified", "ratified", "in_force"})

_A_DAY = timedelta(days=1)


def flags_on(case: Case, day: date, organisation: Organisation) -> tuple[Flag, ...]:
    """The flags there is reason for on ``day``."""
    return (*_of_days(case, day), *_of_letters(case), *_of_forums(case, day, organisation))


def undescribed_flag(route: Route, on: date, text_version: int) -> Flag:
    """That the receiver of an uppdrag was found without uppdragsbeskrivning on ``on``; it is for whoever gives it.

    Source: 004 §6.3 Arbetsutskott/beredningsgrupper («Uppdragsbeskrivningar ska finnas.»). What it rests on lies
    outside the case, and comes with the act that looked for it.
    """
    return Flag(
        kind="mandate_description_missing",
        due=on,
        text_version=text_version,
        severity="warning",
        assigned_to=route.decide,
    )


def awaits_description(case: Case) -> bool:
    """Whether the uppdrag is still to be given, and only to a receiver that has its uppdragsbeskrivning."""
    return case.route.requires_mandate_description and current_step(case) is not None


def parties_owing(case: Case) -> tuple[str, ...]:
    """The parties that have been asked for an answer to the current text version and have not given one for good."""
    if case.state not in ASKED:
        return ()
    return tuple(party for party, standing in case.parties.items() if standing.pending)


def still_warranted(case: Case, flag: Flag, day: date, organisation: Organisation) -> bool:
    """Whether the reason for a flag raised earlier remains on ``day``.

    A day before the one it was raised on takes no reason away: clocks go back, facts do not.
    """
    return _WARRANT[flag.kind](case, flag, day, organisation)


def reminders_due(case: Case, day: date) -> dict[str, date]:
    """The parties to be reminded on ``day``, each with the latest day that was set for it.

    Of several days that passed while nothing ran only the latest is seen to. Nobody is reminded when no day is left
    to answer in: then there is the flag, and nothing is mailed after the fact.
    """
    if case.deadline is None or day >= case.deadline.answer_by:
        return {}
    set_for = max((each for each in case.deadline.remind_on if each <= day), default=None)
    if set_for is None:
        return {}
    to_remind = [party for party in parties_owing(case) if not _overtaken(case, party, case.deadline.answer_by)]
    reminded = {party: case.parties[party].reminded for party in to_remind}
    return {party: set_for for party, latest in reminded.items() if latest is None or latest < set_for}


def next_check(case: Case) -> date | None:
    """The first day on which the calendar alone brings about something for the case; None when it never will.

    What a forum's status brings about is no day of the case: the sweep looks for that by itself.
    """
    days: list[date] = []
    if case.state in {"ratified", "decided"} and case.in_force_from is not None:
        days.append(case.in_force_from)
    raised = {flag.key for flag in case.flags}
    # Of most cases no day has anything to say: nobody owes anything, and no flag stands that could go.
    waits = case.flags or case.audit_due is not None or parties_owing(case)
    for day in _turning_days(case) if waits else ():
        news = any(flag.key not in raised for flag in _of_days(case, day))
        gone = any(flag.kind in _LOOKS_FORWARD and day > flag.due for flag in case.flags)
        if news or gone or reminders_due(case, day):
            days.append(day)
            break
    return min(days, default=None)


def _turning_days(case: Case) -> list[date]:
    """The days on which what is said of the case by its deadlines changes, in order."""
    days: list[date | None] = []
    if case.deadline is not None:
        days += [*case.deadline.remind_on, case.deadline.answer_by + _A_DAY, case.deadline.escalate_on]
    if case.audit_due is not None:
        days += [case.opened.warn_on, case.audit_due + _A_DAY]
    return sorted(day for day in days if day is not None)


def _of_days(case: Case, day: date) -> Iterator[Flag]:
    """What the calendar alone gives reason for."""
    yield from _of_the_parties(case, day)
    yield from _of_audits(case, day)


def _of_the_parties(case: Case, day: date) -> Iterator[Flag]:
    deadline = case.deadline
    if deadline is None:
        return
    for kind in _said_of_the_deadline(deadline, day):
        for party in parties_owing(case):
            if kind in _LOOKS_FORWARD and _overtaken(case, party, deadline.answer_by):
                continue
            yield Flag(
                kind=kind,
                party=party,
                due=deadline.answer_by,
                text_version=case.text.version,
                severity=_SEVERITY[kind],
                assigned_to=_ASSIGNED[kind](case, party),
            )


def _said_of_the_deadline(deadline: Deadline, day: date) -> Iterator[FlagKind]:
    if day > deadline.answer_by:
        yield "ratification_stalled"
    elif day < deadline.answer_by and any(each <= day for each in deadline.remind_on):
        yield "ratification_reminder"
    if deadline.escalate_on is not None and day >= deadline.escalate_on:
        yield "ratification_escalated"


def _of_letters(case: Case) -> Iterator[Flag]:
    """Letters that never arrived at a party that still owes its answer, one flag a party."""
    owing = parties_owing(case)
    lost: dict[str, date] = {}
    for posted in case.letters.values():
        party = posted.letter.party
        if posted.state == "undeliverable" and posted.text_version == case.text.version and party in owing:
            lost[party] = min(posted.on, lost.get(party, posted.on))
    for party, since in lost.items():
        yield Flag(
            kind="mail_undeliverable",
            party=party,
            due=since,
            text_version=case.text.version,
            severity="high",
            assigned_to=_secretary_and_coordinator(case, party),
        )


def _of_forums(case: Case, day: date, organisation: Organisation) -> Iterator[Flag]:
    """A case whose next step belongs to forums that are all dormant (reading G3)."""
    step = current_step(case)
    owed = case.bodies_owed(step) if step is not None else ()
    if not owed or not set(owed) <= organisation.dormant_on(day):
        return
    statuses = [organisation.forum_status_on(forum, day) for forum in owed]
    yield Flag(
        kind="no_active_forum",
        due=max((status.from_day for status in statuses if status is not None), default=day),
        text_version=case.text.version,
        severity="high",
        assigned_to=(case.opened_by,),
    )


def _of_audits(case: Case, day: date) -> Iterator[Flag]:
    """An answer the auditors wait for: warned of ahead, and overdue the day after it was due."""
    due, warn_on = case.audit_due, case.opened.warn_on
    if due is None or case.is_over:
        return
    kind: FlagKind | None = "audit_answer_overdue" if day > due else None
    if kind is None and warn_on is not None and warn_on <= day and not _overtaken(case, None, due):
        kind = "audit_answer_due"
    if kind is not None:
        addressee = case.opened.particulars.addressee
        yield Flag(
            kind=kind,
            due=due,
            text_version=case.text.version,
            severity=_SEVERITY[kind],
            assigned_to=tuple(body for body in (addressee, case.opened_by) if body is not None),
        )


def _owes_under_the_same_deadline(case: Case, flag: Flag, _: date, __: Organisation) -> bool:
    same = flag.text_version == case.text.version and flag.due == case.answer_by
    return same and flag.party in parties_owing(case)


def _letter_lost(case: Case, flag: Flag, _: date, __: Organisation) -> bool:
    return flag.key in {each.key for each in _of_letters(case)}


def _forums_dormant(case: Case, flag: Flag, day: date, organisation: Organisation) -> bool:
    return flag.key in {each.key for each in _of_forums(case, day, organisation)}


def _awaits_description(case: Case, _: Flag, __: date, ___: Organisation) -> bool:
    return awaits_description(case)


def _auditors_wait(case: Case, _: Flag, __: date, ___: Organisation) -> bool:
    return not case.is_over


def _overtaken(case: Case, party: str | None, due: date) -> bool:
    """Whether it has been said that ``due`` has passed: a clock set back does not make it lie ahead again."""
    return any(flag.kind in _LOOKS_BACK and (flag.party, flag.due) == (party, due) for flag in case.flags)


def _until_its_day(warrant: "_Warrant") -> "_Warrant":
    return lambda case, flag, day, organisation: day <= flag.due and warrant(case, flag, day, organisation)


def _secretary_and_coordinator(case: Case, _: str) -> tuple[str, ...]:
    return tuple(body for body in (case.route.report_to, case.opened_by) if body is not None)


def _party_itself(_: Case, party: str) -> tuple[str, ...]:
    return (party,)


def _leaders(case: Case, _: str) -> tuple[str, ...]:
    return case.deadline.escalate_to if case.deadline is not None else ()


_Warrant = Callable[[Case, Flag, date, Organisation], bool]

#: Flags that speak of a day to come, and those that say it has passed.
_LOOKS_FORWARD = frozenset({"ratification_reminder", "audit_answer_due"})
_LOOKS_BACK = frozenset({"ratification_stalled", "ratification_escalated", "audit_answer_overdue"})

_WARRANT: dict[FlagKind, _Warrant] = {
    "ratification_reminder": _until_its_day(_owes_under_the_same_deadline),
    "ratification_stalled": _owes_under_the_same_deadline,
    "ratification_escalated": _owes_under_the_same_deadline,
    "mail_undeliverable": _letter_lost,
    "no_active_forum": _forums_dormant,
    "mandate_description_missing": _awaits_description,
    "audit_answer_due": _until_its_day(_auditors_wait),
    "audit_answer_overdue": _auditors_wait,
}
_SEVERITY: dict[FlagKind, Severity] = {
    "ratification_reminder": "info",
    "ratification_stalled": "warning",
    "ratification_escalated": "high",
    "audit_answer_due": "warning",
    "audit_answer_overdue": "high",
}
_ASSIGNED: dict[FlagKind, Callable[[Case, str], tuple[str, ...]]] = {
    "ratification_reminder": _party_itself,
    "ratification_stalled": _secretary_and_coordinator,
    "ratification_escalated": _leaders,
}
