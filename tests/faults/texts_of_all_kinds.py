"""A command line for every free text that can be recorded, and the texts that are tried in it."""

from collections.abc import Iterator
from pathlib import Path

from tests.office import Office, Word
from tests.structures.own_rules import example_structure

#: Texts as people, systems and mischief write them. In composed form, as they must be stored.
TEXTS = {
    "Swedish": "Åtgärd för äldre – «kärnan» § 14",
    "marks that compose and one that does not": "é Å ộ ṩ e\u0332",
    "a space that does not break": "§\u00a014, 2\u00a0000\u00a0kr",
    "Cyrillic letters that look Latin": "Åre kommun \u0438 \u0410re",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd \u200f(1)\u200f \u0645\u0631\u062d\u0628\u0627",
    "emoji of many parts": "👩‍👩‍👧‍👦 🇸🇪 👍🏽",
    "signs outside the first plane": "\U0001d504 𠀋 𐐷",
    "what a program might take for its own": "{0} %s $x `rm` \\n \"'; DROP TABLE event --",
    "letters of compatibility": "ﬁ Ⅷ ½ ①",
}

_RULES = "lansforum.toml"


def story(text: str, paper: Path) -> Iterator[tuple[Word, ...]]:
    """Commands in which this text is said wherever a text can be said; ``paper``: a file whose name holds it."""
    reason, minutes = ("--reason", text), ("--minutes", text)
    case, politics, berg = "SAM-2026-0001", ("--by", "politiskt-forum"), ("--party", "berg")
    opening = ("case", "open", "--title", text, "--on", "2026-01-12", "--type")
    yield (*opening, "ök", "--group", "barn-unga", "--party", "rjh", *berg, "--text", paper)
    for verb, *words in (
        ("postpone", "--by", "au-barn-unga", "--until", "2026-02-02", *reason, *minutes, "--on", "2026-01-13"),
        ("prepare", "--by", "au-barn-unga", *minutes, "--on", "2026-01-20"),
        ("return", "--by", "ledningsforum", *reason, *minutes, "--on", "2026-01-21"),
        ("override", "--rule", "direct-leadership", "--by", "ledningsforum", *reason, *minutes, "--on", "2026-01-22"),
        ("recommend", "--by", "ledningsforum", *minutes, "--on", "2026-02-05"),
        ("recommend", *politics, *minutes, "--on", "2026-02-20"),
        ("dispatch", "--on", "2026-03-02"),
        ("answer-by", "--date", "2026-08-31", *reason, "--on", "2026-03-03"),
        ("answer", *berg, "--answer", "declines", "--organ", text, *reason, *minutes, "--on", "2026-04-01"),
        (
            "correct",
            "--party",
            "berg",
            "--answer",
            "remitted",
            "--organ",
            text,
            *reason,
            *minutes,
            "--on",
            "2026-04-01",
        ),
        ("effect", *politics, "--rule", "per-party", *minutes, "--on", "2026-04-02"),
        ("revise", "--text", paper.with_name(f"ny {paper.name}"), *reason, *politics, *minutes, "--on", "2026-04-03"),
        ("close", *politics, *reason, *minutes, "--on", "2026-04-04"),
    ):
        yield ("case", verb, case, *words)
    yield ("structure", "import", paper.with_name(_RULES), *minutes, "--on", "2026-01-12")
    yield from _others(text, opening)


def _others(text: str, opening: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    reason, minutes = ("--reason", text), ("--minutes", text)
    old = ("case", "open", "--title", text, "--on", "2022-01-10", "--type", "riktlinje", "--group", "barn-unga")
    yield old
    yield ("case", "anchor", "SAM-2022-0001", "--in", "ifo-chefsnatverk", *minutes, "--on", "2022-01-20")
    yield ("case", "lift", "SAM-2022-0001", "--by", "samreko-hsi", *reason, *minutes, "--on", "2022-01-21")
    yield (*opening, "uppdrag", "--giver", "rsr", "--receiver", "rjh", "--kind", "limited", "--due", "2026-12-01")
    yield ("case", "decide", "SAM-2026-0002", "--by", "rsr", *minutes, "--on", "2026-02-02")
    yield ("case", "report", "SAM-2026-0002", "--by", "rsr", *minutes, "--on", "2026-03-02")
    structure = ("--structure", "alternativ-2", "--in-force", "2026-11-01", "--direction", text, "--goals", text)
    yield (*opening, "samverkansstruktur", *structure)
    for day, *content in (("2026-02-02",), ("2026-03-02", "--direction", text, "--goals", text)):
        yield ("case", "decide", "SAM-2026-0003", "--by", "rsr", "--on", day, *content)
    yield ("structure", "adopt", "alternativ-2", "--from", "2026-11-01", *minutes, "--on", "2026-03-03")
    yield ("structure", "configure", "alternativ-3", "--board", "gnus", *minutes, "--on", "2026-03-03")
    answer = ("revisionssvar", "--addressee", "hsn", "--due", "2026-11-30", "--audit", text)
    yield (*opening, *answer)
    yield ("case", "withdraw", "SAM-2026-0004", *reason, "--on", "2026-03-02")
    status = ("forum", "status", "jamtbus", "--active", "--from", "2026-01-01")
    yield (*status, *reason, "--on", "2026-03-03")
    who = ("--role", "coordinator", "--organisation", text, "--from", "2026-01-01")
    yield ("actor", "admit", "samordnare", "--role", "administrator", "--from", "2026-01-01")
    yield ("actor", "admit", text, *who)
    yield ("actor", "remove", text)


def laid(office: Office, name: str) -> Path:
    """Two texts whose names hold this one; a name that cannot be a file's is written without what stands against it."""
    place = office.folder / f"{name.replace('/', ' ')}.txt"
    for path in (place, place.with_name(f"ny {place.name}")):
        path.write_bytes(path.name.encode())
    (office.folder / _RULES).write_text(example_structure(), encoding="utf-8", newline="\n")
    return place
