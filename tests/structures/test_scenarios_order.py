"""What may not come before what, in each structure of the county."""

import pytest

from tests.commands.claims import refused
from tests.office import Office
from tests.structures.steps import opened, step, take

LEADERSHIP = "leadership_recommendation_missing"


@pytest.mark.parametrize(
    ("group", "day", "politics", "officers"),
    [
        ("barn-unga", "2022-03-01", "barnarenan", ["samreko-hsi"]),
        ("alla", "2022-03-01", "svom", ["samreko-hsi", "fredagsgruppen"]),
        ("barn-unga", "2025-03-01", "buz", ["samreko-hsi"]),
        ("vuxna", "2026-03-01", "politiskt-forum", ["ledningsforum"]),
    ],
)
def test_no_political_forum_begins_and_the_steps_there_are_are_listed(
    county: Office, group: str, day: str, politics: str, officers: list[str]
) -> None:
    """Scenario 36."""
    ref = opened(county, "ök", group, on=day)
    words = step(ref, f"recommend {politics} {day}")
    refused(county, *words, code=LEADERSHIP, exit_code=1, missing=[(LEADERSHIP, each) for each in officers])
    steps = county("case", "next", ref, today=day, expect=0).json["steps"]
    possible = {one["step"] for one in steps if one["allowed"]}
    assert possible & {"prepare", "recommend"}
    assert politics not in {one["by"] for one in steps if one["allowed"] and one["step"] == "recommend"}


def test_politiskt_forum_passes_ledningsforum_by_only_with_a_reason_that_stays_on_the_case(county: Office) -> None:
    """Scenario 37."""
    ref = opened(county, "avtal", "vuxna", on="2026-02-01")
    take(county, ref, "prepare au-vuxna 2026-02-02")
    recommend = step(ref, "recommend politiskt-forum 2026-02-20")
    refused(county, *recommend, code=LEADERSHIP, exit_code=1, missing=[(LEADERSHIP, "ledningsforum")])
    said = ("--rule", "direct-political", "--by", "politiskt-forum", "--on", "2026-02-20")
    deviate = ("case", "override", ref, *said)
    refused(county, *deviate, code=None, exit_code=2)
    county(*deviate, "--reason", "väcktes av politiken", expect=0)
    assert county(*recommend, expect=0).json["state"] == "recommended_by_political_forum"
    for lang in ("sv", "en"):
        assert "direct-political" in county("case", "show", ref, json=False, lang=lang, expect=0).out
    assert "direct-political" in county("case", "history", ref, expect=0).out


def test_half_a_joint_preparation_is_not_enough_for_politics(county: Office) -> None:
    """Scenario 38."""
    ref = opened(county, "ök", "alla", on="2022-03-01")
    take(county, ref, "prepare SRK 2022-03-02")
    words = step(ref, "recommend svom 2022-03-10")
    refused(county, *words, code=LEADERSHIP, exit_code=1, missing=[(LEADERSHIP, "fredagsgruppen")])


def test_a_riktlinje_is_not_decided_before_it_is_anchored_in_every_network(county: Office) -> None:
    """Scenario 39."""
    ref = opened(county, "riktlinje", "barn-unga", on="2022-03-01")
    decide = step(ref, "decide SRK 2022-03-20")
    owed = [("anchoring_missing", "ifo-chefsnatverk"), ("anchoring_missing", "elevhalsochefsnatverk")]
    refused(county, *decide, code="anchoring_missing", exit_code=1, missing=owed)
    take(county, ref, "anchor elevhalsochefsnatverk 2022-03-10")
    refused(county, *decide, code="anchoring_missing", exit_code=1, missing=owed[:1])
    waiting = [(row["body"], row["step"]) for row in county("worklist", expect=0).json]
    assert ("ifo-chefsnatverk", "anchor") in waiting
    take(county, ref, "anchor ifo-chefsnatverk 2022-03-15")
    assert county(*decide, expect=0).json["state"] == "in_force"


def asked_in_february(office: Office) -> str:
    """An överenskommelse of adults, recommended by SVOM in the first days of February 2025."""
    ref = opened(office, "ök", "vuxna", on="2025-01-10")
    take(office, ref, "prepare FG 2025-01-20", "recommend svom 2025-02-03")
    return ref


def test_no_answer_is_recorded_before_the_parties_have_been_asked(county: Office) -> None:
    """Scenario 40."""
    ref = asked_in_february(county)
    refused(county, *step(ref, "answer berg 2025-02-12"), code="not_dispatched", exit_code=1)


def test_no_party_has_decided_before_it_was_asked(county: Office) -> None:
    """Scenario 41: sent on 2025-02-10, decided on 2025-02-01."""
    ref = asked_in_february(county)
    take(county, ref, "dispatch 2025-02-10")
    words = step(ref, "answer berg 2025-02-01")
    refused(county, *words, code="date_before_previous_step", exit_code=1)
    assert take(county, ref, "answer berg 2025-02-10") == "sent_to_parties"


@pytest.mark.parametrize(
    ("day", "group"),
    [("2022-03-01", "jamtbus"), ("2025-03-01", "lokala-jamtbusnatverk"), ("2026-03-01", "au-barn-unga")],
)
def test_no_operative_group_recommends_anything_to_the_parties(county: Office, day: str, group: str) -> None:
    """Scenario 43."""
    ref = opened(county, "ök", "barn-unga", on=day)
    words = step(ref, f"recommend {group} {day}")
    refused(county, *words, code="mandate_missing", exit_code=1, missing=[("mandate_missing", group)])
