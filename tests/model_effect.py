"""When a text binds, and whom: the effect rules as the model counts them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class EffectRule:
    """``all``, ``per-party``, or ``threshold`` of a number of parties."""

    name: str
    number: int = 0

    def __str__(self) -> str:
        return f"{self.name}:{self.number}" if self.name == "threshold" else self.name

    def satisfied(self, adopters: int, parties: int) -> bool:
        """So many adopters among so many parties are enough."""
        return adopters >= {"all": parties, "per-party": 1, "threshold": self.number}[self.name]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the parties' answers have brought a dispatched case.

    ``states`` holds more than one name where the documents do not say which it is.
    """

    states: frozenset[str]
    in_force_from: date | None = None
    of_party: dict[str, date] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Count:
    """How the parties have answered: when each adopter decided, and how many final answers are no adoption."""

    parties: int
    adopted: dict[str, date]
    refused: int = 0


def standing(rule: EffectRule, count: Count, not_before: date, asked: date) -> Standing:
    """Say where these answers bring the case, seen from the day ``asked``."""
    parties, adopted, refused = count.parties, count.adopted, count.refused
    if not rule.satisfied(len(adopted), parties):
        out_of_reach = not rule.satisfied(parties - refused, parties)
        if rule.name == "all":
            states = {"not_ratified"} if refused else {"sent_to_parties"}
        else:
            states = {"sent_to_parties", "not_ratified"} if out_of_reach else {"sent_to_parties"}
        return Standing(states=frozenset(states))
    enough_on = next(
        day
        for day in sorted(adopted.values())
        if rule.satisfied(sum(1 for other in adopted.values() if other <= day), parties)
    )
    in_force_from = max(enough_on, not_before)
    state = "in_force" if in_force_from <= asked else "ratified"
    of_party = {party: max(day, in_force_from) for party, day in adopted.items()}
    return Standing(states=frozenset({state}), in_force_from=in_force_from, of_party=of_party)
