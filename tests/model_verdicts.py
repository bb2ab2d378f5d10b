"""What must become of an ask, by the rules: accepted, refused and why, or nowhere said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from tests.model import LEADERSHIP, POLITICAL, Ask, PaperCase

BODIES = frozenset({LEADERSHIP, POLITICAL, "au-barn-unga", "au-vuxna"})
MAY_WAIVE = {"direct-leadership": LEADERSHIP, "direct-political": POLITICAL}
OUT_OF_TURN = frozenset(
    {"step_not_possible", "preparation_missing", "leadership_recommendation_missing", "not_recommended"}
)


@dataclass(frozen=True)
class Verdict:
    """The fate of an ask.

    ``reasons`` are all that hold against it, and the product names one of them; ``missing`` is what is owed by whom
    when nothing else is wrong; ``changes`` is false for what is accepted without being written; ``silent`` says that
    the documents do not settle the question, and then the rest claims nothing.
    """

    reasons: frozenset[str] = frozenset()
    missing: frozenset[tuple[str, str]] = frozenset()
    changes: bool = True
    silent: bool = False

    @property
    def allowed(self) -> bool:
        """The office is to do it."""
        return not self.reasons


SILENT = Verdict(silent=True)


def verdict(case: PaperCase, ask: Ask) -> Verdict:
    """Judge an ask about a case without carrying it out."""
    judged = _JUDGES[ask.verb](case, ask)
    return replace(judged, reasons=judged.reasons | {"date_in_future"}) if ask.on > ask.today else judged


def _dated(ask: Ask, reasons: set[str], earliest: date, settled: date) -> Verdict:
    """Add what the date forbids: refused before ``earliest``, allowed from ``settled`` on, and between them unsaid."""
    if ask.on < (settled if reasons else earliest):
        return Verdict(frozenset(reasons | {"date_before_previous_step"}))
    return Verdict(frozenset(reasons), silent=not reasons and ask.on < settled)


def _step(case: PaperCase, ask: Ask) -> Verdict:
    own = {"prepare": {*case.preparers, LEADERSHIP}, "recommend": {LEADERSHIP, POLITICAL}}[ask.verb]
    reasons = set() if ask.by in own else {"mandate_missing"}
    if ask.by in case.taken or case.dispatched_on or case.is_over(ask.today):
        reasons.add("step_not_possible")
    missing = _unmet(case, ask.by)
    codes = {code for code, _ in missing}
    if reasons:
        return _dated(ask, reasons | codes, case.opened_on, case.latest)
    if _is_overtaken(case, ask.by) and not missing:
        return SILENT
    earliest = max([case.opened_on, *(case.taken.get(body, case.opened_on) for body in _below(case, ask.by))])
    return replace(_dated(ask, codes, earliest, max(earliest, case.turned_on)), missing=missing)


def _below(case: PaperCase, body: str) -> tuple[str, ...]:
    return {LEADERSHIP: case.preparers, POLITICAL: (*case.preparers, LEADERSHIP)}.get(body, ())


def _unmet(case: PaperCase, body: str) -> frozenset[tuple[str, str]]:
    """The nearest step that this body's own step builds on and that nobody has taken or waived."""
    if body not in (LEADERSHIP, POLITICAL) or (body == POLITICAL and LEADERSHIP in case.taken):
        return frozenset()
    if body == POLITICAL and "direct-political" not in case.waived:
        return frozenset({("leadership_recommendation_missing", LEADERSHIP)})
    if "direct-leadership" in case.waived:
        return frozenset()
    return frozenset(("preparation_missing", preparer) for preparer in case.unprepared())


def _is_overtaken(case: PaperCase, body: str) -> bool:
    """Whether a body whose step is waived or overtaken may still take it is nowhere said."""
    if body in case.preparers:
        return "direct-leadership" in case.waived or LEADERSHIP in case.taken or POLITICAL in case.taken
    return body == LEADERSHIP and ("direct-political" in case.waived or POLITICAL in case.taken)


def _turn(case: PaperCase, ask: Ask) -> Verdict:
    """``return`` and ``postpone``, for which it must be the body's turn."""
    may = {LEADERSHIP, POLITICAL} | (set(case.preparers) if ask.verb == "postpone" else set())
    reasons = set() if ask.by in may else {"mandate_missing"}
    # Once politics has it too, what the leadership recommended is no longer the leadership's to send back.
    gone_on = ask.by == LEADERSHIP and POLITICAL in case.taken
    undoes_its_own = ask.verb == "return" and ask.by in case.taken and not gone_on
    states = case.standing(ask.today).states
    if ask.verb == "postpone" and ask.by == POLITICAL and "not_ratified" in states:
        # What becomes of a text that was not ratified is for this forum to say.
        return SILENT if len(states) > 1 else _dated(ask, reasons, case.opened_on, case.latest)
    if case.dispatched_on or case.is_over(ask.today):
        reasons.add("step_not_possible")
    elif ask.by not in case.owed() and not undoes_its_own:
        if _is_overtaken(case, ask.by) and ask.by not in case.taken:
            return SILENT
        reasons |= OUT_OF_TURN
    return _dated(ask, reasons, case.opened_on, case.latest)


def _end(case: PaperCase, ask: Ask) -> Verdict:
    reasons = {"step_not_possible"} if case.is_over(ask.today) else set()
    # What the parties are asked is politiskt forum's to close: it has recommended it to them (G8).
    may = (POLITICAL,) if case.dispatched_on else (LEADERSHIP, POLITICAL)
    if ask.verb == "close" and ask.by not in may:
        reasons.add("mandate_missing")
    done = [case.opened_on, *case.taken.values(), case.dispatched_on or case.opened_on]
    return _dated(ask, reasons, max(done), case.latest)


def _revise(case: PaperCase, ask: Ask) -> Verdict:
    reasons = {"step_not_possible"} if case.is_over(ask.today) else set()
    if ask.text == case.texts[-1]:
        reasons.add("value_invalid")
    return _dated(ask, reasons, case.opened_on, case.latest)


def _override(case: PaperCase, ask: Ask) -> Verdict:
    if ask.rule not in MAY_WAIVE:
        return _dated(ask, {"override_not_allowed"}, case.opened_on, case.latest)
    too_late = case.dispatched_on or case.is_over(ask.today) or case.taken.keys() & {LEADERSHIP, POLITICAL}
    without_effect = ask.rule in case.waived or (ask.rule == "direct-leadership" and not case.unprepared())
    if too_late or without_effect or ask.by != MAY_WAIVE[ask.rule]:
        return SILENT
    return _dated(ask, set(), case.opened_on, case.latest)


def _dispatch(case: PaperCase, ask: Ask) -> Verdict:
    if case.dispatched_on or case.is_over(ask.today):
        return _dated(ask, {"step_not_possible"}, case.opened_on, case.latest)
    if POLITICAL not in case.taken:
        missing = frozenset({("political_recommendation_missing", POLITICAL)})
        return replace(_dated(ask, {"political_recommendation_missing"}, case.opened_on, case.latest), missing=missing)
    builds_on = max(case.taken.values())
    return _dated(ask, set(), builds_on, max(builds_on, case.turned_on))


def _answer(case: PaperCase, ask: Ask) -> Verdict:
    reasons = _no_answer(case, ask)
    if reasons or case.dispatched_on is None or ask.said is None:
        return _dated(ask, reasons, case.opened_on, case.latest)
    before = case.answers.of(ask.party)
    outdated = _outdated(case, ask)
    if ask.verb == "answer":
        reasons = outdated | case.answers.reasons_against(ask.party, ask.said)
        return replace(_dated(ask, reasons, case.dispatched_on, case.dispatched_on), changes=before != ask.said)
    if before is None:
        return _dated(ask, outdated | OUT_OF_TURN | {"value_invalid"}, case.dispatched_on, case.dispatched_on)
    if before == ask.said and not outdated:
        return SILENT
    return _dated(ask, outdated, case.dispatched_on, before.on)


def _no_answer(case: PaperCase, ask: Ask) -> set[str]:
    """Why there is no question of an answer at all."""
    reasons = {"step_not_possible"} if case.ended else set()
    if not case.dispatched_on:
        reasons.add("not_dispatched")
    if ask.party not in case.parties:
        reasons |= {"only_party_decides"} if ask.party in BODIES else {"unknown_party", "not_a_party"}
    return reasons | _outdated(case, ask) if reasons else reasons


def _outdated(case: PaperCase, ask: Ask) -> set[str]:
    return {"text_version_outdated"} if ask.version not in (None, case.version) else set()


def _deadline(case: PaperCase, ask: Ask) -> Verdict:
    if not case.dispatched_on or case.ended:
        return _dated(ask, {"step_not_possible", "not_dispatched"}, case.opened_on, case.latest)
    nobody_asked = case.is_over(ask.today) or not case.answers.owing()
    if nobody_asked or ask.day is None or ask.day == case.deadline or ask.day < ask.on:
        return SILENT
    return _dated(ask, set(), case.dispatched_on, case.latest)


def _effect(case: PaperCase, ask: Ask) -> Verdict:
    same = ask.rule == str(case.rule)
    if same or ask.by == LEADERSHIP or case.is_over(ask.today):
        return SILENT
    return _dated(ask, set() if ask.by == POLITICAL else {"mandate_missing"}, case.opened_on, case.latest)


_JUDGES: dict[str, Callable[[PaperCase, Ask], Verdict]] = {
    "prepare": _step,
    "recommend": _step,
    "return": _turn,
    "postpone": _turn,
    "withdraw": _end,
    "close": _end,
    "revise": _revise,
    "override": _override,
    "dispatch": _dispatch,
    "answer": _answer,
    "correct": _answer,
    "answer-by": _deadline,
    "effect": _effect,
}
