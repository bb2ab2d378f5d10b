"""A document whose title is like what another waits for: asked about, and never taken for it by its name (row 26)."""

import re

from workflow.names import fold_name

#: Words shorter than this say nothing of what a document is about.
_SHORTEST = 4
_SHARE = 0.75
_FEWEST = 2


def alike(title: str, event: str) -> bool:
    """Whether most of the words of a title are among those of an event that another document waits for."""
    words, awaited = _words(title), _words(event)
    shared = words & awaited
    return len(shared) >= _FEWEST and len(shared) >= _SHARE * len(words)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold_name(text)) if len(word) >= _SHORTEST}
