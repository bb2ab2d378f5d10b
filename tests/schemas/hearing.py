"""An office made to say everything it can say: every verb, every question, and what is refused."""

import contextlib
import json
import signal
import sqlite3

from machines.table import CHARTS
from tests.correspondence.post_office import PostOffice, opened
from tests.office import Word
from tests.schemas.shapes import Checked, shapes
from tests.structures.own_rules import example_structure
from workflow.rulebook import shipped_rules

TODAY = "2026-11-20"

#: Verbs that no route of today's charts has a use for: what they answer is a refusal.
ONLY_REFUSED: set[str] = set()


def look(office: Checked, ref: str) -> None:
    """Ask every question there is about cases."""
    for words in (
        ("case", "show", ref),
        ("case", "show", ref, "--as-of", "2026-02-10"),
        ("case", "show", ref, "--known-at", "2099-01-01"),
        ("case", "list"),
        ("case", "history", ref),
        ("case", "timeline", ref),
        ("case", "next", ref),
        ("worklist",),
        ("party", "list"),
        ("party", "matrix"),
        ("party", "show", "krokom"),
        ("party", "show", "krokom", "--as-of", "2026-04-20"),
        ("party", "show", "rjh", "--as-of", "2027-01-01"),
        ("flag", "list"),
        ("outbox", "list"),
        ("audit", "verify"),
        ("audit", "replay", ref),
        ("audit", "replay"),
        ("audit", "replay", ref, "--with-current-rules"),
        ("audit", "replay", "--with-current-rules"),
        ("audit", "checkpoint"),
        ("sweep", "--dry-run"),
        ("structure", "calendar"),
    ):
        office(*words, today=TODAY, expect=0)
    office("scheduler", "status", today=TODAY, expect=1)


def act_every_way(office: Checked) -> None:
    """Every verb that can be carried out, at least once, one that finds nothing left to do, and one that waits."""
    said = ("--reason", "så beslutades")
    ref = office.opened(text=office.paper("ett"), not_before="2026-06-01", initiated_by="rjh")
    politics = (ref, "--by", "politiskt-forum")
    look(office, ref)
    office("case", "recommend", *politics, "--on", "2026-01-13", expect=1)
    for words in (
        ("postpone", ref, "--by", "au-barn-unga", "--until", "2026-02-02", *said, "--on", "2026-01-13"),
        ("prepare", ref, "--by", "au-barn-unga", "--on", "2026-01-20"),
        ("return", ref, "--by", "ledningsforum", *said, "--on", "2026-01-21"),
        ("override", ref, "--rule", "direct-leadership", "--by", "ledningsforum", *said, "--on", "2026-01-22"),
        ("recommend", ref, "--by", "ledningsforum", "--on", "2026-02-05"),
        ("revise", ref, "--text", office.paper("två"), "--on", "2026-02-06"),
        ("override", *politics, "--rule", "direct-political", *said, "--on", "2026-02-07"),
        ("prepare", ref, "--by", "au-barn-unga", "--on", "2026-02-08"),
        ("recommend", *politics, "--on", "2026-02-20"),
        ("dispatch", ref, "--on", "2026-03-02"),
        ("answer-by", ref, "--date", "2026-08-31", *said, "--on", "2026-03-03"),
        (
            "answer",
            ref,
            "--party",
            "are",
            "--answer",
            "adjourned",
            "--next-meeting",
            "2026-05-04",
            "--on",
            "2026-04-01",
        ),
        ("answer", ref, "--party", "berg", "--answer", "declines", "--on", "2026-04-01", "--organ", "KF", *said),
        ("answer", ref, "--party", "berg", "--answer", "declines", "--on", "2026-04-01", "--organ", "KF", *said),
        ("correct", ref, "--party", "berg", "--answer", "remitted", "--on", "2026-04-01", *said),
        ("effect", *politics, "--rule", "threshold:2+rjh", "--on", "2026-04-02"),
        ("answer", ref, "--party", "rjh", "--answer", "adopts", "--on", "2026-04-20"),
        ("answer", ref, "--party", "krokom", "--answer", "adopts", "--on", "2026-09-20"),
        ("spread", ref, "--via", "ledningsforum", "--on", "2026-09-21"),
    ):
        office("case", *words, today=TODAY, expect=0)
    office("case", "anchor", ref, "--in", "ifo-chefsnatverk", expect=1)
    office("case", "decide", ref, "--by", "ledningsforum", expect=1)
    office("case", "lift", ref, "--by", "ledningsforum", *said, expect=1)
    office.walked_to("withdrawn")
    office.walked_to("closed")
    office("sweep", today=TODAY, expect=0)
    look(office, ref)


def send_letters(office: Checked) -> None:
    """Letters sent, sent already, put off, refused, queued again, overtaken, and not there."""
    ref = office.walked_to("sent_to_parties", text=office.paper("brev"))
    office("case", "answer-by", ref, "--date", "2026-04-30", "--reason", "brådskar", "--on", "2026-03-02", expect=0)
    office("sweep", today="2026-04-03", expect=0)
    refused = {"registrator@berg.example": ["550 5.1.1 No such user"]}
    busy = {"registrator@are.example": ["451 4.7.1 Later", "250 Ok"]}
    with opened(PostOffice(to_recipient={**refused, **busy})) as server:
        sending = ("outbox", "send", "--smtp", server.url(), "--from", "samverkan@region.example")
        for more in ((), ("--now",)):
            office(*sending, *more, today="2026-04-03", expect=0)
    dead, *_ = office("outbox", "list", "--case", ref, "--state", "undeliverable", expect=0).json
    for words in (("show", dead["id"]), ("retry", dead["id"]), ("retry", dead["id"]), ("send",), ("show", dead["id"])):
        office("outbox", *words, today="2026-04-03", expect=0)
    office("outbox", "retry", dead["id"], expect=1)
    office("outbox", "show", "SAM-2026-0001.nobody.5", expect=66)
    office("sweep", today="2026-04-24", expect=0)
    office("outbox", "send", today="2026-04-30", expect=0)
    look(office, ref)


def act_on_other_kinds(office: Checked) -> None:
    """What only other kinds of document have: anchoring, decisions, lifting, reports, and structures."""
    said = ("--reason", "så beslutades")
    guideline = office.opened(type="riktlinje", group="barn-unga", on="2022-01-10")
    lifted = office.opened(type="riktlinje", group="barn-unga", on="2022-01-10")
    assignment = (
        "--type",
        "uppdrag",
        "--giver",
        "rsr",
        "--receiver",
        "rjh",
        "--kind",
        "limited",
        "--due",
        "2026-12-01",
    )
    given = office("case", "open", *assignment, "--title", "Översyn", "--on", "2026-02-01", expect=0).json["ref"]
    for words in (
        ("anchor", guideline, "--in", "ifo-chefsnatverk", "--on", "2022-01-20"),
        ("anchor", guideline, "--in", "elevhalsochefsnatverk", "--on", "2022-01-20"),
        ("decide", guideline, "--by", "samreko-hsi", "--on", "2022-02-01"),
        ("lift", lifted, "--by", "samreko-hsi", *said, "--on", "2022-01-20"),
        ("decide", given, "--by", "rsr", "--on", "2026-02-02"),
        ("report", given, "--by", "rsr", "--on", "2026-03-02"),
    ):
        office("case", *words, today=TODAY, expect=0)
        look(office, words[1])
    structure = ("--type", "samverkansstruktur", "--structure", "alternativ-2", "--in-force", "2026-11-01")
    content = ("--direction", "Alla åldrar", "--goals", "Kortare väg", "--title", "Ny struktur", "--on", "2026-02-01")
    decided = office("case", "open", *structure, *content, expect=0).json["ref"]
    for day in ("2026-02-02", "2026-03-02"):
        office("case", "decide", decided, "--by", "rsr", "--on", day, expect=0)
    look(office, decided)
    adopting = ("structure", "adopt", "alternativ-2", "--from", "2026-11-01", "--minutes", "§ 1", "--on", "2026-03-03")
    asked: list[tuple[str, ...]] = [
        ("structure", "configure", "alternativ-3", "--board", "gnus"),
        ("forum", "status", "jamtbus", "--active", "--from", "2026-01-01", *said),
        ("forum", "list"),
        ("forum", "chair", "ledningsforum", "--year", "2027"),
        ("route", "diff", "alternativ-1", "alternativ-2"),
        adopting,
        ("sweep",),
        ("structure", "calendar"),
        ("case", "show", decided),
    ]
    for question in asked:
        office(*question, today=TODAY, expect=0)


def tell_of_a_notice(office: Checked, document: str) -> None:
    """The letters of a notice: looked at, made due, refused, queued again, sent."""
    said = ("--by", "berg", "--received", "2026-11-09", "--on", "2026-11-10", "--in-english")
    first, second, *_ = office("register", "notice", document, *said, today=TODAY, expect=0).json["letters"]
    with opened(PostOffice(to_recipient={first["to"]: ["550 5.1.1 No such user"]})) as server:
        sending = ("outbox", "send", "--smtp", server.url(), "--from", "samverkan@region.example")
        office("outbox", "show", first["id"], today=TODAY, expect=0)
        office("outbox", "retry", second["id"], today=TODAY, expect=0)
        office(*sending, today=TODAY, expect=0)
    office("flag", "list", today=TODAY, expect=0)
    office("outbox", "retry", first["id"], today=TODAY, expect=0)
    office("outbox", "list", "--document", document, today=TODAY, expect=0)
    office("register", "show", document, today=TODAY, expect=0)
    office("outbox", "send", today=TODAY, expect=0)


def keep_the_register(office: Checked) -> None:
    """Documents in force: entered, completed, followed up, extended, given notice of, replaced, looked at."""
    day = ("--on", "2026-11-10")
    asked: list[tuple[Word, ...]] = [
        ("import",),
        ("import",),
        ("list", "--as-of", "2025-01-13"),
        ("calendar", "--year", "2026", "--ics", office.folder / "2026.ics"),
        ("confirm", "b1-10", "--open-ended", "--forum", "politiskt-forum", *day),
        ("confirm", "b1-12", "--valid-to", "2027-12-31", *day),
        ("follow-up", "b1-14", "--by", "politiskt-forum", "--minutes", "§ 3", *day),
        ("revised", "b1-15", "--by", "politiskt-forum", *day),
        ("notice", "b1-09", "--by", "ragunda", "--received", "2026-09-30", *day),
        ("assess", "b1-16", "--keep", "--by", "politiskt-forum", *day),
        ("implemented", "b1-02", *day),
        ("supersede", "b1-05", "--by", "b1-06", "--from", "2024-01-01", *day),
        ("export", office.folder / "register.csv"),
        ("import", office.folder / "register.csv"),
        *(("show", document) for document in ("b1-05", "b1-06", "b1-09", "b1-10", "b1-26")),
        ("list",),
    ]
    for words in asked:
        office("register", *words, today=TODAY, expect=0)
    tell_of_a_notice(office, "b1-09")
    longer = office.walked_to("in_force", group="vuxna", type="avtal", document="b1-07", valid_to="2028-12-31")
    office("register", "extend", "b1-07", "--case", longer, *day, today=TODAY, expect=0)
    for words in (("audit", "replay", "b1-09"), ("sweep",), ("flag", "list"), ("worklist",), ("audit", "replay")):
        office(*words, today=TODAY, expect=0)


def ask_everything_else(office: Checked) -> None:
    """What is no act and no question about a case."""
    office("init", expect=0)
    office("party", "mailbox", "are", "ny@are.example", expect=0)
    for group in ("barn-unga", "vuxna", "alla"):
        office("route", "explain", "--type", "ök", "--group", group, expect=0)
    office("structure", "list", expect=0)
    for structure in office.answers["structure-list"][-1]:
        office("structure", "show", structure["id"], expect=0)
        office("route", "table", "--structure", structure["id"], expect=0)
    office("structure", "import", office.paper(example_structure()), today=TODAY, expect=0)
    for chart in CHARTS:
        office("diagram", chart, expect=0)
        office("diagram", chart, "--format", "svg", expect=0)
    office("schema", expect=0)
    for name in shapes():
        office("schema", name, expect=0)
    for words in (
        ("case", "show", "SAM-2026-9999"),
        ("case", "open"),
        ("route", "explain", "--type", "ökk"),
        ("sweeep",),
    ):
        assert office(*words).code
    check_rules(office)
    give_out(office)
    run_the_clock(office)


def give_out(office: Checked) -> None:
    """What others are given to check by themselves, and what the log is held to by it."""
    post, log, proof = (office.folder / name for name in ("post.txt", "log.jsonl", "proof.json"))
    office("audit", "checkpoint", post, expect=0)
    office("audit", "export", log, "--with-verifier", expect=0)
    office("backup", office.folder / "copy.db", expect=0)
    ref = office.opened()
    office("audit", "prove", ref, "--checkpoint", post, expect=0)
    office("audit", "prove", ref, "--checkpoint", post, "--out", proof, expect=0)
    office("audit", "verify", "--checkpoint", post, expect=0)
    origin, size, root = post.read_text("utf-8").splitlines()
    longer = office.paper(f"{origin}\n{int(size) + 100}\n{root}\n")
    assert office("audit", "verify", "--checkpoint", longer, expect=3).json["checkpoints"][0]["between"]


def admit_actors(office: Checked) -> None:
    """Nobody is admitted; then some are; one is refused, and one goes. Acts of others can only come before it."""
    since = ("--from", "2026-01-01")
    office("actor", "list", expect=0)
    for words in (
        ("samordnare", "--role", "administrator", *since),
        ("samordnare", "--role", "administrator", *since),
        ("Sara Sekreterare", "--role", "secretary", "--forum", "svom", "--organisation", "rjh", *since),
        ("Rut Registrator", "--role", "registrar", "--party", "are", *since, "--until", "2026-06-30"),
        ("Revisionsbyrån", "--role", "auditor", "--organisation", "Byrån AB", "--from", "2099-01-01"),
    ):
        office("actor", "admit", *words, expect=0)
    office("actor", "list", expect=0)
    assert office("case", "open", "--type", "avtal", "--group", "vuxna", "--title", "Nytt", expect=77).missing
    office("actor", "remove", "Sara Sekreterare", expect=0)
    office("actor", "list", "--all", expect=0)


def run_the_clock(office: Checked) -> None:
    """The clock is started, asked how it stands, asked to stop, and asked again."""
    process = office.spawn("scheduler", "run")
    assert process.stderr is not None
    events = (json.loads(line)["event"] for line in process.stderr)
    assert "leading" in events
    office("scheduler", "status", expect=0)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate()
    assert process.returncode == 0, err
    office.heard("scheduler-run", json.loads(out))
    office("scheduler", "status", expect=1)


def check_rules(office: Checked) -> None:
    """A rule set that lacks structures which its other files name: something for the check to find."""
    rules = office.folder / "rules"
    (rules / "structures").mkdir(parents=True)
    for name, content in shipped_rules().contents.items():
        if name in {"county.toml", "register.toml", "readings.toml", "structures/alternativ-3.toml"}:
            (rules / name).write_bytes(content)
    assert office("route", "check", "--rules", rules, expect=1).json["findings"]


def spoil(office: Checked) -> None:
    """A view that no longer tells what the records tell: something for the audit to find."""
    with contextlib.closing(sqlite3.connect(office.file)) as base, base:
        base.execute("UPDATE case_view SET title = 'annan'")
    assert office("audit", "verify", expect=3).json["findings"]
    assert office("audit", "rebuild", expect=0).json["tables"]
    assert office("audit", "rebuild", expect=0).json["refs"] == []
    with contextlib.closing(sqlite3.connect(office.file)) as base, base:
        base.execute("DELETE FROM text")
    assert office("audit", "rebuild", expect=3).json["findings"]
