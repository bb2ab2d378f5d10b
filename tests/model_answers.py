"""What the parties of one dispatch have said: part of the model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ANSWERS = {
    "adopts": "adopted",
    "adopts-with-reservation": "adopted_with_reservation",
    "declines": "declined",
    "not-now": "not_now",
    "adjourned": "adjourned",
    "remitted": "remitted",
}
ADOPTS = "adopts"
MAY_ADOPT_LATER = frozenset({"declines", "not-now"})
NOT_FINAL = frozenset({"adjourned", "remitted"})


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One party's decision as reported: what, when, and by which organ and paragraph."""

    answer: str
    on: date
    organ: str | None = None
    minutes: str | None = None


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The answer that counts for a party, and the deadline there was when it was recorded."""

    answer: Answer
    deadline: date


class Answers:
    """The answers that count, of one text version sent to these parties on one day."""

    def __init__(self, parties: tuple[str, ...]) -> None:
        self.parties = parties
        self.kept: dict[str, Kept] = {}

    def of(self, party: str) -> Answer | None:
        """The answer that counts, if the party has given any."""
        kept = self.kept.get(party)
        return kept.answer if kept else None

    def state_of(self, party: str) -> str:
        """The party's state in the terms of the command line."""
        answer = self.of(party)
        return ANSWERS[answer.answer] if answer else "waiting"

    def adopted(self) -> dict[str, date]:
        """Who has adopted without reservation, and when."""
        return {party: kept.answer.on for party, kept in self.kept.items() if kept.answer.answer == ADOPTS}

    def owing(self) -> set[str]:
        """Who has not said anything final."""
        return {party for party in self.parties if self._is_open(self.of(party))}

    def refused(self) -> int:
        """How many final answers are no adoption."""
        return len(self.parties) - len(self.owing()) - len(self.adopted())

    def is_late(self, party: str, deadline: date | None) -> bool | None:
        """Decided after the day by which it was asked for; unsaid if that day was moved across the decision."""
        kept = self.kept.get(party)
        if kept is None or deadline is None:
            return False
        then, now = kept.answer.on > kept.deadline, kept.answer.on > deadline
        return now if then == now else None

    def reasons_against(self, party: str, said: Answer) -> set[str]:
        """Why this party cannot now say this; dates before the dispatch are not judged here."""
        before = self.of(party)
        if before is None or before == said:
            return set()
        reasons = {"date_before_previous_step"} if said.on < before.on else set()
        if self._is_open(before):
            return reasons
        adopts_later = before.answer in MAY_ADOPT_LATER and said.answer == ADOPTS and said.on > before.on
        return reasons if adopts_later else reasons | {"already_answered"}

    def keep(self, party: str, said: Answer, deadline: date) -> None:
        """From now on this answer counts for the party."""
        self.kept[party] = Kept(answer=said, deadline=deadline)

    @staticmethod
    def _is_open(answer: Answer | None) -> bool:
        return answer is None or answer.answer in NOT_FINAL
