"""A case in alternativ-1 as a careful secretary would follow it with pen and paper.

Written from the rules and the published command line, never from the product's code. It keeps no chart: it counts
which body has taken its step on the text version of today, and what each party has said of it, and reads the state off
the count. What must become of an ask stands in ``model_verdicts``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tests.model_answers import Answer, Answers
from tests.model_calendar import answer_by
from tests.model_effect import Count, EffectRule, Standing, standing

LEADERSHIP = "ledningsforum"
POLITICAL = "politiskt-forum"
PREPARERS = {"barn-unga": ("au-barn-unga",), "vuxna": ("au-vuxna",), "alla": ("au-barn-unga", "au-vuxna")}
OVER = frozenset({"withdrawn", "closed", "ratified", "in_force"})


@dataclass(frozen=True, kw_only=True)
class Ask:
    """Something asked of the office on the day ``today``: a verb of the command line and what it needs."""

    verb: str
    today: date
    on: date
    by: str = ""
    party: str = ""
    said: Answer | None = None
    text: bytes = b""
    version: int | None = None
    rule: str = ""
    day: date | None = None


class PaperCase:
    """One case; ``do`` notes what was done, everything else is read off the notes."""

    def __init__(  # noqa: PLR0913 - as many as a person says when opening a case
        self,
        *,
        group: str,
        opened_on: date,
        parties: tuple[str, ...],
        rule: EffectRule,
        text: bytes | None = None,
        not_before: date = date.min,
    ) -> None:
        self.group = group
        self.opened_on = opened_on
        self.parties = parties
        self.rule = rule
        self.not_before = not_before
        self.preparers = PREPARERS[group]
        self.texts = [text]
        self.ended = ""
        self.latest = opened_on
        self._start_anew(opened_on)

    def _start_anew(self, on: date) -> None:
        self.taken: dict[str, date] = {}
        self.waived: set[str] = set()
        self.turned_on = on
        self.dispatched_on: date | None = None
        self.deadline: date | None = None
        self.answers = Answers(self.parties)

    @property
    def version(self) -> int:
        """The number of the text version of today."""
        return len(self.texts)

    @property
    def sha256(self) -> str | None:
        """The digest of the text of today, if there is a text at all."""
        text = self.texts[-1]
        return hashlib.sha256(text).hexdigest() if text is not None else None

    def standing(self, asked: date) -> Standing:
        """Where the case stands on the day ``asked``."""
        if self.ended:
            return Standing(states=frozenset({self.ended}))
        if self.dispatched_on:
            answers = self.answers
            count = Count(parties=len(self.parties), adopted=answers.adopted(), refused=answers.refused())
            return standing(self.rule, count, self.not_before, asked)
        return Standing(states=self._on_the_way())

    def _on_the_way(self) -> frozenset[str]:
        if POLITICAL in self.taken:
            return frozenset({"recommended_by_political_forum"})
        if LEADERSHIP in self.taken:
            return frozenset({"recommended_by_leadership"})
        if not self.unprepared():
            return frozenset({"prepared"})
        return frozenset({"initiated", "prepared"} if "direct-leadership" in self.waived else {"initiated"})

    def is_over(self, asked: date) -> bool:
        """Nothing more can be done to the text or to the way it goes."""
        return bool(self.standing(asked).states & OVER)

    def unprepared(self) -> list[str]:
        """The bodies that are to prepare this text and have not."""
        return [body for body in self.preparers if body not in self.taken]

    def owed(self) -> list[str]:
        """The bodies whose step is the nearest one still to be taken before the dispatch."""
        if POLITICAL in self.taken:
            return []
        if LEADERSHIP not in self.taken:
            unprepared = self.unprepared()
            if unprepared and "direct-leadership" not in self.waived:
                return unprepared
            if "direct-political" not in self.waived:
                return [LEADERSHIP]
        return [POLITICAL]

    def waits_for(self, asked: date) -> tuple[set[str], set[str] | None]:
        """Who must stand under ``waiting_for``, and who may at most; ``None`` where the documents do not say."""
        states = self.standing(asked).states
        if self.ended:
            return set(), set()
        if not self.dispatched_on:
            owed = set(self.owed())
            return owed, None if self.waived or not owed else owed
        if states == {"sent_to_parties"}:
            return self.answers.owing(), self.answers.owing()
        if self.rule.name == "all" and states & {"ratified", "in_force"}:
            return set(), set() if states == {"in_force"} else None
        return ({POLITICAL} if states == {"not_ratified"} else set()), None

    def do(self, ask: Ask) -> None:
        """Note an ask that was carried out."""
        self.latest = max(self.latest, ask.on)
        self._NOTES[ask.verb](self, ask)

    def _note_step(self, ask: Ask) -> None:
        self.taken[ask.by] = ask.on

    def _note_turning(self, ask: Ask) -> None:
        self.turned_on = max(self.turned_on, ask.on)

    def _note_return(self, ask: Ask) -> None:
        self._note_turning(ask)
        undone = {LEADERSHIP, POLITICAL} | (set(self.preparers) if ask.by == LEADERSHIP else set())
        self.taken = {body: on for body, on in self.taken.items() if body not in undone}

    def _note_override(self, ask: Ask) -> None:
        self._note_turning(ask)
        self.waived.add(ask.rule)

    def _note_end(self, ask: Ask) -> None:
        self.ended = {"withdraw": "withdrawn", "close": "closed"}[ask.verb]

    def _note_revise(self, ask: Ask) -> None:
        self.texts.append(ask.text)
        self._start_anew(ask.on)

    def _note_dispatch(self, ask: Ask) -> None:
        self.dispatched_on = ask.on
        self.deadline = ask.day or answer_by(ask.on)

    def _note_answer(self, ask: Ask) -> None:
        if ask.said is not None and self.deadline is not None:
            self.answers.keep(ask.party, ask.said, self.deadline)

    def _note_deadline(self, ask: Ask) -> None:
        self.deadline = ask.day

    def _note_effect(self, ask: Ask) -> None:
        self.rule = EffectRule(name=ask.rule)

    _NOTES: ClassVar[dict[str, Callable[[PaperCase, Ask], None]]] = {
        "prepare": _note_step,
        "recommend": _note_step,
        "return": _note_return,
        "postpone": _note_turning,
        "withdraw": _note_end,
        "close": _note_end,
        "revise": _note_revise,
        "override": _note_override,
        "dispatch": _note_dispatch,
        "answer": _note_answer,
        "correct": _note_answer,
        "answer-by": _note_deadline,
        "effect": _note_effect,
    }
