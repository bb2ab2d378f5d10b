"""Which flags stand on a day: a pure function of a case, the rules and the date.

Source: 004 §6.3 Samverkansledare («säkerställa att processer går framåt samt att dessa följs upp och beslutas»);
deadline and days are readings (G7).
"""

from datetime import date, timedelta

from workflow.case import Case
from workflow.facts import Flag

#: States in which parties that have been asked may still owe an answer.
ASKED = frozenset({"sent_to_parties", "not_ratified", "ratified", "in_force"})


def flags_on(case: Case, day: date) -> tuple[Flag, ...]:
    """The flags that stand for ``case`` on ``day``: one for each party whose answer is overdue."""
    if case.answer_by is None or day <= case.answer_by:
        return ()
    return tuple(
        Flag(
            kind="ratification_stalled",
            party=party,
            due=case.answer_by,
            text_version=case.text.version,
            assigned_to=tuple(body for body in (case.route.report_to, case.opened_by) if body is not None),
        )
        for party in parties_owing(case)
    )


def parties_owing(case: Case) -> tuple[str, ...]:
    """The parties that have been asked for an answer to the current text version and have not given one for good."""
    if case.state not in ASKED:
        return ()
    return tuple(party for party, standing in case.parties.items() if standing.pending)


def still_warranted(case: Case, flag: Flag) -> bool:
    """Whether the reason for a flag raised earlier remains: same text, same deadline, the party still owes it."""
    same = flag.text_version == case.text.version and flag.due == case.answer_by
    return same and flag.party in parties_owing(case)


def next_check(case: Case) -> date | None:
    """The first day on which the calendar alone brings about something for the case; None when it never will."""
    days: list[date] = []
    if case.state in {"ratified", "decided"} and case.in_force_from is not None:
        days.append(case.in_force_from)
    raised = {flag.key for flag in case.flags}
    if case.answer_by is not None:
        overdue = flags_on(case, case.answer_by + timedelta(days=1))
        if any(flag.key not in raised for flag in overdue):
            days.append(case.answer_by + timedelta(days=1))
    return min(days, default=None)
