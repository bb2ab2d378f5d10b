"""Whatever is asked for, somebody is left who may admit others, today and on every later day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow import acts
from workflow.bad_data import ValueInvalid
from workflow.decide import decide_organisation
from workflow.decide.draft import Acting, Context
from workflow.organisation import Organisation, evolve
from workflow.record import ORGANISATION, provisional
from workflow.refusals import RulesInvalid
from workflow.rulebook import Rulebook, shipped_rules

TODAY = date(2026, 3, 2)
NAMES = st.sampled_from(["Anna", "Bo"])
OFFICES = st.sampled_from([("administrator", None), ("auditor", None), ("secretary", "svom"), ("registrar", "berg")])
DAYS = st.integers(-2, 2).map(lambda number: TODAY + timedelta(days=number))

ADMITTED = st.builds(
    lambda name, office, first, last: acts.AdmitActor(
        on=TODAY, name=name, role=office[0], body=office[1], from_day=first, until=last
    ),
    NAMES,
    OFFICES,
    DAYS,
    st.none() | DAYS,
)
REMOVED = st.builds(
    lambda name, office: acts.RemoveActor(on=TODAY, name=name, role=office[0], body=office[1]),
    NAMES,
    OFFICES | st.just((None, None)),
)

Model = dict[tuple[str, str, str | None], tuple[date, date | None]]


def modelled(known: Model, act: acts.AdmitActor | acts.RemoveActor) -> Model | None:
    """Who may act after it; None when it must be refused."""
    if isinstance(act, acts.AdmitActor):
        if act.until is not None and act.until < act.from_day:
            return None
        after = {**known, (act.name, act.role, act.body): (act.from_day, act.until)}
    else:
        meant = {one for one in known if one[0] == act.name and act.role in (None, one[1])}
        if not meant:
            return None
        after = {one: days for one, days in known.items() if one not in meant}
    lasting = [days for (_, role, _), days in after.items() if role == "administrator" and days[1] is None]
    return after if any(first <= TODAY for first, _ in lasting) else None


def decided(organisation: Organisation, act: acts.AdmitActor | acts.RemoveActor) -> Organisation:
    """The organisation after the act, whoever asks for it. Raises its Refusal."""
    context = Context(rules=shipped_rules(), organisation=organisation, limit=TODAY)
    for drafted in decide_organisation(act, context).drafted:
        record = provisional(ORGANISATION, organisation.version + 1, drafted.on, drafted.event, None)
        organisation = evolve(organisation, record)
    return organisation


@settings(max_examples=150, deadline=None)
@given(st.lists(ADMITTED | REMOVED, max_size=12))
def test_no_order_of_admitting_and_removing_leaves_nobody_who_may_admit(
    asked: list[acts.AdmitActor | acts.RemoveActor],
) -> None:
    organisation, known = Organisation(), Model()
    for act in asked:
        after = modelled(known, act)
        if after is None:
            with pytest.raises(ValueInvalid):
                decided(organisation, act)
        else:
            organisation, known = decided(organisation, act), after
        told = {(one.name, one.role, one.body): (one.from_day, one.until) for one in organisation.actors}
        assert told == known


def test_a_guard_that_lets_the_last_one_go_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted defect: it is the guard that holds, and not the luck of the draw."""
    begun = decided(Organisation(), _admit("Anna", "administrator"))
    last = acts.RemoveActor(on=TODAY, name="Anna")
    with pytest.raises(ValueInvalid):
        decided(begun, last)
    monkeypatch.setattr("workflow.decide.actors.somebody_administers", lambda *_: True)
    assert decided(begun, last).actors == ()


@pytest.mark.parametrize(
    ("role", "body"), [("secretary", None), ("registrar", None), ("coordinator", "svom"), ("chef", None)]
)
def test_a_role_is_admitted_for_the_body_it_is_of_and_for_nothing_else(role: str, body: str | None) -> None:
    begun = decided(Organisation(), _admit("Anna", "administrator"))
    with pytest.raises(ValueInvalid) as refusal:
        decided(begun, _admit("Bo", role, body))
    assert refusal.value.values["field"] == "--role"


def test_under_rules_from_before_there_were_roles_nobody_can_be_admitted() -> None:
    older = {name: content for name, content in shipped_rules().contents.items() if name != "permissions.toml"}
    context = Context(rules=Rulebook(older), organisation=Organisation(), limit=TODAY)
    with pytest.raises(RulesInvalid) as refusal:
        decide_organisation(_admit("Anna", "administrator"), context)
    assert refusal.value.values["file"] == "permissions.toml"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"import_rules", "admit_actor", "remove_actor"', '"import_rules", "remove_actor"'),
        ('id = "administrator"', 'id = "chef"'),
        ('id = "secretary"', 'id = "skrivare"'),
        ('of = "party"', 'of = "forum"'),
    ],
)
def test_new_rules_can_take_no_role_from_anybody_and_admitting_from_everybody(old: str, new: str) -> None:
    organisation = Organisation()
    for admitted in (
        _admit("Anna", "administrator"),
        _admit("Bo", "secretary", "svom"),
        _admit("Eva", "registrar", "are"),
    ):
        organisation = decided(organisation, admitted)
    contents = dict(shipped_rules().contents)
    text = contents["permissions.toml"].decode()
    assert old in text
    after = Rulebook({**contents, "permissions.toml": text.replace(old, new, 1).encode()})
    context = Context(
        rules=after,
        before=shipped_rules(),
        organisation=organisation,
        limit=TODAY,
        acting=Acting(name="Anna", day=TODAY),
    )
    with pytest.raises(RulesInvalid) as refusal:
        decide_organisation(acts.ImportRules(on=TODAY, digest=after.digest), context)
    assert refusal.value.values["file"] == "permissions.toml"


def _admit(name: str, role: str, body: str | None = None) -> acts.AdmitActor:
    return acts.AdmitActor(on=TODAY, name=name, role=role, body=body, from_day=TODAY)
