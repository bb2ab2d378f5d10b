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
    lines = request.checkpoint.removesuffix("\n").split("\n")
    if len(lines) != _LINES_OF_A_CHECKPOINT or not all(lines):
        raise ValueError(f"a checkpoint has three lines, not {len(lines)}")

    def values(_: Callable[[str], str]) -> dict[str, object]:
        return {
            "sha256": request.about.text.sha256 or _(N_("none, as no file is kept of this text version")),
            "attached": _attached(request.about.text, _),
            "recommendations": "\n".join(_told(each) for each in request.recommended),
            "answers": "\n".join(f"  - {_(answer)}" for answer in _ANSWERS.values()),
            "effect": _effect(request, _),
            "checkpoint": "\n".join(lines),
        }

    return _written("dispatch", request.about, to, templates, languages, values)


def write_reminder(
    reminder: Reminder, to: Addressee, templates: Templates, languages: Sequence[str] = ("sv",)
) -> Written:
    """The letter of a reminder, in languages as that of a dispatch.

    Raises ValueError on the day to answer by, and after it: nothing is mailed after the fact.
    """
    days = (reminder.about.answer_by - reminder.day).days
    if days < 1:
        raise ValueError(f"{days} days are left: there is nothing to remind of")

    def values(_: Callable[[str], str]) -> dict[str, object]:
        return {"days_left": _(N_("1 day")) if days == 1 else _(N_("{days} days")).format(days=days)}

    return _written("reminder", reminder.about, to, templates, languages, values)


def _written(  # noqa: PLR0913, PLR0917 - what a letter is made of; there is nothing to leave out
    kind: LetterKind,
    about: Subject,
    to: Addressee,
    templates: Templates,
    languages: Sequence[str],
    more: Callable[[Callable[[str], str]], dict[str, object]],
) -> Written:
    texts = []
    for language in languages:
        _ = into(language)
        template = templates[kind, language]
        texts.append(template.substitute({**_of_both(about, to, _), **more(_)}).strip("\n") + "\n")
    subject = into(languages[0])(_SUBJECT[kind])
    return Written(
        subject=subject.format(ref=about.ref, party=to.id, title=about.title, answer_by=about.answer_by),
        text=_BETWEEN_LANGUAGES.join(texts),
    )


def _of_both(about: Subject, to: Addressee, _: Callable[[str], str]) -> dict[str, object]:
    secretary = _(N_("the secretary of {forum}")).format(forum=about.report_to)
    document = _(N_("the document «{title}» ({document_type})"))
    return {
        "ref": about.ref,
        "title": about.title,
        "party": to.name,
        "document": document.format(title=about.title, document_type=about.document_type),
        "text_version": about.text.version,
        "sent_on": about.sent_on,
        "answer_by": about.answer_by,
        "report_to": f"{secretary}, {about.reply_to}" if about.reply_to else secretary,
    }


def _attached(text: Text, _: Callable[[str], str]) -> str:
    if text.sha256 is None:
        return _(N_("No file is attached."))
    return _(N_("It is attached as the file {name}.")).format(name=text.name or text.sha256)


def _told(recommended: Recommended) -> str:
    minutes = f", {recommended.minutes}" if recommended.minutes else ""
    return f"  - {recommended.forum}, {recommended.on}{minutes}"


def _effect(request: Request, _: Callable[[str], str]) -> str:
    rule = request.effect
    sentences = [_(_EFFECT[rule.kind]).format(needed=rule.needed)]
    if rule.named:
        sentences.append(_(_NAMED).format(named=", ".join(rule.named)))
    if request.not_before is not None:
        sentences.append(_(_NOT_BEFORE).format(not_before=request.not_before))
    return fill(" ".join(sentences), _WIDTH, break_long_words=False, break_on_hyphens=False)
