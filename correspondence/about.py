"""What a letter says of a case or a document: its ids as the names people use, under the rules in force."""

from datetime import date

from msgspec.structs import replace

from correspondence.letter import Addressee, Recommended, Reminder, Request, Subject
from correspondence.notice import Notice
from workflow.case import Case
from workflow.ratification import read_effect_rule
from workflow.register.document import Document
from workflow.register.events import NoticeReceived
from workflow.rulebook import Rulebook


def request_of(case: Case, rules: Rulebook, reply_to: str | None = None) -> Request:
    """What the letters of the case's dispatch say; ``reply_to`` is the address of the secretary they report to.

    Raises ValueError when it has not been sent to the parties.
    """
    if case.dispatched is None or case.dispatched.checkpoint is None:
        raise ValueError(f"{case.ref} has not been sent to the parties")
    effect = read_effect_rule(case.effect_rule, case.parties)
    firsts = [day for day in (case.opened.not_before, case.opened.valid_from) if day is not None]
    return Request(
        about=_about(case, rules, reply_to),
        recommended=tuple(
            Recommended(forum=rules.name_of(each.forum), on=each.on, minutes=each.minutes)
            for each in case.dispatched.recommended
        ),
        effect=replace(effect, named=tuple(rules.name_of(party) for party in effect.named)),
        not_before=max(firsts, default=None),
        checkpoint=case.dispatched.checkpoint,
    )


def reminder_of(case: Case, rules: Rulebook, day: date, reply_to: str | None = None) -> Reminder:
    """What a reminder says on ``day``. Raises ValueError when the case has not been sent to the parties."""
    return Reminder(about=_about(case, rules, reply_to), day=day)


def notice_of(
    document: Document, given: NoticeReceived, recorded_on: date, rules: Rulebook, reply_to: str | None = None
) -> Notice:
    """What the letters of a notice say, of the document as it stood when it was recorded.

    Raises ValueError for a notice that called for no letters.
    """
    if given.checkpoint is None:
        raise ValueError(f"nobody is told of the notice of {given.party}")
    return Notice(
        ref=document.id,
        title=document.entry.title,
        document_type=rules.name_of(document.entry.type),
        giver=rules.name_of(given.party),
        received=given.received,
        scope=given.scope,
        ends_on=given.ends_on,
        last_day=given.last_day,
        late=given.late,
        recorded_on=recorded_on,
        owners=tuple(rules.name_of(owner) for owner in document.owners),
        reply_to=reply_to,
        checkpoint=given.checkpoint,
    )


def addressee(party: str, rules: Rulebook) -> Addressee:
    """The party a letter goes to."""
    return Addressee(id=party, name=rules.name_of(party))


def _about(case: Case, rules: Rulebook, reply_to: str | None) -> Subject:
    if case.dispatched is None or case.dispatched_on is None or case.answer_by is None:
        raise ValueError(f"{case.ref} has not been sent to the parties")
    # Every rule that lets the parties decide names the forum they report to: «route check» sees to it.
    secretary = case.route.report_to or case.route.political[-1]
    return Subject(
        ref=case.ref,
        title=case.opened.title,
        document_type=rules.name_of(case.opened.type),
        text=case.dispatched.text,
        sent_on=case.dispatched_on,
        answer_by=case.answer_by,
        report_to=rules.name_of(secretary),
        reply_to=reply_to,
    )
