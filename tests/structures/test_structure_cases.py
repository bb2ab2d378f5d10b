"""A new structure is a matter of its own: direction, agreement with its day, then what its own forum decides (§7)."""

from pathlib import Path

import pytest

from tests.commands.claims import refused
from tests.office import Office
from tests.structures.agreement import disagreements
from tests.structures.steps import events, opened, sound, step, take

SAID = {"structure": "alternativ-1", "in_force": "2026-01-01", "direction": "En väg in", "goals": "Jämlik vård"}
ADOPT = ("structure", "adopt", "alternativ-1", "--from", "2026-01-01", "--minutes", "§ 7", "--on", "2025-11-20")


def decided(office: Office, **said: str) -> str:
    """RSR has decided on the direction and on the agreement."""
    ref = opened(office, "samverkansstruktur", on="2025-02-01", **{**SAID, **said})
    take(office, ref, "decide rsr 2025-03-01", "decide rsr 2025-11-15", today="2025-11-20")
    return ref


def owed(office: Office, ref: str, day: str) -> list[tuple[str, str, str | None]]:
    rows = office("worklist", today=day, expect=0).json
    return [(row["body"], row["step"], row["due"]) for row in rows if row["case"] == ref]


def test_a_structure_goes_from_direction_to_arbetsutskott_in_the_order_of_the_report(before: Office) -> None:
    ref = opened(before, "samverkansstruktur", on="2025-02-01", **SAID)
    assert owed(before, ref, "2025-02-02") == [("rsr", "decide", None)]
    assert take(before, ref, "decide rsr 2025-03-01", today="2025-03-01") == "direction_decided"
    assert take(before, ref, "decide rsr 2025-11-15", today="2025-11-20") == "decided"
    assert owed(before, ref, "2025-11-20") == [("ledningsforum", "decide", "2026-01-01")]
    before(*ADOPT, today="2025-11-20", expect=0)
    before("sweep", today="2026-01-02", expect=0)
    assert before.show(ref, today="2026-01-02")["state"] == "in_force"
    assert take(before, ref, "decide LF 2026-02-01", today="2026-02-01") == "templates_decided"
    assert take(before, ref, "decide LF 2026-03-01") == "established"
    assert before.show(ref)["stages_done"] == ["direction", "agreement", "templates", "committees"]
    assert owed(before, ref, "2026-11-20") == []
    assert [each for each in events(before, ref) if each == "stage_decided"] == ["stage_decided"] * 4
    sound(before)


@pytest.mark.slow
def test_at_every_stage_what_is_said_to_be_possible_is(before: Office, tmp_path: Path) -> None:
    ref = opened(before, "samverkansstruktur", on="2025-02-01", **SAID)
    steps = ["decide rsr 2025-03-01", "decide rsr 2025-11-15", "decide LF 2026-02-01", "decide LF 2026-03-01"]
    for words in steps:
        day = words.split()[-1]
        faults = disagreements(before, ref, day, tmp_path / "twins")
        assert faults == [], "\n".join(faults)
        take(before, ref, words, today=day)
        if words == steps[1]:
            before(*ADOPT, today="2025-11-20", expect=0)
    assert disagreements(before, ref, "2026-11-20", tmp_path / "twins") == []


@pytest.mark.parametrize("lacking", ["in_force", "direction", "goals"])
def test_the_agreement_must_say_day_direction_and_goals(before: Office, lacking: str) -> None:
    said = {key: value for key, value in SAID.items() if key != lacking}
    ref = opened(before, "samverkansstruktur", on="2025-02-01", **said)
    take(before, ref, "decide rsr 2025-03-01")
    words = step(ref, "decide rsr 2025-11-15")
    missing = [("structure_content_missing", lacking)]
    reply = refused(before, *words, code="structure_content_missing", exit_code=1, missing=missing)
    option = f"--{lacking.replace('_', '-')}"
    assert reply.error["hint"].endswith(f"say it with the decision, {option}.")
    before(*words, option, SAID[lacking], expect=0)
    assert before.show(ref)["particulars"][lacking] == SAID[lacking]
    before(*ADOPT, today="2025-11-20", expect=0)
    sound(before)
    words = ("case", "open", "--type", "samverkansstruktur", "--title", "Ny struktur", "--on", "2025-02-01")
    options = [word for key, value in said.items() for word in (f"--{key.replace('_', '-')}", value)]
    told = before(*words, *options, expect=0).err
    assert f"The agreement on the structure must say {option}: what is not said here is said with «case decide»" in told


def test_what_the_agreement_says_goes_before_what_was_said_at_the_opening(before: Office) -> None:
    ref = opened(before, "samverkansstruktur", on="2025-02-01", **{**SAID, "in_force": "2026-07-01"})
    take(before, ref, "decide rsr 2025-03-01")
    before(*step(ref, "decide rsr 2025-11-15"), "--in-force", "2026-01-01", today="2025-11-20", expect=0)
    assert owed(before, ref, "2025-11-20") == [("ledningsforum", "decide", "2026-01-01")]
    assert before.show(ref, today="2025-11-20")["in_force_from"] == "2026-01-01"
    unswept = before.show(ref, today="2026-01-02")
    assert (unswept["state"], unswept["waiting_for"]) == ("in_force", ["ledningsforum"])
    before(*ADOPT, today="2025-11-20", expect=0)
    records = before.copy_log_bytes()
    assert [b'"content":{"in_force":"2026-01-01"}' in each for each in records].count(True) == 1
    assert [b'"content"' in each for each in records].count(True) == 1
    sound(before)


def test_no_other_decision_says_what_the_agreement_does(before: Office) -> None:
    ref = opened(before, "samverkansstruktur", on="2025-02-01", **SAID)
    said = ("--goals", "Jämlik vård", "--in-force", "2026-01-01")
    refused(before, *step(ref, "decide rsr 2025-03-01"), *said, code="value_invalid", exit_code=65)
    routine = opened(before, "rutin", "vuxna", on="2025-02-01")
    error = refused(before, *step(routine, "decide FG 2025-03-01"), *said, code="value_invalid", exit_code=65).error
    assert error["message"].startswith("--in-force, --goals: only the agreement on a structure says it")


def done(office: Office, ref: str) -> list[str]:
    found: list[str] = office.show(ref)["done"]["decide"]
    return found


def test_a_body_has_decided_when_no_stage_of_its_own_is_left(before: Office) -> None:
    ref = opened(before, "samverkansstruktur", on="2025-02-01", **SAID)
    told = [done(before, ref)]
    for words in ("decide rsr 2025-03-01", "decide rsr 2025-11-15", "decide LF 2026-02-01", "decide LF 2026-03-01"):
        take(before, ref, words, today=words.split()[-1])
        told.append(done(before, ref))
        if words.endswith("11-15"):
            before(*ADOPT, today="2025-11-20", expect=0)
    assert told == [[], [], ["rsr"], ["rsr"], ["rsr", "ledningsforum"]]
    lines = [line.split() for line in before("case", "show", ref, lang="sv", json=False, expect=0).out.splitlines()]
    assert ["inriktningsbeslut", "rsr", "rsr"] in lines
    assert [line[-2:] for line in lines if line[:1] == ["arbetsutskott/beredningsgrupper"]] == [
        ["ledningsforum", "ledningsforum"]
    ]


def test_the_direction_alone_brings_no_structure_into_force(before: Office) -> None:
    ref = opened(before, "samverkansstruktur", on="2025-02-01", **SAID)
    owed_by = [("structure_order", "rsr")]
    refused(before, *ADOPT, code="structure_order", exit_code=1, missing=owed_by)
    take(before, ref, "decide rsr 2025-03-01")
    refused(before, *ADOPT, code="structure_order", exit_code=1, missing=owed_by)


def test_a_day_that_was_not_decided_on_is_told_beside_the_one_that_was(before: Office) -> None:
    ref = decided(before)
    other = [word if word != "2026-01-01" else "2026-02-01" for word in ADOPT]
    error = refused(before, *other, code="structure_order", exit_code=1, missing=[("structure_order", "rsr")]).error
    assert f"{ref} decided on 2025-11-15 that it comes into force on 2026-01-01, not on 2026-02-01" in error["message"]
    assert "--from 2026-01-01" in error["hint"]
    early = (*ADOPT[:-1], "2025-11-14")
    error = refused(before, *early, code="structure_order", exit_code=1, missing=[("structure_order", "rsr")]).error
    assert f"{ref} decided on it on 2025-11-15, which is after 2025-11-14" in error["message"]
    assert "--on 2025-11-15" in error["hint"]
    of_another = [word if word != "alternativ-1" else "alternativ-2" for word in ADOPT]
    refused(before, *of_another, code="structure_order", exit_code=1, missing=[("structure_order", "rsr")])
    before(*ADOPT, today="2025-11-20", expect=0)


def test_nobody_but_rsr_decides_on_direction_and_agreement(before: Office) -> None:
    ref = opened(before, "samverkansstruktur", on="2025-02-01", **SAID)
    for body in ("svom", "ledningsforum", "fredagsgruppen"):
        words = step(ref, f"decide {body} 2025-03-01")
        refused(before, *words, code="mandate_missing", exit_code=1, missing=[("mandate_missing", body)])


def test_the_forum_of_the_new_structure_decides_nothing_before_its_day(before: Office) -> None:
    ref = decided(before)
    before(*ADOPT, today="2025-11-20", expect=0)
    reply = before(*step(ref, "decide LF 2025-12-01"), today="2025-12-01", expect=1)
    assert reply.error["code"] in {"structure_order", "step_not_possible"}


def test_the_forum_of_a_structure_that_was_never_adopted_decides_nothing(before: Office) -> None:
    """Steps 3 and 4 cannot be taken before the new forum exists (rules, 2.12)."""
    ref = decided(before)
    words = step(ref, "decide LF 2026-02-01")
    refused(before, *words, code="structure_order", exit_code=1)
    before(*ADOPT, expect=0)
    assert take(before, ref, "decide LF 2026-02-01") == "templates_decided"


def test_a_dormant_council_decides_on_no_structure(before: Office) -> None:
    ref = opened(before, "samverkansstruktur", on="2025-02-01", **SAID)
    before("forum", "status", "rsr", "--dormant", "--from", "2025-02-15", "--reason", "vilar", expect=0)
    words = step(ref, "decide rsr 2025-03-01")
    reply = refused(before, *words, code=None, exit_code=1)
    assert reply.error["code"] in {"forum_dormant", "no_active_forum"}


def test_a_structure_is_not_adopted_before_the_agreement_on_it(before: Office) -> None:
    decided(before)
    early = (*ADOPT[:-1], "2025-11-01")
    refused(before, *early, code=None, exit_code=1)


def test_a_decided_structure_can_no_longer_be_withdrawn_or_closed(before: Office) -> None:
    ref = opened(before, "samverkansstruktur", on="2025-02-01", **SAID)
    twin = opened(before, "samverkansstruktur", on="2025-02-01", **SAID)
    assert take(before, twin, "withdraw 2025-02-10") == "withdrawn"
    take(before, ref, "decide rsr 2025-03-01", "decide rsr 2025-11-15", today="2025-11-20")
    for words in ("withdraw 2025-11-16", "close rsr 2025-11-16"):
        refused(before, *step(ref, words), code="step_not_possible", exit_code=1, today="2025-11-20")


def test_the_direction_stands_when_the_agreement_gets_a_new_text(before: Office) -> None:
    ref = opened(before, "samverkansstruktur", on="2025-02-01", **SAID)
    take(before, ref, "decide rsr 2025-03-01")
    before("case", "revise", ref, "--text", before.paper("ny"), "--on", "2025-04-01", expect=0)
    shown = before.show(ref)
    assert (shown["state"], shown["stages_done"]) == ("direction_decided", ["direction"])
    assert shown["text"]["version"] == 2
    assert take(before, ref, "decide rsr 2025-11-15", today="2025-11-20") == "decided"
