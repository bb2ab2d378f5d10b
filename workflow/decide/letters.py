"""What became of a case's letters, and when one no longer says what is so.

Source: 004 §5.2 Avtal och överenskommelser (rule X3); a letter that does not arrive asks nobody anything.
"""

from datetime import date
from functools import partial

from workflow.acts import LetterAct
from workflow.case import Case
from workflow.decide.calendar import raise_flags
from workflow.decide.draft import Draft
from workflow.decide.posting import Post, what_became
from workflow.errors import Remark
from workflow.events import LetterUndeliverable
from workflow.facts import Overtaken
from workflow.flags import parties_owing
from workflow.letters import Posted


def note(draft: Draft, act: LetterAct) -> None:
    """Records what became of a letter; of one that cannot be delivered a flag tells until it is, or is not needed.

    Raises what ``what_became`` does.
    """
    case = draft.case
    became = what_became(
        Post(
            ref=case.ref,
            state=case.state,
            letters=case.letters,
            built_on="dispatch",
            context=draft.context,
            overtaken=partial(why_overtaken, case),
        ),
        act,
    )
    if isinstance(became, Remark):
        draft.remarks.append(became)
        return
    draft.lay(became, act.on)
    if isinstance(became, LetterUndeliverable):
        raise_flags(draft, act.on)


def why_overtaken(case: Case, posted: Posted, on: date) -> Overtaken | None:
    """Why a letter no longer says what is so on ``on``; None while it does.

    A dispatch is overtaken by a new text version and by the end of the case, a reminder also by the answer, by
    another deadline and by the deadline itself: then there is the flag, and nothing is mailed after the fact.
    """
    if posted.text_version != case.text.version:
        return "newer-text"
    if case.state in {"withdrawn", "closed"}:
        return "case-ended"
    if posted.about == "reminder" and posted.letter.party not in parties_owing(case):
        return "answered"
    if posted.about == "reminder" and posted.remind_of != case.answer_by:
        return "deadline-moved"
    if posted.about == "reminder" and case.answer_by is not None and on >= case.answer_by:
        return "day-has-come"
    return None
