"""Matters of every type under any calendar, drawn at random: what somebody could open, wherever and whenever."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import strategies as st

from tests.office import PARTIES
from tests.workflow.course import Course, Log, owed_acts
from workflow import acts
from workflow import organisation as organisations
from workflow.decide import decide_organisation
from workflow.decide.draft import Context
from workflow.duties import duties
from workflow.errors import Refusal
from workflow.facts import Particulars, Text
from workflow.organisation import Organisation
from workflow.record import ORGANISATION
from workflow.rulebook import shipped_rules

RULES = shipped_rules()
REF = "SAM-2022-0001"
FIRST_DAY, LAST_DAY = date(2009, 1, 1), date(2027, 12, 31)
FORUMS = sorted({forum.id for each in RULES.structure_ids for forum in RULES.structure(each).forum})
#: Those that take steps of a case.
ACTING = sorted({forum.id for each in RULES.structure_ids for forum in RULES.structure(each).forum if forum.mandate})
BODIES = [*FORUMS, *(each.id for each in RULES.county.body), *PARTIES, "kfjh"]
#: Today's structure, the same with Barnarenan dormant, the temporary arrangement, what comes after: each as often.
_TIMES = ((2009, 1, 1), (2023, 10, 1), (2024, 10, 1), (2026, 1, 1), (2028, 1, 1))
_PERIODS = tuple((date(*begins), date(*ends) - timedelta(days=1)) for begins, ends in pairwise(_TIMES))
DAYS = st.sampled_from(_PERIODS).flatmap(lambda period: st.dates(*period))

#: How the calendar of a new database goes on: nothing more, or one of the structures the report describes.
_SAID_FIRST = {"alternativ-3": ("board", "gnus")}
_GOES_ON = ("alternativ-1", "alternativ-1", "alternativ-2", "alternativ-3", None)


def context_of(asked: list[acts.OrganisationAct]) -> Context:
    """The rules and the organisation these acts lead to; an act that is refused has led to nothing."""
    log = Log(ORGANISATION)
    organisation = Organisation()
    for act in asked:
        context = Context(rules=RULES, organisation=organisation, limit=LAST_DAY)
        try:
            log.write(decide_organisation(act, context).drafted, act)
        except Refusal:
            continue
        organisation = organisations.fold(log.records)
    return Context(rules=RULES, organisation=organisation, limit=LAST_DAY)


def founded(goes_on: str | None = "alternativ-1", *more: acts.OrganisationAct) -> Context:
    """The report's calendar, nine mailboxes, one structure from 2026, and whatever else is asked."""
    asked: list[acts.OrganisationAct] = [acts.Initialise(on=FIRST_DAY, origin="prov")]
    asked += [acts.SetMailbox(on=FIRST_DAY, party=each, address=f"brev@{each}.example") for each in PARTIES]
    if goes_on in _SAID_FIRST:
        name, value = _SAID_FIRST[goes_on]
        asked.append(acts.SayParameter(on=FIRST_DAY, structure=goes_on, parameter=name, value=value))
    if goes_on is not None:
        began = date(2026, 1, 1)
        asked.append(acts.AdoptStructure(on=began, structure=goes_on, from_day=began, relies_on="SAM-2025-0001"))
    return context_of([*asked, *more])


@st.composite
def statuses(draw: st.DrawFn) -> acts.SetForumStatus:
    """A forum that falls dormant, or wakes."""
    status = draw(st.sampled_from(["dormant", "dormant", "active"]))
    forum, day = draw(st.sampled_from(ACTING)), draw(DAYS)
    return acts.SetForumStatus(on=LAST_DAY, forum=forum, status=status, from_day=day, reason="så beslutades")


@st.composite
def calendars(draw: st.DrawFn, most: int = 6) -> Context:
    """A county whose forums fall dormant and wake, with or without a new structure."""
    goes_on = draw(st.sampled_from(_GOES_ON))
    more: list[acts.OrganisationAct] = list(draw(st.lists(statuses(), max_size=most)))
    if goes_on is not None and draw(st.booleans()):
        said = acts.SayParameter(
            on=FIRST_DAY, structure=goes_on, parameter="designated_arena", value=draw(st.sampled_from(FORUMS))
        )
        more.append(said)
    return founded(goes_on, *more)


def _particulars(type_id: str, on: date) -> st.SearchStrategy[Particulars]:
    body = st.sampled_from(BODIES)
    ways: dict[str, st.SearchStrategy[Particulars]] = {
        "uppdragsbeskrivning": st.builds(Particulars, for_body=body),
        "uppdrag": st.builds(Particulars, giver=body, receiver=body),
        "revisionssvar": st.builds(Particulars, addressee=body, due=st.just(on + timedelta(days=30))),
        "samverkansstruktur": st.builds(
            Particulars,
            structure=st.sampled_from(["alternativ-1", "alternativ-2"]),
            in_force=st.just(on + timedelta(days=60)),
            direction=st.just("En väg in"),
            goals=st.just("Jämlik vård"),
        ),
    }
    return ways.get(type_id, st.just(Particulars()))


@st.composite
def openings(draw: st.DrawFn, days: st.SearchStrategy[date] = DAYS, types: tuple[str, ...] = ()) -> acts.Open:
    """Any type with everything said that it needs; sometimes a row of Bilaga 1."""
    on = draw(days)
    row = draw(st.none() | st.none() | st.sampled_from(RULES.register.document)) if not types else None
    kind = RULES.type_named(
        row.type if row else draw(st.sampled_from(types or [each.id for each in RULES.county.type]))
    )
    sectors = draw(st.lists(st.sampled_from([each.id for each in RULES.county.sector]), unique=True))
    return acts.Open(
        ref=REF,
        on=on,
        type=kind.id,
        title="Ett ärende",
        group=draw(st.sampled_from(["barn-unga", "vuxna", "alla"])) if row is None else None,
        sectors=tuple(sectors),
        level=draw(st.sampled_from(["political", "officers"])) if kind.level == "required" and row is None else None,
        document=row.id if row else None,
        text=Text(version=1),
        particulars=draw(_particulars(kind.id, on)),
    )


@st.composite
def courses(draw: st.DrawFn, contexts: st.SearchStrategy[Context], opened: st.SearchStrategy[acts.Open]) -> Course:
    """A case that has been taken some way by doing what it waits for, in any order and with any pauses."""
    course = Course(draw(contexts))
    act = draw(opened)
    course.ask(act)
    on = act.on
    for _ in range(draw(st.integers(0, 25))):
        if course.case is None:
            break
        on += timedelta(days=draw(st.sampled_from([0, 0, 1, 10, 60, 300])))
        owed = [each for each in duties(course.case) if each.step != "revise_or_close"]
        if not owed or on > LAST_DAY:
            break
        course.ask(with_description(draw(owed_acts(draw(st.sampled_from(owed)), on))))
    return course


def with_description(act: acts.CaseAct) -> acts.CaseAct:
    """The act as the engine would hand it on where the receiver of an uppdrag has its uppdragsbeskrivning."""
    return acts.Decide(on=act.on, by=act.by, relies_on="SAM-2021-0001") if isinstance(act, acts.Decide) else act
