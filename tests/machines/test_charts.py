"""The charts do what the tables written by hand say, whether asked as a table or as python-statemachine runs them."""

from dataclasses import replace
from typing import Any

import pytest
from statemachine import State
from statemachine.exceptions import InvalidDefinition, TransitionNotAllowed

from machines.base import Chart
from machines.table import CHARTS, Arc, Table, compile_chart, drawing, table
from tests.machines.agreement_by_hand import AGREEMENT
from tests.machines.by_hand import ByHand, Facts, differences, disagreements, everything, open_arcs
from tests.machines.decided_by_hand import ASSIGNMENT, AUDIT_ANSWER, DECISION, STIMULUS, STRUCTURE
from tests.machines.document_by_hand import DOCUMENT
from tests.machines.ratification_by_hand import RATIFICATION

BY_HAND: dict[str, ByHand] = {
    "agreement": AGREEMENT,
    "ratification": RATIFICATION,
    "officers-document": DECISION,
    "joint-board": DECISION,
    "mandate-description": DECISION,
    "assignment": ASSIGNMENT,
    "stimulus-funds": STIMULUS,
    "audit-answer": AUDIT_ANSWER,
    "structure-decision": STRUCTURE,
    "document": DOCUMENT,
}
EVERY_STATE = [(name, state) for name, hand in BY_HAND.items() for state in hand.states]

by_chart = pytest.mark.parametrize("name", BY_HAND)


class Matter:
    """What a chart is asked about: its state, and the facts as attributes, where the chart's guards look for them."""

    def __init__(self, state: str | None = None) -> None:
        self.state = state


class Running:
    """A chart of the library, put into any state and sent any event."""

    def __init__(self, chart: type[Chart], hand: ByHand) -> None:
        self.chart = chart
        self.resume(hand.initial, dict.fromkeys(hand.guards, False))

    def resume(self, state: str, facts: Facts) -> None:
        """A chart of its own: one that has come to a final state takes no event ever after."""
        self.matter = Matter(state)
        vars(self.matter).update(facts)
        self.running = self.chart(self.matter)

    def send(self, state: str, event: str, facts: Facts) -> str | None:
        """The state after the event, None when it was refused; a refused event must leave the state alone."""
        if self.matter.state == state:
            vars(self.matter).update(facts)
        else:
            self.resume(state, facts)
        try:
            self.running.send(event)
        except TransitionNotAllowed:
            assert self.matter.state == state
            return None
        return self.matter.state


def test_every_chart_has_a_table_written_by_hand() -> None:
    assert BY_HAND.keys() == CHARTS.keys()


@by_chart
def test_the_table_is_the_one_written_by_hand(name: str) -> None:
    assert list(differences(BY_HAND[name], table(name))) == []


@by_chart
def test_the_table_takes_the_one_open_arc_and_refuses_where_there_is_none(name: str) -> None:
    hand, compiled = BY_HAND[name], table(name)
    for state, event, facts in everything(hand):
        wanted = hand.leads_to(state, event, facts)
        assert compiled.step(state, event, facts) == (wanted.pop() if wanted else None)


@pytest.mark.parametrize(("name", "state"), EVERY_STATE)
def test_the_library_leads_where_the_hand_says(name: str, state: str) -> None:
    running = Running(CHARTS[name], BY_HAND[name])
    assert disagreements(BY_HAND[name], state, running.send) == []


@by_chart
def test_no_two_arcs_are_open_under_the_same_facts(name: str) -> None:
    compiled = table(name)
    several = [
        (state, event, facts)
        for state, event, facts in everything(BY_HAND[name])
        if len(open_arcs(compiled, state, event, facts)) > 1
    ]
    assert several == []


@by_chart
def test_from_every_state_an_end_can_be_reached(name: str) -> None:
    compiled = table(name)
    arrives = set(compiled.ends)
    while (
        more := {state for (state, _), arcs in compiled.arcs.items() for arc in arcs if arc.target in arrives} - arrives
    ):
        arrives |= more
    assert arrives == set(compiled.states)


@by_chart
def test_every_state_can_be_reached_from_the_first(name: str) -> None:
    compiled = table(name)
    reached = {compiled.initial}
    while (
        more := {arc.target for (state, _), arcs in compiled.arcs.items() if state in reached for arc in arcs} - reached
    ):
        reached |= more
    assert reached == set(compiled.states)


@by_chart
def test_the_drawing_has_every_state_and_every_arc_that_moves(name: str) -> None:
    drawn = drawing(name)
    lines = [line.strip() for line in drawn.split("\n")]
    assert lines[0] == "stateDiagram-v2"
    assert f"[*] --> {table(name).initial}" in lines
    for state in table(name).states:
        assert any(line.startswith("state ") and line.endswith(f" as {state}") for line in lines), state
    for event, states in BY_HAND[name].ways.items():
        said = event.replace("_", " ").capitalize()
        for state, ways in states.items():
            for target in set(ways.values()) - {state}:
                arcs = [line for line in lines if line.startswith(f"{state} --> {target} : {said}")]
                assert arcs, f"{event} from {state} to {target}"


def test_a_fact_that_nobody_counted_is_an_error_and_never_a_guess() -> None:
    with pytest.raises(KeyError, match="effect_reached"):
        table("agreement").step("sent_to_parties", "ratify", {})
    with pytest.raises(KeyError):
        table("no such chart")
    with pytest.raises(KeyError):
        drawing("no such chart")


# --- the settings every chart shares -------------------------------------------------------------------------------


class Lamp(Chart):
    off = State(initial=True)
    on = State(final=True)
    switch = off.to(on, cond="plugged_in")


class BrokenLamp(Matter):
    def plugged_in(self) -> bool:
        raise ZeroDivisionError


def test_an_unknown_event_is_refused_aloud() -> None:
    for name, hand in BY_HAND.items():
        running = Running(CHARTS[name], hand)
        with pytest.raises(TransitionNotAllowed):
            running.running.send("no_such_event")


def test_a_guard_that_fails_is_heard_and_moves_nothing() -> None:
    matter = BrokenLamp()
    lamp = Lamp(matter)
    with pytest.raises(ZeroDivisionError):
        lamp.send("switch")
    assert matter.state == "off"


def test_a_guard_that_is_no_fact_of_the_matter_fails_before_anything_is_sent() -> None:
    with pytest.raises(InvalidDefinition, match="plugged_in"):
        Lamp(Matter())


@by_chart
def test_a_matter_resumes_in_the_state_it_was_left_in(name: str) -> None:
    for state in BY_HAND[name].states:
        running = Running(CHARTS[name], BY_HAND[name])
        running.resume(state, dict.fromkeys(BY_HAND[name].guards, False))
        assert [each.id for each in running.running.configuration] == [state]


@by_chart
def test_the_charts_own_settings_are_those_of_the_base(name: str) -> None:
    told = ("allow_event_without_transition", "catch_errors_as_events", "atomic_configuration_update")
    assert [getattr(CHARTS[name], setting) for setting in told] == [False, False, True]
    assert not {*told, "enable_self_transition_entries"} & vars(CHARTS[name]).keys()


# --- the comparison has been seen to fail --------------------------------------------------------------------------


def with_arcs(compiled: Table, key: tuple[str, str], arcs: tuple[Arc, ...]) -> Table:
    return replace(compiled, arcs={**compiled.arcs, key: arcs})


def spoilt(compiled: Table, key: tuple[str, str], place: int) -> dict[str, Table]:
    """The same table with one arc led astray, unguarded, turned round, taken away."""
    arcs = compiled.arcs[key]
    arc, rest = arcs[place], (arcs[:place], arcs[place + 1 :])
    elsewhere = next(state for state in compiled.states if state not in {each.target for each in arcs})
    changed = {"elsewhere": (replace(arc, target=elsewhere),), "gone": (), "twice": (arc, arc)}
    if arc.guards:
        (name, wanted), *others = arc.guards
        changed["unguarded"] = (replace(arc, guards=tuple(others)),)
        changed["turned"] = (replace(arc, guards=((name, not wanted), *others)),)
    return {what: with_arcs(compiled, key, (*rest[0], *new, *rest[1])) for what, new in changed.items()}


@pytest.mark.slow
@by_chart
def test_whichever_arc_is_spoilt_the_comparison_finds_it(name: str) -> None:
    compiled = table(name)
    seen: set[str] = set()
    for key, arcs in compiled.arcs.items():
        for place in range(len(arcs)):
            for what, other in spoilt(compiled, key, place).items():
                seen.add(what)
                assert next(differences(BY_HAND[name], other), None), f"{key}, arc {place}: {what}"
    assert seen == {"elsewhere", "gone", "twice", "unguarded", "turned"}


def test_an_arc_nobody_wrote_is_found() -> None:
    other = with_arcs(table("agreement"), ("withdrawn", "send_out"), (Arc("sent_to_parties", ()),))
    assert next(differences(AGREEMENT, other), None)
    renamed = replace(table("agreement"), ends=frozenset({"closed"}))
    assert list(differences(AGREEMENT, renamed)) == ["the states, the first of them, or the ends"]


def spoilt_lamp(**settings: Any) -> type[Chart]:
    """The lamp, with settings other than the base's."""
    return type("SpoiltLamp", (Lamp,), settings)


def test_a_chart_that_leads_elsewhere_than_the_hand_says_is_found() -> None:
    hand = ByHand(
        states=("off", "on"), initial="off", ends=frozenset(), ways={"switch": {"off": {"not plugged_in": "on"}}}
    )
    assert next(differences(hand, compile_chart("lamp", Lamp)), None)
    assert len(disagreements(hand, "off", Running(Lamp, hand).send)) == len(list(hand.combinations("switch")))


def test_without_the_base_settings_faults_would_pass_in_silence() -> None:
    """The negative control of the settings: with the library's own, the same two faults are not heard."""
    deaf = spoilt_lamp(allow_event_without_transition=True, catch_errors_as_events=True)
    lamp = deaf(BrokenLamp())
    lamp.send("no_such_event")
    lamp.send("switch")
