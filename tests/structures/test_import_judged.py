"""An import is judged again from its record alone; and what no import could have brought about is found."""

from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace

from persistence.database import Database
from persistence.inspection import inspecting
from tests.office import Office
from tests.structures.own_rules import TENTH, example_structure, shipped
from workflow.acts import ImportRules
from workflow.audit import Lawfulness
from workflow.chain import Finding, decoded
from workflow.decide import decide_organisation
from workflow.decide.draft import Context
from workflow.organisation import Organisation
from workflow.organisation_events import RulesAdopted
from workflow.record import ORGANISATION
from workflow.refusals import RulesInvalid
from workflow.rulebook import Rulebook, shipped_rules

DAY = date(2026, 11, 20)
LANSFORUM = {"structures/lansforum.toml": example_structure().encode()}


def rules_with(**changed: bytes) -> Rulebook:
    return Rulebook({**shipped_rules().contents, **LANSFORUM, **changed})


def judged(office: Office, change: str) -> list[Finding]:
    """What the audit says of the organisation's records when the last of them is changed in one respect."""
    with inspecting(Database(office.url)) as inspection:
        *rows, last = inspection.stream(ORGANISATION)
        record = decoded(last)
        assert record is not None
        event, act = record.event, record.act
        assert isinstance(event, RulesAdopted)
        assert isinstance(act, ImportRules)
        forgeries = {
            "nothing": record,
            "files": replace(record, event=replace(event, files={})),
            "before": replace(record, event=replace(event, before="0" * 64)),
            "digest": replace(record, act=replace(act, digest=event.before)),
            "rules": replace(record, rules=event.before),
            "day": replace(record, on=date(2026, 11, 19)),
        }
        told = [record for row in rows if (record := decoded(row)) is not None] + [forgeries[change]]
        return Lawfulness(told, inspection.rule_set).judged(told).findings


@pytest.mark.parametrize("change", ["files", "before", "digest", "rules", "day"])
def test_an_import_recorded_otherwise_than_it_was_is_found(extended: Office, change: str) -> None:
    assert judged(extended, "nothing") == []
    assert judged(extended, change)


def test_an_act_recorded_under_other_rules_than_those_in_force_is_found(extended: Office) -> None:
    """Both rule sets are kept, so that only the order of the records tells which one was in force."""
    ref = extended.opened(group="vuxna", on="2025-01-10")
    with inspecting(Database(extended.url)) as inspection:
        organisation = [record for row in inspection.stream(ORGANISATION) if (record := decoded(row)) is not None]
        (row,) = inspection.stream(ref)
        record = decoded(row)
        assert record is not None
        lawfulness = Lawfulness(organisation, inspection.rule_set)
        assert lawfulness.judged([record]).findings == []
        stale = replace(record, rules=organisation[0].rules)
        (finding,) = lawfulness.judged([stale]).findings
        assert (finding.check, finding.expected, finding.found) == ("rules", record.rules, organisation[0].rules)


def outcomes(after: Rulebook, **said: object) -> Iterator[str]:
    """What is decided on an import of the rule set over the shipped one: the files that differ, or the one refused."""
    organisation = Organisation(origin="log", rules=shipped_rules().digest)
    context = Context(rules=after, organisation=organisation, limit=DAY, before=shipped_rules())
    act = replace(ImportRules(on=DAY, digest=after.digest), **said)
    try:
        drafted = decide_organisation(act, context).drafted
    except RulesInvalid as refusal:
        yield f"refused {refusal.values['file']}"
        return
    for each in drafted:
        assert isinstance(each.event, RulesAdopted)
        yield from each.event.files


def test_what_is_decided_follows_from_the_two_rule_sets_and_the_organisation() -> None:
    assert list(outcomes(rules_with())) == ["structures/lansforum.toml"]
    tenth = shipped("county.toml", more=TENTH).encode()
    assert sorted(outcomes(rules_with(**{"county.toml": tenth}))) == ["county.toml", "structures/lansforum.toml"]
    assert list(outcomes(shipped_rules())) == []
    assert list(outcomes(rules_with(), digest="0" * 64)) == [f"refused {'0' * 64}"]


def test_no_file_can_be_taken_away() -> None:
    for name in shipped_rules().contents:
        fewer = {each: content for each, content in rules_with().contents.items() if each != name}
        assert list(outcomes(Rulebook(fewer))) == [f"refused {name}"]
