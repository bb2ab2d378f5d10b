"""Telling every party of a notice, and what became of the letters.

Source: reading G33; what is past is not mailed, as with reminders.
"""

from functools import partial

from msgspec.structs import replace

from workflow.acts import LetterAct
from workflow.decide.posting import Post, what_became
from workflow.errors import N_, Remark
from workflow.events import LetterUndeliverable
from workflow.record import provisional
from workflow.register.acts import GiveNotice
from workflow.register.decide.draft import DocumentDraft
from workflow.register.document import evolve
from workflow.register.events import DocumentFlagRaised, NoticeReceived
from workflow.register.flags import flags_on
from workflow.register.letters import letters_to_all, why_overtaken
from workflow.register.spans import last_day


def telling_all(draft: DocumentDraft, act: GiveNotice, notice: NoticeReceived) -> NoticeReceived:
    """The notice with the letters it calls for: one to each party, with or without a mailbox.

    None when the act carries no checkpoint, and none when the day it leads to has passed by the day of the record:
    what is past is not mailed. A party without a mailbox is told of in a remark; its letter waits undeliverable.
    """
    if act.checkpoint is None:
        return notice
    if draft.on > notice.ends_on:
        draft.say(N_("Nobody is told by letter: the last day that the notice leads to has passed."))
        return notice
    document, organisation = draft.document, draft.context.organisation
    letters = letters_to_all(document, act.party, draft.on, organisation.mailboxes, organisation.origin)
    without = [draft.context.rules.name_of(letter.party) for letter in letters if not letter.to]
    if without:
        told = N_(
            "No letter can be sent to {owed}: no mailbox is known. Set it with «party mailbox», then «outbox retry»."
        )
        draft.say(told, owed=", ".join(without))
    after = evolve(document, provisional(document.id, document.version + 1, draft.on, notice, None))
    return replace(
        notice, letters=letters, last_day=last_day(after), languages=act.languages, checkpoint=act.checkpoint
    )


def note(draft: DocumentDraft, act: LetterAct) -> None:
    """Records what became of a letter; of one that cannot be delivered a flag tells until it is, or is not needed.

    Raises what ``what_became`` does.
    """
    document = draft.document
    became = what_became(
        Post(
            ref=document.id,
            state=document.state,
            letters=document.letters,
            built_on="notice",
            context=draft.context,
            overtaken=partial(why_overtaken, document),
        ),
        act,
    )
    if isinstance(became, Remark):
        draft.remarks.append(became)
        return
    draft.lay(became)
    if isinstance(became, LetterUndeliverable):
        raise_flags(draft)


def raise_flags(draft: DocumentDraft) -> None:
    """Raises the flags of letters that cannot be delivered; every other kind is the sweep's to raise."""
    day = max(draft.on, draft.document.checked_on or draft.on)
    standing = {flag.key for flag in draft.document.flags}
    for flag in flags_on(draft.document, day):
        if flag.kind == "mail_undeliverable" and flag.key not in standing:
            draft.lay(DocumentFlagRaised(flag=flag))
