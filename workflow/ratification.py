"""When the parties' answers make a matter binding, for whom, and from when.

What the sources leave open (readings G8, G9) is chosen when the case is opened: the effect rule. An answer counts
only for the text version it was given on; «everyone has answered» is never «everyone has adopted».
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from workflow.bad_data import ValueInvalid
from workflow.case import Case, Standing
from workflow.errors import N_
from workflow.facts import Answer

#: The event of a party's chart that each answer is.
CHART_EVENT: Mapping[Answer, str] = {
    "adopts": "adopt",
    "adopts-with-reservation": "adopt_with_reservation",
    "declines": "decline",
    "not-now": "stand_aside",
    "adjourned": "adjourn",
    "remitted": "remit",
}

#: Digits of a number of parties; Python itself refuses to read a number of some thousands.
_DIGITS = 9

#: States of a party that can no longer become an adoption without a new decision.
AGAINST = frozenset({"adopted_with_reservation", "declined", "not_now"})


class EffectRule(Struct, frozen=True):
    """``all``, ``per-party``, or ``threshold`` with a number of parties and those that must be among them."""

    kind: Literal["all", "per-party", "threshold"]
    needed: int = 0
    named: tuple[str, ...] = ()


class Outcome(Struct, frozen=True, kw_only=True):
    """What the effect rule says of the answers: the day it was satisfied, or that it cannot be, or neither yet."""

    reached_on: date | None = None
    impossible: bool = False
    adopters: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def read_effect_rule(text: str, parties: Iterable[str], field: str = "--effect") -> EffectRule:
    """The effect rule written as ``all``, ``per-party``, ``threshold:6`` or ``threshold:6+rjh+ostersund``.

    Raises ValueInvalid with ``field`` when it is none of these, asks for more parties than there are, or names one
    that is none.
    """
    if text == "all":
        return EffectRule("all")
    if text == "per-party":
        return EffectRule("per-party")
    head, _, tail = text.partition(":")
    number, *named = tail.split("+")
    known = tuple(parties)
    if head != "threshold" or not (number.isascii() and number.isdecimal() and len(number) <= _DIGITS):
        why = N_("«{given}» is not an effect rule; write all, per-party, threshold:N or threshold:N+PARTY.")
        raise ValueInvalid(field=field, why=why, given=text)
    if not 1 <= int(number) <= len(known) or not set(named) <= set(known):
        why = N_("«{given}» cannot be met: N is from 1 to {count}, and named parties are among {known}.")
        raise ValueInvalid(field=field, why=why, given=text, count=len(known), known=", ".join(known))
    return EffectRule("threshold", int(number), tuple(sorted(set(named))))


def outcome(rule: EffectRule, parties: Mapping[str, Standing]) -> Outcome:
    """What ``rule`` says of the answers that stand. Depends on the set of answers, never on their order."""
    adopted: dict[str, date] = {}
    against: list[str] = []
    for party, standing in parties.items():
        if standing.state == "adopted" and standing.answer is not None:
            adopted[party] = standing.answer.decided_on
        elif standing.state in AGAINST:
            against.append(party)
    needed = {"all": len(parties), "per-party": 1, "threshold": rule.needed}[rule.kind]
    reached_on = _reached_on(rule, adopted, needed)
    possible = len(parties) - len(against)
    impossible = possible < needed or any(party in against for party in rule.named)
    return Outcome(
        reached_on=reached_on,
        impossible=reached_on is None and impossible,
        adopters=tuple(adopted),
        against=tuple(against),
    )


def _reached_on(rule: EffectRule, adopted: Mapping[str, date], needed: int) -> date | None:
    """The first day on which the adoptions up to it satisfy the rule; None when all of them together do not."""
    if len(adopted) < needed or not set(rule.named) <= adopted.keys():
        return None
    counted = sorted(adopted.values())[needed - 1]
    return max([counted, *(adopted[party] for party in rule.named)])


def binds_from(case: Case, reached_on: date) -> date:
    """The day the case takes effect: the latest of the day the rule was satisfied, not_before and valid_from."""
    return max(day for day in (reached_on, case.opened.not_before, case.opened.valid_from) if day is not None)


def party_binds_from(case: Case, party: str) -> date | None:
    """The day ``party`` is bound from: its own adoption, not before the case takes effect; None when it is not."""
    standing = case.parties[party]
    if case.in_force_from is None or standing.state != "adopted" or standing.answer is None:
        return None
    return max(case.in_force_from, standing.answer.decided_on)
