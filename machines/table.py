"""A chart as a plain table, for whoever asks many times: the library defines and draws, the table answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from machines.agreement import AgreementChart
from machines.assignment import AssignmentChart
from machines.audit_answer import AuditAnswerChart
from machines.base import Chart
from machines.decision import DecisionChart
from machines.document import DocumentChart
from machines.ratification import RatificationChart
from machines.stimulus import StimulusChart
from machines.structure_decision import StructureChart

#: The charts by name; where the course is the same, several kinds of matter share one.
CHARTS: dict[str, type[Chart]] = {
    "agreement": AgreementChart,
    "ratification": RatificationChart,
    "officers-document": DecisionChart,
    "joint-board": DecisionChart,
    "mandate-description": DecisionChart,
    "assignment": AssignmentChart,
    "stimulus-funds": StimulusChart,
    "audit-answer": AuditAnswerChart,
    "structure-decision": StructureChart,
    "document": DocumentChart,
}


@dataclass(frozen=True, slots=True)
class Arc:
    """One transition: where it leads, and the guard names with the value each must have."""

    target: str
    guards: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A compiled chart. ``arcs`` keeps the order of declaration: the first open arc is taken."""

    name: str
    initial: str
    states: tuple[str, ...]
    ends: frozenset[str]
    arcs: Mapping[tuple[str, str], tuple[Arc, ...]]

    @property
    def events(self) -> tuple[str, ...]:
        """Every event of the chart, sorted."""
        return tuple(sorted({event for _, event in self.arcs}))

    def step(self, state: str, event: str, facts: Mapping[str, bool]) -> str | None:
        """The state after ``event`` in ``state``, or None when the chart does not allow it.

        ``facts`` must hold every guard the arcs of this state and event name; a missing one is a KeyError, never a
        guess.
        """
        for arc in self.arcs.get((state, event), ()):
            for name, wanted in arc.guards:
                if facts[name] is not wanted:
                    break
            else:
                return arc.target
        return None


@cache
def table(name: str) -> Table:
    """The compiled chart called ``name``, e.g. ``agreement``. KeyError when there is no such chart."""
    return compile_chart(name, CHARTS[name])


def compile_chart(name: str, chart: type[Chart]) -> Table:
    """Reads the transitions out of a chart's class."""
    arcs: dict[tuple[str, str], list[Arc]] = {}
    for state in chart.states:
        for transition in state.transitions:
            guards = tuple((spec.func, spec.expected_value) for spec in transition.cond)
            for event in transition.events:
                arcs.setdefault((state.id, event.id), []).append(Arc(transition.target.id, guards))
    return Table(
        name=name,
        initial=next(state.id for state in chart.states if state.initial),
        states=tuple(state.id for state in chart.states),
        ends=chart.ends,
        arcs={key: tuple(found) for key, found in arcs.items()},
    )


def drawing(name: str) -> str:
    """The chart called ``name`` as a Mermaid state diagram, drawn from its class. KeyError when there is none."""
    return format(CHARTS[name], "mermaid")
