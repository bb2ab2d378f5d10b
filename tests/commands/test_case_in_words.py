"""What a case is, told to a person: nothing that was said of it is left out, and no code stands for a word."""

import pytest

from tests.commands.claims import unbroken
from tests.office import PREPARERS, Office, Word

LATE = "2026-05-20"


def page(office: Office, *words: Word, lang: str = "sv") -> str:
    """What a person is shown, its tables as one line of text."""
    return unbroken(office("case", *words, lang=lang, json=False, expect=0).out)


def opened(office: Office, *words: Word) -> str:
    """The reference of a new case."""
    return str(office("case", "open", "--title", "Ett ärende", *words, expect=0).json["ref"])


SAID: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "stimulansmedel": (
        ("--group", "vuxna", "--year", "2024", "--amount", "1000", "--share", "rjh=400", "--share", "åre=600"),
        ("År 2024", "Belopp 1000 kr", "Andelar (kr) rjh 400, are 600"),
    ),
    "uppdrag": (
        ("--giver", "svom", "--receiver", "fredagsgruppen", "--due", "2025-09-01", "--kind", "limited"),
        ("Ges av svom", "Ges till fredagsgruppen", "Senast 2025-09-01", "Slag avgränsat"),
    ),
    "uppdragsbeskrivning": (("--for", "fredagsgruppen"), ("För fredagsgruppen",)),
    "revisionssvar": (
        ("--addressee", "rs", "--due", "2025-11-30", "--audit", "Granskningen"),
        ("Besvaras av rs", "Senast 2025-11-30", "Granskningen: 0 av 1 besvarade"),
    ),
    "samverkansstruktur": (
        ("--structure", "alternativ-2", "--in-force", "2027-01-01", "--direction", "mer", "--goals", "bättre"),
        ("Ny struktur alternativ-2", "Ska gälla från 2027-01-01", "Riktning mer", "Mål bättre"),
    ),
}


@pytest.mark.parametrize("kind", SAID)
def test_a_person_is_shown_everything_that_was_said_of_a_case(county: Office, kind: str) -> None:
    """Such a case is nothing without its sum, its day or its receiver; and its parties are asked nothing."""
    words, told = SAID[kind]
    day = "2023-05-01" if kind == "stimulansmedel" else "2025-05-01"
    out = page(county, "show", opened(county, "--type", kind, *words, "--on", day))
    assert [each for each in told if each not in out] == []
    assert "Ikraftträdanderegel" not in out


def test_the_steps_of_a_structure_are_called_what_the_report_calls_them(county: Office) -> None:
    """004 §7, steps 3 and 4."""
    words, _told = SAID["samverkansstruktur"]
    out = page(county, "show", opened(county, "--type", "samverkansstruktur", *words, "--on", "2025-05-01"))
    assert "riktlinjer och mallar för ärenden och uppdrag" in out
    assert "arbetsutskott/beredningsgrupper som ska etableras" in out


def test_who_is_waited_for_to_anchor_a_matter_has_a_step_on_the_page(county: Office) -> None:
    ref = opened(county, "--type", "riktlinje", "--group", "barn-unga", "--on", "2025-01-15")
    assert "förankra ifo-chefsnatverk, elevhalsochefsnatverk –" in page(county, "show", ref)
    county("case", "anchor", ref, "--in", "ifo-chefsnatverk", "--on", "2025-01-20", expect=0)
    assert "förankra ifo-chefsnatverk, elevhalsochefsnatverk ifo-chefsnatverk" in page(county, "show", ref)


RULES = {
    "all": "alla parter (all)",
    "per-party": "var part för sig (per-party)",
    "threshold:2": "minst 2 parter (threshold:2)",
    "threshold:3+rjh+are": "minst 3 parter, däribland rjh, are (threshold:3+rjh+are)",
}


@pytest.mark.parametrize("rule", RULES)
def test_the_effect_rule_is_told_in_words_beside_what_one_writes(county: Office, rule: str) -> None:
    words = ("--type", "ök", "--group", "vuxna", "--on", "2026-01-15")
    ref = opened(county, *words, "--effect", rule)
    assert f"Ikraftträdanderegel {RULES[rule]}" in page(county, "show", ref)
    other = opened(county, *words, "--effect", "threshold:9")
    county("case", "effect", other, "--rule", rule, "--by", "politiskt-forum", "--on", "2026-01-16", expect=0)
    told = RULES[rule].partition(" (")[0]
    happened = county("case", "timeline", other, lang="sv", expect=0).json["happened"]
    assert [row["text"].rpartition(" · ")[2] for row in happened[1:]] == [told, told]
    history = county("case", "history", other, lang="sv", json=False, expect=0).out
    assert ("per-party" in history, "threshold" in history) == (False, False)
    assert history.count(told.split()[-1]) >= 2


def test_a_day_in_the_history_says_what_it_is_the_day_of(county: Office) -> None:
    ref = county.walked_to("recommended_by_leadership", group="vuxna")
    late = ("--reason", "mer underlag", "--on", "2026-11-02", "--until", "2026-11-16")
    county("case", "postpone", ref, "--by", "politiskt-forum", *late, expect=0)
    assert "till 2026-11-16" in page(county, "history", ref)
    assert "until 2026-11-16" in page(county, "history", ref, lang="en")


def test_a_party_that_has_put_its_answer_off_is_not_said_to_have_given_none(county: Office) -> None:
    """Ratification, Time: a bordläggning stops no clock, and the flag says when the party meets next."""
    ref = opened(county, "--type", "ök", "--group", "vuxna", "--on", "2026-01-05", "--party", "åre", "--party", "berg")
    for by in (*PREPARERS["vuxna"], "ledningsforum", "politiskt-forum"):
        verb = "prepare" if by in PREPARERS["vuxna"] else "recommend"
        day = {"ledningsforum": "2026-01-08", "politiskt-forum": "2026-01-09"}.get(by, "2026-01-07")
        county("case", verb, ref, "--by", by, "--on", day, expect=0)
    county("case", "dispatch", ref, "--on", "2026-01-10", expect=0)
    put_off = ("--answer", "adjourned", "--next-meeting", "2026-06-10", "--on", "2026-04-01")
    county("case", "answer", ref, "--party", "åre", *put_off, expect=0)
    county("sweep", today=LATE, expect=0)
    out = page(county, "show", ref)
    told = "{} kommun har inte lämnat något slutligt svar; det skulle ha lämnats senast 2026-05-04."
    assert told.format("Åre") + " Ärendet tas upp igen 2026-06-10." in out
    assert told.format("Bergs") in out


def test_a_case_that_is_over_waits_for_nothing(county: Office) -> None:
    ref = opened(county, "--type", "ök", "--group", "vuxna", "--on", "2026-01-05")
    county("case", "withdraw", ref, "--reason", "frågan har fallit", "--on", "2026-01-06", expect=0)
    assert county("case", "next", ref, expect=0).json["steps"] == []
    assert page(county, "next", ref).endswith("Inget återstår.")


def test_an_answer_is_told_which_text_has_not_been_sent(county: Office) -> None:
    """The first version was sent, and answered: to say that the matter never was would be untrue."""
    ref = county.walked_to("sent_to_parties", group="vuxna")
    county("case", "revise", ref, "--text", county.paper("ny"), "--reason", "ny text", expect=0)
    reply = county("case", "answer", ref, "--party", "åre", "--answer", "adopts", lang="sv", expect=1)
    assert reply.error["code"] == "not_dispatched"
    assert reply.error["message"].startswith(f"Textversion 2 av {ref} har inte sänts till Åre kommun")
