"""Steps as they might be asked for in any order: mostly what somebody owes, and a good part that makes no sense."""

import hashlib
import random
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import get_args

from tests.office import PARTIES
from tests.persistence.keeping import Keeping
from workflow import acts
from workflow.case import Case
from workflow.duties import Duty, duties
from workflow.facts import Answer, Text

LEADERSHIP, POLITICAL = "ledningsforum", "politiskt-forum"
BODIES = ("au-barn-unga", "au-vuxna", LEADERSHIP, POLITICAL, "rsr", "are", "ifo-chefsnatverk")
RULES = ("all", "per-party", "threshold:2", "threshold:3+rjh", "nonsens")
DEVIATIONS = ("direct-political", "direct-leadership", "svom-alone", "nonsens")
ANSWERS: tuple[Answer, ...] = get_args(Answer)
FIRST, LAST = date(2026, 1, 12), date(2027, 12, 1)

_Step = Callable[[random.Random, Case, date], acts.CaseAct]
_texts = count(1)


def opening(chance: random.Random, day: date) -> acts.Open:
    """A case to be opened."""
    kind, group = chance.choice(
        (("overenskommelse", "barn-unga"), ("avtal", "vuxna"), ("riktlinje", "vuxna"), ("rutin", "alla"))
    )
    parties = tuple(chance.sample(PARTIES, chance.randint(2, 4))) if kind != "rutin" else ()
    rule = chance.choice(RULES[:3]) if kind != "rutin" else None
    return acts.Open(
        on=day, type=kind, title="Ett ärende", group=group, parties=parties, effect_rule=rule, text=Text(version=1)
    )


def step(chance: random.Random, case: Case, today: date) -> acts.CaseAct:
    """One act on a case, dated about today."""
    day = today - timedelta(days=chance.choice((0, 0, 0, 0, 0, 0, 1, 40)))
    owed = duties(case)
    if owed and chance.random() < 0.6:
        return _owed(chance, chance.choice(owed), day)
    return chance.choice(_ANY)(chance, case, day)


def _owed(chance: random.Random, duty: Duty, day: date) -> acts.CaseAct:
    by = duty.body
    ways: dict[str, Callable[[], acts.CaseAct]] = {
        "prepare": lambda: acts.Prepare(on=day, by=by),
        "recommend": lambda: acts.Recommend(on=day, by=by, minutes="§ 4"),
        "decide": lambda: acts.Decide(on=day, by=by),
        "anchor": lambda: acts.Anchor(on=day, network=by),
        "dispatch": lambda: acts.Dispatch(on=day),
        "answer": lambda: acts.RecordAnswer(on=day, party=by, answer=chance.choice(("adopts", "adopts", *ANSWERS))),
        "spread": lambda: acts.RecordSpread(on=day, via=by),
        "report": lambda: acts.ReportBack(on=day, by=by),
    }
    return ways.get(duty.step, lambda: acts.Check(on=day))()


def _letter(chance: random.Random, case: Case) -> str:
    return chance.choice(sorted(case.letters) or ["<ingen>"])


def _revise(_: random.Random, __: Case, day: date) -> acts.Revise:
    name = f"{next(_texts)}.txt"
    return acts.Revise(on=day, sha256=hashlib.sha256(name.encode()).hexdigest(), name=name, reason="ny")


def texts(act: acts.CaseAct) -> dict[str, bytes]:
    """What is kept with an act: a new text consists of its own name."""
    return {act.sha256: act.name.encode()} if isinstance(act, acts.Revise) else {}


_ANY: tuple[_Step, ...] = (
    lambda c, _, d: acts.Prepare(on=d, by=c.choice(BODIES)),
    lambda c, _, d: acts.Recommend(on=d, by=c.choice(BODIES)),
    lambda c, _, d: acts.Decide(on=d, by=c.choice(BODIES)),
    lambda c, _, d: acts.Anchor(on=d, network=c.choice(BODIES)),
    lambda c, _, d: acts.Return(on=d, by=c.choice(BODIES), reason="oklart"),
    lambda c, _, d: acts.Postpone(on=d, by=c.choice(BODIES), until=d + timedelta(days=9), reason="tid"),
    lambda c, _, d: acts.Override(on=d, rule=c.choice(DEVIATIONS), by=c.choice(BODIES), reason="bråttom"),
    lambda c, _, d: acts.Lift(on=d, by=c.choice(BODIES), reason="principiell"),
    lambda c, _, d: acts.Dispatch(on=d, answer_by=d + timedelta(days=c.choice((-1, 30, 200)))),
    lambda c, _, d: acts.ChangeAnswerBy(on=d, answer_by=d + timedelta(days=c.choice((-1, 1, 90))), reason="sommar"),
    lambda c, _, d: acts.RecordAnswer(on=d, party=c.choice(PARTIES), answer=c.choice(ANSWERS), reason="så"),
    lambda c, _, d: acts.CorrectAnswer(on=d, party=c.choice(PARTIES), answer=c.choice(ANSWERS), reason="fel"),
    lambda c, _, d: acts.ChangeEffect(on=d, rule=c.choice(RULES), by=c.choice(BODIES)),
    lambda c, _, d: acts.RecordSpread(on=d, via=c.choice(BODIES)),
    lambda c, case, d: acts.NoteSent(
        on=d, message_id=_letter(c, case), sha256="0" * 64, by_way_of="folder", attempts=1
    ),
    lambda c, case, d: acts.NoteUndeliverable(on=d, message_id=_letter(c, case), why="550", attempts=3),
    lambda c, case, d: acts.SendAgain(on=d, message_id=_letter(c, case)),
    lambda c, case, d: acts.DropLetter(on=d, message_id=_letter(c, case)),
    lambda _, __, d: acts.Check(on=d),
    lambda _, __, d: acts.Check(on=d + timedelta(days=100)),
    lambda c, case, d: _revise(c, case, d) if c.random() < 0.3 else acts.Check(on=d),
    lambda c, _, d: acts.Withdraw(on=d, reason="fallit") if c.random() < 0.1 else acts.Check(on=d),
    lambda c, _, d: acts.Close(on=d, by=c.choice(BODIES), reason="ersatt") if c.random() < 0.2 else acts.Check(on=d),
)


class RandomWalk:
    """Up to four cases in one office, over two years."""

    def __init__(self, kept: Keeping, chance: random.Random) -> None:
        self.kept, self._chance, self._today = kept, chance, FIRST

    def refs(self) -> list[str]:
        """The cases there are."""
        return [*self.kept.store.open_refs()]

    def take(self) -> Callable[[], object]:
        """The next step, to be carried out; time goes on now and then."""
        self._today = min(LAST, self._today + timedelta(days=self._chance.choice((0, 0, 1, 3, 12))))
        today, refs = self._today, self.refs()
        if not refs or (len(refs) < 4 and self._chance.random() < 0.05):
            act = opening(self._chance, today)
            return lambda: self.kept.engine.open(act)
        ref = self._chance.choice(refs)
        on_case = step(self._chance, self.kept.engine.case(ref), today)
        return lambda: self.kept.engine.handle(ref, on_case, texts(on_case))
