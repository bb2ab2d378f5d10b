"""An uppdrag to a group without uppdragsbeskrivning is flagged until the description is in force, or it is over."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.sweep import sweep
from tests.commands.claims import refused
from tests.office import Office
from tests.persistence.keeping import Keeping
from tests.persistence.opened_before import FIRST, begun, described, opened_before, task
from tests.structures.steps import opened, step, take
from workflow import acts
from workflow.case import Case
from workflow.decide import decide
from workflow.decide.draft import Context
from workflow.refusals import MandateDescriptionMissing

KIND = "mandate_description_missing"
GROUPS = ("au-vuxna", "au-barn-unga")


@pytest.fixture
def county(tmp_path: Path) -> Keeping:
    """A database with the county in alternativ-1."""
    return Keeping(tmp_path).founded()


@pytest.fixture
def office(isolated: None, furnished: Office, tmp_path: Path) -> Office:
    """An office of the test's own in alternativ-1."""
    return furnished.copied_to(tmp_path)


def flagged(county: Keeping) -> set[str]:
    """The cases on which the flag stands, as they are kept ready."""
    return set(county.store.refs_flagged(KIND))


def test_the_flag_is_there_from_the_opening_and_goes_with_the_sweep_after_the_description(office: Office) -> None:
    ref = opened(office, "uppdrag", giver="LF", receiver="au-vuxna", on="2026-02-01")
    (flag,) = office("flag", "list", "--kind", KIND, expect=0).json
    assert (flag["case"], flag["party"], flag["due"], flag["receiver"]) == (ref, None, "2026-02-01", "au-vuxna")
    assert (flag["severity"], flag["assigned_to"]) == ("warning", ["ledningsforum"])
    assert "Arbetsutskott/beredningsgrupp vuxna" in flag["text"]
    assert [each["text"] for each in office.show(ref)["flags"]] == [flag["text"]]
    assert flag["text"] in " ".join(office("case", "timeline", ref, json=False, expect=0).out.split())
    assert [each["urgency"] for each in office("worklist", "LF", today="2026-02-01", expect=0).json] == ["warning"]
    other = opened(office, "uppdragsbeskrivning", for_="au-vuxna", on="2026-02-01")
    for words in (("sweep", "--dry-run"), ("sweep",)):
        assert office(*words, today="2026-02-10", expect=0).json["cleared"] == []
    take(office, other, "decide LF 2026-02-11")
    assert office("sweep", today="2026-02-10", expect=0).json["cleared"] == []
    foreseen = office("sweep", "--dry-run", today="2026-02-11", expect=0).json["cleared"]
    cleared = office("sweep", today="2026-02-11", expect=0).json["cleared"]
    assert foreseen == cleared
    assert [(each["kind"], each["case"], each["text"]) for each in cleared] == [(KIND, ref, flag["text"])]
    assert office.show(ref)["flags"] == []
    office("audit", "verify", expect=0)


def test_the_opening_says_at_once_what_is_lacking(office: Office) -> None:
    words = ("case", "open", "--type", "uppdrag", "--title", "Utred", "--giver", "LF", "--receiver")
    told = office(*words, "au-vuxna", "--on", "2026-02-01", json=False, lang="sv", expect=0).out
    assert "Arbetsutskott/beredningsgrupp vuxna saknar gällande uppdragsbeskrivning" in told
    kinds = [each["kind"] for each in office(*words, "au-vuxna", "--on", "2026-02-01", expect=0).json["events"]]
    assert kinds == ["case_opened", "flag_raised"]
    elsewhere = office(*words, "lokala-samverkansarenor", "--on", "2026-02-01", expect=0).json
    assert [each["kind"] for each in elsewhere["events"]] == ["case_opened"]


@pytest.mark.parametrize("ending", ["close LF 2026-02-03", "withdraw 2026-02-03"])
def test_an_uppdrag_that_is_ended_is_flagged_no_longer(office: Office, ending: str) -> None:
    ref = opened(office, "uppdrag", giver="LF", receiver="au-vuxna", on="2026-02-01")
    assert office("flag", "list", "--kind", KIND, expect=0).json
    take(office, ref, ending)
    assert office("flag", "list", "--kind", KIND, expect=0).json == []
    assert office("sweep", expect=0).json["raised"] == []


def test_a_decision_before_any_sweep_takes_the_flag_with_it(office: Office) -> None:
    ref = opened(office, "uppdrag", giver="LF", receiver="au-vuxna", on="2026-02-01")
    refused(office, *step(ref, "decide LF 2026-02-11"), code=KIND, exit_code=1)
    take(office, opened(office, "uppdragsbeskrivning", for_="au-vuxna", on="2026-02-01"), "decide LF 2026-02-11")
    assert take(office, ref, "decide LF 2026-02-11") == "in_force"
    assert office.show(ref)["flags"] == []
    office("audit", "verify", expect=0)


def test_a_case_opened_before_there_was_such_a_flag_gets_it_by_the_next_sweep(county: Keeping) -> None:
    ref = opened_before(county, "SAM-2026-0001")
    assert flagged(county) == set()
    assert sweep(county.engine, FIRST - timedelta(days=1)).raised == ()
    foreseen = sweep(county.engine, FIRST + timedelta(days=9), dry_run=True)
    found = sweep(county.engine, FIRST + timedelta(days=9))
    assert foreseen == found
    assert [(case, flag.kind, flag.due) for case, flag in found.raised] == [(ref, KIND, FIRST + timedelta(days=9))]
    assert sweep(county.engine, FIRST + timedelta(days=9)).raised == ()
    assert flagged(county) == {ref}
    assert county.findings() == ()


def test_a_check_of_a_day_before_it_was_found_takes_no_flag_away(county: Keeping) -> None:
    """Only the record of a check can say so: the engine itself would look for the description of that day."""
    ref = begun(county, task("au-vuxna", on=FIRST))
    case = county.engine.case(ref)
    context = Context(rules=county.engine.rules, organisation=county.engine.organisation, limit=date(2036, 1, 1))
    assert decide(case, acts.Check(on=FIRST - timedelta(days=1)), context).drafted == ()
    assert decide(case, acts.Check(on=FIRST), context).drafted != ()


def test_what_was_looked_up_is_what_the_record_is_judged_by(county: Keeping) -> None:
    """The negative control: a flag without the evidence, or evidence that led to no flag, is found by the audit."""
    opened_before(county, "SAM-2026-0001", recorded="au-vuxna")
    (finding,) = county.findings()
    assert (finding.check, finding.case) == ("lawful", "SAM-2026-0001")


steps = st.lists(
    st.tuples(
        st.sampled_from(["task", "task", "describe", "sweep", "decide", "withdraw", "revise"]),
        st.sampled_from(GROUPS),
        st.integers(0, 3),
    ),
    max_size=14,
)


@given(steps=steps)
def test_after_each_step_the_flag_stands_where_a_reckoning_by_hand_says(
    steps: list[tuple[str, str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The reckoning: a set of groups with a description, and the uppdrag neither given nor ended, by group."""
    county = Keeping(tmp_path_factory.mktemp("county")).founded()
    day, have, waiting, wanted = FIRST, set[str](), dict[str, str](), set[str]()
    for number, (what, group, later) in enumerate(steps):
        day += timedelta(days=later)
        of_group = [ref for ref, receiver in waiting.items() if receiver == group]
        if what == "task":
            ref = begun(county, task(group, day))
            waiting[ref] = group
            wanted |= set() if group in have else {ref}
        elif what == "describe":
            described(county, group, day)
            have.add(group)
        elif what == "sweep":
            sweep(county.engine, day)
            wanted = {ref for ref, receiver in waiting.items() if receiver not in have}
        elif of_group and what == "revise":
            county.engine.handle(of_group[0], acts.Revise(on=day, sha256=f"{number:064x}", name="text.txt"))
        elif of_group and what == "withdraw":
            county.engine.handle(of_group[0], acts.Withdraw(on=day, reason="fallit"))
            del waiting[of_group[0]]
            wanted.discard(of_group[0])
        elif of_group:
            given = _decided(county, of_group[0], day)
            assert (given is not None) == (group in have)
            if given is not None:
                del waiting[of_group[0]]
                wanted.discard(of_group[0])
        assert flagged(county) == wanted
    assert {each.check for each in county.findings()} <= {"text"}


def _decided(county: Keeping, ref: str, day: date) -> Case | None:
    """The case once the uppdrag is given; None where it was refused for want of the description."""
    try:
        return county.engine.handle(ref, acts.Decide(on=day, by="ledningsforum")).case
    except MandateDescriptionMissing:
        return None
