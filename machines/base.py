"""The settings every chart shares, said out loud once, and the arcs that most of them have."""

from functools import reduce
from operator import or_
from typing import Any, ClassVar

from statemachine import State, StateChart
from statemachine.transition_list import TransitionList


class Chart(StateChart[Any]):
    """A flat chart without actions: states, events and the names of guards, nothing that writes.

    ``ends`` names the states in which the course is over: nobody need take a further step for it,
    though a correction may still open it again.
    """

    # The library would otherwise pass over an unknown event in silence and turn an exception into an event.
    allow_event_without_transition = False
    catch_errors_as_events = False
    atomic_configuration_update = True
    enable_self_transition_entries = True
    # A course may rest in a state that still has steps, as spreading what is in force: ``ends`` says which.
    validate_final_reachability = False

    ends: ClassVar[frozenset[str]] = frozenset()


def stay(*states: State, cond: str | None = None, unless: str | None = None) -> TransitionList:
    """An event that leaves each of ``states`` as it is."""
    return all_of([state.to.itself(internal=True, cond=cond, unless=unless) for state in states])


def go(target: State, *states: State, cond: str | None = None) -> TransitionList:
    """An event that leads from each of ``states`` to ``target``."""
    return all_of([state.to(target, cond=cond) for state in states])


def when_complete(guard: str, target: State, *states: State) -> TransitionList:
    """A step of several bodies: it leads to ``target`` when the guard says that all have taken it, else it stays."""
    return all_of([go(target, *states, cond=guard), stay(*states, unless=guard)])


def take_place(initiated: State, prepared: State | None, leadership: State, politics: State | None) -> TransitionList:
    """A new route in mid-course: the matter takes the place that the steps it has completed give it there.

    Guards: ``preparation_stands`` ``leadership_stands`` ``politics_stands``: the step is one of the new route's, and
    every body it names has taken it.
    """
    places = [(initiated, None), (prepared, "preparation_stands"), (leadership, "leadership_stands")]
    ladder = [(state, guard) for state, guard in [*places, (politics, "politics_stands")] if state is not None]
    arcs: list[TransitionList] = []
    for source, _guard in ladder:
        for rung, (target, guard) in enumerate(ladder):
            cond = [guard] if guard is not None else []
            unless = [higher for _state, higher in ladder[rung + 1 :] if higher is not None]
            arcs.append(arc(source, target, cond, unless))
    return all_of(arcs)


def arc(source: State, target: State, cond: list[str], unless: list[str]) -> TransitionList:
    """One arc under its guards; one that leads back to where it begins leaves the state as it is."""
    found: TransitionList = (
        source.to.itself(internal=True, cond=cond, unless=unless)
        if target is source
        else source.to(target, cond=cond, unless=unless)
    )
    return found


def all_of(arcs: list[TransitionList]) -> TransitionList:
    """One event of several arcs."""
    return reduce(or_, arcs)
