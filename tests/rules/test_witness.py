"""The witness of a course objects to what must not happen, whoever lets it happen, and to nothing else."""

from datetime import date

import pytest
from msgspec.structs import replace

from workflow.case import Case
from workflow.checking.witness import Witness, objections, seen, too_wide, unlawful
from workflow.events import (
    AnswerRecorded,
    CaseOpened,
    DeviationAllowed,
    Dispatched,
    EffectRuleChanged,
    EffectRuleDecided,
    Lifted,
    SentBack,
    StageDecided,
    StepTaken,
    TextRevised,
)
from workflow.evolve import evolve
from workflow.facts import Answer, Deadline, Fact, Letter, Text
from workflow.record import provisional
from workflow.route import Route, RouteStage, StepName

DAY = date(2026, 3, 1)
ROUTE = Route(
    rule="r", prepare=("gruppen",), leadership=("cheferna",), political=("radet", "ungdomsradet"), ratify=True
)
DECIDED = Route(rule="d", prepare=("gruppen",), decide=("cheferna",), anchoring=("natverket",))
PARTIES = ("regionen", "norr", "soder")


def witness(route: Route = ROUTE, effect_rule: str = "all", dormant: frozenset[str] = frozenset()) -> Witness:
    return Witness(route=route, parties=PARTIES, effect_rule=effect_rule, dormant=dormant)


def step(name: StepName, by: str, text: int = 1) -> StepTaken:
    return StepTaken(step=name, by=by, text_version=text)


RECOMMENDED: tuple[Fact, ...] = (
    step("prepare", "gruppen"),
    step("leadership", "cheferna"),
    step("political", "radet"),
    step("political", "ungdomsradet"),
)


def after(start: Witness, *events: Fact) -> Witness:
    for event in events:
        start = seen(start, event)
    return start


def checks(before: Witness, event: Fact, state: str = "initiated") -> list[str]:
    return [check for check, _ in objections(before, seen(before, event), event, state)]


def sent(*parties: str, text: int = 1) -> Dispatched:
    letters = tuple(Letter(party=party, to=f"{party}@example", message_id=party) for party in parties)
    return Dispatched(text=Text(version=text), deadline=Deadline(answer_by=DAY), letters=letters, recommended=())


def answer(party: str, said: Answer = "adopts", text: int = 1) -> AnswerRecorded:
    return AnswerRecorded(party=party, answer=said, party_state="…", text_version=text, decided_on=DAY, reported_on=DAY)


def allowed(waives: StepName, *instead: str) -> DeviationAllowed:
    return DeviationAllowed(rule="u", waives=waives, by="radet", reason="…", instead=instead)


# --- sending to the parties ------------------------------------------------------------------------------------------


def test_what_everybody_has_recommended_may_be_sent() -> None:
    assert checks(after(witness(), *RECOMMENDED), sent(*PARTIES), "sent_to_parties") == []


@pytest.mark.parametrize("missing", range(len(RECOMMENDED)))
def test_it_objects_to_a_dispatch_while_anybody_s_step_is_missing(missing: int) -> None:
    some = [event for place, event in enumerate(RECOMMENDED) if place != missing]
    assert checks(after(witness(), *some), sent(*PARTIES)) == ["sent_unrecommended"]


def test_it_objects_to_a_dispatch_of_a_text_that_came_after_the_recommendations() -> None:
    revised = TextRevised(text=Text(version=2))
    assert "sent_unrecommended" in checks(after(witness(), *RECOMMENDED, revised), sent(*PARTIES, text=2))


def test_it_objects_to_a_dispatch_of_what_was_sent_back() -> None:
    back = SentBack(by="radet", reason="…", voids=("leadership", "political"))
    assert checks(after(witness(), *RECOMMENDED, back), sent(*PARTIES)) == ["sent_unrecommended"]


def test_it_objects_to_a_dispatch_to_some_of_the_parties_or_of_another_text() -> None:
    before = after(witness(), *RECOMMENDED)
    assert checks(before, sent(*PARTIES[1:])) == ["sent_otherwise"]
    assert checks(before, sent(*PARTIES, text=2)) == ["sent_otherwise"]


def test_a_step_that_is_waived_or_taken_by_a_stand_in_is_not_missed() -> None:
    waived = after(witness(), allowed("prepare"), *RECOMMENDED[1:])
    assert checks(waived, sent(*PARTIES)) == []
    instead = after(witness(), *RECOMMENDED[:2], allowed("political", "namnden"), step("political", "namnden"))
    assert checks(instead, sent(*PARTIES)) == []
    assert checks(after(witness(), *RECOMMENDED[:2], allowed("political", "namnden")), sent(*PARTIES)) != []


# --- binding -------------------------------------------------------------------------------------------------------


def bound(effect_rule: str, *answers: Fact, steps: tuple[Fact, ...] = RECOMMENDED) -> list[str]:
    end = after(witness(effect_rule=effect_rule), *steps, *answers)
    return [check for check, _ in unlawful(end, "in_force")]


@pytest.mark.parametrize(
    ("effect_rule", "enough", "too_few"),
    [
        ("all", PARTIES, PARTIES[:2]),
        ("per-party", PARTIES[:1], ()),
        ("threshold:2", PARTIES[:2], PARTIES[:1]),
        ("threshold:2+soder", PARTIES[1:], PARTIES[:2]),
    ],
)
def test_it_objects_to_what_binds_without_the_adoptions_of_the_effect_rule(
    effect_rule: str, enough: tuple[str, ...], too_few: tuple[str, ...]
) -> None:
    assert bound(effect_rule, *map(answer, enough)) == []
    assert bound(effect_rule, *map(answer, too_few)) == ["bound_unadopted"]


def test_an_adoption_with_a_reservation_or_of_an_older_text_is_none() -> None:
    two = tuple(map(answer, PARTIES[:2]))
    assert bound("all", *two, answer("soder", "adopts-with-reservation")) == ["bound_unadopted"]
    assert bound("all", *two, answer("soder", text=7)) == ["bound_unadopted"]
    assert bound("all", *two, answer("soder"), answer("soder", "declines")) == ["bound_unadopted"]


def test_it_objects_to_what_binds_without_every_recommendation() -> None:
    assert bound("per-party", answer("norr"), steps=RECOMMENDED[:3]) == ["bound_unrecommended"]


def test_what_is_not_binding_yet_needs_no_adoption() -> None:
    assert list(unlawful(witness(), "sent_to_parties")) == []


def test_it_objects_to_another_effect_rule_that_not_every_forum_decided() -> None:
    changed = EffectRuleChanged(rule="per-party")
    one = after(witness(), EffectRuleDecided(rule="per-party", by="radet"))
    both = after(one, EffectRuleDecided(rule="per-party", by="ungdomsradet"))
    at_odds = after(both, EffectRuleDecided(rule="all", by="radet"))
    assert checks(one, changed) == checks(at_odds, changed) == ["effect_rule_alone"]
    assert checks(both, changed) == []
    assert after(both, changed).effect_rule == "per-party"


# --- steps -----------------------------------------------------------------------------------------------------------


def test_it_objects_to_a_step_by_somebody_who_has_another_or_none() -> None:
    assert checks(witness(), step("political", "cheferna")) == ["step_by_stranger"]
    assert checks(witness(), step("anchoring", "natverket")) == ["step_by_stranger"]
    free = witness(replace(ROUTE, may_prepare=("fler",), anchoring_duty=("natverket",)))
    assert checks(free, step("prepare", "fler")) == checks(free, step("anchoring", "natverket")) == []


def test_it_objects_to_a_step_of_a_forum_that_is_dormant() -> None:
    assert checks(witness(dormant=frozenset({"radet"})), step("political", "radet")) == ["step_while_dormant"]


@pytest.mark.parametrize("missing", ["prepare", "anchoring"])
def test_it_objects_to_a_decision_before_what_must_come_before_it(missing: StepName) -> None:
    steps = {"prepare": step("prepare", "gruppen"), "anchoring": step("anchoring", "natverket")}
    decision = step("decide", "cheferna")
    ready = after(witness(DECIDED), *steps.values())
    assert checks(ready, decision, "decided") == []
    some = [event for name, event in steps.items() if name != missing]
    assert checks(after(witness(DECIDED), *some), decision, "decided") == ["decided_unready"]


def test_after_a_lift_the_new_route_is_the_one_that_must_be_gone() -> None:
    lifted = Lifted(by="cheferna", reason="…", chart="agreement", route=ROUTE)
    before = after(witness(DECIDED), step("prepare", "gruppen"), lifted)
    assert checks(before, sent(*PARTIES)) == ["sent_unrecommended"]
    assert checks(after(before, *RECOMMENDED[1:]), sent(*PARTIES)) == []


def test_it_objects_to_a_stage_before_its_turn_and_lets_a_new_text_keep_those_decided() -> None:
    stages = tuple(RouteStage(id=each, by=("radet",)) for each in ("direction", "agreement"))
    start = witness(Route(rule="s", stages=stages))
    first, second = (StageDecided(stage=each, by="radet") for each in ("direction", "agreement"))
    assert checks(start, second) == ["stage_order"]
    assert checks(start, first) == checks(after(start, first), second) == []
    assert checks(after(start, first, TextRevised(text=Text(version=2))), second) == []


# --- deviations ------------------------------------------------------------------------------------------------------


@pytest.fixture
def case() -> Case:
    opened = CaseOpened(
        ref="SM-2026-0001",
        type="avtal",
        title="…",
        structure="nu",
        chart="agreement",
        route=ROUTE,
        parties=PARTIES,
        effect_rule="all",
        text=Text(version=1),
    )
    return evolve(None, provisional("SM-2026-0001", 1, DAY, opened, "initiated"))


@pytest.mark.parametrize("event", [allowed("prepare"), allowed("political", "namnden")])
def test_a_deviation_may_touch_the_step_it_names(case: Case, event: DeviationAllowed) -> None:
    later = evolve(case, provisional(case.ref, 2, DAY, event, None))
    assert later != case
    assert list(too_wide(case, later, event)) == []


def test_it_objects_to_a_deviation_that_touches_another_step(case: Case) -> None:
    event = allowed("prepare")
    later = evolve(case, provisional(case.ref, 2, DAY, event, None))
    wider = (
        replace(later, waived={**later.waived, "leadership": event}),
        replace(later, route=replace(later.route, political=("radet",))),
        replace(later, done={**later.done, "political": {"radet": later.done}}),
    )
    for each in wider:
        assert [check for check, _ in too_wide(case, each, event)] == ["deviation_too_wide"]
