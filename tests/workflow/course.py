"""Cases without a database: acts drawn at random, decided by the product's own rules, and the records they leave."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

from hypothesis import strategies as st

from tests.office import PARTIES
from workflow import acts
from workflow import organisation as organisations
from workflow.case import Case
from workflow.decide import decide, decide_organisation
from workflow.decide.draft import Context, Drafted
from workflow.duties import Duty, duties
from workflow.errors import Refusal
from workflow.evolve import evolve
from workflow.facts import Answer, Text
from workflow.organisation import Organisation
from workflow.record import NO_RECORD, ORGANISATION, AnyAct, Record, digest, encode
from workflow.rulebook import shipped_rules

#: How often a case goes on as it should: four times of five.
FORWARD = st.sampled_from([True, True, True, True, False])

FIRST_DAY = date(2026, 1, 12)
LAST_DAY = date(2035, 12, 31)
REF = "SAM-2026-0001"
BODIES = ("au-barn-unga", "au-vuxna", "ledningsforum", "politiskt-forum", "svom", "lokala-samverkansarenor")
TYPES = ("overenskommelse", "overenskommelse", "overenskommelse", "avtal", "riktlinje", "rutin")


class Log:
    """Records of one stream, numbered and chained as a store would."""

    def __init__(self, stream: str) -> None:
        self.stream = stream
        self.records: list[Record] = []

    def write(self, drafted: tuple[Drafted, ...], act: AnyAct) -> list[Record]:
        """The records of one act."""
        batch = len(self.records) + 1
        moment = datetime(2036, 1, 1, tzinfo=UTC) + timedelta(hours=batch)
        for each in drafted:
            last = self.records[-1] if self.records else None
            record = Record(
                seq=len(self.records) + 1,
                stream=self.stream,
                version=len(self.records) + 1,
                batch=batch,
                on=each.on,
                recorded_at=moment,
                actor="samordnare",
                rules=shipped_rules().digest,
                previous=digest(encode(last)) if last else NO_RECORD,
                state=each.state,
                act=act if each is drafted[0] else None,
                event=each.event,
            )
            self.records.append(record)
        return self.records[batch - 1 :]


def founded(*parties: str) -> tuple[Organisation, Log]:
    """The county in alternativ-1 from the first day of 2026, and these parties with a mailbox."""
    log = Log(ORGANISATION)
    organisation = Organisation()
    begun = acts.Initialise(on=date(2026, 1, 1), origin="prov", adopt="alternativ-1", adopt_from=date(2026, 1, 1))
    mailboxes = [acts.SetMailbox(on=date(2026, 1, 1), party=each, address=f"brev@{each}.example") for each in parties]
    asked: list[acts.OrganisationAct] = [begun, *mailboxes]
    for act in asked:
        context = Context(rules=shipped_rules(), organisation=organisation, limit=LAST_DAY)
        log.write(decide_organisation(act, context).drafted, act)
        organisation = organisations.fold(log.records)
    return organisation, log


COUNTY, COUNTY_LOG = founded(*PARTIES)
CONTEXT = Context(rules=shipped_rules(), organisation=COUNTY, limit=LAST_DAY)


class Course:
    """One case. ``ask`` carries an act out, or leaves everything as it was."""

    def __init__(self, context: Context = CONTEXT) -> None:
        self.context = context
        self.log = Log(REF)
        self.case: Case | None = None

    @property
    def records(self) -> list[Record]:
        """What has been recorded so far."""
        return self.log.records

    def ask(self, act: acts.CaseAct) -> bool:
        """Whether the act was carried out."""
        try:
            drafted = decide(self.case, act, self.context).drafted
        except Refusal:
            return False
        for record in self.log.write(drafted, act):
            self.case = evolve(self.case, record)
        return True


def answers() -> st.SearchStrategy[Answer]:
    """An answer; most parties adopt."""
    adopts: Answer = "adopts"
    return st.just(adopts) | st.just(adopts) | st.sampled_from(list[Answer](get_args(Answer)))


@st.composite
def openings(draw: st.DrawFn) -> acts.Open:
    """A case as somebody might open it; not each can be."""
    parties = draw(st.just(PARTIES) | st.lists(st.sampled_from(PARTIES), min_size=1, unique=True).map(tuple))
    number = draw(st.integers(1, len(parties)))
    rules = ["all", "all", "per-party", f"threshold:{number}", f"threshold:{number}+{parties[0]}"]
    maybe_a_day = st.none() | st.dates(FIRST_DAY, date(2027, 6, 30))
    return acts.Open(
        ref=REF,
        on=FIRST_DAY,
        type=draw(st.sampled_from(TYPES)),
        title="Överenskommelse",
        group=draw(st.sampled_from(["barn-unga", "vuxna", "alla"])),
        parties=parties,
        effect_rule=draw(st.sampled_from(rules)),
        not_before=draw(maybe_a_day),
        valid_from=draw(maybe_a_day),
        text=Text(version=1),
    )


@st.composite
def owed_acts(draw: st.DrawFn, duty: Duty, on: date) -> acts.CaseAct:
    """What carries out a duty."""
    by = duty.body
    ways: dict[str, st.SearchStrategy[acts.CaseAct]] = {
        "prepare": st.just(acts.Prepare(on=on, by=by)),
        "anchor": st.just(acts.Anchor(on=on, network=by)),
        "recommend": st.just(acts.Recommend(on=on, by=by)),
        "decide": st.just(acts.Decide(on=on, by=by)),
        "report": st.just(acts.ReportBack(on=on, by=by)),
        "dispatch": st.just(acts.Dispatch(on=on)),
        "answer": answers().map(lambda said: acts.RecordAnswer(on=on, party=by, answer=said)),
        "revise_or_close": st.sampled_from([revision(on), acts.ChangeEffect(on=on, rule="per-party", by=by)]),
        "follow_up_recommendations": st.just(
            acts.ChangeAnswerBy(on=on, answer_by=on + timedelta(days=30), reason="mer tid")
        ),
        "take_effect": st.just(acts.Check(on=on)),
        "spread": st.just(acts.RecordSpread(on=on, via=by)),
    }
    return draw(ways[duty.step])


def revision(on: date) -> acts.Revise:
    """A new text, another for each day."""
    return acts.Revise(on=on, sha256=f"{on:%Y%m%d}".rjust(64, "0"), name="text.txt")


@st.composite
def any_acts(draw: st.DrawFn, on: date) -> acts.CaseAct:
    """Whatever somebody might ask for, in turn or out of turn."""
    by = draw(st.sampled_from(BODIES))
    later = on + timedelta(days=draw(st.integers(0, 90)))
    party, said = draw(st.sampled_from(PARTIES)), draw(answers())
    given: dict[str, Any] = {"on": on, "reason": "så beslutades"}
    asked: list[acts.CaseAct] = [
        acts.Prepare(on=on, by=by),
        acts.Recommend(on=on, by=by),
        acts.Decide(on=on, by=by),
        acts.Return(**given, by=by),
        acts.Postpone(**given, by=by, until=later),
        acts.Override(**given, by=by, rule=draw(st.sampled_from(["direct-political", "direct-leadership"]))),
        acts.Lift(**given, by=by),
        acts.ChangeEffect(on=on, by=by, rule=draw(st.sampled_from(["all", "per-party", "threshold:3"]))),
        acts.Dispatch(on=on, answer_by=draw(st.none() | st.just(later))),
        acts.ChangeAnswerBy(**given, answer_by=later),
        acts.RecordAnswer(on=on, party=party, answer=said),
        acts.CorrectAnswer(**given, party=party, answer=said),
        acts.CorrectAnswer(**given, party=party, answer=said),
        acts.RecordSpread(on=on, via=by),
        acts.Check(on=on),
        acts.Check(on=later),
        revision(on),
        acts.Withdraw(**given),
        acts.Close(**given, by=by),
    ]
    return draw(st.sampled_from(asked))


@st.composite
def courses(draw: st.DrawFn, most: int = 40) -> Course:
    """A case that has gone some way, most often forward: what is owed is done, in between somebody asks anything."""
    course = Course()
    course.ask(draw(openings()))
    on = FIRST_DAY
    for _ in range(draw(st.integers(0, most))):
        if course.case is None:
            break
        on += timedelta(days=draw(st.sampled_from([0, 0, 1, 3, 10, 40])))
        asked = on - timedelta(days=draw(st.sampled_from([0, 0, 0, 0, 0, 5])))
        owed, forward = duties(course.case), draw(FORWARD)
        if owed and forward:
            course.ask(draw(owed_acts(draw(st.sampled_from(owed)), asked)))
        else:
            course.ask(draw(any_acts(asked)))
    return course
