"""Permission as a person at the command line meets it: nobody has said anything, somebody has, and who may not."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from tests.office import PARTIES, Office, Reply, Word
from tests.structures.own_rules import example_structure, shipped

SINCE = ("--from", "2026-01-01")
pytestmark = pytest.mark.usefixtures("isolated")

REASON = ("--reason", "så beslutades")

#: Every way to write, on a case that has been sent to its parties.
WRITING: list[tuple[Word, ...]] = [
    ("case", "open", "--type", "avtal", "--group", "vuxna", "--title", "Nytt", "--on", "2026-03-10"),
    ("case", "prepare", "REF", "--by", "au-barn-unga", "--on", "2026-03-10"),
    ("case", "anchor", "REF", "--in", "ifo-chefsnatverk", "--on", "2026-03-10"),
    ("case", "recommend", "REF", "--by", "politiskt-forum", "--on", "2026-03-10"),
    ("case", "decide", "REF", "--by", "ledningsforum", "--on", "2026-03-10"),
    ("case", "return", "REF", "--by", "politiskt-forum", *REASON, "--on", "2026-03-10"),
    ("case", "postpone", "REF", "--by", "politiskt-forum", "--until", "2026-04-10", *REASON, "--on", "2026-03-10"),
    ("case", "lift", "REF", "--by", "ledningsforum", *REASON, "--on", "2026-03-10"),
    ("case", "override", "REF", "--rule", "direct-political", "--by", "politiskt-forum", *REASON, "--on", "2026-03-10"),
    ("case", "effect", "REF", "--by", "politiskt-forum", "--rule", "per-party", "--on", "2026-03-10"),
    ("case", "report", "REF", "--by", "politiskt-forum", "--on", "2026-03-10"),
    ("case", "dispatch", "REF", "--on", "2026-03-10"),
    ("case", "answer-by", "REF", "--date", "2026-08-31", *REASON, "--on", "2026-03-10"),
    ("case", "answer", "REF", "--party", "berg", "--answer", "adopts", "--on", "2026-04-10"),
    ("case", "correct", "REF", "--party", "are", "--answer", "declines", *REASON, "--on", "2026-04-10"),
    ("case", "revise", "REF", "--text", "TEXT", "--on", "2026-03-10"),
    ("case", "spread", "REF", "--via", "ledningsforum", "--on", "2026-03-10"),
    ("case", "withdraw", "REF", *REASON, "--on", "2026-03-10"),
    ("case", "close", "REF", "--by", "politiskt-forum", *REASON, "--on", "2026-03-10"),
    ("party", "mailbox", "are", "ny@are.example"),
    ("forum", "status", "jamtbus", "--active", "--from", "2026-01-01", *REASON),
    ("structure", "adopt", "alternativ-2", "--from", "2027-01-01", "--minutes", "§ 1"),
    ("structure", "configure", "alternativ-3", "--board", "gnus"),
    ("structure", "import", "RULES"),
    ("actor", "admit", "främling", "--role", "administrator", *SINCE),
    ("actor", "remove", "Åsa"),
    ("outbox", "send"),
    ("register", "extend", "b1-14", "--case", "REF", "--on", "2026-03-10"),
    ("register", "notice", "b1-15", "--by", "berg", "--received", "2026-03-10", "--on", "2026-03-10"),
    ("register", "supersede", "b1-01", "--by", "b1-02", "--on", "2026-03-10"),
    ("register", "follow-up", "b1-01", "--by", "ledningsforum", "--on", "2026-03-10"),
    ("register", "revised", "b1-01", "--on", "2026-03-10"),
    ("register", "implemented", "b1-01", "--on", "2026-03-10"),
    ("register", "confirm", "b1-01", "--open-ended", "--on", "2026-03-10"),
    ("register", "assess", "b1-01", "--keep", "--on", "2026-03-10"),
    ("sweep",),
]
READING: list[tuple[Word, ...]] = [
    ("case", "show", "REF"),
    ("case", "list"),
    ("case", "history", "REF"),
    ("case", "next", "REF"),
    ("case", "timeline", "REF"),
    ("worklist",),
    ("flag", "list"),
    ("outbox", "list"),
    ("actor", "list"),
    ("register", "list"),
    ("register", "show", "b1-01"),
    ("register", "calendar"),
    ("party", "list"),
    ("audit", "verify"),
    ("audit", "checkpoint"),
    ("audit", "replay", "REF", "--with-current-rules"),
    ("sweep", "--dry-run"),
    ("init",),
]


class Told:
    """An office with one case at the parties, past its day to answer; Åsa administers, Rut is Berg's registrar."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.ref = office.walked_to("sent_to_parties")
        office.adopts(self.ref, "are")
        office("register", "import", expect=0)
        office("actor", "admit", "Åsa", "--role", "administrator", *SINCE, expect=0)
        office("actor", "admit", "Rut", "--role", "registrar", "--party", "berg", *SINCE, actor="Åsa", expect=0)
        files = {"TEXT": office.paper("ny text"), "RULES": office.paper(example_structure())}
        self.words: dict[str, Word] = {"REF": self.ref, **files}

    def __call__(self, words: tuple[Word, ...], actor: str, *, json: bool = True, lang: str = "en") -> Reply:
        said = [self.words.get(str(word), word) for word in words]
        return self.office(*said, actor=actor, json=json, lang=lang)

    def everything(self) -> str:
        """All that the database holds, but for who is at work on a letter: a claim that is given back leaves a row."""
        with contextlib.closing(sqlite3.connect(self.office.file)) as base:
            return "\n".join(line for line in base.iterdump() if not line.startswith('INSERT INTO "sending"'))


@pytest.fixture(scope="module")
def told(furnished: Office, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Asked by many, changed by none."""
    return Told(furnished.copied_to(tmp_path_factory.mktemp("told")))


@pytest.mark.parametrize("words", WRITING, ids=lambda words: " ".join(map(str, words[:2])))
def test_whoever_is_not_admitted_writes_nothing_by_any_command(words: tuple[Word, ...], told: Told) -> None:
    before = told.everything()
    reply = told(words, "främling")
    assert reply.code == 77, reply.transcript()
    assert reply.error["code"] == "not_permitted"
    assert reply.error["missing"], reply.transcript()
    assert {each["code"] for each in reply.error["missing"]} == {"not_permitted"}
    assert "främling" in reply.error["message"]
    assert told.everything() == before
    assert not list(told.office.folder.rglob("*.eml"))


@pytest.mark.parametrize("words", READING, ids=lambda words: " ".join(map(str, words[:2])))
def test_whoever_is_not_admitted_may_look_at_everything_in_a_file(words: tuple[Word, ...], told: Told) -> None:
    before = told.everything()
    reply = told(words, "främling")
    assert reply.code == 0, reply.transcript()
    assert told.everything() == before


def test_every_command_that_writes_is_among_those_that_are_tried() -> None:
    """The list above is complete, or says nothing."""
    looking = {
        "case": {"list", "show", "timeline", "history", "next"},
        "party": {"list", "show", "matrix"},
        "forum": {"list", "chair"},
        "structure": {"list", "show", "calendar"},
        "outbox": {"list", "show", "retry"},
        "actor": {"list"},
        # What is imported again changes nothing; for the first time, see below.
        "register": {"list", "show", "calendar", "export", "import"},
    }
    from commands.index import NOUNS  # noqa: PLC0415 - what there is

    for noun, looks in looking.items():
        tried = {str(words[1]) for words in WRITING if words[0] == noun}
        assert tried | looks == NOUNS[noun][0].keys()


def test_a_register_is_not_entered_by_whoever_is_not_admitted(furnished: Office, tmp_path: Path) -> None:
    office = furnished.copied_to(tmp_path / "register")
    office("actor", "admit", "Åsa", "--role", "administrator", *SINCE, expect=0)
    before = office.copy_log_bytes()
    assert office("register", "import", expect=77).missing == {("not_permitted", "coordinator")}
    assert office.copy_log_bytes() == before


def test_a_sweep_with_nothing_to_find_is_for_those_who_may_check_as_well(furnished: Office, tmp_path: Path) -> None:
    office = furnished.copied_to(tmp_path / "nothing to find")
    office("actor", "admit", "Åsa", "--role", "administrator", *SINCE, expect=0)
    office("actor", "admit", "Ulla", "--role", "auditor", *SINCE, actor="Åsa", expect=0)
    refused = office("sweep", actor="Ulla", expect=77)
    assert ("not_permitted", "coordinator") in refused.missing
    assert office("scheduler", "status", expect=1).json["last_sweep"] is None
    assert office("sweep", "--dry-run", actor="Ulla", expect=0).json["raised"] == []


def test_without_the_guard_the_same_command_writes(told: Told, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The negative control: what is refused above is refused for who asks, and for nothing else."""
    monkeypatch.setattr("workflow.decide.table.require_permitted", lambda *_: None)
    twin = Told.__new__(Told)
    twin.office, twin.words = told.office.copied_to(tmp_path / "twin"), told.words
    before = twin.everything()
    assert twin(("party", "mailbox", "are", "ny@are.example"), "främling").code == 0
    assert twin.everything() != before


def test_the_registrar_of_a_party_records_its_answer_and_nobody_else_s(told: Told) -> None:
    twin = told.office.copied_to(told.office.folder / "answers")
    said = ("case", "answer", told.ref, "--answer", "adopts", "--on", "2026-04-10", "--party")
    assert twin(*said, "berg", actor="Rut").code == 0
    refused = twin(*said, "krokom", actor="Rut", expect=77)
    assert refused.missing == {("not_permitted", each) for each in ("coordinator", "politiskt-forum", "krokom")}
    assert "registrar (Krokoms kommun)" in refused.error["message"]
    swedish = twin(*said, "krokom", actor="Rut", lang="sv", json=False, expect=77).err
    assert "registrator (Krokoms kommun)" in swedish
    assert twin("audit", "verify", expect=0).json["findings"] == []


def test_case_next_offers_what_the_actor_may_do_and_says_whose_the_rest_is(told: Told) -> None:
    def steps(actor: str) -> list[dict[str, object]]:
        found = told(("case", "next", told.ref), actor).json["steps"]
        assert isinstance(found, list)
        return found

    offered = [(each["step"], each["by"]) for each in steps("Rut") if each["allowed"]]
    assert offered == [("answer", "berg")]
    whose = {(each["step"], each["by"]): each["missing"] for each in steps("Rut") if not each["allowed"]}
    coordinator = {"code": "not_permitted", "by": "coordinator"}
    assert whose["withdraw", None] == [coordinator]
    assert whose["answer", "krokom"] == [
        coordinator,
        {"code": "not_permitted", "by": "politiskt-forum"},
        {"code": "not_permitted", "by": "krokom"},
    ]
    assert not any(each["allowed"] for each in steps("Åsa"))
    shown = told(("case", "next", told.ref), "Rut", json=False).out
    assert "permission: it is for coordinator" in " ".join(shown.split())


def test_before_the_dispatch_an_answer_is_marked_for_whoever_may_record_no_party_s(told: Told) -> None:
    """One step stands for all parties then: it is the registrar's of any of them, and not an auditor's."""
    office = told.office.copied_to(told.office.folder / "before")
    office("actor", "admit", "samordnare", "--role", "coordinator", *SINCE, actor="Åsa", expect=0)
    ref = office.opened(group="vuxna", type="avtal")
    office("actor", "admit", "Rolf", "--role", "auditor", *SINCE, actor="Åsa", expect=0)

    def marks(actor: str) -> list[str | None]:
        steps = office("case", "next", ref, actor=actor, expect=0).json["steps"]
        (answer,) = [each for each in steps if each["step"] == "answer"]
        assert answer["by"] is None
        assert answer["missing"][0]["code"] == "not_dispatched"
        return [each["by"] for each in answer["missing"] if each["code"] == "not_permitted"]

    assert marks("Rut") == []
    assert marks("Rolf") == marks("Åsa") == ["coordinator", "politiskt-forum", *PARTIES]


def test_until_somebody_is_admitted_everybody_may_do_everything_and_the_list_says_so(furnished: Office) -> None:
    told = furnished("actor", "list", actor="vem som helst", json=False, expect=0)
    assert (told.out, told.err) == ("", "No actor has been admitted: everybody may do everything.\n")
    assert furnished("actor", "list", actor="vem som helst").json == []


def test_the_first_who_is_admitted_must_be_an_administrator(furnished: Office, tmp_path: Path) -> None:
    office = furnished.copied_to(tmp_path / "first")
    before = office.copy_log_bytes()
    for words in (
        ("Sara", "--role", "secretary", "--forum", "ledningsforum", *SINCE),
        ("Sara", "--role", "coordinator", *SINCE),
        ("Åsa", "--role", "administrator", *SINCE, "--until", "2099-12-31"),
        ("Åsa", "--role", "administrator", "--from", "2099-01-01"),
    ):
        assert office("actor", "admit", *words, expect=65).error["code"] == "value_invalid"
    assert office.copy_log_bytes() == before
    assert office("actor", "admit", "Åsa", "--role", "Administratör", *SINCE, expect=0).json["role"] == "administrator"


def test_the_last_administrator_cannot_be_removed_and_nobody_who_is_not_there(told: Told) -> None:
    before = told.everything()
    last = told(("actor", "remove", "Åsa"), "Åsa")
    ended = told(("actor", "admit", "Åsa", "--role", "administrator", *SINCE, "--until", "2099-12-31"), "Åsa")
    stranger = told(("actor", "remove", "Ingen"), "Åsa")
    assert [reply.code for reply in (last, ended, stranger)] == [65, 65, 65]
    assert "another administrator" in last.error["message"]
    assert "Rut" in stranger.error["message"]
    assert told.everything() == before


def test_who_is_removed_is_still_told_of_and_keeps_what_they_recorded(told: Told, tmp_path: Path) -> None:
    office = told.office.copied_to(tmp_path / "removed")
    office(
        "case", "answer", told.ref, "--party", "berg", "--answer", "adopts", "--on", "2026-04-10", actor="Rut", expect=0
    )
    assert office("actor", "remove", "Rut", actor="Åsa", expect=0).json["removed"] == [
        {"role": "registrar", "body": "berg"}
    ]
    assert [row["name"] for row in office("actor", "list").json] == ["Åsa"]
    everybody = {row["name"]: row["standing"] for row in office("actor", "list", "--all").json}
    assert everybody == {"Åsa": "acts", "Rut": "removed"}
    assert office("case", "history", told.ref).json[-1]["actor"] == "Rut"
    assert office("audit", "verify", expect=0).json["findings"] == []


def test_nobody_gives_themselves_leave_by_a_rule_file_and_an_administrator_s_is_judged_by_the_rules_before_it(
    told: Told, tmp_path: Path
) -> None:
    office = told.office.copied_to(tmp_path / "leave")
    mine = office.paper(
        shipped("permissions.toml", ('role = "administrator"\nacts = [', 'role = "registrar"\nacts = ['))
    )
    nobodys = office.paper(
        shipped("permissions.toml", ('role = "administrator"\nacts = [', 'role = "auditor"\nacts = ['))
    )
    narrower = office.paper(shipped("permissions.toml", ('["change_answer_by", "check", ', '["check", ')))
    before = office.copy_log_bytes()
    assert office("structure", "import", mine, actor="Rut", expect=77).missing == {("not_permitted", "administrator")}
    assert office("structure", "import", nobodys, actor="Åsa", expect=78).error["code"] == "rules_invalid"
    assert office.copy_log_bytes() == before
    assert office("structure", "import", narrower, actor="Åsa", expect=0).json["files"]
    assert office("audit", "verify", expect=0).json["findings"] == []
