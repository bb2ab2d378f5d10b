"""A table loses nothing of what it tells, however wide the console is, and keeps within it."""

import contextlib
import io
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commands.columns import Needs, widths
from commands.tables import show_table
from tests.commands.claims import Desk
from tests.office import Office

WIDTHS = {"sv": tuple(range(60, 131, 7)), "en": (80, 100)}
ALL_OF_IT = 600
#: From this width on the worklist shows every column it has.
WORKLIST_WHOLE = 100
HEADINGS = ("Brev", "Vad", "Till", "Läge", "Försök", "Varför")
LISTS = (
    ("outbox", "list"),
    ("case", "list"),
    ("party", "list"),
    ("forum", "list"),
    ("structure", "list"),
    ("structure", "calendar"),
    ("actor", "list", "--all"),
    ("flag", "list"),
    ("register", "list"),
    ("register", "calendar", "--year", "2026"),
    ("worklist",),
    ("case", "history", "REF"),
    ("case", "timeline", "REF"),
    ("audit", "replay", "REF"),
    ("schema",),
)

word = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=30)
cell = st.lists(word, max_size=12).map(" ".join)
rows = st.lists(st.tuples(*[cell] * len(HEADINGS)), min_size=1, max_size=4)


def signs(text: str) -> Counter[str]:
    """Every sign that can be seen, with how often it stands there; the rule under the headings is no part of it."""
    return Counter("".join(text.split()).replace("─", ""))


def shown(columns: int, told: Sequence[Sequence[str]], whole: Sequence[int] = ()) -> list[str]:
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as monkeypatch, contextlib.redirect_stdout(out):
        monkeypatch.setenv("COLUMNS", str(columns))
        show_table(HEADINGS, told, whole=whole)
    return [line for line in out.getvalue().splitlines() if line.strip()]


def faults(lines: Sequence[str], columns: int, told: Sequence[Sequence[str]]) -> list[str]:
    """What does not hold of a table: too wide, cut at its right border, or with something lost."""
    found = []
    if any(len(line) > columns for line in lines):
        found.append("too wide")
    (rule,) = {line for line in lines if set(line) <= set(" ─")}
    if {len(line) for line in lines} != {len(rule)} or not rule.endswith(" "):
        found.append("cut at the border")
    if signs("".join(lines)) != signs("".join((*HEADINGS, *(each for row in told for each in row)))):
        found.append("something lost")
    return found


REFUSED = "550 5.1.1 <reg@krokom.example>: Recipient address rejected: User unknown in local recipient table"
LETTER = ("SAM-2026-0001.krokom.5", "begäran", "reg@krokom.example", "gick inte att leverera", "4", REFUSED)


@given(rows=rows, columns=st.integers(40, 130), whole=st.sets(st.integers(0, 5)))
@example(rows=[LETTER], columns=80, whole={0})
@example(rows=[LETTER], columns=100, whole={0, 2, 3})
def test_whatever_the_cells_hold_nothing_is_lost_and_nothing_is_too_wide(
    rows: list[tuple[str, ...]], columns: int, whole: set[int]
) -> None:
    ours = [tuple(text if all(len(sign.encode()) <= 2 for sign in text) else "å" for text in row) for row in rows]
    assert faults(shown(columns, ours, sorted(whole)), columns, ours) == []


def test_a_table_that_is_cut_would_be_found() -> None:
    told = [("SAM-2026-0001.are.5", "begäran", "reg@are.example", "ej levererat", "4", "550 5.1.1 No such user here")]
    lines = shown(100, told)
    assert faults(lines, 100, told) == []
    assert faults([line[:80] for line in lines], 80, told) == ["cut at the border", "something lost"]
    assert "too wide" in faults(lines, 80, told)


@given(
    columns=st.lists(st.tuples(st.integers(1, 30), st.integers(0, 80)), min_size=1, max_size=9),
    room=st.integers(10, 150),
    whole=st.sets(st.integers(0, 8)),
)
def test_a_word_is_broken_only_where_not_all_of_them_can_stand_whole(
    columns: list[tuple[int, int]], room: int, whole: set[int]
) -> None:
    needs = [Needs(line=word + more, word=word) for word, more in columns]
    found = widths(needs, room, whole)
    assert sum(found) <= room
    assert all(1 <= width <= need.line for width, need in zip(found, needs, strict=True))
    least = [each.line if number in whole else each.word for number, each in enumerate(needs)]
    if sum(least) <= room:
        assert all(width >= wanted for width, wanted in zip(found, least, strict=True))
    elif sum(each.word for each in needs) <= room:
        assert all(width >= each.word for width, each in zip(found, needs, strict=True))
    assert (
        sum(found) == room
        or all(width == each.line for width, each in zip(found, needs, strict=True))
        or (sum(each.word for each in needs) > room)
    )


@pytest.fixture
def busy(desk: Desk) -> tuple[Office, str]:
    """An office in which every list has something to tell, and a letter a long reason."""
    office, ref = desk("sent_to_parties")
    office("register", "import", expect=0)
    office("sweep", today="2026-05-25", expect=0)
    office("case", "answer-by", ref, "--date", "2026-09-01", "--reason", "sommaruppehåll", "--on", "2026-05-26")
    office("outbox", "send", today="2026-05-26", expect=0)
    assert len(office("outbox", "list", "--state", "dropped", expect=0).json) == 9
    office("sweep", today="2026-09-02", expect=0)
    office("actor", "admit", "samordnare", "--role", "administrator", "--from", "2026-01-01", expect=0)
    secretary = ("--role", "secretary", "--forum", "ledningsforum", "--organisation", "rjh")
    office("actor", "admit", "sara med ett längre namn", *secretary, "--from", "2026-01-01", expect=0)
    return office, ref


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_list_tells_all_of_it_at_every_width(
    busy: tuple[Office, str], monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    office, ref = busy
    for words in LISTS:
        asked = [ref if each == "REF" else each for each in words]
        told = {}
        for columns in (*WIDTHS[lang], ALL_OF_IT):
            monkeypatch.setenv("COLUMNS", str(columns))
            told[columns] = office(*asked, today="2026-09-03", json=False, lang=lang, expect=0).out
            tables = [line for line in told[columns].splitlines() if line.startswith(" ") and line.strip()]
            assert max(len(line) for line in tables) <= columns, (words, columns)
        whole = signs(told.pop(ALL_OF_IT))
        for columns, text in told.items():
            # The worklist leaves out columns where there is little room: of those that are left nothing may be lost.
            assert signs(text) == whole or (words == ("worklist",) and columns < WORKLIST_WHOLE), (words, columns)
