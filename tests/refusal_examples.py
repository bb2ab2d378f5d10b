"""For every refusal the smallest command line that meets it, or, where none leads there, values to fill it with."""

import contextlib
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.office import PARTIES, Office, Word
from tests.persistence.homes import unlocked

#: Questions and acts are dated as of this day; it is past, so that no text changes with the real one.
TODAY = "2026-11-20"

OPEN = ("case", "open", "--title", "Placerade barn", "--on", "2026-01-12")
AGREEMENT = (*OPEN, "--type", "ök", "--group", "barn-unga")
MONEY = (*OPEN, "--type", "stimulansmedel", "--group", "alla", "--year", "2026", "--amount", "900000")

Words = tuple[Word, ...]


@dataclass(frozen=True)
class Example:
    """``given`` prepares an office and gives the words that are then refused; ``empty``: nothing is founded before."""

    given: Callable[[Office], Words]
    empty: bool = False
    today: str | None = TODAY


def _said(*words: Word, **how: Any) -> Example:
    return Example(lambda _: words, **how)


def _at(state: str, *words: str, group: str = "barn-unga") -> Example:
    """The case is in ``state``; the words are those of a verb of ``case``, without the reference."""
    verb, *options = words
    return Example(lambda office: ("case", verb, office.walked_to(state, group=group), *options))


def _opened(office: Office, kind: str, group: str, on: str, *more: str) -> str:
    words = ("case", "open", "--type", kind, "--title", "Ett ärende", "--group", group, "--on", on, *more)
    return str(office(*words, expect=0).json["ref"])


def _in_todays_structure(kind: str, group: str, on: str, *steps: Words) -> Callable[[Office], Words]:
    """A case opened before alternativ-1; every step but the last is carried out."""

    def given(office: Office) -> Words:
        ref = _opened(office, kind, group, on)
        told = [(*step[:2], ref, *step[2:]) for step in steps]
        for step in told[:-1]:
            office(*step, expect=0)
        return told[-1]

    return given


def _step(verb: str, who: str, body: str, on: str) -> Words:
    return ("case", verb, who, body, "--on", on)


def _answered(office: Office) -> Words:
    ref = office.walked_to("sent_to_parties")
    office.adopts(ref, "berg")
    return ("case", "answer", ref, "--party", "berg", "--answer", "declines", "--on", "2026-04-20")


def _of_the_old_text(office: Office) -> Words:
    ref = office.walked_to("recommended_by_political_forum")
    office("case", "revise", ref, "--text", office.paper("ny text"), "--on", "2026-02-25", expect=0)
    return ("case", "answer", ref, "--party", "berg", "--answer", "adopts", "--text-version", "1", "--on", "2026-04-20")


def _without_mailboxes(office: Office) -> Words:
    office.founded()
    for party in PARTIES[:7]:
        office("party", "mailbox", party, f"registrator@{party}.example", expect=0)
    return ("case", "dispatch", office.walked_to("recommended_by_political_forum"), "--on", "2026-03-02")


def _decided_without_parties(office: Office) -> Words:
    ref = _opened(office, "riktlinje", "barn-unga", "2026-01-12")
    return ("case", "dispatch", ref, "--on", "2026-03-02")


def _without_goals(office: Office) -> Words:
    what = ("--structure", "alternativ-2", "--in-force", "2027-01-01", "--direction", "Närmare vård")
    ref = _opened(office, "samverkansstruktur", "alla", "2026-01-12", *what)
    office("case", "decide", ref, "--by", "rsr", "--on", "2026-02-01", expect=0)
    return ("case", "decide", ref, "--by", "rsr", "--on", "2026-03-01")


def _uppdrag(office: Office) -> Words:
    who = ("--giver", "ledningsforum", "--receiver", "au-vuxna", "--kind", "limited")
    ref = _opened(office, "uppdrag", "vuxna", "2026-01-12", *who)
    return ("case", "decide", ref, "--by", "ledningsforum", "--on", "2026-02-01")


def _with_another_title(office: Office) -> Words:
    office.opened()
    with contextlib.closing(sqlite3.connect(office.file)) as base, base:
        base.execute("UPDATE case_view SET title = 'annan'")
    return ("backup", office.folder / "kopia.sqlite")


def _not_admitted(office: Office) -> Words:
    ref = office.opened()
    for admitted in (("Åsa", "--role", "administrator"), ("Rut", "--role", "registrar", "--party", "berg")):
        office("actor", "admit", *admitted, "--from", "2026-01-01", actor="Åsa", expect=0)
    return ("case", "prepare", ref, "--by", "au-barn-unga", "--on", "2026-01-20")


def _broken(office: Office) -> Words:
    ref = office.opened()
    with unlocked(office.file) as base:
        base.execute("UPDATE event SET seq = 99 WHERE stream = ?", (ref,))
    return ("audit", "replay", ref)


def _in_the_place_of_the_file(office: Office) -> Words:
    office.file.mkdir()
    return ("case", "list")


def _in_no_database_of_ours(office: Office) -> Words:
    office.url = "http://example"
    return ("case", "list")


def _of_the_register(*words: str) -> Example:
    """Bilaga 1 is entered; the words are those of a verb of «register»."""

    def given(office: Office) -> Words:
        office("register", "import", "--on", "2026-11-02", today=TODAY, expect=0)
        return ("register", *words)

    return Example(given)


EXAMPLES: Mapping[str, Example] = {
    "extension_needs_route": _of_the_register("extend", "b1-03"),
    "notice_rule_missing": _of_the_register("notice", "b1-15", "--by", "ragunda", "--received", "2026-06-01"),
    "statutory_protected": _of_the_register("assess", "b1-15", "--end"),
    "follow_up_wrong_forum": _of_the_register("follow-up", "b1-15", "--by", "samreko-hsi", "--on", "2026-02-02"),
    "route_undefined": _said(*OPEN, "--type", "revisionssvar", "--addressee", "ledningsforum"),
    "no_active_forum": Example(
        _in_todays_structure(
            "ök",
            "barn-unga",
            "2023-12-01",
            _step("prepare", "--by", "samreko-hsi", "2024-01-10"),
            _step("recommend", "--by", "barnarenan", "2024-02-01"),
        )
    ),
    "forum_dormant": Example(
        _in_todays_structure(
            "ök",
            "alla",
            "2023-12-01",
            _step("prepare", "--by", "samreko-hsi", "2024-01-10"),
            _step("prepare", "--by", "fredagsgruppen", "2024-01-10"),
            _step("recommend", "--by", "barnarenan", "2024-02-01"),
        )
    ),
    "document_incomplete": _said(*OPEN, "--type", "avtal", "--document", "b1-10"),
    "arena_not_designated": _said(*OPEN, "--type", "stimulansmedel", "--group", "alla"),
    "anchoring_missing": Example(
        _in_todays_structure(
            "riktlinje", "barn-unga", "2022-01-10", _step("decide", "--by", "samreko-hsi", "2022-02-01")
        )
    ),
    "mandate_description_missing": Example(_uppdrag),
    "structure_content_missing": Example(_without_goals),
    "preparation_missing": _at("initiated", "recommend", "--by", "ledningsforum", "--on", "2026-02-05", group="alla"),
    "leadership_recommendation_missing": _at("prepared", "recommend", "--by", "politiskt-forum", "--on", "2026-02-05"),
    "political_recommendation_missing": _at("recommended_by_leadership", "dispatch", "--on", "2026-03-02"),
    "mandate_missing": _at("prepared", "recommend", "--by", "au-barn-unga", "--on", "2026-02-05"),
    "not_recommended": Example(_decided_without_parties),
    "not_dispatched": _at(
        "recommended_by_political_forum", "answer", "--party", "berg", "--answer", "adopts", "--on", "2026-03-02"
    ),
    "mailbox_missing": Example(_without_mailboxes, empty=True),
    "only_party_decides": _at(
        "sent_to_parties", "answer", "--party", "politiskt-forum", "--answer", "adopts", "--on", "2026-04-20"
    ),
    "already_answered": Example(_answered),
    "text_version_outdated": Example(_of_the_old_text),
    "date_before_previous_step": _at("prepared", "recommend", "--by", "ledningsforum", "--on", "2026-01-19"),
    "step_not_possible": _at("withdrawn", "prepare", "--by", "au-barn-unga", "--on", "2026-02-01"),
    "override_not_allowed": _at(
        *("initiated", "override", "--rule", "svom-alone", "--by", "politiskt-forum"),
        *("--reason", "brådskar", "--on", "2026-02-01"),
    ),
    "structure_order": _said("structure", "adopt", "alternativ-2", "--from", "2027-01-01", "--minutes", "§ 1"),
    "structure_disabled": _said("structure", "adopt", "alternativ-3", "--from", "2027-01-01", "--minutes", "§ 1"),
    "history_broken": Example(_broken),
    "copy_broken": Example(_with_another_title),
    "unknown_type": _said(*OPEN, "--type", "överenskommelsse", "--group", "vuxna"),
    "unknown_group": _said(*OPEN, "--type", "ök", "--group", "vuxnna"),
    "unknown_party": _said(*AGREEMENT, "--party", "Sundsvall"),
    "unknown_forum": _at("prepared", "recommend", "--by", "ledningforum", "--on", "2026-02-05"),
    "unknown_structure": _said("structure", "show", "alternativ1"),
    "not_a_party": _said(*AGREEMENT, "--party", "KFJH"),
    "group_required": _said(*OPEN, "--type", "ök"),
    "level_required": _said(*OPEN, "--type", "handlingsplan", "--group", "vuxna"),
    "date_invalid": _said(*AGREEMENT, "--valid-from", "2026-02-30"),
    "date_in_future": _said(*OPEN[:-1], "2026-03-03", "--type", "ök", "--group", "vuxna", today="2026-03-02"),
    "validity_invalid": _said(*AGREEMENT, "--valid-from", "2026-09-01", "--valid-to", "2026-08-31"),
    "file_unreadable": Example(lambda office: (*AGREEMENT, "--text", office.folder / "saknas.docx")),
    "value_invalid": _said(*OPEN[:3], " ", *AGREEMENT[4:]),
    "sum_mismatch": _said(*MONEY, "--share", "rjh=500000", "--share", "are=300000"),
    "unknown_case": _said("case", "show", "SAM-2026-0099"),
    "unknown_letter": _said("outbox", "retry", "SAM-2026-0099.krokom.5"),
    "unknown_document": _said(*AGREEMENT, "--document", "b1-99"),
    "no_database": _said("case", "list", empty=True),
    "database_unavailable": Example(_in_the_place_of_the_file, empty=True),
    "conflict": _at("prepared", "recommend", "--by", "ledningsforum", "--on", "2026-02-05", "--if-version", "1"),
    "not_permitted": Example(_not_admitted),
    "config_invalid": Example(_in_no_database_of_ours, empty=True),
}

#: No command leads to these here: the rule files that come with the product hold together, no command speaks to a mail
#: server, and there is room for every answer.
VALUES: Mapping[str, Mapping[str, Any]] = {
    "answer_lost": {"why": "the disk is full"},
    "mail_unavailable": {"server": "mail.example:587", "why": "it said 554 «5.7.1 not from here»."},
    "rules_invalid": {"file": "structures/alternativ-1.toml", "why": "Object missing required field `id`."},
}
