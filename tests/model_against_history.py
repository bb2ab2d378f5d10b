"""The way to the day it binds, counted once more from the history alone: was every step taken, on one text."""

from __future__ import annotations

from typing import Any

from tests.model import LEADERSHIP, POLITICAL, PREPARERS
from tests.model_effect import EffectRule

WAIVED_BY = {"direct-leadership": PREPARERS["alla"], "direct-political": (LEADERSHIP,)}


def unlawfully_bound(shown: dict[str, Any], history: list[dict[str, Any]]) -> list[str]:
    """Say what is missing from the history of a case that is shown as ratified or in force; empty when it may be so."""
    needed = {*PREPARERS[shown["group"]], LEADERSHIP, POLITICAL}
    version, taken, waived, sent = 1, set[str](), set[str](), False
    adopters: set[str] = set()
    faults: list[str] = []
    for row in history:
        data = row["data"]
        if row["kind"] == "text_revised":
            version, taken, waived, sent, adopters = data["text"]["version"], set(), set(), False, set()
        elif row["kind"] == "step_taken" and data["text_version"] == version:
            taken.add(data["by"])
        elif row["kind"] == "deviation_allowed":
            waived |= set(WAIVED_BY[data["rule"]])
        elif row["kind"] == "sent_back":
            taken -= needed if data["by"] == LEADERSHIP else {LEADERSHIP, POLITICAL}
        elif row["kind"] == "dispatched":
            sent = True
            faults += [f"sent to the parties without {body}" for body in sorted(needed - taken - waived)]
            faults += [] if data["text"]["version"] == version else ["another text version was sent"]
        elif "party" in data and "answer" in data:
            adopted = data["answer"] == "adopts" and data["text_version"] == version
            adopters = adopters | {data["party"]} if adopted else adopters - {data["party"]}
    name, _, number = str(shown["effect_rule"]).partition(":")
    rule = EffectRule(name=name, number=int(number or 0))
    if not rule.satisfied(len(adopters), len(shown["parties"])):
        faults.append(f"bound by {rule} with {len(adopters)} adopters: {', '.join(sorted(adopters))}")
    return faults if sent else [*faults, "never sent to the parties"]
