"""How often a test repeats itself: briefly as a rule, and as often as the figures ask where TORTURE is set."""

import os

#: Whether the long form was asked for.
LONG = bool(os.environ.get("TORTURE"))


def times(briefly: int, at_length: int) -> int:
    """The number for this run."""
    return at_length if LONG else briefly
