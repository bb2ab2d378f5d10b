"""What a letter says: the values of its fields in each language, and the whole of it.

Source: what is asked for and of whom, rules X3 and X4 (004 §5.2); the rest of the letter is the county's own way,
which is why it stands in templates.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from textwrap import fill

from msgspec import Struct

from correspondence.templates import LetterKind, Templates
from translations import into
from workflow.errors import N_
from workflow.facts import Answer, Text
from workflow.ratification import EffectRule

#: Says a message of the catalogues in one language.
Translate = Callable[[str], str]

#: The fields of a letter in the language it is given.
Fields = Callable[[Translate], Mapping[str, object]]

_LINES_OF_A_CHECKPOINT = 3
_WIDTH = 72


class Recommended(Struct, frozen=True, kw_only=True):
    """A forum's rekommendationsbeslut, the forum by its name."""

    forum: str
    on: date
    minutes: str | None = None


class Subject(Struct, frozen=True, kw_only=True):
    """What every letter of a case says, whoever it goes to. All names as people use them, not ids.

    ``report_to`` is the forum whose secretary the parties report to (rule X4), ``reply_to`` its address if known.
    """

    ref: str
    title: str
    document_type: str
    text: Text
    sent_on: date
    answer_by: date
    report_to: str
    reply_to: str | None = None


class Addressee(Struct, frozen=True, kw_only=True):
    """The party a letter goes to: its id, and its name."""

    id: str
    name: str


class Request(Struct, frozen=True, kw_only=True):
    """A dispatch: the request for a godkännandebeslut.

    ``effect``: the rule with the parties it names by their names; ``not_before``: the first day it can take effect,
    if one is said; ``checkpoint``: its three lines, as ``audit checkpoint`` gives them.
    """

    about: Subject
    recommended: tuple[Recommended, ...]
    effect: EffectRule
    not_before: date | None = None
    checkpoint: str


class Reminder(Struct, frozen=True, kw_only=True):
    """A reminder of a request that is not finally answered, as it is on ``day``."""

    about: Subject
    day: date


class Written(Struct, frozen=True, kw_only=True):
    """A letter as it is read: its subject on one line, and its text, whose lines end with a line feed."""

    subject: str
    text: str


_SUBJECT: Mapping[LetterKind, str] = {
    "dispatch": N_("[{ref}/{party}] Request for a godkännandebeslut: {title}"),
    "reminder": N_("[{ref}/{party}] Reminder, answer by {answer_by}: {title}"),
    "notice": N_("[{ref}/{party}] Notice given by {giver}: {title}"),
    "receipt": N_("[{ref}/{party}] Your notice has been received: {title}"),
}

#: What stands between a letter and the same letter in the next language.
_BETWEEN_LANGUAGES = "\n" + "=" * _WIDTH + "\n\n"

_ANSWERS: Mapping[Answer, str] = {
    "adopts": N_("adopts (antar): in this wording"),
    "adopts-with-reservation": N_("adopts with a reservation or a change (antar med förbehåll): not the same wording"),
    "declines": N_("declines (avslår)"),
    "not-now": N_("does not join now (ansluter inte nu)"),
    "adjourned": N_("adjourned (bordlagt): tell us when you meet next"),
    "remitted": N_("remitted (återremitterat): tell us when you meet next"),
}

_EFFECT: Mapping[str, str] = {
    "all": N_("The text takes effect when every party has adopted it in the same wording."),
    "per-party": N_("The text takes effect for each party when that party has adopted it."),
    "threshold": N_(
        "The text takes effect when at least {needed} parties have adopted it in the same wording; it then binds "
        "those that have. A party that adopts it later is bound from its own decision."
    ),
}
_NAMED = N_("Among those that have adopted it must be: {named}.")
_NOT_BEFORE = N_("It takes effect on {not_before} at the earliest.")


def write_request(request: Request, to: Addressee, templates: Templates, languages: Sequence[str] = ("sv",)) -> Written:
    """The letter of a dispatch; with several languages each stands beneath the one before.

    Raises ValueError for a checkpoint that has not three lines.
    """
    checkpoint = require_checkpoint(request.checkpoint)

    def values(_: Translate) -> dict[str, object]:
        return {
            "sha256": request.about.text.sha256 or _(N_("none, as no file is kept of this text version")),
            "attached": _attached(request.about.text, _),
            "recommendations": "\n".join(_told(each) for each in request.recommended),
            "answers": "\n".join(f"  - {_(answer)}" for answer in _ANSWERS.values()),
            "effect": _effect(request, _),
            "checkpoint": checkpoint,
        }

    return written("dispatch", _of_case(request.about, values), to, templates, languages)


def write_reminder(
    reminder: Reminder, to: Addressee, templates: Templates, languages: Sequence[str] = ("sv",)
) -> Written:
    """The letter of a reminder, in languages as that of a dispatch.

    Raises ValueError on the day to answer by, and after it: nothing is mailed after the fact.
    """
    days = (reminder.about.answer_by - reminder.day).days
    if days < 1:
        raise ValueError(f"{days} days are left: there is nothing to remind of")

    def values(_: Translate) -> dict[str, object]:
        return {"days_left": _(N_("1 day")) if days == 1 else _(N_("{days} days")).format(days=days)}

    return written("reminder", _of_case(reminder.about, values), to, templates, languages)


def written(kind: LetterKind, fields: Fields, to: Addressee, templates: Templates, languages: Sequence[str]) -> Written:
    """A letter of that kind to one party; in several languages, each stands beneath the one before.

    ``fields`` must give at least ``ref`` and ``title``, which the subject names.
    """
    texts = []
    for language in languages:
        values = {**fields(into(language)), "party": to.name}
        texts.append(templates[kind, language].substitute(values).strip("\n") + "\n")
    _ = into(languages[0])
    subject = _(_SUBJECT[kind]).format_map({**fields(_), "party": to.id})
    return Written(subject=subject, text=_BETWEEN_LANGUAGES.join(texts))


def named_document(title: str, document_type: str, _: Translate) -> str:
    """A document as a letter names it."""
    return _(N_("the document «{title}» ({document_type})")).format(title=title, document_type=document_type)


def contact(forums: Sequence[str], reply_to: str | None, _: Translate) -> str:
    """Whom a letter refers to: the secretaries of the forums, with the address, if one is known."""
    secretaries = [_(N_("the secretary of {forum}")).format(forum=forum) for forum in forums]
    return ", ".join([*secretaries, *([reply_to] if reply_to else [])])


def filled_out(sentences: Sequence[str]) -> str:
    """Sentences as one paragraph of a letter."""
    return fill(" ".join(sentences), _WIDTH, break_long_words=False, break_on_hyphens=False)


def require_checkpoint(text: str) -> str:
    """A checkpoint as it stands at the foot of a letter. Raises ValueError for one that has not three lines."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) != _LINES_OF_A_CHECKPOINT or not all(lines):
        raise ValueError(f"a checkpoint has three lines, not {len(lines)}")
    return "\n".join(lines)


def _of_case(about: Subject, more: Fields) -> Fields:
    """The fields of every letter of a case, and those of one kind."""

    def fields(_: Translate) -> dict[str, object]:
        return {
            "ref": about.ref,
            "title": about.title,
            "document": named_document(about.title, about.document_type, _),
            "text_version": about.text.version,
            "sent_on": about.sent_on,
            "answer_by": about.answer_by,
            "report_to": contact((about.report_to,), about.reply_to, _),
            **more(_),
        }

    return fields


def _attached(text: Text, _: Translate) -> str:
    if text.sha256 is None:
        return _(N_("No file is attached."))
    return _(N_("It is attached as the file {name}.")).format(name=text.name or text.sha256)


def _told(recommended: Recommended) -> str:
    minutes = f", {recommended.minutes}" if recommended.minutes else ""
    return f"  - {recommended.forum}, {recommended.on}{minutes}"


def _effect(request: Request, _: Translate) -> str:
    rule = request.effect
    sentences = [_(_EFFECT[rule.kind]).format(needed=rule.needed)]
    if rule.named:
        sentences.append(_(_NAMED).format(named=", ".join(rule.named)))
    if request.not_before is not None:
        sentences.append(_(_NOT_BEFORE).format(not_before=request.not_before))
    return filled_out(sentences)
