"""The table of a register as a file has it: its columns, and the words that some of them take.

The columns are those of 004 Bilaga 1 with what it leaves unsaid beside them. What they mean to whoever fills them in
stands in docs/register-import.md.
"""

from collections.abc import Mapping
from functools import lru_cache

from workflow.names import fold_name

#: Every column, in the order in which they are written, with other headings under which it is found.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "row": ("rad", "nr", "nummer"),
    "id": (),
    "title": ("titel", "dokument", "namn"),
    "type": ("typ", "dokumenttyp"),
    "group": ("grupp", "målgrupp"),
    "level": ("nivå",),
    "validity_text": ("giltighet", "giltighetstid", "validity"),
    "valid_from": ("gäller från", "giltig från", "giltig från och med"),
    "valid_to": ("gäller till", "giltig till", "giltig till och med"),
    "extended_to": ("förlängd till", "förlängt till", "förlängd till och med"),
    "renewal_rule": ("förlängning", "förlängningsregel"),
    "notice_rule": ("uppsägning", "uppsägningstid"),
    "followup_rule": ("uppföljning",),
    "revision_cycle": ("revidering", "revideringscykel"),
    "recommending_forums": ("rekommendationsbeslutande forum", "rekommenderande forum"),
    "preparing_forums": ("beredande forum",),
    "notes_verbatim": ("anteckningar", "noteringar", "notes"),
    "successor_condition": ("efterträdare", "ersätts av"),
    "statutory": ("lagstadgad", "lagkrav"),
    "parties": ("parter",),
    "variant": ("avvikande väg",),
    "lifted": ("lyft till politiken", "lyft"),
    "event": ("händelse",),
    "ends_with": ("upphör med", "slutar med"),
    "incomplete": ("ofullständig",),
}

#: What no row can do without.
REQUIRED = ("title", "type")

#: The sign between several forums or parties of one cell.
BETWEEN = "+"

#: How a cell says that it names no forum, and is kept as it is printed.
NOT_FORUMS = "(not forums)"

#: How a review that is wanted now is said beside a cycle.
REVIEW = "(review needed)"

#: What stands beside a last day that nobody has confirmed.
AMBIGUOUS = "(ambiguous)"

#: Columns of words that mean nothing but themselves.
FREE_TEXT = frozenset({"title", "notes_verbatim", "validity_text", "event"})

#: Words that say in a cell that it holds nothing; each in brackets.
NOTHING = frozenset({"(empty)", "(tom)", "(unknown)", "(okänd)", "(event)", "(händelse)"})

# For every column of closed words: the word that is written first, then the others that are read.
_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "renewal_rule": {
        "fixed": ("none", "fixed", "ingen", "extended once", "förlängd en gång"),
        "open_ended": ("open-ended", "open_ended", "tills vidare"),
        "until_event": ("ends on event", "until_event", "till en händelse"),
        "rolling_year": ("rolls one year at a time", "rolling_year", "förlängs ett år i taget"),
        "silent_renewal": (
            "silent renewal, one calendar year at a time",
            "silent_renewal",
            "tyst förlängning",
            "tyst förlängning ett kalenderår i taget",
        ),
        "unknown": ("unknown", "okänd"),
    },
    "followup_rule": {
        "none": ("none", "none stated", "ingen"),
        "yearly": ("yearly", "årligen", "ska följas upp årligen"),
        "yearly_after_successor": (
            "yearly after successor",
            "yearly_after_successor",
            "yearly after new ök implemented",
            "yearly after new avtal implemented",
            "yearly for the new avtal",
            "yearly for the new ök",
            "årligen efter ny",
        ),
        "no_period": (
            "follow up, no period",
            "no_period",
            "to be followed up later, no period",
            "utan period",
        ),
        "no_period_after_successor": (
            "follow up after successor (no period)",
            "no_period_after_successor",
            "follow up after new avtal implemented (no period)",
            "follow up after new ök implemented (no period)",
            "efter ny, utan period",
        ),
    },
    "statutory": {
        "no": ("no", "nej"),
        "note": ("note", "lagstadgad", "ja, enligt anteckning"),
        "area": ("3.1", "area", "3.1 (complements row 8)", "ja, enligt område"),
    },
    "level": {
        "political": ("political", "politisk"),
        "officers": ("officers", "officials", "tjänstepersoner"),
    },
    "lifted": {"yes": ("yes", "ja"), "no": ("no", "nej")},
    "incomplete": {"yes": ("yes", "ja"), "no": ("no", "nej")},
}

#: What may stand in brackets after a type, and the column it speaks for; None where it is only a description.
TYPE_REMARKS: Mapping[str, tuple[str, str] | None] = {
    "political": ("level", "political"),
    "politisk": ("level", "political"),
    "officials": ("level", "officers"),
    "officers": ("level", "officers"),
    "tjänstepersoner": ("level", "officers"),
    "joint board": ("variant", "joint-board"),
    "gemensam nämnd": ("variant", "joint-board"),
    "about rutiner": None,
    "om rutiner": None,
    "temporary": None,
    "tillfällig": None,
}


def _heading(text: str) -> str:
    return fold_name(text.replace("_", " ").replace("\N{ZERO WIDTH NO-BREAK SPACE}", ""))


_BY_HEADING = {_heading(name): column for column, others in COLUMNS.items() for name in (column, *others)}
_BY_WORD = {
    column: {fold_name(word): meaning for meaning, words in meanings.items() for word in words}
    for column, meanings in _WORDS.items()
}


def column_of(heading: str) -> str | None:
    """The column that a heading names, in any letter case and with ``_`` or a space; None for another text."""
    return _BY_HEADING.get(_heading(heading))


def headings() -> tuple[str, ...]:
    """Every heading that is understood, as column_of compares them."""
    return tuple(_BY_HEADING)


@lru_cache(4096)
def meaning_of(column: str, word: str) -> str | None:
    """What ``word`` means in a column of closed words; None when it is none of them."""
    return _BY_WORD[column].get(fold_name(word))


def is_none(cell: str) -> bool:
    """Whether a cell says that there is no such rule, or says nothing at all."""
    return not cell or cell.casefold() in {"none", "ingen"}


def word_for(column: str, meaning: str) -> str:
    """The word that is written for a meaning."""
    return _WORDS[column][meaning][0]


def words_of(column: str) -> tuple[str, ...]:
    """The words a column takes, those that are written."""
    return tuple(words[0] for words in _WORDS[column].values())


def closed_columns() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Every column of closed words, with each meaning and its words: what the documentation lists."""
    return _WORDS
