"""The state of a case on a day, asked for often and therefore light to import."""

from datetime import date


def state_on(state: str, in_force_from: date | None, day: date) -> str:
    """The state on ``day``: what is ratified or decided is in force from its day, also before it is recorded so."""
    if state in {"ratified", "decided"} and in_force_from is not None and in_force_from <= day:
        return "in_force"
    return state
