"""Who may record what: which body an act is about, which offices cover it, and who may when somebody may not."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import get_args

from workflow.acts import Act, CaseAct, OrganisationAct
from workflow.case import Case
from workflow.organisation_events import ActorAdmitted
from workflow.permission_tables import Grant, Of, Permissions
from workflow.register import acts as register

#: The body whose doing an act records: the act's field that names it, and whether it is a forum's or a party's.
CONCERNS: Mapping[str, tuple[str, Of]] = {
    **dict.fromkeys(
        (
            "prepare",
            "recommend",
            "decide",
            "return",
            "postpone",
            "close",
            "revise",
            "lift",
            "override",
            "change_effect",
            "report_back",
        ),
        ("by", "forum"),
    ),
    "anchor": ("network", "forum"),
    **dict.fromkeys(("record_follow_up", "record_revision", "assess_document"), ("by", "forum")),
    "give_notice": ("party", "party"),
    "record_spread": ("via", "forum"),
    "record_answer": ("party", "party"),
    "correct_answer": ("party", "party"),
    "set_mailbox": ("party", "party"),
    "set_forum_status": ("forum", "forum"),
}

#: What the register takes from an act on a case, or on another document: whoever may do that, may have this follow.
FOLLOWING = (
    register.BeginRevision,
    register.EndRevision,
    register.TerminateDocument,
    register.ChangeBinding,
    register.UndoOutcome,
    register.MoveDay,
    register.TakeOver,
    register.MeetEvent,
)

#: Admitting others: whoever may do so administers, and there must always be somebody who does.
ADMITTING = "admit_actor"


def name_of_act(act: Act | type[Act]) -> str:
    """What an act is called in a record and in a rule file."""
    return str(act.__struct_config__.tag)


#: Needs nobody's leave: before «initialise» there are no actors, and after it it changes nothing.
FREE = frozenset({"initialise", *(name_of_act(kind) for kind in FOLLOWING)})

#: Every act that somebody must be allowed to do.
GRANTABLE = (
    frozenset(
        name_of_act(kind) for kinds in (CaseAct, OrganisationAct, register.DocumentAct) for kind in get_args(kinds)
    )
    - FREE
)


def is_free(act: Act) -> bool:
    """Whether the act needs nobody's leave."""
    return name_of_act(act) in FREE or (isinstance(act, register.Following) and act.of_case)


def body_of(act: Act) -> str | None:
    """The body whose doing the act records; None when it is nobody's in particular."""
    field, _ = CONCERNS.get(name_of_act(act), (None, None))
    return getattr(act, field) if field is not None else None


def is_covered(permissions: Permissions, office: ActorAdmitted, act: Act, case: Case | None) -> bool:
    """Whether one who has this office may do the act in the case."""
    return any(
        grant.role == office.role and _holds(grant, office.body, act, case) for grant in _grants(permissions, act)
    )


def who_may(permissions: Permissions, act: Act, case: Case | None) -> Iterator[tuple[str, str | None]]:
    """Every role that may do the act, each with the body it must be held for; with None when that plays no part."""
    for grant in _grants(permissions, act):
        if grant.whose == "any":
            yield grant.role, None
        elif grant.whose == "own":
            yield grant.role, body_of(act)
        else:
            yield from ((grant.role, body) for body in _receivers(case))


def somebody_administers(permissions: Permissions, actors: Iterable[ActorAdmitted], day: date) -> bool:
    """Whether one of the actors may admit others on ``day`` and on every day after it."""
    roles = administering(permissions)
    return any(each.role in roles and each.until is None and each.acts_on(day) for each in actors)


def administering(permissions: Permissions) -> frozenset[str]:
    """The roles that may admit others."""
    return frozenset(grant.role for grant in permissions.may if ADMITTING in grant.acts)


def _grants(permissions: Permissions, act: Act) -> Iterator[Grant]:
    name, body = name_of_act(act), body_of(act)
    return (each for each in permissions.may if name in each.acts and (not each.bodies or body in each.bodies))


def _holds(grant: Grant, own: str | None, act: Act, case: Case | None) -> bool:
    if grant.whose == "any":
        return True
    if own is None:
        return False
    return own == body_of(act) if grant.whose == "own" else own in _receivers(case)


def _receivers(case: Case | None) -> tuple[str, ...]:
    """The forums whose secretaries receive the parties' answers (reading G6: either of two)."""
    if case is None or case.route.report_to is None:
        return ()
    return tuple(dict.fromkeys((case.route.report_to, *case.route.report_also_to)))
