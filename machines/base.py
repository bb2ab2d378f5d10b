"""The settings every chart shares, said out loud once."""

from typing import ClassVar

from statemachine import StateChart


class Chart(StateChart):
    """A flat chart without actions: states, events and the names of guards, nothing that writes.

    ``ends`` names the states in which the course is over: nobody need take a further step for it,
    though a correction may still open it again.
    """

    # The library would otherwise pass over an unknown event in silence and turn an exception into an event.
    allow_event_without_transition = False
    catch_errors_as_events = False
    atomic_configuration_update = True
    enable_self_transition_entries = True

    ends: ClassVar[frozenset[str]] = frozenset()
