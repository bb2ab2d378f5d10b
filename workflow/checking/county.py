"""The county's own file: its types, the times of a ratification, its calendar."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from workflow.bad_data import ValueInvalid
from workflow.checking.findings import Finding, RuleFiles, said
from workflow.checking.forums import one_of
from workflow.checking.known import PARTICULARS, bodies_anywhere
from workflow.checking.references import unknown
from workflow.checking.routes import is_chart
from workflow.county_tables import ForumStatus
from workflow.dates import next_working_day
from workflow.errors import N_
from workflow.ratification import read_effect_rule

FILE = "county.toml"

#: Long enough for every named day to have fallen on a weekday.
_DAYS_TRIED = 7 * 366


def county_findings(files: RuleFiles) -> Iterator[Finding]:
    """Types that lead nowhere, times that cannot be kept, days that overlap or leave a hole."""
    yield from _groups_and_types(files)
    yield from _ratification(files)
    yield from _letters_and_warnings(files)
    yield from _calendar(files)
    yield from _statuses(files)


def _groups_and_types(files: RuleFiles) -> Iterator[Finding]:
    county = files.rules.county
    sectors, groups = [each.id for each in county.sector], [each.id for each in county.group]
    for number, group in enumerate(county.group):
        yield from unknown(files, (FILE, ("group", number, "sectors")), "sector", group.sectors, sectors)
    for number, kind in enumerate(county.type):
        if not is_chart(kind.chart):
            why = N_("there is no chart «{chart}» for a matter of the type {type}.")
            message = said(why, chart=kind.chart, type=kind.id)
            yield files.finding("unknown_chart", (FILE, ("type", number, "chart")), message)
        default = (kind.default_group,) if kind.default_group else ()
        yield from unknown(files, (FILE, ("type", number, "default_group")), "group", default, groups)
        asked = tuple(name.removeprefix("$") for name in PARTICULARS)
        for name in kind.particulars:
            yield from one_of(files, (FILE, ("type", number, "particulars")), name, asked)


def _ratification(files: RuleFiles) -> Iterator[Finding]:
    times = files.rules.county.ratification
    try:
        read_effect_rule(times.effect_rule, [party.id for party in files.rules.county.party])
    except ValueInvalid:
        message = said(N_("«{given}» is no effect rule that the parties can meet."), given=times.effect_rule)
        yield files.finding("unknown_value", (FILE, ("ratification", "effect_rule")), message)
    for key, days in (("answer_days", times.answer_days), ("escalation_days", times.escalation_days)):
        if days <= 0:
            message = said(N_("{key} is a number of days greater than none."), key=key)
            yield files.finding("days", (FILE, ("ratification", key)), message)
    for days in times.reminder_days:
        if not 0 < days < times.answer_days:
            message = said(N_("a reminder {days} days before the answer is due is never sent."), days=days)
            yield files.finding("days", (FILE, ("ratification", "reminder_days")), message, value=str(days))
    yield from unknown(
        files, (FILE, ("ratification", "escalate_to")), "body", times.escalate_to, bodies_anywhere(files.rules)
    )
    for name in times.closed_days:
        if not _is_a_day(name):
            message = said(N_("the calendar of the country has no day called «{name}»."), name=name)
            yield files.finding("unknown_value", (FILE, ("ratification", "closed_days")), message, value=name)


def _letters_and_warnings(files: RuleFiles) -> Iterator[Finding]:
    county = files.rules.county
    times: dict[tuple[str, str], tuple[int, ...]] = {
        ("correspondence", "retry_minutes"): county.correspondence.retry_minutes or (0,),
        ("correspondence", "give_up_hours"): (county.correspondence.give_up_hours,),
        ("warnings", "audit_answer_days"): (county.warnings.audit_answer_days,),
    }
    for path, given in times.items():
        if min(given) <= 0:
            yield files.finding("days", (FILE, path), said(N_("{key} is a time greater than none."), key=path[1]))


def _is_a_day(name: str) -> bool:
    """Whether some day is called so by the calendar, or is written so: 2026-05-15, 12-27."""
    with suppress(ValueError):
        return bool(date.fromisoformat(name if len(name) > len("12-27") else f"2024-{name}"))
    days = (date(2026, 1, 1) + timedelta(days=number) for number in range(_DAYS_TRIED))
    return any(next_working_day(day) == day != next_working_day(day, (name,)) for day in days)


def _calendar(files: RuleFiles) -> Iterator[Finding]:
    calendar = files.rules.county.calendar
    if not calendar:
        yield files.finding("calendar_hole", (FILE, ("calendar",)), said(N_("no structure is in force on any day.")))
    for number, entry in enumerate(calendar):
        at = (FILE, ("calendar", number, "from"))
        of_structure = (FILE, ("calendar", number, "structure"))
        before = calendar[number - 1] if number else None
        if before is not None and entry.from_day <= before.from_day:
            why = N_("{structure} begins no later than {other}, which stands before it at {place}.")
            place = files.place(FILE, ("calendar", number - 1, "from"))
            message = said(why, structure=entry.structure, other=before.structure, place=place)
            yield files.finding("calendar_overlap", at, message, counterexample=str(entry.from_day))
        if before is not None and entry.structure == before.structure:
            message = said(N_("{structure} is in force already."), structure=entry.structure)
            yield files.finding("calendar_overlap", of_structure, message)
        if entry.structure not in files.structures:
            yield from unknown(files, of_structure, "structure", (entry.structure,), files.structures)
        elif not files.rules.structure(entry.structure).structure.enabled:
            why = N_("from this day no structure can be used: {structure} is not enabled.")
            message = said(why, structure=entry.structure)
            yield files.finding("calendar_hole", of_structure, message, counterexample=str(entry.from_day))


def _statuses(files: RuleFiles) -> Iterator[Finding]:
    county = files.rules.county
    forums = {each.id for one in files.structures for each in files.rules.structure(one).forum}
    first_day = min((entry.from_day for entry in county.calendar), default=date.max)
    last: dict[str, tuple[int, ForumStatus]] = {}
    for number, entry in enumerate(county.forum_status):
        at = (FILE, ("forum_status", number, "from"))
        of_status = (FILE, ("forum_status", number, "status"))
        yield from unknown(files, (FILE, ("forum_status", number, "forum")), "forum_anywhere", (entry.forum,), forums)
        place, before = last.get(entry.forum, (None, None))
        last[entry.forum] = (number, entry)
        if entry.from_day < first_day:
            message = said(N_("no structure is in force on {day}."), day=entry.from_day)
            yield files.finding("status_order", at, message)
        if before is not None and place is not None and entry.from_day <= before.from_day:
            why = N_("{forum} has another status from a later day, or the same one, at {place}.")
            message = said(why, forum=entry.forum, place=files.place(FILE, ("forum_status", place, "from")))
            yield files.finding("status_order", at, message, counterexample=str(entry.from_day))
        if (before.status if before is not None else "active") == entry.status:
            message = said(N_("{forum} is {status} already."), forum=entry.forum, status=entry.status)
            yield files.finding("status_order", of_status, message)
        if before is not None and before.status == "dissolved":
            message = said(N_("{forum} is dissolved and comes back."), forum=entry.forum)
            yield files.finding("status_order", of_status, message)
