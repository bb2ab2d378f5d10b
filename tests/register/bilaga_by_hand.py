"""What each row of Bilaga 1 is on four days: written from the table in 004 Bilaga 1 and its readings, by hand.

B1-01 to B1-27, G32 to G38; structures on the assumed days of G1. Nobody has recorded anything of any document.
A column that does not change with the day stands in ``ALWAYS``; the others in the table of their day.
"""

from typing import NamedTuple

S1 = ("svom", "buz")
PF, LF = ("politiskt-forum",), ("ledningsforum",)


class Always(NamedTuple):
    """A row's first day, what the law demands, and who answers for it: in 2025, and under Alternativ 1 (X10, X12)."""

    valid_from: str
    statutory: str
    owner: tuple[str, ...]
    later_owner: tuple[str, ...]


class Stands(NamedTuple):
    """A row on a day; ``renewals`` and the days in the order of the listing, empty where there is none."""

    status: str
    term_ends: str = ""
    renewals: int = 0
    last_notice: str = ""
    follow_up: str = ""
    revision: str = ""
    flags: frozenset[tuple[str, str, str]] = frozenset()


ALWAYS = {
    1: Always("2014-01-01", "no", ("rsr",), ("rsr",)),
    2: Always("2024-01-01", "no", S1, PF),
    3: Always("2021-01-01", "area", S1, PF),
    4: Always("2021-01-01", "area", ("svom",), PF),
    5: Always("2023-01-01", "no", S1, PF),
    6: Always("2020-01-01", "no", S1, PF),
    7: Always("2017-01-01", "no", ("svom",), PF),
    8: Always("2019-01-01", "area", ("svom",), PF),
    9: Always("2013-01-01", "no", ("svom",), PF),
    10: Always("", "no", (), ()),
    11: Always("2020-01-01", "no", ("svom",), PF),
    12: Always("2023-01-01", "no", ("svom",), PF),
    13: Always("2024-01-01", "no", ("svom",), PF),
    14: Always("2018-01-01", "no", S1, PF),
    15: Always("2022-01-01", "note", S1, PF),
    16: Always("2021-01-01", "no", S1, PF),
    17: Always("2022-01-01", "no", S1, PF),
    18: Always("2018-01-01", "no", S1, PF),
    19: Always("2018-01-01", "no", S1, PF),
    20: Always("2021-01-01", "no", ("samreko-hsi",), LF),
    21: Always("2023-01-01", "no", ("samreko-hsi", "fredagsgruppen"), LF),
    22: Always("2023-01-01", "no", S1, PF),
    23: Always("2024-01-01", "no", ("fredagsgruppen", "samreko-hsi"), LF),
    24: Always("2024-01-01", "no", ("fredagsgruppen",), LF),
    25: Always("2024-01-01", "area", ("fredagsgruppen",), LF),
    26: Always("2022-06-01", "no", ("fredagsgruppen",), LF),
    27: Always("", "no", ("gnus",), ("gnus",)),
}


def flags(*told: str) -> frozenset[tuple[str, str, str]]:
    """Flags as ``kind`` or ``kind day``, each with how grave its kind is; an end that nears says so itself."""
    grave = {
        "expired": "high",
        "expired_statutory": "highest",
        "follow_up_overdue": "high",
        "revision_overdue": "high",
        "follow_up_due": "info",
        "revision_due": "info",
        "review_wanted": "info",
        "follow_up_period_missing": "info",
        "notice_deadline": "info",
    }
    found = set[tuple[str, str, str]]()
    for each in told:
        kind, due, severity, *_ = (*each.split(), "", "")
        found.add((kind, due, severity or grave.get(kind, "warning")))
    return frozenset(found)


def gone(ends: str, kind: str = "expired") -> Stands:
    """A document whose term is over and that nothing has taken the place of."""
    return Stands("expired", ends, flags=flags(f"{kind} {ends}", f"successor_unknown {ends}"))


NO_PERIOD = flags("follow_up_period_missing")
REVIEW = flags("review_wanted")

ON_2025_01_13 = {
    1: Stands("in_force", "2025-12-31"),
    2: Stands("in_force", follow_up="2025-12-31"),
    3: gone("2024-12-31", "expired_statutory"),
    4: gone("2024-12-31", "expired_statutory"),
    5: gone("2023-12-31"),
    6: Stands("in_force", "2030-12-31"),
    7: gone("2024-12-31"),
    8: gone("2024-12-31", "expired_statutory"),
    # X2 asks for a follow-up of an avtal and an överenskommelse where nothing says how often (B1-09, B1-16).
    9: Stands("in_force", "2025-12-31", 10, "2025-09-30", flags=NO_PERIOD),
    10: Stands("undated", flags=flags("document_incomplete")),
    11: gone("2021-12-31"),
    12: Stands("ambiguous", "2023-12-31", flags=flags("validity_ambiguous 2023-12-31", "follow_up_overdue 2023-12-31")),
    13: Stands("ambiguous", "2024-12-31", flags=flags("validity_ambiguous 2024-12-31", "follow_up_overdue 2024-12-31")),
    14: Stands("in_force", follow_up="2025-12-31", flags=REVIEW | flags("follow_up_overdue 2024-12-31")),
    15: Stands(
        "in_force",
        follow_up="2025-12-31",
        revision="2025-12-31",
        flags=flags("follow_up_overdue 2024-12-31", "revision_due 2025-12-31"),
    ),
    16: Stands("in_force", "2025-12-31", 4, flags=REVIEW | NO_PERIOD),
    17: Stands("in_force", revision="2025-12-31", flags=REVIEW | flags("revision_due 2025-12-31")),
    18: Stands("in_force", follow_up="2025-12-31", flags=REVIEW | flags("follow_up_overdue 2024-12-31")),
    19: Stands("in_force", follow_up="2025-12-31", flags=REVIEW | flags("follow_up_overdue 2024-12-31")),
    20: Stands("in_force", follow_up="2025-12-31", flags=REVIEW | flags("follow_up_overdue 2024-12-31")),
    21: Stands("in_force", "2026-12-31", follow_up="2025-12-31", flags=flags("follow_up_overdue 2024-12-31")),
    22: Stands("in_force", flags=NO_PERIOD),
    23: Stands("in_force", follow_up="2025-12-31"),
    24: Stands("ambiguous", "2024-12-31", flags=flags("validity_ambiguous 2024-12-31", "follow_up_overdue 2024-12-31")),
    25: Stands("in_force", follow_up="2025-12-31"),
    26: Stands("in_force", flags=NO_PERIOD),
    27: gone("2024-12-31"),
}

#: Twelve days earlier: everything that was over on 13 January was over on the first, and nothing else has come.
ON_2025_01_01 = ON_2025_01_13

_LAST_DAY = Stands("in_force", "2024-12-31", flags=flags("expiring 2024-12-31 high"))
_YEARLY_SINCE_2018 = Stands(
    "in_force",
    follow_up="2024-12-31",
    flags=REVIEW | flags("follow_up_overdue 2023-12-31", "follow_up_due 2024-12-31"),
)
_ONE_YEAR = Stands(
    "in_force",
    "2024-12-31",
    follow_up="2024-12-31",
    flags=flags("validity_ambiguous 2024-12-31", "follow_up_due 2024-12-31"),
)

#: The last day of many terms («t.o.m.» is inclusive), and the last of 2024's follow-ups; 2025's revisions are more
#: than a year's 364 days ahead.
ON_2024_12_31 = ON_2025_01_13 | {
    3: _LAST_DAY,
    4: _LAST_DAY,
    7: _LAST_DAY,
    8: _LAST_DAY,
    9: Stands("in_force", "2024-12-31", 9, "2024-09-30", flags=NO_PERIOD),
    13: _ONE_YEAR,
    14: _YEARLY_SINCE_2018,
    15: Stands(
        "in_force",
        follow_up="2024-12-31",
        revision="2025-12-31",
        flags=flags("follow_up_overdue 2023-12-31", "follow_up_due 2024-12-31"),
    ),
    16: Stands("in_force", "2024-12-31", 3, flags=REVIEW | NO_PERIOD),
    17: Stands("in_force", revision="2025-12-31", flags=REVIEW),
    18: _YEARLY_SINCE_2018,
    19: _YEARLY_SINCE_2018,
    20: _YEARLY_SINCE_2018,
    21: Stands("in_force", "2026-12-31", follow_up="2024-12-31", flags=flags("follow_up_due 2024-12-31")),
    24: _ONE_YEAR,
    27: _LAST_DAY,
}

#: Alternativ 1 has begun: whatever is held must be assessed (X13).
ASSESS = flags("assessment_missing")
_YEARLY = flags("follow_up_overdue 2025-12-31", "follow_up_due 2026-12-31") | ASSESS

ON_2026_11_21 = ON_2025_01_13 | {
    1: gone("2025-12-31"),
    2: Stands("in_force", follow_up="2026-12-31", flags=_YEARLY),
    6: Stands("in_force", "2030-12-31", flags=ASSESS),
    9: Stands("in_force", "2026-12-31", 11, "2026-09-30", flags=NO_PERIOD | ASSESS),
    12: ON_2025_01_13[12]._replace(flags=ON_2025_01_13[12].flags | ASSESS),
    13: ON_2025_01_13[13]._replace(flags=ON_2025_01_13[13].flags | ASSESS),
    14: Stands("in_force", follow_up="2026-12-31", flags=REVIEW | _YEARLY),
    15: Stands(
        "in_force",
        follow_up="2026-12-31",
        revision="2028-12-31",
        flags=_YEARLY | flags("revision_overdue 2025-12-31"),
    ),
    16: Stands("in_force", "2026-12-31", 5, flags=REVIEW | NO_PERIOD | ASSESS),
    17: Stands("in_force", revision="2028-12-31", flags=REVIEW | ASSESS | flags("revision_overdue 2025-12-31")),
    18: Stands("in_force", follow_up="2026-12-31", flags=REVIEW | _YEARLY),
    19: Stands("in_force", follow_up="2026-12-31", flags=REVIEW | _YEARLY),
    20: Stands("in_force", follow_up="2026-12-31", flags=REVIEW | _YEARLY),
    21: Stands("in_force", "2026-12-31", follow_up="2026-12-31", flags=_YEARLY | flags("expiring 2026-12-31 high")),
    22: Stands("in_force", flags=NO_PERIOD | ASSESS),
    23: Stands("in_force", follow_up="2026-12-31", flags=_YEARLY),
    24: ON_2025_01_13[24]._replace(flags=ON_2025_01_13[24].flags | ASSESS),
    25: Stands("in_force", follow_up="2026-12-31", flags=_YEARLY),
    26: Stands("in_force", flags=NO_PERIOD | ASSESS),
}

BY_DAY = {
    "2024-12-31": ON_2024_12_31,
    "2025-01-01": ON_2025_01_01,
    "2025-01-13": ON_2025_01_13,
    "2026-11-21": ON_2026_11_21,
}
