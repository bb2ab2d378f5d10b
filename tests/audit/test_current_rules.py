"""«audit replay --with-current-rules»: a case keeps the rules its records name; what would differ today is listed."""

import json
from pathlib import Path

import pytest

from tests.commands.claims import refused
from tests.conftest import isolate
from tests.office import Office
from workflow.current_rules import Difference, differences
from workflow.organisation import fold
from workflow.record import ORGANISATION, decode
from workflow.rulebook import Rulebook, shipped_rules

ALTERNATIV_1 = "structures/alternativ-1.toml"
ASKED = ("audit", "replay", "--with-current-rules")


def with_other_days(office: Office) -> Path:
    """The county's rules as they are, with thirty days to answer instead of sixteen weeks."""
    text = shipped_rules().contents["county.toml"].decode()
    shorter = text.replace("answer_days = 112 ", "answer_days = 30 ")
    assert shorter != text
    place = office.folder / "county.toml"
    place.write_text(shorter, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def once_changed(furnished: Office, tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, str, str]:
    """A case sent out before the county changed its rules, and one afterwards; to be copied."""
    folder = tmp_path_factory.mktemp("once-changed")
    with pytest.MonkeyPatch.context() as monkeypatch:
        isolate(monkeypatch, folder)
        office = furnished.copied_to(folder / "office")
        before = office.walked_to("sent_to_parties")
        office("structure", "import", with_other_days(office), expect=0)
        return office, before, office.walked_to("sent_to_parties")


@pytest.fixture
def changed(isolated: None, once_changed: tuple[Office, str, str], tmp_path: Path) -> tuple[Office, str, str]:
    """The same in an office of the test's own."""
    office, before, after = once_changed
    return office.copied_to(tmp_path / "changed"), before, after


def test_replay_goes_by_the_rules_in_the_records_and_lists_what_the_rules_of_today_would_change(
    changed: tuple[Office, str, str],
) -> None:
    """Scenario 121."""
    office, before, after = changed
    log = office.copy_log_bytes()
    told = office(*ASKED, before, expect=0).json
    (sent,) = (row["seq"] for row in office("case", "history", before, expect=0).json if row["kind"] == "dispatched")
    found = {each["field"]: (each["then"], each["now"]) for each in told["differences"]}
    assert {each["seq"] for each in told["differences"]} == {sent}
    assert found["event.deadline.answer_by"] == ("2026-06-22", "2026-04-01")
    assert told["rules"] == json.loads(log[-1])["rules"] != json.loads(log[sent - 1])["rules"]
    assert office(*ASKED, after, expect=0).json["differences"] == []
    assert [each["ref"] for each in office(*ASKED, expect=0).json] == [before]
    assert office.copy_log_bytes() == log
    assert office.show(before)["answer_by"] == "2026-06-22"
    assert office("audit", "verify", expect=0).json["findings"] == []


def test_a_person_reads_then_and_now_side_by_side(changed: tuple[Office, str, str]) -> None:
    office, before, _ = changed
    shown = office(*ASKED, before, json=False, expect=0).out
    assert {"2026-06-22", "2026-04-01"} <= set(shown.split())
    assert "Nothing was changed." in shown


def told(office: Office, ref: str, old: str, new: str) -> list[Difference]:
    """What would differ by rules that no import would let in: «old» stands for «new» throughout the structure."""
    contents = shipped_rules().contents
    structure = contents[ALTERNATIV_1].decode()
    assert old in structure
    rules = Rulebook({**contents, ALTERNATIV_1: structure.replace(old, new).encode()})
    records = [decode(content) for content in office.copy_log_bytes()]
    organisation = fold([record for record in records if record.stream == ORGANISATION])
    return differences([record for record in records if record.stream == ref], rules, lambda _: organisation)


def test_what_would_be_refused_or_lead_elsewhere_is_told_act_by_act(changed: tuple[Office, str, str]) -> None:
    office, before, _ = changed
    assert told(office, before, "[", "[") == []
    (opening,) = told(office, before, 'type = ["overenskommelse"', 'type = ["policy"')
    assert (opening.kind, opening.field, opening.then, opening.now) == (
        "case_opened",
        "refusal",
        None,
        "route_undefined",
    )


def test_only_what_had_been_recorded_or_had_happened_by_then_is_held_to_them(changed: tuple[Office, str, str]) -> None:
    office, before, _ = changed
    assert office(*ASKED, before, "--as-of", "2026-03-01", expect=0).json["differences"] == []
    assert office(*ASKED, before, "--as-of", "2026-03-02", expect=0).json["differences"]
    assert office(*ASKED, before, "--known-at", "2020-01-01", expect=0).json["differences"] == []


def test_there_is_nothing_to_tell_of_a_case_that_is_not_there(changed: tuple[Office, str, str]) -> None:
    office, _, _ = changed
    refused(office, *ASKED, "SAM-2026-0009", code="unknown_case", exit_code=66)
