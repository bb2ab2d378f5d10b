"""The published shapes have been seen to fail: a misspelt key, a value of another type, a promised key left out."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.schemas.hearing import ONLY_REFUSED
from tests.schemas.shapes import commands, faults

ROUTE = """prepare may_prepare leadership political decide anchoring ratify report_to inform spread_via follow_up
    agenda_part override"""
FLAG = "kind party due severity"

# What was promised, by the place in the answer: «parties[]» is each member of the list under «parties».
PROMISED: dict[str, dict[str, str]] = {
    "case-show": {
        "": """ref type title group sectors structure chart state opened_on text effect_rule in_force_from answer_by
            route done waiting_for parties flags version""",
        "text": "version sha256",
        "route": f"rule {ROUTE}",
        "done": "prepare leadership political decide anchoring",
        "parties[]": """party state answer decided_on reported_on organ minutes text_version late in_force_from""",
        "flags[]": FLAG,
    },
    "case-open": {"": "ref route", "route": f"rule {ROUTE}"},
    "case-next": {"": "ref steps", "steps[]": "step by allowed missing command", "steps[].missing[]": "code by"},
    "case-list": {"[]": "ref title type state waiting_for"},
    "case-history": {"[]": "seq kind on recorded_at actor"},
    "route-explain": {
        "": f"structure on rule chart sources near_misses {ROUTE}",
        "sources[]": "cite quote evidence",
        "near_misses[]": "rule because",
    },
    "sweep": {"": "today raised cleared standing", "raised[]": f"{FLAG} assigned_to text"},
    "flag-list": {"[]": f"{FLAG} assigned_to text"},
    "worklist": {"[]": "body step due"},
    "audit-verify": {"": "events findings tail"},
    "error": {"": "error", "error": "code message missing suggestion hint", "error.missing[]": "code by"},
    **{
        f"case-{verb}": {"": "ref state version events", "events[]": "seq kind"}
        for verb in (
            "prepare",
            "recommend",
            "return",
            "postpone",
            "override",
            "effect",
            "dispatch",
            "answer",
            "answer-by",
            "correct",
            "revise",
            "spread",
            "withdraw",
            "close",
        )
    },
}

# Where a shape says that anything may stand: a record's own facts, and what belongs to another shape.
OPEN = {
    "case-history": {"data"},
    "case-show": {"spread"},
    "demo": {"output"},
    "scheduler-status": {"outcome"},
    "structure-configure": {"said"},
}

Path_ = tuple[str | int, ...]


def members(document: Any, path: Path_ = (), passed: frozenset[str] = frozenset()) -> Iterator[Path_]:
    """The place of every member of every object, in one or two of each list; not inside what is left open."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield (*path, key)
            if key not in passed:
                yield from members(value, (*path, key), passed)
    elif isinstance(document, list):
        for place, value in enumerate(document[: 1 if path else 2]):
            yield from members(value, (*path, place), passed)


def changed(document: Any, path: Path_, change: Callable[[dict[str, Any], str], None]) -> Any:
    """A copy in which the member at the path was changed."""
    copy = json.loads(json.dumps(document))
    *way, last = path
    place = copy
    for each in way:
        place = place[each]
    change(place, str(last))
    return copy


def misspell(place: dict[str, Any], key: str) -> None:
    place[f"{key}s"] = place.pop(key)


def mistype(place: dict[str, Any], key: str) -> None:
    place[key] = 0.5


def told_of(answers: dict[str, list[Any]], name: str) -> Any:
    """The fullest answer of a shape."""
    return max(answers[name], key=lambda document: len(json.dumps(document)))


CLOSED_SHAPES = sorted((commands() - ONLY_REFUSED | {"error"}) - {"schema"})


@pytest.mark.slow
@pytest.mark.parametrize("name", CLOSED_SHAPES)
def test_a_misspelt_key_or_a_value_of_another_type_is_caught_wherever_it_stands(
    answers: dict[str, list[Any]], name: str
) -> None:
    document = told_of(answers, name)
    passed = frozenset(OPEN.get(name, ()))
    places = list(members(document, passed=passed))
    assert places
    for path in places:
        assert faults(name, changed(document, path, misspell)), f"misspelt: {path}"
        if path[-1] not in passed - {"spread", "data"}:
            assert faults(name, changed(document, path, mistype), strictly=False), f"of another type: {path}"


def step_into(document: Any, place: str) -> Iterator[Path_]:
    """The paths of the objects that a place such as ``steps[].missing[]`` stands for."""
    paths: list[Path_] = [()]
    for part in place.split(".") if place else ():
        key = part.removesuffix("[]")
        if key:
            paths = [(*path, key) for path in paths]
        if part.endswith("[]"):
            paths = [(*path, number) for path in paths for number in range(len(_at(document, path)))]
    yield from paths


def _at(document: Any, path: Path_) -> Any:
    for each in path:
        document = document[each]
    return document


PROMISES = [(name, place) for name, places in PROMISED.items() for place in places]


@pytest.mark.parametrize(("name", "place"), PROMISES)
def test_a_promised_key_that_is_left_out_is_caught(answers: dict[str, list[Any]], name: str, place: str) -> None:
    document, path = next((each, path) for each in reversed(answers[name]) for path in step_into(each, place))
    for key in PROMISED[name][place].split():
        without = changed(document, (*path, key), lambda at, last: at.__delitem__(last))
        assert faults(name, without, strictly=False), key


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("case-show", ("state",), "sent-to-parties"),
        ("case-show", ("opened_on",), "12/1 2026"),
        ("case-show", ("opened_on",), "2026-02-30"),
        ("case-show", ("text", "sha256"), "ABC"),
        ("case-show", ("parties", 0, "answer"), "yes"),
        ("case-show", ("parties", 0, "state"), "late"),
        ("case-show", ("effect_rule",), "most"),
        ("case-show", ("version",), 0),
        ("case-show", ("spread", "ledningsforum"), "yesterday"),
        ("case-history", (0, "kind"), "opened"),
        ("case-history", (0, "recorded_at"), "2026-01-12 10:00"),
        ("flag-list", (0, "kind"), "late"),
        ("flag-list", (0, "severity"), "fatal"),
        ("error", ("error", "code"), "no"),
        ("audit-verify", ("tail",), "cut"),
    ],
)
def test_a_value_outside_its_closed_set_is_caught(
    answers: dict[str, list[Any]], name: str, path: Path_, value: object
) -> None:
    def put(place: dict[str, Any], key: str) -> None:
        place[key] = value

    document = told_of(answers, name)
    assert faults(name, document) == []
    assert faults(name, changed(document, path, put), strictly=False)


def test_a_step_that_is_allowed_has_nothing_missing_and_one_that_is_not_has(answers: dict[str, list[Any]]) -> None:
    def turn(place: dict[str, Any], key: str) -> None:
        place[key] = not place[key]

    document = told_of(answers, "case-next")
    for number, _step in enumerate(document["steps"]):
        assert faults("case-next", changed(document, ("steps", number, "allowed"), turn), strictly=False)
