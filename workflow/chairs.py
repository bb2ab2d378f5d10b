"""Who chairs a forum in a year, who is its vice chair, and which side is its secretary.

Sources: 004 §6.3 Politiskt forum («alternera årligen mellan ordförande i HSN och SocSam»; «Ansvar för sekreterare
alternerar årligen mellan Region Jämtland Härjedalen och KFJH.») and Ledningsforum; 004 §5.2 for the forums of today.
What they leave open: readings G20 (ledningsforum alternates every year too), G21 (chair and secretary from the same
side; the county says which begins), G22 (the calendar year), G41 (who sits in the presidium need not chair).
"""

from datetime import date

from msgspec import Struct

from workflow.organisation import Organisation
from workflow.rule_tables import Forum, Post

#: The parameter of a structure by which the county says which side begins (reading G21).
START_SIDE = "start_side"


class Posts(Struct, frozen=True, kw_only=True):
    """Who holds the posts of a forum, by id; None where no source says."""

    chair: str | None = None
    vice: str | None = None
    secretary: str | None = None


class Turn(Struct, frozen=True, kw_only=True):
    """What the turns of a structure are counted from: its first calendar year, and the side the county lets begin."""

    first_year: int
    start_side: str | None = None


def turn_of(organisation: Organisation, structure: str) -> Turn | None:
    """The turns of a structure; None while it is adopted from no day."""
    start = next((entry.from_day for entry in organisation.calendar if entry.structure == structure), None)
    if start is None:
        return None
    said = organisation.parameters.get(structure, {})
    return Turn(first_year=start.year, start_side=said.get(START_SIDE))


def structures_in(organisation: Organisation, year: int) -> tuple[str, ...]:
    """The structures in force on some day of a calendar year, the latest first."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    begun = [entry.structure for entry in organisation.calendar if first < entry.from_day <= last]
    before = organisation.structure_on(first)
    return (*reversed(begun), *((before,) if before is not None else ()))


def posts_in(forum: Forum, year: int, turn: Turn | None) -> Posts:
    """The posts of ``forum`` in a calendar year. A forum of a structure that is adopted from no day has no turns."""
    return Posts(
        chair=_held(forum, forum.chair, year, turn),
        vice=_other(forum, year, turn),
        secretary=_held(forum, forum.secretary, year, turn),
    )


def _held(forum: Forum, post: Post | None, year: int, turn: Turn | None) -> str | None:
    if post is None:
        return None
    if post.held_by is not None:
        return post.held_by[0] if post.since is None or year >= post.since else None
    if turn is None or post.between is None or year < turn.first_year:
        return None
    return post.between[(_first_side(forum, turn) + year - turn.first_year) % 2]


def _other(forum: Forum, year: int, turn: Turn | None) -> str | None:
    """The vice chair: of the two that alternate, the one who does not chair this year."""
    chair = _held(forum, forum.chair, year, turn)
    pair = forum.chair.between if forum.chair is not None else None
    return next((each for each in pair or () if chair is not None and each != chair), None)


def _first_side(forum: Forum, turn: Turn) -> int:
    """The side that begins: the first named, unless the county has said the other (reading G21)."""
    said = turn.start_side
    pairs = [post.between for post in (forum.chair, forum.secretary) if post is not None and post.between is not None]
    return next((pair.index(said) for pair in pairs if said in pair), 0)
