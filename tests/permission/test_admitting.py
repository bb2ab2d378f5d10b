"""Who is admitted as what: for a body of the right kind, and with words that name what was wrong."""

from pathlib import Path

import pytest

from tests.office import Office, Reply, Word
from workflow.decide import actors

SINCE = ("--from", "2026-01-01")
LATER, PAST = "2099-01-01", "2026-02-01"

#: Somebody in a role, for a body of the other kind, or for one that there is not; and the option that is wrong.
OF_THE_OTHER_KIND = [
    ("secretary", "--party", "berg", "--party: secretary is admitted for a forum, group or network, and Bergs kommun"),
    ("registrar", "--forum", "svom", "--forum: registrar is admitted for a party, and SVOM is none"),
    ("registrar", "--forum", "ifo-chefsnatverk", "--forum: registrar is admitted for a party"),
]


@pytest.fixture
def led(isolated: None, furnished: Office, tmp_path: Path) -> Office:
    """An office that Åsa administers."""
    office = furnished.copied_to(tmp_path / "led")
    office("actor", "admit", "Åsa", "--role", "administrator", *SINCE, expect=0)
    return office


def admit(office: Office, *words: Word, **options: object) -> Reply:
    return office("actor", "admit", *words, actor="Åsa", **options)  # type: ignore[arg-type]  # as the office takes them


@pytest.mark.parametrize(("role", "option", "body", "said"), OF_THE_OTHER_KIND)
def test_a_role_is_admitted_for_a_body_of_its_own_kind(
    led: Office, role: str, option: str, body: str, said: str
) -> None:
    before = led.copy_log_bytes()
    refused = admit(led, "Bo", "--role", role, option, body, *SINCE, expect=65)
    assert refused.error["code"] == "value_invalid"
    assert said in refused.error["message"]
    assert led.copy_log_bytes() == before


def test_without_that_rule_the_same_words_are_taken(led: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(actors, "_require_of_kind", lambda *_: None)
    for role, option, body, _ in OF_THE_OTHER_KIND:
        admit(led, "Bo", "--role", role, option, body, *SINCE, expect=0)


@pytest.mark.parametrize("body", ["svom", "ledningsforum", "au-vuxna", "ifo-chefsnatverk", "jamtbus"])
def test_a_secretary_is_of_a_forum_a_group_or_a_network(led: Office, body: str) -> None:
    assert admit(led, "Bo", "--role", "secretary", "--forum", body, *SINCE, expect=0).json["body"] == body


@pytest.mark.parametrize(
    ("days", "field"),
    [
        (("--from", LATER), "--from"),
        ((*SINCE, "--until", LATER), "--until"),
        (("--from", LATER, "--until", "2099-12-31"), "--from, --until"),
    ],
)
def test_the_only_administrator_is_told_which_day_would_leave_nobody(
    led: Office, days: tuple[str, ...], field: str
) -> None:
    message = admit(led, "Åsa", "--role", "administrator", *days, expect=65).error["message"]
    assert message.startswith(f"{field}: nobody would be left who may admit actors")


def test_whoever_is_first_and_no_administrator_is_told_that_it_is_the_role(furnished: Office, tmp_path: Path) -> None:
    office = furnished.copied_to(tmp_path / "nobody")
    message = admit(office, "Bo", "--role", "auditor", "--from", LATER, "--until", LATER, expect=65).error["message"]
    assert message.startswith("--role: nobody would be left")


def test_a_last_day_is_told_and_that_it_has_passed(led: Office) -> None:
    def told(*days: str) -> str:
        return admit(led, "Klara", "--role", "coordinator", *days, json=False, expect=0).out

    assert told(*SINCE) == "Klara may act from 2026-01-01: coordinator.\n"
    assert told(*SINCE, "--until", LATER) == f"Klara may act from 2026-01-01 until {LATER}: coordinator.\n"
    assert told(*SINCE, "--until", PAST) == (
        f"Klara is admitted from 2026-01-01 until {PAST}, which has passed: coordinator.\n"
    )
    (row,) = [each for each in led("actor", "list", "--all", expect=0).json if each["name"] == "Klara"]
    assert (row["standing"], row["until"]) == ("ended", PAST)
