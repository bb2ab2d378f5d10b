"""What an act rests on in another case was there to be found: the audit asks that case."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.persistence.keeping import Keeping
from tests.persistence.opened_before import FIRST, begun, described, task
from tests.persistence.rewriting import copied, log_of, written_anew
from workflow import acts
from workflow.facts import Particulars, Text

#: The day on which the group gets its uppdragsbeskrivning, and the one on which the structure is agreed on.
DESCRIBED, AGREED = date(2026, 2, 10), date(2026, 3, 2)
NEXT, BEGINS = "alternativ-2", date(2026, 11, 1)
Row = dict[str, Any]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Keeping:
    """An uppdrag that waited for a description and was given by it, another that waits, and a change of structure."""
    keeping = Keeping(tmp_path_factory.mktemp("county")).letting_go().founded()
    given = begun(keeping, task("au-vuxna"))
    begun(keeping, task("au-barn-unga"))
    described(keeping, "au-vuxna", DESCRIBED)
    keeping.engine.handle(given, acts.Decide(on=DESCRIBED, by="ledningsforum"))
    # One more of the same kind, which came too late for anybody to rest on it.
    described(keeping, "au-vuxna", DESCRIBED)
    agreed(keeping)
    first = acts.AdoptStructure(on=AGREED, structure=NEXT, from_day=BEGINS, minutes="§ 1")
    keeping.engine.organise(first)
    return keeping


def agreed(keeping: Keeping) -> None:
    told = Particulars(structure=NEXT, in_force=BEGINS, direction="Alla åldrar", goals="Kortare väg")
    opening = acts.Open(on=FIRST, type="samverkansstruktur", title="Ny", text=Text(version=1), particulars=told)
    ref = begun(keeping, opening)
    for day in (DESCRIBED, AGREED):
        keeping.engine.handle(ref, acts.Decide(on=day, by="rsr"))


def resting(log: list[Row], field: str) -> list[Row]:
    return [told for told in log if told.get("act", {}).get(field)]


def found(county: Keeping, folder: Path, log: list[Row]) -> list[tuple[str | None, str, str]]:
    """What an audit says of the log written anew: the case, what there was to be found, and what was said."""
    copy = copied(county, folder)
    written_anew(copy, log)
    # What is kept of other cases may differ too, where records have changed places.
    return [(each.case, each.expected, each.found) for each in copy.findings() if each.check == "relied on"]


def test_what_the_engine_looked_up_is_borne_out(county: Keeping) -> None:
    """The negative control of what follows."""
    log = log_of(county)
    assert [told["act"]["relies_on"] for told in resting(log, "relies_on")] == ["SAM-2026-0003", "SAM-2026-0005"]
    assert [told["act"]["undescribed"] for told in resting(log, "undescribed")] == ["au-vuxna", "au-barn-unga"]
    assert county.findings() == ()


@pytest.mark.parametrize("other", ["SAM-2026-0004", "SAM-2026-0002", "SAM-1999-0001", "rules"])
def test_an_uppdrag_given_on_another_description_than_there_was_is_found(
    county: Keeping, tmp_path: Path, other: str
) -> None:
    log = log_of(county)
    resting(log, "relies_on")[0]["act"]["relies_on"] = other
    assert found(county, tmp_path, log) == [("SAM-2026-0001", "SAM-2026-0003", other)]


@pytest.mark.parametrize("other", ["SAM-2026-0003", "SAM-1999-0001"])
def test_a_structure_adopted_on_another_case_than_there_was_is_found(
    county: Keeping, tmp_path: Path, other: str
) -> None:
    log = log_of(county)
    (adopted,) = (told for told in resting(log, "relies_on") if told["stream"] == "organisation")
    adopted["act"]["relies_on"] = adopted["event"]["relies_on"] = other
    assert found(county, tmp_path, log) == [(None, "SAM-2026-0005", other)]


def test_what_was_decided_only_afterwards_bears_nothing_out(county: Keeping, tmp_path: Path) -> None:
    log = log_of(county)
    (given,) = (place for place, told in enumerate(log) if told.get("act", {}).get("relies_on") == "SAM-2026-0003")
    described = [told for told in log if told["stream"] in {"SAM-2026-0003", "SAM-2026-0004"}]
    others = [told for told in log if told not in described]
    place = others.index(log[given]) + 1
    later = [*others[:place], *described, *others[place:]]
    assert ("SAM-2026-0001", "–", "SAM-2026-0003") in found(county, tmp_path, later)


@pytest.mark.parametrize("waiting", [0, 1])
def test_a_group_said_to_lack_what_it_has_is_found(county: Keeping, tmp_path: Path, waiting: int) -> None:
    log = log_of(county)
    opened = resting(log, "undescribed")[waiting]
    describing = [told for told in log if told["stream"] == "SAM-2026-0003"]
    if waiting:
        # Another group's description is none of this one's.
        describing[0]["act"]["particulars"]["for_body"] = "au-barn-unga"
        describing[0]["event"]["particulars"]["for_body"] = "au-barn-unga"
    for record in describing:
        record["on"] = str(FIRST)
        for part in ("act", "event"):
            record.get(part, {}).update(
                {day: str(FIRST) for day in ("on", "in_force_from") if day in record.get(part, {})}
            )
    others = [told for told in log if told not in describing]
    place = others.index(opened)
    said = found(county, tmp_path, [*others[:place], *describing, *others[place:]])
    assert (opened["stream"], "–", ("au-vuxna", "au-barn-unga")[waiting]) in said
