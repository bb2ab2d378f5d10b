"""Words for tests of structures: asking for a route, opening a matter, taking a course step by step."""

from collections.abc import Iterator
from typing import Any

from tests.office import PARTIES, Office, Reply

#: The option that names who takes the step, where it is not --by.
_WHO = {"anchor": "--in", "spread": "--via", "answer": "--party"}
_SAID: dict[str, tuple[str, ...]] = {
    "answer": ("--answer", "adopts"),
    "lift": ("--reason", "kräver politiskt ställningstagande"),
    "return": ("--reason", "mer behöver utredas"),
    "close": ("--reason", "ersätts av annat"),
    "withdraw": ("--reason", "frågan har fallit"),
    "postpone": ("--reason", "hanns inte med"),
}


def options(said: dict[str, Any]) -> Iterator[str]:
    """``for_="…"`` as ``--for …``; a list repeats its option, and None leaves it out."""
    for name, value in said.items():
        for one in value if isinstance(value, (list, tuple)) else [value]:
            if one is not None:
                yield from (f"--{name.rstrip('_').replace('_', '-')}", str(one))


def explained(office: Office, kind: str, group: str | None = None, /, **said: Any) -> dict[str, Any]:
    """The route as ``route explain`` tells it; say ``on`` or ``structure``."""
    words = ("route", "explain", "--type", kind, *options({"group": group, **said}))
    route: dict[str, Any] = office(*words, expect=0).json
    return route


def opened(office: Office, kind: str, group: str | None = None, /, **said: Any) -> str:
    """The reference of a new case."""
    words = ("case", "open", "--type", kind, "--title", f"Ett ärende: {kind}", *options({"group": group, **said}))
    return str(office(*words, expect=0).json["ref"])


def routed(office: Office, kind: str, group: str | None = None, /, **said: Any) -> dict[str, Any]:
    """The route that both the explanation and a case opened on the day have; the case's other keys beside it."""
    told = explained(office, kind, group, **said)
    shown = office.show(opened(office, kind, group, **said))
    route = shown["route"]
    assert {key: told[key] for key in route.keys() & told.keys()} == {key: route[key] for key in route.keys() & told}
    assert (told["structure"], told["chart"]) == (shown["structure"], shown["chart"])
    assert [each["party"] for each in shown["parties"]] == list(PARTIES)
    return {**told, **route, "ref": shown["ref"]}


def step(ref: str, told: str) -> tuple[str, ...]:
    """``"recommend svom 2022-03-01"`` as the words of the command; further words follow as they are."""
    verb, *words = told.split()
    if verb in {"dispatch", "withdraw"}:
        who: tuple[str, ...] = ()
    else:
        who, words = (_WHO.get(verb, "--by"), words[0]), words[1:]
    day, *more = words
    return ("case", verb, ref, *who, "--on", day, *_SAID.get(verb, ()), *more)


def take(office: Office, ref: str, *steps: str, today: str | None = None) -> str:
    """Take these steps, one after the other; the state afterwards."""
    state = ""
    for told in steps:
        state = office(*step(ref, told), today=today, expect=0).json["state"]
    return state


def tried(office: Office, ref: str, told: str, today: str | None = None) -> Reply:
    """What comes back when the step is asked for, whatever it is."""
    return office(*step(ref, told), today=today)


def events(office: Office, ref: str) -> list[str]:
    """The kinds of everything recorded about the case, in order."""
    return [row["kind"] for row in office("case", "history", ref, expect=0).json]


def sound(office: Office) -> None:
    """The whole history proves itself, and every case and document can be told again from its first event."""
    assert office("audit", "verify", expect=0).json["findings"] == []
    replayed = {each["ref"]: each for each in office("audit", "replay", expect=0).json}
    cases = {row["ref"] for row in office("case", "list", expect=0).json}
    assert cases <= replayed.keys()
    # What is left are documents: those that a case led to.
    assert all(name.startswith("dok-") for name in replayed.keys() - cases)
