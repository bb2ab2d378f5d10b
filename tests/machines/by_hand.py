"""How a chart is written by hand for comparison, and the comparison: every state, event and combination of facts."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from machines.table import Table

Facts = Mapping[str, bool]

#: What an event leads to from a state, by the facts it needs: ``"a, not b"``, or ``""`` for whatever the facts.
Ways = dict[str, str]


def stays_in(*states: str) -> dict[str, Ways]:
    """The event is recorded and moves nothing, in these states and no other."""
    return {state: {"": state} for state in states}


def leads_to(target: str, *states: str) -> dict[str, Ways]:
    """The event leads there from these states, whatever the facts."""
    return {state: {"": target} for state in states}


@dataclass(frozen=True, kw_only=True)
class ByHand:
    """A chart as the documents tell it. ``ways``: event, then state, then facts, then the state it leads to."""

    states: tuple[str, ...]
    initial: str
    ends: frozenset[str]
    ways: dict[str, dict[str, Ways]]

    @cached_property
    def guards(self) -> tuple[str, ...]:
        """Every fact the chart asks for."""
        asked = {
            fact for states in self.ways.values() for ways in states.values() for way in ways for fact in read(way)
        }
        return tuple(sorted(asked))

    def combinations(self, event: str) -> Iterator[dict[str, bool]]:
        """Every combination of the facts the event is to ask for, once with all other facts true and once false.

        A chart that asks for another fact as well is seen by the one background or the other.
        """
        own = sorted({fact for ways in self.ways[event].values() for way in ways for fact in read(way)})
        for background, values in itertools.product((True, False), itertools.product((True, False), repeat=len(own))):
            yield dict.fromkeys(self.guards, background) | dict(zip(own, values, strict=True))

    def leads_to(self, state: str, event: str, facts: Facts) -> set[str]:
        """Every state the event leads to; none when it must be refused, and never more than one."""
        ways = self.ways[event].get(state, {})
        return {target for way, target in ways.items() if open_under(read(way), facts)}


@cache
def read(way: str) -> Facts:
    """The facts a way needs, and whether each must hold."""
    return {part.strip().removeprefix("not "): not part.strip().startswith("not ") for part in way.split(",") if part}


def open_under(needs: Facts, facts: Facts) -> bool:
    """Whether the facts are as the way needs them."""
    return all(facts[name] is wanted for name, wanted in needs.items())


def open_arcs(table: Table, state: str, event: str, facts: Facts) -> list[str]:
    """Where each arc leads that is open, in the order the table takes them."""
    arcs = table.arcs.get((state, event), ())
    return [arc.target for arc in arcs if all(facts[name] is wanted for name, wanted in arc.guards)]


def differences(hand: ByHand, table: Table) -> Iterator[str]:
    """Every state, event and combination of facts for which the table has other arcs open than the hand wrote."""
    asked = {name for arcs in table.arcs.values() for arc in arcs for name, _ in arc.guards}
    yield from (f"guard {name}" for name in asked ^ set(hand.guards))
    yield from (f"event {event}" for event in set(table.events) ^ set(hand.ways))
    yield from (f"state {state}" for state, _ in table.arcs if state not in hand.states)
    if (table.states, table.initial, table.ends) != (hand.states, hand.initial, hand.ends):
        yield "the states, the first of them, or the ends"
    elif asked == set(hand.guards):
        yield from _elsewhere(hand, table)


def _elsewhere(hand: ByHand, table: Table) -> Iterator[str]:
    for state, event in itertools.product(hand.states, hand.ways):
        if state not in hand.ways[event] and (state, event) not in table.arcs:
            continue
        for facts in hand.combinations(event):
            wanted, found = sorted(hand.leads_to(state, event, facts)), open_arcs(table, state, event, facts)
            if wanted != found:
                yield f"{event} in {state}, {facts}: {wanted} by hand, {found} in the table"


def everything(hand: ByHand) -> Iterator[tuple[str, str, dict[str, bool]]]:
    """Every state with every event under every combination of facts."""
    for state, event in itertools.product(hand.states, hand.ways):
        yield from ((state, event, facts) for facts in hand.combinations(event))


def disagreements(hand: ByHand, state: str, send: Callable[[str, str, Facts], str | None]) -> list[str]:
    """As ``differences``, for one state of a chart that is asked by sending it the event; None is a refusal."""
    faults = []
    for event, facts in [(each, facts) for each in hand.ways for facts in hand.combinations(each)]:
        wanted = hand.leads_to(state, event, facts)
        found = send(state, event, facts)
        if wanted != (set() if found is None else {found}):
            faults.append(f"{event} in {state}, {facts}: {wanted} by hand, {found} in the chart")
    return faults
