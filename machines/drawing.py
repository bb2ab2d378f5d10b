"""A chart as a picture (SVG): every state a column, every event a row, so that no text ever stands on another.

States stand in the order of their distance from the first. An event that leaves a state as it is stands in the
state's box. Any other has a row: a dot at each state it leads from, an arrowhead at the one it leads to.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from machines.table import Arc, Table, table

#: All text is of one width a letter, so that its length can be told without the font: 0.6 of its size, and a little.
_FONT = "ui-monospace, 'DejaVu Sans Mono', Consolas, Menlo, 'Courier New', monospace"
_SIZE = 12
_LETTER = 0.61 * _SIZE
_LINE = 15
_LONGEST_LINE = 16
_SET_IN = "\u00a0"

_MARGIN = 20
_GAP = 16
_PADDING = 8
_ROW = 36
_DOT = 4
_HEAD = 9

_INK = "#1f2937"
_ONWARDS = "#1d4ed8"
_BACK = "#b45309"
_PALE = "#9ca3af"


@dataclass(frozen=True, slots=True)
class Box:
    """A text or a frame as it lies in the picture."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Half way across."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Row:
    """One event under the same guards: the states it leads from, and the one it leads to."""

    label: str
    sources: tuple[str, ...]
    target: str


def picture(name: str, legend: str = "") -> str:
    """The chart called ``name`` as an SVG document, ``legend`` below it. KeyError when there is no such chart."""
    chart = table(name)
    boxes = _columns(chart)
    rows = sorted(_rows(chart), key=lambda row: _place(row, list(boxes)))
    top = max(box.y + box.height for box in boxes.values()) + _GAP
    bottom = top + _ROW * len(rows)
    size = _size(boxes, [name, legend], bottom)
    svg = _element(None, "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {size.width:g} {size.height:g}")
    svg.attrib |= {"width": f"{size.width:g}", "height": f"{size.height:g}", "font-family": _FONT}
    svg.attrib |= {"font-size": f"{_SIZE}", "fill": _INK}
    _element(svg, "title").text = name
    _element(svg, "rect", width=size.width, height=size.height, fill="white")
    _text(svg, _MARGIN, _MARGIN + _SIZE, name, weight="bold")
    for state, box in boxes.items():
        down = f"M{box.middle:g} {box.y + box.height:g}V{bottom:g}"
        _element(svg, "path", d=down, stroke=_PALE, stroke_dasharray="2 4")
        _state(svg, chart, state, box)
    for number, row in enumerate(rows):
        _event(svg, row, boxes, top + _ROW * (number + 0.75), size.width)
    _text(svg, _MARGIN, bottom + _MARGIN, legend)
    indent(svg)
    return tostring(svg, encoding="unicode")


# --- where everything lies -------------------------------------------------------------------------------------------


def distances(chart: Table) -> dict[str, int]:
    """How many steps each state is from the first, in the order of that distance."""
    found = {chart.initial: 0}
    waiting = [chart.initial]
    for state in waiting:
        for (source, _event_name), arcs in chart.arcs.items():
            for target in (arc.target for arc in arcs if source == state):
                if target not in found:
                    found[target] = found[state] + 1
                    waiting.append(target)
    in_order = sorted(chart.states, key=lambda state: (found[state], chart.states.index(state)))
    # Where a course is left without effect is no place on the way: it stands last.
    return {state: found[state] for state in sorted(in_order, key=lambda state: state in _dead_ends(chart))}


def _dead_ends(chart: Table) -> frozenset[str]:
    return frozenset(state for state in chart.states if not any(source == state for source, _event_name in chart.arcs))


def _columns(chart: Table) -> dict[str, Box]:
    boxes: dict[str, Box] = {}
    x, y = float(_MARGIN), float(2 * _MARGIN + 2 * _SIZE)
    lines = {state: _lines_of(chart, state) for state in distances(chart)}
    height = max(len(each) for each in lines.values()) * _LINE + 3 * _PADDING
    for state, each in lines.items():
        width = max(map(len, each)) * _LETTER + 2 * _PADDING
        boxes[state] = Box(x, y, width, height)
        x += width + _GAP
    return boxes


def _lines_of(chart: Table, state: str) -> list[str]:
    return [line for name in (state, *_staying(chart, state)) for line in _broken(name)]


def _staying(chart: Table, state: str) -> tuple[str, ...]:
    """The events that leave the state as it is."""
    stays = (event for (source, event), arcs in chart.arcs.items() if source == state and _stays(state, arcs))
    return tuple(stays)


def _stays(state: str, arcs: Iterable[Arc]) -> bool:
    return any(arc.target == state for arc in arcs)


def _broken(name: str) -> list[str]:
    """A name on as many lines as it needs, broken after underscores; lines after the first are set in."""
    lines = [""]
    for part in name.replace("_", "_ ").split():
        if lines[-1] and len(lines[-1]) + len(part) > _LONGEST_LINE:
            lines.append(_SET_IN)
        lines[-1] += part
    return lines


def _rows(chart: Table) -> Iterator[Row]:
    sources: dict[tuple[str, str], list[str]] = {}
    for (source, event), arcs in chart.arcs.items():
        for arc in arcs:
            if arc.target != source:
                sources.setdefault((_label(event, arc), arc.target), []).append(source)
    for (label, target), found in sources.items():
        yield Row(label, tuple(found), target)


def _label(event: str, arc: Arc) -> str:
    guards = ", ".join(name if wanted else f"not {name}" for name, wanted in arc.guards)
    return f"{event} [{guards}]" if guards else event


def _place(row: Row, order: list[str]) -> tuple[bool, int, int]:
    """Rows that lead onwards stand first, each where its first state does."""
    return (_leads_back(row, order), min(map(order.index, row.sources)), order.index(row.target))


def _leads_back(row: Row, order: list[str]) -> bool:
    return all(order.index(row.target) < order.index(source) for source in row.sources)


def _size(boxes: Mapping[str, Box], texts: Iterable[str], bottom: float) -> Box:
    right = max(box.x + box.width for box in boxes.values())
    return Box(0, 0, max(right, *(_MARGIN + len(text) * _LETTER for text in texts)) + _MARGIN, bottom + 2 * _MARGIN)


# --- how it is drawn -------------------------------------------------------------------------------------------------


def _state(svg: Element, chart: Table, state: str, box: Box) -> None:
    group = _element(svg, "g", id=f"state-{state}")
    _frame(group, box, "#eff6ff")
    if state in chart.ends:
        # The course is over here: a second frame around the first.
        _frame(group, Box(box.x + 3, box.y + 3, box.width - 6, box.height - 6), "none")
    if state == chart.initial:
        _element(group, "circle", cx=box.middle, cy=box.y - _SIZE, r=_DOT)
        _element(group, "path", d=f"M{box.middle:g} {box.y - _SIZE:g}V{box.y:g}", stroke=_INK)
    y = box.y + _PADDING + _SIZE
    y = _text(group, box.x + _PADDING, y, *_broken(state), weight="bold") + _PADDING
    for event in _staying(chart, state):
        y = _text(group, box.x + _PADDING, y, *_broken(event))


def _frame(group: Element, box: Box, fill: str) -> None:
    _element(group, "rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=5, fill=fill, stroke=_INK)


def _event(svg: Element, row: Row, boxes: Mapping[str, Box], y: float, width: float) -> None:
    places = [boxes[state].middle for state in (*row.sources, row.target)]
    target, left, right = places[-1], min(places), max(places)
    colour = _BACK if _leads_back(row, list(boxes)) else _ONWARDS
    group = _element(svg, "g", fill=colour, stroke="none")
    _element(group, "title").text = f"{', '.join(row.sources)} → {row.target}"
    length = len(row.label) * _LETTER
    x = min(left + _HEAD, width - _MARGIN - length)
    _element(group, "rect", x=x - 2, y=y - _LINE - _DOT, width=length + 4, height=_LINE, fill="white")
    _text(group, x, y - 2 * _DOT, row.label)
    _element(group, "path", d=f"M{left:g} {y:g}H{right:g}", stroke=colour, stroke_width=1.5)
    for place in places[:-1]:
        _element(group, "circle", cx=place, cy=y, r=_DOT)
    for side in {1 if place > target else -1 for place in places[:-1]}:
        _element(group, "path", d=f"M{target:g} {y:g}l{side * _HEAD} -5v10z")


def _text(parent: Element, x: float, y: float, *lines: str, weight: str = "normal") -> float:
    """A text, each line below the one before; gives the height at which the next line would stand."""
    text = _element(parent, "text", x=x, y=y, font_weight=weight)
    for number, line in enumerate(lines):
        inset = len(line) - len(line.lstrip(_SET_IN))
        _element(text, "tspan", x=x + inset * _LETTER, y=y + number * _LINE).text = line.lstrip(_SET_IN)
    return y + len(lines) * _LINE


def _element(parent: Element | None, tag: str, **attributes: str | float) -> Element:
    told = {
        name.replace("_", "-"): value if isinstance(value, str) else f"{value:g}" for name, value in attributes.items()
    }
    return Element(tag, told) if parent is None else SubElement(parent, tag, told)
