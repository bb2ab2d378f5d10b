"""Random walks of the real engine on a real database file beside the model on paper."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.listed_steps import check_next, check_worklists, try_listed
from tests.model import LEADERSHIP, POLITICAL, Ask
from tests.model_answers import ANSWERS, Answer
from tests.model_effect import EffectRule
from tests.model_verdicts import verdict
from tests.office import PARTIES, PREPARERS, Office
from tests.walk import Followed, Opening, Walk

FIRST_DAY = date(2026, 1, 12)
LAST_DAY = date(2026, 10, 30)
LONG_AFTER = date(2031, 1, 1)
MOST_CASES = 3
DEVIATIONS = [("direct-political", POLITICAL), ("direct-leadership", LEADERSHIP), ("svom-alone", POLITICAL)]
groups = st.sampled_from(sorted(PREPARERS))
bodies = st.sampled_from(["au-barn-unga", "au-vuxna", LEADERSHIP, POLITICAL])
some_days_off = st.sampled_from([0, 0, 0, 0, 0, 1, -1, -5, -400])
rules = st.one_of(
    st.just(EffectRule(name="all")),
    st.just(EffectRule(name="all")),
    st.just(EffectRule(name="per-party")),
    st.builds(EffectRule, name=st.just("threshold"), number=st.integers(2, 4)),
)
some_parties = st.one_of(
    st.just(PARTIES), st.lists(st.sampled_from(PARTIES), min_size=4, max_size=5, unique=True).map(tuple)
)
days_after = st.one_of(st.none(), st.integers(0, 200))
openings = st.fixed_dictionaries(
    {
        "group": groups,
        "kind": st.sampled_from(["overenskommelse", "avtal"]),
        "rule": rules,
        "parties": some_parties,
        "written": st.booleans(),
        "sent": st.booleans(),
        "later": days_after,
        "valid": days_after,
    }
)
reports = st.fixed_dictionaries(
    {
        "verb": st.sampled_from(["answer", "answer", "answer", "correct"]),
        "party": st.sampled_from([*PARTIES, POLITICAL, "kfjh"]),
        "answer": st.sampled_from(["adopts"] * 4 + sorted(ANSWERS)),
        "organ": st.sampled_from([None, "kommunfullmäktige", "socialnämnden, delegation"]),
        "minutes": st.sampled_from([None, "§ 9"]),
        "version": st.sampled_from([None, None, None, 1]),
        "off": some_days_off,
    }
)
rounds = st.one_of(
    st.just(["adopts"] * len(PARTIES)),
    st.lists(st.sampled_from(["adopts"] * 12 + ["", *sorted(ANSWERS)]), min_size=len(PARTIES), max_size=len(PARTIES)),
)
which_case = st.integers(0, MOST_CASES - 1)


class CaseMachine(RuleBasedStateMachine):
    """Up to three cases side by side in one office, over the months of one year."""

    furnished: ClassVar[Office]
    folder: ClassVar[Path]
    numbers: ClassVar[Iterator[int]]
    steps_walked: ClassVar[int] = 0

    @classmethod
    def begin(cls, furnished: Office, folder: Path) -> None:
        """Every walk from now on starts from a copy of ``furnished`` in a folder of its own within ``folder``."""
        cls.furnished, cls.folder, cls.numbers, cls.steps_walked = furnished, folder, itertools.count(), 0

    def __init__(self) -> None:
        super().__init__()
        self.office = self.furnished.copied_to(self.folder / str(next(self.numbers)))
        self.walk = Walk(self.office)
        self.day = FIRST_DAY
        self.texts = itertools.count(1)
        self.touched: Followed | None = None

    def pick(self, which: int) -> Followed:
        self.touched = self.walk.cases[which % len(self.walk.cases)]
        return self.touched

    def ask(self, verb: str, *, off: int = 0, **particulars: Any) -> Ask:
        return Ask(verb=verb, today=self.day, on=self.day + timedelta(days=off), **particulars)

    def new_text(self) -> bytes:
        return f"Överenskommelse, lydelse {next(self.texts)}\n".encode()

    # Opening, and the passing of time

    @initialize(said=openings)
    def the_first_case(self, said: dict[str, Any]) -> None:
        self.open(**said)

    @precondition(lambda self: 0 < len(self.walk.cases) < MOST_CASES)
    @rule(said=openings)
    def another_case(self, said: dict[str, Any]) -> None:
        self.open(**said)

    def open(self, *, sent: bool, written: bool, later: int | None, valid: int | None, **said: Any) -> None:
        opening = Opening(
            on=self.day,
            text=self.new_text() if written else None,
            not_before=self.day + timedelta(days=later) if later is not None else None,
            valid_from=self.day + timedelta(days=valid) if valid is not None else None,
            **said,
        )
        self.touched = self.walk.open(opening)
        if sent:
            self.goes_to_the_parties(self.touched)

    @rule(days=st.integers(1, 45))
    def time_passes(self, days: int) -> None:
        self.day = min(self.day + timedelta(days=days), LAST_DAY)

    # The way to the parties

    @rule(which=which_case)
    def the_next_owed_step_is_taken(self, which: int) -> None:
        self.takes_its_next_step(self.pick(which))

    @rule(which=which_case)
    def the_text_goes_all_the_way_to_the_parties(self, which: int) -> None:
        followed = self.pick(which)
        assume(not followed.paper.is_over(self.day) and not followed.paper.dispatched_on)
        self.goes_to_the_parties(followed)

    def goes_to_the_parties(self, followed: Followed) -> None:
        while not followed.paper.dispatched_on:
            self.takes_its_next_step(followed)

    def takes_its_next_step(self, followed: Followed) -> None:
        owed = followed.paper.owed()
        if not owed:
            self.walk.attempt(followed, self.ask("dispatch"))
        elif owed[0] in (LEADERSHIP, POLITICAL):
            self.walk.attempt(followed, self.ask("recommend", by=owed[0]))
        else:
            self.walk.attempt(followed, self.ask("prepare", by=owed[-1]))

    @rule(which=which_case, verb=st.sampled_from(["prepare", "recommend"]), by=bodies, off=some_days_off)
    def some_body_takes_some_step(self, which: int, verb: str, by: str, off: int) -> None:
        self.walk.attempt(self.pick(which), self.ask(verb, by=by, off=off))

    @rule(which=which_case, verb=st.sampled_from(["return", "postpone"]), by=bodies, off=some_days_off)
    def some_body_turns_the_case(self, which: int, verb: str, by: str, off: int) -> None:
        self.walk.attempt(self.pick(which), self.ask(verb, by=by, off=off))

    @rule(which=which_case, off=some_days_off, days=st.sampled_from([None, 30, 150]))
    def it_is_sent_to_the_parties(self, which: int, off: int, days: int | None) -> None:
        deadline = self.day + timedelta(days=days) if days else None
        self.walk.attempt(self.pick(which), self.ask("dispatch", off=off, day=deadline))

    @rule(which=which_case, deviation=st.sampled_from(DEVIATIONS))
    def a_deviation_is_recorded(self, which: int, deviation: tuple[str, str]) -> None:
        code, by = deviation
        self.walk.attempt(self.pick(which), self.ask("override", rule=code, by=by))

    @rule(which=which_case, luck=st.integers(0, 5), off=some_days_off)
    def the_text_is_revised(self, which: int, luck: int, off: int) -> None:
        followed = self.pick(which)
        # A revision costs the case all it has reached: the same text again, which is refused, is tried as often.
        text = self.new_text() if luck == 0 else followed.paper.texts[-1]
        assume(text is not None and luck < 2)
        self.walk.attempt(followed, self.ask("revise", text=text, off=off))

    @rule(
        which=which_case,
        verb=st.sampled_from(["withdraw", "close"]),
        by=bodies,
        off=some_days_off,
        luck=st.integers(0, 2),
    )
    def somebody_ends_it(self, which: int, verb: str, by: str, off: int, luck: int) -> None:
        followed = self.pick(which)
        ask = self.ask(verb, by=by if verb == "close" else "", off=off)
        # An ended case is a quiet one: most walks are to go on.
        assume(luck == 0 or not verdict(followed.paper, ask).allowed)
        self.walk.attempt(followed, ask)

    # The parties

    @rule(which=which_case, report=reports)
    def somebody_answers(self, which: int, report: dict[str, Any]) -> None:
        on = self.day + timedelta(days=report["off"])
        said = Answer(answer=report["answer"], on=on, organ=report["organ"], minutes=report["minutes"])
        asked = {name: report[name] for name in ("verb", "party", "version", "off")}
        self.walk.attempt(self.pick(which), self.ask(said=said, **asked))

    @rule(which=which_case, round_of=rounds)
    def those_who_still_owe_an_answer_give_one(self, which: int, round_of: list[str]) -> None:
        followed = self.pick(which)
        assume(followed.paper.dispatched_on and not followed.paper.ended)
        for party, said in zip(PARTIES, round_of, strict=True):
            if party in followed.paper.answers.owing() and said:
                answer = Answer(answer=said, on=self.day)
                self.walk.attempt(followed, self.ask("answer", party=party, said=answer))

    @rule(which=which_case, party=st.sampled_from(PARTIES))
    def a_party_says_the_same_again(self, which: int, party: str) -> None:
        followed = self.pick(which)
        said = followed.paper.answers.of(party)
        assume(said is not None)
        assert said is not None
        off = (said.on - self.day).days
        self.walk.attempt(followed, self.ask("answer", party=party, said=said, off=off))

    @rule(which=which_case, days=st.integers(1, 120))
    def the_deadline_is_moved(self, which: int, days: int) -> None:
        self.walk.attempt(self.pick(which), self.ask("answer-by", day=self.day + timedelta(days=days)))

    @rule(which=which_case, by=st.sampled_from([POLITICAL, POLITICAL, "au-vuxna"]))
    def the_forum_goes_on_with_the_adopters(self, which: int, by: str) -> None:
        self.walk.attempt(self.pick(which), self.ask("effect", rule="per-party", by=by))

    # Looking

    @rule()
    def the_sweep_flags_those_who_are_late(self) -> None:
        self.office("sweep", today=self.day, expect=0)
        assert self.office("sweep", today=self.day, expect=0).json["raised"] == []
        for followed in self.walk.cases:
            if followed.paper.standing(self.day).states != {"sent_to_parties"}:
                continue
            deadline = followed.paper.deadline
            late = followed.paper.answers.owing() if deadline is not None and deadline < self.day else set()
            flags = self.walk.look(followed, self.day)["flags"]
            flagged = {flag["party"] for flag in flags if flag["kind"] == "ratification_stalled"}
            self.walk.agree([f"stalled are {late}, flagged are {flagged}"] if flagged != late else [], followed.ref)

    @rule(which=which_case, days=st.integers(0, 400))
    def somebody_asks_how_it_will_stand(self, which: int, days: int) -> None:
        self.walk.look(self.pick(which), self.day + timedelta(days=days))

    @rule(which=which_case, choice=st.integers(0, 50))
    def a_step_listed_as_next_is_tried(self, which: int, choice: int) -> None:
        followed = self.pick(which)
        settled = check_next(self.walk, followed, self.day, self.new_text())
        assume(settled)
        listed = settled[choice % len(settled)]
        assume(listed[1].verb not in ("withdraw", "close") or choice > 40)
        try_listed(self.walk, followed, listed)

    @invariant()
    def every_open_case_is_on_a_worklist(self) -> None:
        if self.touched is None:
            return
        CaseMachine.steps_walked += 1
        check_worklists(self.walk, self.day)

    def teardown(self) -> None:
        # After a dispute the two no longer stand in the same place, and the first difference is the one to tell.
        if not self.walk.disputed:
            for followed in self.walk.cases:
                self.walk.look(followed, self.day)
                self.walk.look(followed, LONG_AFTER)
            self.office("audit", "verify", expect=0)
        shutil.rmtree(self.office.folder, ignore_errors=True)


@pytest.mark.slow
def test_the_product_and_the_model_agree_on_every_random_walk(
    isolated: None, furnished: Office, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    CaseMachine.begin(furnished, tmp_path)
    try:
        run_state_machine_as_test(CaseMachine)
    finally:
        record_property("random_steps", CaseMachine.steps_walked)
