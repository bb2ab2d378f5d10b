"""The product and the model side by side: every act is asked of both, and they must agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.model import Ask, PaperCase
from tests.model_against_history import unlawfully_bound
from tests.model_against_show import differences
from tests.model_effect import EffectRule
from tests.model_verdicts import Verdict, verdict
from tests.office import PARTIES, Office, Reply, Word

BAD_DATA = frozenset({"value_invalid", "date_in_future", "unknown_party", "not_a_party"})


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What is said when a case is opened."""

    on: date
    group: str = "barn-unga"
    kind: str = "overenskommelse"
    rule: EffectRule = field(default_factory=lambda: EffectRule(name="all"))
    parties: tuple[str, ...] = PARTIES
    text: bytes | None = None
    not_before: date | None = None
    valid_from: date | None = None


@dataclass
class Followed:
    """A case in the office and the same case on paper."""

    ref: str
    paper: PaperCase


class Walk:
    """Asks the office, asks the model, and fails with every difference between them."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.cases: list[Followed] = []
        self.disputed = False

    def open(self, opening: Opening) -> Followed:
        """Open a case in the office and on paper."""
        ref = self.office.opened(
            group=opening.group,
            type=opening.kind,
            on=opening.on,
            effect=None if opening.rule.name == "all" else opening.rule,
            party=None if opening.parties == PARTIES else opening.parties,
            text=self.office.paper(opening.text) if opening.text is not None else None,
            not_before=opening.not_before,
            valid_from=opening.valid_from,
        )
        paper = PaperCase(
            group=opening.group,
            opened_on=opening.on,
            parties=opening.parties,
            rule=opening.rule,
            text=opening.text,
            not_before=max(opening.not_before or date.min, opening.valid_from or date.min),
        )
        followed = Followed(ref, paper)
        self.cases.append(followed)
        self.look(followed, opening.on)
        return followed

    def attempt(self, followed: Followed, ask: Ask) -> Reply | None:
        """Ask both; nothing is asked when the documents do not settle what must happen."""
        judged = verdict(followed.paper, ask)
        if judged.silent:
            return None
        before = self.office.copy_log_bytes()
        reply = self.office(*words(ask, followed.ref, self.office), today=ask.today)
        after = self.office.copy_log_bytes()
        self.agree(_faults(judged, reply, before, after), repr(ask), reply.transcript())
        if judged.allowed and judged.changes:
            followed.paper.do(ask)
        self.look(followed, ask.today)
        return reply

    def look(self, followed: Followed, asked: date) -> dict[str, Any]:
        """Show the case as of a day and compare it with the paper."""
        shown = self.office.show(followed.ref, today=asked)
        faults = differences(followed.paper, shown, asked)
        if shown["state"] in ("ratified", "in_force"):
            faults += unlawfully_bound(shown, self.office("case", "history", followed.ref, expect=0).json)
        self.agree(faults, f"{followed.ref} on {asked}")
        return shown

    def agree(self, faults: list[str], *circumstances: str) -> None:
        """Fail with these faults, if there are any, and with the circumstances."""
        self.disputed = self.disputed or bool(faults)
        assert not faults, "\n".join([*faults, *circumstances])


def _faults(judged: Verdict, reply: Reply, before: list[bytes], after: list[bytes]) -> list[str]:
    """What is wrong with the office's answer to an ask the rules settle."""
    if not judged.allowed:
        return _faults_of_refusal(judged, reply, before, after)
    if reply.code != 0:
        return ["the rules allow it, the office refused"]
    faults = [] if after[: len(before)] == before else ["what stood in the log was changed"]
    written = len(after) - len(before)
    if bool(written) != judged.changes:
        faults.append(f"{written} events were written")
    if len(reply.json["events"]) != written:
        faults.append(f"{written} events were written and {len(reply.json['events'])} told of")
    return faults


def _faults_of_refusal(judged: Verdict, reply: Reply, before: list[bytes], after: list[bytes]) -> list[str]:
    faults = [] if after == before else ["the log was changed by a refused act"]
    if reply.code == 0:
        return [*faults, f"the rules refuse it ({', '.join(sorted(judged.reasons))}), the office did it"]
    code = reply.error["code"]
    if code not in judged.reasons:
        faults.append(f"refused with {code} instead of {', '.join(sorted(judged.reasons))}")
    if reply.code != (65 if code in BAD_DATA else 1):
        faults.append(f"{code} came with exit {reply.code}")
    if judged.missing and judged.reasons == {one for one, _ in judged.missing} and reply.missing != judged.missing:
        faults.append(f"missing is {sorted(judged.missing)}, said was {reply.missing}")
    return faults


def words(ask: Ask, ref: str, office: Office) -> list[Word]:
    """The ask in the words of the command line."""
    said: list[Word] = ["case", ask.verb, ref, "--on", ask.on]
    if ask.by:
        said += ["--by", ask.by]
    if ask.party and ask.said:
        said += ["--party", ask.party, "--answer", ask.said.answer]
        said += ["--organ", ask.said.organ] if ask.said.organ else []
        said += ["--minutes", ask.said.minutes] if ask.said.minutes else []
        said += ["--text-version", ask.version] if ask.version else []
    if ask.rule:
        said += ["--rule", ask.rule]
    if ask.verb in _NEEDS_REASON:
        said += ["--reason", "så beslutades"]
    return said + _particulars(ask, office)


def _particulars(ask: Ask, office: Office) -> list[Word]:
    if ask.verb == "revise":
        return ["--text", office.paper(ask.text)]
    if ask.verb == "postpone":
        return ["--until", ask.on + timedelta(days=30)]
    if ask.day is None:
        return []
    return ["--date" if ask.verb == "answer-by" else "--answer-by", ask.day]


_NEEDS_REASON = frozenset({"return", "postpone", "withdraw", "close", "revise", "override", "answer-by", "correct"})
