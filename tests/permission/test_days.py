"""When somebody may act: the real day counts, whatever day is asked for; and what the audit makes of it."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.permission.offices import FIRST, LEDNING, County
from workflow import acts
from workflow.refusals import NotPermitted

TODAY = date(2026, 3, 2)
A_DAY = timedelta(days=1)
SECRETARY = ("secretary", "au-vuxna")


@pytest.fixture
def county(tmp_path: Path) -> County:
    return County(tmp_path, TODAY)


@pytest.mark.parametrize(
    ("day", "permitted"),
    [
        (TODAY - A_DAY, False),
        (TODAY, True),
        (TODAY + A_DAY, True),
        (TODAY + 9 * A_DAY, True),
        (TODAY + 10 * A_DAY, False),
        (TODAY + 400 * A_DAY, False),
    ],
)
def test_somebody_may_act_from_the_first_day_to_the_end_of_the_last_and_no_longer(
    county: County, day: date, *, permitted: bool
) -> None:
    county.admits("Sara", *SECRETARY, from_day=TODAY, until=TODAY + 9 * A_DAY)
    county.today(day)
    if permitted:
        assert county.puts_off("Sara", day + A_DAY).records
    else:
        before = county.log()
        with pytest.raises(NotPermitted) as refusal:
            county.puts_off("Sara", day + A_DAY)
        assert refusal.value.values["day"] == day
        assert county.log() == before
    assert county.kept.findings() == ()


def test_a_day_that_is_only_asked_for_lets_nobody_act_who_may_not_any_more(county: County) -> None:
    county.admits("Sara", *SECRETARY, from_day=TODAY, until=TODAY)
    county.today(TODAY + A_DAY)
    with pytest.raises(NotPermitted):
        county.puts_off("Sara", TODAY + 9 * A_DAY, today=TODAY)


def test_a_minute_s_date_before_the_first_day_is_no_hindrance_to_who_may_act_now(county: County) -> None:
    """What is recorded may be older than who records it: the minutes' date says when the forum did it."""
    county.admits("Sara", *SECRETARY, from_day=TODAY)
    assert county.puts_off("Sara", TODAY + A_DAY).records[0].on < TODAY


def test_the_same_office_admitted_anew_has_the_new_days_alone(county: County) -> None:
    county.admits("Sara", *SECRETARY, until=TODAY - A_DAY)
    with pytest.raises(NotPermitted):
        county.puts_off("Sara", TODAY + A_DAY)
    assert county.admits("Sara", *SECRETARY).records
    assert county.admits("Sara", *SECRETARY).records == ()
    assert county.puts_off("Sara", TODAY + A_DAY).records
    assert county.kept.findings() == ()


def test_who_acted_stands_in_the_record_when_they_are_gone_and_the_act_stays_lawful(county: County) -> None:
    county.admits("Sara", *SECRETARY)
    seq = county.puts_off("Sara", TODAY + A_DAY).records[0].seq
    before = county.log()
    county.removes("Sara")
    after = county.log()
    assert after[: len(before)] == before
    assert json.loads(after[seq - 1])["actor"] == "Sara"
    gone = county.engine("Åsa").organisation.former_actors
    assert [(each.name, each.role, each.body) for each in gone] == [("Sara", *SECRETARY)]
    with pytest.raises(NotPermitted):
        county.puts_off("Sara", TODAY + 2 * A_DAY)
    assert county.kept.findings() == ()


def test_one_office_can_go_and_another_stay(county: County) -> None:
    county.admits("Sara", *SECRETARY)
    county.admits("Sara", "secretary", LEDNING)
    county.engine("Åsa").organise(acts.RemoveActor(on=FIRST, name="Sara", role="secretary", body=LEDNING))
    assert county.puts_off("Sara", TODAY + A_DAY).records


def test_an_act_by_one_who_might_not_is_found_by_the_audit_wherever_the_guard_was_left_open(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted defect: a way in that asks nobody who they are."""
    county.admits("Rut", "registrar", "berg")
    with monkeypatch.context() as opened:
        opened.setattr("workflow.decide.table.require_permitted", lambda *_: None)
        slipped = [
            county.puts_off(name, TODAY + A_DAY * days).records[0] for days, name in enumerate(("Rut", "Eva"), 1)
        ]
    found = [(each.seq, each.case, each.check, each.expected) for each in county.kept.findings()]
    assert found == [(each.seq, county.ref, "lawful", "refused: not_permitted") for each in slipped]
