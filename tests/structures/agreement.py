"""Whether ``case next`` says what happens: what it allows is carried out, what it does not is refused as it says."""

import shlex
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.office import Office

_REASON = "så beslutades"


def disagreements(office: Office, ref: str, day: str, scratch: Path) -> list[str]:
    """Every step of ``case next`` that goes otherwise than it says; what is allowed is tried in a copy."""
    shown = office.show(ref, today=day)
    found = []
    for number, step in enumerate(office("case", "next", ref, today=day, expect=0).json["steps"]):
        words = said(office, step["command"], day, shown)
        twin = office.copied_to(scratch / f"{shown['version']}-{number}") if step["allowed"] else office
        before = twin.copy_log_bytes()
        reply = twin(*words, today=day)
        written = len(twin.copy_log_bytes()) - len(before)
        if step["allowed"]:
            fault = "" if reply.code == 0 and written else "allowed, and then not done"
        else:
            told = {(each["code"], each["by"]) for each in step["missing"]}
            refused = reply.missing or {(reply.error["code"], None)} if reply.code == 1 else set()
            fault = "" if told == refused and not written else f"said {sorted(map(str, told))}"
        found += [f"{step['step']} by {step['by']}: {fault}\n{reply.transcript()}"] if fault else []
    return found


def said(office: Office, command: str, day: str, shown: dict[str, Any]) -> list[str]:
    """The command with its placeholders filled in, dated on the day."""
    words = shlex.split(command)[1:]
    filled = list(_filled(office, words, date.fromisoformat(day), shown))
    return filled if "--on" in filled else [*filled, "--on", day]


def _filled(office: Office, words: list[str], day: date, shown: dict[str, Any]) -> Iterator[str]:
    standing = {each["party"]: each["state"] for each in shown["parties"]}
    party = words[words.index("--party") + 1] if "--party" in words else ""
    values = {
        "FILE": str(office.paper(f"en ny text den {day}")),
        "RULE": "per-party" if shown["effect_rule"] == "all" else "all",
        "PARTY": next(iter(standing), ""),
        "ANSWER": "declines" if standing.get(party) == "adopted" else "adopts",
        "§ …": "§ 1",
        "…": _REASON,
    }
    for place, word in enumerate(words):
        if word == "DATE":
            ahead = {"--until": 1, "--date": 400}.get(words[place - 1], 0)
            yield (day + timedelta(days=ahead)).isoformat()
        else:
            yield values.get(word, word)
