"""Documents with a history drawn at random: any terms, any acts on any days, whatever the register lets through."""

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.register.keeping import Kept, plain
from workflow.errors import Refusal
from workflow.register import acts
from workflow.register.entry import Entry
from workflow.register.facts import CaseFacts, Owed
from workflow.register.terms import FollowUp, NoticeRule, Scope, Statutory, Validity

STARTS = st.dates(date(2015, 1, 1), date(2028, 12, 31)) | st.sampled_from([date(2023, 1, 1), date(2024, 2, 29)])
FOLLOW_UPS: list[FollowUp] = ["none", "yearly", "yearly_after_successor", "no_period", "no_period_after_successor"]
STATUTORY: list[Statutory] = ["no", "no", "note", "area"]
FORUMS = ("svom", "politiskt-forum", "ledningsforum")
DAY = timedelta(days=1)


@st.composite
def validities(draw: st.DrawFn) -> Validity:
    """Any validity; a row without a first day has at least a last one, or is undated."""
    kind = draw(
        st.sampled_from(["fixed", "fixed", "open_ended", "until_event", "rolling_year", "silent_renewal", "unknown"])
    )
    start = draw(STARTS)
    end = start + timedelta(days=draw(st.integers(0, 1500)))
    if kind == "fixed":
        ambiguous = draw(st.booleans())
        extended = None if ambiguous else draw(st.none() | st.integers(1, 800).map(lambda more: end + more * DAY))
        known = draw(st.sampled_from([True, True, True, False]))
        return Validity(
            kind="fixed", start=start if known else None, end=end, extended_to=extended, ambiguous=ambiguous
        )
    if kind == "until_event":
        return Validity(kind="until_event", start=start, event="ett nytt avtal", ends_with="b1-07")
    if kind == "rolling_year":
        return Validity(kind="rolling_year", start=start, end=end)
    if kind == "silent_renewal":
        rule = NoticeRule(months=draw(st.integers(1, 12)), scope=draw(st.sampled_from(["agreement", "party"])))
        return Validity(kind="silent_renewal", start=start, end=end, notice=rule)
    return Validity(kind="open_ended", start=start) if kind == "open_ended" else Validity(kind="unknown")


@st.composite
def documents(draw: st.DrawFn) -> Entry:
    """An avtal with any terms; in some, only two parties are bound."""
    entry = plain(
        draw(validities()),
        follow_up=draw(st.sampled_from(FOLLOW_UPS)),
        revision_every=draw(st.none() | st.integers(1, 4)),
        review_wanted=draw(st.booleans()),
        statutory=draw(st.sampled_from(STATUTORY)),
    )
    return entry if draw(st.booleans()) else _of_two(entry)


def _of_two(entry: Entry) -> Entry:
    return Entry(
        id=entry.id,
        title=entry.title,
        type=entry.type,
        group=entry.group,
        recommending=entry.recommending,
        parties=("berg", "krokom"),
        terms=entry.terms,
    )


@st.composite
def acts_on(draw: st.DrawFn, on: date) -> acts.DocumentAct:
    """Something asked of the register on a day."""
    other = on + timedelta(days=draw(st.integers(-400, 900)))
    case = CaseFacts(
        ref=draw(st.sampled_from(["SAM-2026-0001", "SAM-2026-0002", "SAM-2026-0003"])),
        document=draw(st.sampled_from(["prov-1", "prov-1", "prov-1", "b1-01"])),
        owed=draw(st.sampled_from([(), (), (), (Owed(code="political_recommendation_missing", by="svom"),)])),
        valid_to=draw(st.none() | st.just(other)),
        in_force_from=draw(st.none() | st.just(on)),
    )
    party, forum = draw(st.sampled_from(["berg", "krokom"])), draw(st.sampled_from(FORUMS))
    scopes: list[Scope | None] = [None, "party", "agreement"]
    scope = draw(st.sampled_from(scopes))
    asked: list[acts.DocumentAct] = [
        acts.ConfirmTerm(on=on, valid_to=other),
        acts.ConfirmTerm(on=on, open_ended=True),
        acts.ExtendTerm(on=on, case=case),
        acts.GiveNotice(on=on, party=party, received=min(on, other), scope=scope, checkpoint="a\n1\nb\n"),
        acts.Supersede(on=on, by="prov-2", from_day=other),
        acts.TakeOver(on=on, of="b1-03", follow_up="yearly_after_successor", statutory="area"),
        acts.MeetEvent(on=on, of="b1-07", by="prov-3", from_day=other),
        acts.TerminateDocument(on=on, case=case),
        acts.MoveDay(on=on, case=case, before=other),
        acts.RecordFollowUp(on=on, by=forum),
        acts.RecordImplementation(on=on),
        acts.BeginRevision(on=on, case=case.ref),
        acts.EndRevision(on=on, case=case.ref),
        acts.RecordRevision(on=on, case=case.ref),
        acts.AssessDocument(on=on, keep=draw(st.booleans()), by=forum),
    ]
    return draw(st.sampled_from(asked))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Entry, date, list[acts.DocumentAct]]:
    """A document, the day it is entered, and what is asked of it, day after day."""
    entry = draw(documents())
    entered = on = (entry.terms.validity.start or date(2024, 1, 1)) + timedelta(days=draw(st.integers(-400, 1200)))
    asked = []
    for later in draw(st.lists(st.integers(0, 500), max_size=8)):
        on += timedelta(days=later)
        asked.append(draw(acts_on(on)))
    return entry, entered, asked


def lived(
    entry: Entry, entered: date, asked: Iterable[acts.DocumentAct], looks: Iterable[date] = ()
) -> tuple[Kept, list[bool]]:
    """The document after what the register let through, and which that was; looked at on these days as they come."""
    kept, through = Kept(entry, entered), list[bool]()
    days = sorted(each for each in looks if each >= entered)
    for act in asked:
        while days and days[0] < act.on:
            kept.look(days.pop(0))
        try:
            kept.do(act)
        except Refusal:
            through.append(False)
        else:
            through.append(True)
    for each in days:
        kept.look(each)
    return kept, through
