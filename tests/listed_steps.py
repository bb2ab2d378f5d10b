"""What ``case next`` and ``worklist`` list, held against the model and against what happens when it is tried."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.model import Ask, PaperCase
from tests.model_answers import Answer
from tests.model_verdicts import SILENT, Verdict, verdict
from tests.walk import Followed, Walk

OPEN_STATES = frozenset(
    {
        "initiated",
        "prepared",
        "recommended_by_leadership",
        "recommended_by_political_forum",
        "sent_to_parties",
        "not_ratified",
    }
)

Listed = tuple[dict[str, Any], Ask]


def check_worklists(walk: Walk, today: date) -> None:
    """Every open case is on at least one worklist, and on that of everybody it waits for."""
    rows = walk.office("worklist", today=today, expect=0).json
    for followed in walk.cases:
        bodies = {row["body"] for row in rows if row.get("case") == followed.ref}
        must, _ = followed.paper.waits_for(today)
        is_open = followed.paper.standing(today).states <= OPEN_STATES
        faults = [f"{followed.ref} is on no worklist"] if is_open and not bodies else []
        faults += [f"{followed.ref} is not on the worklist of {body}" for body in sorted(must - bodies)]
        walk.agree(faults, str(rows))


def check_next(walk: Walk, followed: Followed, today: date, text: bytes) -> list[Listed]:
    """Compare what is listed as next with the model; gives the steps the documents settle, each with how to ask for it.

    ``text`` is what a revision would bring.
    """
    rows = walk.office("case", "next", followed.ref, today=today, expect=0).json["steps"]
    faults = [f"allowed and missing disagree: {row}" for row in rows if row["allowed"] != (not row["missing"])]
    settled: list[Listed] = []
    for row in rows:
        ask = _ask_of(followed.paper, row, today, text)
        judged = _settled(followed.paper, ask) if ask else SILENT
        if ask is None or judged.silent:
            continue
        settled.append((row, ask))
        if judged.allowed != row["allowed"]:
            faults.append(f"listed is {row}, the rules give {judged}")
    walk.agree([*faults, *_owed_and_not_offered(followed.paper, rows, today)], f"{followed.ref} on {today}")
    return settled


def try_listed(walk: Walk, followed: Followed, listed: Listed) -> None:
    """Do what is listed: it must go as listed, and a refusal must name what was listed as missing."""
    row, ask = listed
    reply = walk.attempt(followed, ask)
    assert reply is not None
    faults = [] if (reply.code == 0) == row["allowed"] else ["listed one way, done the other"]
    if reply.code and reply.missing != {(one["code"], one["by"]) for one in row["missing"]}:
        faults.append("the list and the refusal name different things as missing")
    walk.agree(faults, str(row), reply.transcript())


def _settled(paper: PaperCase, ask: Ask) -> Verdict:
    """The verdict on the step as such, not on the date it would be given."""
    judged = verdict(paper, ask)
    return SILENT if "date_before_previous_step" in judged.reasons else judged


def _ask_of(paper: PaperCase, row: dict[str, Any], today: date, text: bytes) -> Ask | None:
    """What a person asks who follows this row; None for steps that need more than the row says."""
    verb, by = row["step"], row["by"] or ""
    if verb in ("prepare", "recommend", "return", "postpone", "close"):
        return Ask(verb=verb, today=today, on=today, by=by)
    if verb in ("revise", "dispatch", "withdraw"):
        return Ask(verb=verb, today=today, on=today, text=text)
    party = by or paper.parties[0]
    before = paper.answers.of(party)
    if verb == "answer" and (before is None or before.on < today):
        return Ask(verb=verb, today=today, on=today, party=party, said=Answer(answer="adopts", on=today))
    return None


def _owed_and_not_offered(paper: PaperCase, rows: list[dict[str, Any]], today: date) -> list[str]:
    if paper.is_over(today):
        return []
    offered = {row["by"] for row in rows if row["allowed"] and row["step"] in ("prepare", "recommend", "answer")}
    owing = paper.answers.owing() if paper.dispatched_on else set(paper.owed())
    return [f"{body} owes a step that is not offered" for body in sorted(owing - offered)]
