"""Text of a record is one line that looks like what it is, in one composed form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.bad_data import ValueInvalid
from workflow.lines import LONGEST, one_line

TURNING = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
BREAKS = ["\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"]

words = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="".join(TURNING)))


def visible(text: str) -> bool:
    return any(unicodedata.category(sign) not in {"Cf", "Zs"} for sign in text)


@given(words.filter(visible))
def test_text_is_composed_and_stands_without_white_space_around_it(text: str) -> None:
    line = one_line("--title", f"  {text}\t", longest=10_000)
    assert unicodedata.is_normalized("NFC", line)
    assert line == line.strip()
    assert line.split() == unicodedata.normalize("NFC", text).split()


@given(words.filter(visible))
def test_a_line_that_was_taken_is_taken_again_as_it_is(text: str) -> None:
    line = one_line("--title", text, longest=10_000)
    assert one_line("--title", line, longest=10_000) == line


@given(words.filter(visible))
def test_both_ways_of_writing_a_letter_become_one(text: str) -> None:
    composed, taken_apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert one_line("--title", composed, 10_000) == one_line("--title", taken_apart, 10_000)


@pytest.mark.parametrize("sign", [*CONTROLS, *BREAKS, *TURNING, "\ud800"], ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_sign_that_breaks_or_turns_the_line_is_refused_inside_it(sign: str) -> None:
    with pytest.raises(ValueInvalid) as refusal:
        one_line("--title", f"Överens{sign}kommelse")
    assert refusal.value.values["field"] == "--title"


@given(st.text(st.characters()))
def test_no_text_is_worse_than_refused(text: str) -> None:
    try:
        line = one_line("--title", text)
    except ValueInvalid:
        return
    assert 0 < len(line) <= LONGEST
    assert not set(line) & {*CONTROLS, *BREAKS, *TURNING}
    line.encode()


@pytest.mark.parametrize("text", ["", " ", "\n", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u200d\u00ad", " \u2060 "])
def test_nothing_that_can_be_seen_is_nothing(text: str) -> None:
    with pytest.raises(ValueInvalid, match="empty"):
        one_line("--title", text)


@pytest.mark.parametrize(
    "text",
    [
        "Överenskommelse – «placerade barn» § 14",
        "👩‍👩‍👧‍👦 familj",
        "🇸🇪",
        "e\u0323",
        "اتفاق بشأن الأطفال",
        "הסכם",
        "\u200fשנה\u200f",
        "נ\u05b8ק\u05bbד",
        "%s {0} $HOME `x` \\ \"'",
    ],
)
def test_every_script_and_its_signs_are_kept_as_they_are(text: str) -> None:
    assert one_line("--title", text) == unicodedata.normalize("NFC", text)


def test_the_length_is_that_of_the_composed_text() -> None:
    assert len(one_line("--title", "a\u030a" * LONGEST)) == LONGEST
    with pytest.raises(ValueInvalid, match="longer than"):
        one_line("--title", "a" * (LONGEST + 1))
    assert one_line("--title", " " * LONGEST + "kort") == "kort"
    assert one_line("--title", "å" * 5, 5) == "å" * 5
    with pytest.raises(ValueInvalid, match="longer than"):
        one_line("--title", "å" * 6, 5)
