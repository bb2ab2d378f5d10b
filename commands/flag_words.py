"""What a flag says, in the reader's language: one template a kind."""

from collections.abc import Callable, Mapping
from typing import Any

from commands.console import filled
from translations import translate as _
from workflow.errors import N_

#: Every kind a flag may have, in the order of the published list. ``party`` and ``subject`` (a case or a document) are
#: told by name or reference, ``due`` is the day the flag is about, ``receiver`` is that of an uppdrag.
FLAGS: Mapping[str, str] = {
    "ratification_reminder": N_("{party} has given no final answer yet; it is due on {due}."),
    "ratification_stalled": N_("{party} has given no final answer; it was due on {due}."),
    "ratification_escalated": N_(
        "{party} has long been late; the answer was due on {due}. To be taken up under «uppföljning av "
        "rekommendationer» at the forum's next meeting."
    ),
    "mail_undeliverable": N_("The letter to {party} could not be delivered."),
    "notice_deadline": N_("{subject}: notice must be given by {due} if it is not to go on."),
    "expiring": N_("{subject} ceases to be in force on {due}."),
    "expired": N_("{subject} ceased to be in force on {due}."),
    "expired_statutory": N_("{subject} ceased to be in force on {due}: an area under statute without an agreement."),
    "successor_unknown": N_("{subject} (last day {due}): no document is known to come after it."),
    "follow_up_due": N_("{subject} is to be followed up by {due}."),
    "follow_up_overdue": N_("{subject} should have been followed up by {due}."),
    "follow_up_period_missing": N_("{subject} is to be followed up, but nothing says how often."),
    "revision_due": N_("{subject} is to be revised by {due}."),
    "revision_overdue": N_("{subject} should have been revised by {due}."),
    "review_wanted": N_("{subject} is in need of review."),
    "validity_ambiguous": N_("What is said of how long {subject} is in force can be read in more than one way."),
    "document_incomplete": N_("{subject} lacks particulars that it must have."),
    "assessment_missing": N_("Nobody has assessed whether {subject} is to be kept."),
    "no_active_forum": N_("Every forum whose step it is is dormant (vilande): {subject} gets no further."),
    "mandate_description_missing": N_(
        "{receiver} has no uppdragsbeskrivning in force: the uppdrag cannot be given before it has."
    ),
    "audit_answer_due": N_("The answer to the auditors is due on {due}."),
    "audit_answer_overdue": N_("The answer to the auditors was due on {due}."),
}

FLAG_KINDS = tuple(FLAGS)


NAMES: Mapping[str, str] = {
    "mail_undeliverable": N_("dead letter"),
    "notice_deadline": N_("day for notice"),
    "expiring": N_("expiring"),
    "expired": N_("expired"),
    "expired_statutory": N_("statutory and expired"),
    "successor_unknown": N_("successor unknown"),
    "follow_up_due": N_("follow-up due"),
    "follow_up_overdue": N_("follow-up overdue"),
    "follow_up_period_missing": N_("follow-up period missing"),
    "revision_due": N_("revision due"),
    "revision_overdue": N_("revision overdue"),
    "review_wanted": N_("review wanted"),
    "validity_ambiguous": N_("validity ambiguous"),
    "document_incomplete": N_("incomplete"),
    "assessment_missing": N_("assessment missing"),
}


def flag_name(kind: str) -> str:
    """A document's flag in a word or two, in the reader's language."""
    return _(NAMES.get(kind, kind))


def flag_sentence(flag: Mapping[str, Any], name_of: Callable[[str], str]) -> str:
    """What a flag says, in the reader's language; with the day the party meets next, where it told one."""
    party = name_of(flag["party"]) if flag["party"] else "–"
    subject = flag.get("case") or flag.get("document") or "–"
    receiver = name_of(flag["receiver"]) if flag.get("receiver") else "–"
    said = filled(FLAGS[flag["kind"]], party=party, due=flag["due"], subject=subject, receiver=receiver)
    if flag.get("next_meeting") is None:
        return said
    return said + " " + filled(N_("It meets again on {meeting}."), meeting=flag["next_meeting"])
