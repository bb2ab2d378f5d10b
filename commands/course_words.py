"""A route on one line: who must act, in which order, and whether the parties decide at its end."""

from collections.abc import Mapping, Sequence

from commands.console import filled
from commands.step_words import in_words
from translations import translate as _
from workflow.errors import N_, Refusal

_COURSE = ("prepare", "leadership", "political", "anchoring", "decide")


def course(steps: Mapping[str, Sequence[str]], *, parties: bool) -> str:
    """Bodies joined by «+» within a step, steps by an arrow; «–» when nobody has a step left."""
    taken = [" + ".join(steps[step]) for step in _COURSE if steps.get(step)]
    return " → ".join([*taken, *([_(N_("the parties"))] if parties else [])]) or "–"


def refusal_told(refusal: Refusal | None) -> dict[str, str] | None:
    """A refusal as part of an answer: its code, and its sentence in the reader's language."""
    if refusal is None:
        return None
    return {"code": refusal.code, "message": filled(refusal.template, **in_words(refusal.values))}
