"""The course of a board's answer to the auditors: one case for each board that is asked.

Source: 000 Inledning («varje nämnd ansvarar för … beredning av sina ärenden och lämnar därför egna svar på
granskningen.»).
"""

from statemachine import State

from machines.base import Chart, go, stay, when_complete


class AuditAnswerChart(Chart):
    """Initiated by the auditors' report, decided by the board, answered."""

    ends = frozenset({"answered", "withdrawn", "closed"})

    initiated = State(initial=True)
    decided = State()
    answered = State(final=True)
    withdrawn = State(final=True)
    closed = State(final=True)

    decide = when_complete("decision_complete", decided, initiated)
    hand_in = go(answered, decided)

    put_off = stay(initiated)
    change_route = stay(initiated, decided)
    revise_text = stay(initiated)
    withdraw = go(withdrawn, initiated)
    close = go(closed, initiated)
