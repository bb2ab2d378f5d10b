"""The words of a command line before they are read: the global options may stand anywhere on it."""

from collections.abc import Sequence

#: The global options that take a value, and those that do not.
VALUED = ("--db", "--lang", "--actor", "--today")
PLAIN = ("--json", "--no-input")


def hoisted(words: Sequence[str]) -> list[str]:
    """The words with the global options first, wherever they stood. What follows ``--`` is left alone."""
    first: list[str] = []
    rest: list[str] = []
    remaining = iter(words)
    for word in remaining:
        if word == "--":
            rest.extend((word, *remaining))
        elif word in VALUED:
            first.extend((word, *(value for value in [next(remaining, None)] if value is not None)))
        elif word in PLAIN or word.startswith(tuple(f"{name}=" for name in VALUED)):
            first.append(word)
        else:
            rest.append(word)
    return [*first, *rest]
