"""A matter is ended after what has been done with it, and by those it is with; a joint decision is the last one's."""

import pytest

from tests.commands.claims import refused
from tests.office import Office, Word

POLITICS = "politiskt-forum"
REASON = ("--reason", "Ett skäl")


@pytest.fixture
def county(isolated: None, furnished: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office in alternativ-1."""
    return furnished.copied_to(tmp_path_factory.mktemp("ended"))


WITHDRAWN: tuple[Word, ...] = ("case", "withdraw", "REF", *REASON)
CLOSED: tuple[Word, ...] = ("case", "close", "REF", "--by", "politiskt-forum", *REASON)


@pytest.mark.parametrize("words", [WITHDRAWN, CLOSED], ids=["withdraw", "close"])
@pytest.mark.parametrize("state", ["prepared", "recommended_by_leadership", "sent_to_parties"])
def test_a_matter_does_not_end_before_what_has_been_done_with_it(
    county: Office, words: tuple[Word, ...], state: str
) -> None:
    ref = county.walked_to(state)
    steps = [row["on"] for row in county("case", "history", ref, expect=0).json]
    said = [ref if word == "REF" else word for word in words]
    before = county.copy_log_bytes()
    day_before = f"{steps[-1][:-2]}{int(steps[-1][-2:]) - 1:02}"
    refused(county, *said, "--on", day_before, code="date_before_previous_step", exit_code=1, missing=[])
    assert county.copy_log_bytes() == before
    assert county(*said, "--on", steps[-1], expect=0).json["state"] in {"withdrawn", "closed"}


def test_what_a_party_decides_does_not_hold_back_the_end(county: Office) -> None:
    """It need not have known."""
    ref = county.walked_to("sent_to_parties")
    county.adopts(ref, "are", on="2026-05-20")
    assert county("case", "withdraw", ref, *REASON, "--on", "2026-05-04", expect=0).json["state"] == "withdrawn"


def test_a_new_text_after_an_answer_says_what_came_before_it(county: Office) -> None:
    ref = county.walked_to("sent_to_parties")
    county.adopts(ref, "are", on="2026-05-20")
    words = ("case", "revise", ref, "--text", county.paper("ny"), "--on", "2026-05-04")
    refused(county, *words, code="date_before_previous_step", exit_code=1, missing=[])
    told = county(*words, json=False, lang="sv").err
    assert "det som senast registrerades i ärendet" in told


@pytest.mark.parametrize("verb", ["close", "revise"])
def test_what_the_parties_are_asked_is_for_the_forum_that_asked_them(county: Office, verb: str) -> None:
    """Reading G8: «the recommending forum then decides»."""
    early, late = county.walked_to("recommended_by_leadership"), county.walked_to("sent_to_parties")
    said = REASON if verb == "close" else ("--text", county.paper("ny text"))
    for body in ("ledningsforum", *(["au-barn-unga"] if verb == "revise" else [])):
        words = ("case", verb, late, "--by", body, *said, "--on", "2026-06-01")
        told = refused(county, *words, code="mandate_missing", exit_code=1, missing=[("mandate_missing", POLITICS)])
        assert "once the parties are asked: it is for Politiskt forum" in told.error["message"]
    nobody = ("case", verb, early, "--by", "ifo-chefsnatverk", *said, "--on", "2026-06-01")
    refused(county, *nobody, code="mandate_missing", exit_code=1, missing=[("mandate_missing", "ifo-chefsnatverk")])
    county("case", verb, early, "--by", "ledningsforum", *said, "--on", "2026-06-01", expect=0)
    county("case", verb, late, "--by", "politiskt-forum", *said, "--on", "2026-06-01", expect=0)


def test_case_next_offers_the_end_to_those_who_may(county: Office) -> None:
    def closers(ref: str) -> list[str]:
        return [row["by"] for row in county("case", "next", ref, expect=0).json["steps"] if row["step"] == "close"]

    assert closers(county.walked_to("recommended_by_leadership")) == ["ledningsforum", "politiskt-forum"]
    assert closers(county.walked_to("sent_to_parties")) == ["politiskt-forum"]


def joint(county: Office, *decided: tuple[str, str]) -> str:
    """A routine for all ages, decided by these bodies on these days, recorded in this order."""
    opened = ("case", "open", "--type", "rutin", "--group", "alla", "--title", "T", "--on", "2026-01-12")
    ref = str(county(*opened, expect=0).json["ref"])
    for body, on in decided:
        county("case", "decide", ref, "--by", body, "--on", on, expect=0)
    return ref


CHILDREN, ADULTS = ("au-barn-unga", "2026-01-25"), ("au-vuxna", "2026-01-19")


@pytest.mark.parametrize("order", [(CHILDREN, ADULTS), (ADULTS, CHILDREN)], ids=["later first", "in order"])
def test_a_joint_decision_takes_effect_when_the_last_has_decided_whoever_was_recorded_last(
    county: Office, order: tuple[tuple[str, str], ...]
) -> None:
    """Reading G48: both arbetsutskott decide."""
    ref = joint(county, *order)
    assert county.show(ref)["in_force_from"] == "2026-01-25"
    days = ("2026-01-12", "2026-01-19", "2026-01-24", "2026-01-25")
    seen = [county("case", "show", ref, "--as-of", day, expect=0).json for day in days]
    assert [each["state"] for each in seen] == ["initiated", "initiated", "initiated", "in_force"]
    assert [each["in_force_from"] for each in seen] == [None, None, None, "2026-01-25"]
    assert [each["done"]["decide"] for each in seen[1:3]] == [["au-vuxna"], ["au-vuxna"]]
    assert county("audit", "verify", expect=0).json["findings"] == []


def test_a_matter_that_two_prepare_is_prepared_on_no_day_before_the_second(county: Office) -> None:
    ref = county.opened(group="alla")
    county("case", "prepare", ref, "--by", "au-barn-unga", "--on", "2026-01-25", expect=0)
    county("case", "prepare", ref, "--by", "au-vuxna", "--on", "2026-01-19", expect=0)
    states = [
        county("case", "show", ref, "--as-of", day, expect=0).json["state"] for day in ("2026-01-24", "2026-01-25")
    ]
    assert states == ["initiated", "prepared"]
