"""The picture of a chart shows the whole chart, and can be read: no text lies on another, nothing falls outside."""

from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest

from machines.drawing import distances, picture
from machines.table import CHARTS, table
from tests.office import Office

SVG = "{http://www.w3.org/2000/svg}"
LEGEND = "● from · ▶ to"
#: What a letter of the widest of the fonts named takes, and what a line of capitals and descenders does.
LETTER, ASCENT, DESCENT = 0.602 * 12, 10.0, 3.0

Rectangle = tuple[float, float, float, float]


def read(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - a picture that we have drawn ourselves


def drawn(chart: str) -> ET.Element:
    return read(picture(chart, LEGEND))


def number(element: ET.Element, name: str) -> float:
    return float(element.attrib[name])


def lines(svg: ET.Element) -> list[tuple[str, Rectangle]]:
    """Every line of text with the rectangle it takes: left, top, right, bottom."""
    found = []
    for span in svg.iter(f"{SVG}tspan"):
        text, x, y = span.text or "", number(span, "x"), number(span, "y")
        found.append((text, (x, y - ASCENT, x + len(text) * LETTER, y + DESCENT)))
    return found


def texts(element: ET.Element) -> list[str]:
    """Every text, its lines joined: names are only broken where they lie."""
    return ["".join(span.text or "" for span in text.iter(f"{SVG}tspan")) for text in element.iter(f"{SVG}text")]


def frame(group: ET.Element) -> Rectangle:
    box = next(group.iter(f"{SVG}rect"))
    x, y = number(box, "x"), number(box, "y")
    return (x, y, x + number(box, "width"), y + number(box, "height"))


def inside(inner: Rectangle, outer: Rectangle) -> bool:
    starts = inner[0] >= outer[0] and inner[1] >= outer[1]
    return starts and inner[2] <= outer[2] and inner[3] <= outer[3]


def apart(one: Rectangle, other: Rectangle) -> bool:
    beside = one[2] <= other[0] or other[2] <= one[0]
    return beside or one[3] <= other[1] or other[3] <= one[1]


def state_groups(svg: ET.Element) -> dict[str, ET.Element]:
    groups = (group for group in svg.iter(f"{SVG}g") if group.get("id", "").startswith("state-"))
    return {group.attrib["id"].removeprefix("state-"): group for group in groups}


@pytest.mark.parametrize("chart", CHARTS)
def test_every_state_has_a_box_with_its_name_and_the_events_that_leave_it_as_it_is(chart: str) -> None:
    compiled, groups = table(chart), state_groups(drawn(chart))
    assert groups.keys() == set(compiled.states)
    for state, group in groups.items():
        name, *staying = texts(group)
        assert name == state
        stays = {
            event
            for (source, event), arcs in compiled.arcs.items()
            if source == state and any(arc.target == state for arc in arcs)
        }
        assert set(staying) == stays
        assert len(staying) == len(stays)


@pytest.mark.parametrize("chart", CHARTS)
def test_every_other_transition_has_its_row_with_its_guards_and_no_row_is_made_up(chart: str) -> None:
    svg = drawn(chart)
    shown = set()
    for group in (each for each in svg.iter(f"{SVG}g") if "id" not in each.attrib):
        (label,) = texts(group)
        sources, _arrow, target = (group.findtext(f"{SVG}title") or "").partition(" → ")
        shown |= {(source, label, target) for source in sources.split(", ")}
        assert len(list(group.iter(f"{SVG}circle"))) == len(sources.split(", "))
    wanted = set()
    for (source, event), arcs in table(chart).arcs.items():
        for arc in arcs:
            guards = ", ".join(name if holds else f"not {name}" for name, holds in arc.guards)
            if arc.target != source:
                wanted.add((source, f"{event} [{guards}]" if guards else event, arc.target))
    assert shown == wanted


@pytest.mark.parametrize("chart", CHARTS)
def test_no_text_lies_on_another_and_all_lie_within_the_picture(chart: str) -> None:
    svg = drawn(chart)
    found = lines(svg)
    _x, _y, width, height = map(float, svg.attrib["viewBox"].split())
    for (text, one), (other_text, other) in combinations(found, 2):
        assert apart(one, other), (text, other_text)
    for text, place in found:
        assert inside(place, (0, 0, width, height)), text
    frames = [frame(group) for group in state_groups(svg).values()]
    assert all(apart(one, other) for one, other in combinations(frames, 2))
    for state, group in state_groups(svg).items():
        assert all(inside(place, frame(group)) for _text, place in lines(group)), state


@pytest.mark.parametrize("chart", CHARTS)
def test_states_stand_in_the_order_of_their_distance_from_the_first(chart: str) -> None:
    far = distances(table(chart))
    assert next(iter(far)) == table(chart).initial
    assert set(far) == set(table(chart).states)
    left = {state: frame(group)[0] for state, group in state_groups(drawn(chart)).items()}
    assert list(far) == sorted(far, key=lambda state: left[state])
    on_the_way = [state for state in far if any(source == state for source, _event in table(chart).arcs)]
    assert all(far[one] <= far[other] for one, other in pairwise(on_the_way))


def test_a_step_is_counted_from_the_state_it_leaves() -> None:
    """The negative control of the order: three steps by hand."""
    far = distances(table("structure-decision"))
    assert (far["initiated"], far["direction_decided"], far["decided"], far["in_force"]) == (0, 1, 2, 3)


@pytest.mark.parametrize("chart", CHARTS)
def test_the_command_draws_the_picture_in_either_language_and_tells_it_in_json(office: Office, chart: str) -> None:
    said = {}
    for lang in ("sv", "en"):
        printed = office("diagram", chart, "--format", "svg", json=False, lang=lang, expect=0).out
        answer = office("diagram", chart, "--format", "svg", lang=lang, expect=0).json
        assert (answer["chart"], answer["format"], answer["drawing"] + "\n") == (chart, "svg", printed)
        svg = read(printed)
        assert svg.tag == f"{SVG}svg"
        assert set(state_groups(svg)) == set(table(chart).states)
        said[lang] = texts(svg)[-1]
    assert said["sv"] != said["en"]


def test_mermaid_is_drawn_when_nothing_is_said(office: Office) -> None:
    answer = office("diagram", "agreement", expect=0).json
    assert answer["format"] == "mermaid"
    assert answer["drawing"].startswith("stateDiagram-v2")
    assert office("diagram", "agreement", "--format", "png").code == 2
