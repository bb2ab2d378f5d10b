"""The letters by which every party is told of a notice: which there are, and when one no longer says what is so.

Source: reading G33 (the agreement ends for all, or one party leaves; either concerns every party); 004 §5.2 for where
they go, the parties' funktionsbrevlådor.
"""

from collections.abc import Mapping
from datetime import date

from workflow.facts import Letter, Overtaken
from workflow.letters import Posted
from workflow.register.document import Document
from workflow.register.events import NoticeReceived
from workflow.register.spans import last_day, remaining_parties


def letters_to_all(
    document: Document, giver: str, on: date, mailboxes: Mapping[str, str], origin: str
) -> tuple[Letter, ...]:
    """One letter to each party that is bound on ``on``, and to whoever gave notice.

    The Message-ID is made of what never changes: the document, what the letter is, the party, the record that calls
    for it, and ``origin``, this log's own name. What it is stands in it because a document may bear the reference of a
    case in small letters.
    """
    told = {giver, *remaining_parties(document, on)}
    letters = []
    for party in document.parties:
        if party in told:
            about = "receipt" if party == giver else "notice"
            message_id = f"<{document.id}.{about}.{party}.{document.version + 1}@{origin}>"
            letters.append(Letter(party=party, to=mailboxes.get(party, ""), message_id=message_id))
    return tuple(letters)


def notice_told(document: Document, posted: Posted) -> NoticeReceived:
    """The notice a letter tells of."""
    return document.notices[_place(document, posted)]


def day_told(notice: NoticeReceived) -> date:
    """The day the letters of a notice speak of: the document's own last one where that comes before the notice's."""
    return min(notice.ends_on, notice.last_day or notice.ends_on)


def why_overtaken(document: Document, posted: Posted, on: date) -> Overtaken | None:
    """Why a letter no longer says what is so on ``on``; None while it does.

    It is overtaken when the day it speaks of has passed (what is past is not mailed), when the same party has given the
    same notice anew, and when something that it does not tell of ends the document no later than the notice does.
    """
    place = _place(document, posted)
    notice = document.notices[place]
    if on > day_told(notice):
        return "last-day-passed"
    later = document.notices[place + 1 :]
    if any((each.party, each.scope) == (notice.party, notice.scope) for each in later):
        return "newer-notice"
    ends = last_day(document)
    if ends is not None and ends != notice.last_day and ends <= notice.ends_on:
        return "other-end"
    return None


def _place(document: Document, posted: Posted) -> int:
    message_id = posted.letter.message_id
    return next(
        place
        for place, notice in enumerate(document.notices)
        if any(letter.message_id == message_id for letter in notice.letters)
    )
