"""What a letter says, to somebody who has only the letter."""

import re
from datetime import date

import pytest
from msgspec.structs import replace

from correspondence.letter import Addressee, Reminder, Request, write_reminder, write_request
from correspondence.templates import read_templates
from tests.correspondence.conftest import CHECKPOINT
from translations import use
from workflow.facts import Text
from workflow.ratification import EffectRule

TEMPLATES = read_templates()
LANGUAGES = (("sv",), ("en",), ("sv", "en"))
SWEDISH_ANSWERS = (
    "antar (med denna lydelse)",
    "antar med förbehåll eller ändring",
    "avslår",
    "ansluter inte nu",
    "bordlagt",
    "återremitterat",
)
TERMS = ("antar", "antar med förbehåll", "avslår", "ansluter inte nu", "bordlagt", "återremitterat")


def dispatch(letter: Request, to: Addressee, *languages: str) -> str:
    return write_request(letter, to, TEMPLATES, languages or ("sv",)).text


def with_text(letter: Request, text: Text) -> Request:
    return replace(letter, about=replace(letter.about, text=text))


@pytest.mark.parametrize("languages", LANGUAGES)
def test_a_dispatch_tells_all_that_a_party_needs_to_decide_and_answer(
    request_letter: Request, krokom: Addressee, languages: tuple[str, ...]
) -> None:
    text = dispatch(request_letter, krokom, *languages)
    for part in text.split("=" * 72):
        for said in (
            "SAM-2026-0007",
            "Krokoms kommun",
            "Överenskommelse placerade barn",
            "  - SVOM, 2026-02-19, § 7\n  - Barnarenan, 2026-02-20, § 14\n",
            "2026-06-22",
            "Politiskt forum, samverkan@region.example\n",
            "Öv placerade barn.docx",
            f"SHA-256: {'9f' * 32}\n",
            "6 part",
            "Region Jämtland Härjedalen, Östersunds kommun",
            "2026-09-01",
            *TERMS,
        ):
            assert said in text, said
            assert said in part, said


def test_the_six_answers_are_named_one_a_line(request_letter: Request, krokom: Addressee) -> None:
    listed = re.findall(r"^  - ([a-zåäö].*)$", dispatch(request_letter, krokom), re.MULTILINE)
    assert len(listed) == len(SWEDISH_ANSWERS)
    assert all(line.startswith(answer) for line, answer in zip(listed, SWEDISH_ANSWERS, strict=True))


@pytest.mark.parametrize("languages", LANGUAGES)
def test_the_checkpoint_stands_at_the_foot_letter_for_letter(
    request_letter: Request, krokom: Addressee, languages: tuple[str, ...]
) -> None:
    text = dispatch(request_letter, krokom, *languages)
    assert text.endswith(f"\n\n{CHECKPOINT}")
    assert text.count(CHECKPOINT) == len(languages)


def test_the_letter_of_one_party_differs_from_anothers_by_the_party_alone(
    request_letter: Request, krokom: Addressee
) -> None:
    to_krokom = write_request(request_letter, krokom, TEMPLATES)
    to_are = write_request(request_letter, Addressee(id="are", name="Åre kommun"), TEMPLATES)
    assert to_krokom.text.replace("Krokoms kommun", "Åre kommun") == to_are.text
    assert to_krokom.subject == "[SAM-2026-0007/krokom] Begäran om godkännandebeslut: Överenskommelse placerade barn"
    assert to_krokom.subject.replace("/krokom]", "/are]") == to_are.subject


def test_a_second_language_follows_beneath_the_first(request_letter: Request, krokom: Addressee) -> None:
    both = dispatch(request_letter, krokom, "sv", "en")
    assert both == dispatch(request_letter, krokom, "sv") + f"\n{'=' * 72}\n\n" + dispatch(request_letter, krokom, "en")
    assert write_request(request_letter, krokom, TEMPLATES, ("en", "sv")).subject.startswith(
        "[SAM-2026-0007/krokom] Request for"
    )


def test_a_letter_is_in_its_own_language_whatever_the_secretary_reads(
    isolated: None, request_letter: Request, krokom: Addressee
) -> None:
    letters = set()
    for language in ("sv", "en"):
        use(language)
        letters.add(dispatch(request_letter, krokom, "sv", "en"))
    assert len(letters) == 1


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (EffectRule("all"), "när alla parter har antagit den i samma lydelse."),
        (EffectRule("per-party"), "för varje part när den parten har antagit den."),
        (EffectRule("threshold", 7), "när minst 7 parter har antagit den i samma lydelse,"),
    ],
)
def test_the_effect_rule_is_told_in_words(
    request_letter: Request, krokom: Addressee, rule: EffectRule, told: str
) -> None:
    text = " ".join(dispatch(replace(request_letter, effect=rule, not_before=None), krokom).split())
    assert told in text
    assert "måste finnas" not in text
    assert "tidigast" not in text


def test_a_text_without_a_file_is_said_to_have_none(request_letter: Request, krokom: Addressee) -> None:
    text = dispatch(with_text(request_letter, Text(version=1)), krokom)
    assert "Textversion 1. Ingen fil är bifogad.\nSHA-256: saknas" in text


def test_a_title_that_looks_like_a_field_is_only_a_title(request_letter: Request, krokom: Addressee) -> None:
    odd = "$checkpoint {ref} ${party} $$ %s"
    about = replace(request_letter.about, title=odd)
    letter = write_request(replace(request_letter, about=about), krokom, TEMPLATES)
    assert letter.subject.endswith(f": {odd}")
    assert f"SAM-2026-0007, {odd}\n" in letter.text


@pytest.mark.parametrize("checkpoint", ["", "one\n2\n", "one\n2\nthree\nfour\n", "one\n\nthree\n"])
def test_a_letter_is_not_written_around_half_a_checkpoint(
    request_letter: Request, krokom: Addressee, checkpoint: str
) -> None:
    with pytest.raises(ValueError, match="three lines"):
        dispatch(replace(request_letter, checkpoint=checkpoint), krokom)


@pytest.mark.parametrize(
    ("day", "swedish", "english"),
    [
        (date(2026, 5, 25), "Det är 28 dagar kvar: svara senast 2026-06-22.", "You have 28 days left: answer by"),
        (date(2026, 6, 15), "Det är 7 dagar kvar: svara senast 2026-06-22.", "You have 7 days left: answer by"),
        (date(2026, 6, 21), "Det är 1 dag kvar: svara senast 2026-06-22.", "You have 1 day left: answer by"),
    ],
)
def test_a_reminder_tells_how_long_is_left_and_where_to_answer(
    request_letter: Request, krokom: Addressee, day: date, swedish: str, english: str
) -> None:
    reminder = write_reminder(Reminder(about=request_letter.about, day=day), krokom, TEMPLATES, ("sv", "en"))
    assert reminder.subject == (
        "[SAM-2026-0007/krokom] Påminnelse, svara senast 2026-06-22: Överenskommelse placerade barn"
    )
    for said in (swedish, english, "sekreteraren i Politiskt forum, samverkan@region.example\n", "Krokoms kommun"):
        assert said in reminder.text
    assert "2026-03-02" in reminder.text


@pytest.mark.parametrize("day", [date(2026, 6, 22), date(2026, 6, 23)])
def test_nobody_is_reminded_after_the_fact(request_letter: Request, krokom: Addressee, day: date) -> None:
    with pytest.raises(ValueError, match="nothing to remind of"):
        write_reminder(Reminder(about=request_letter.about, day=day), krokom, TEMPLATES)


def test_without_an_address_the_secretary_is_named_alone(request_letter: Request, krokom: Addressee) -> None:
    about = replace(request_letter.about, reply_to=None)
    text = dispatch(replace(request_letter, about=about), krokom)
    assert "   sekreteraren i Politiskt forum\n" in text
    assert "@" not in text


def test_no_line_of_the_templates_is_longer_than_a_letter_is_wide() -> None:
    lines = [line for template in TEMPLATES.values() for line in template.template.split("\n")]
    assert max(map(len, lines)) <= 80
