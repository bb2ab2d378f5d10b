"""Whether whoever asks may, judged before anything else is: in one place, for people, for the clock and for audits."""

from workflow.acts import Act
from workflow.case import Case
from workflow.decide.draft import Context
from workflow.errors import N_, InBoth, Missing
from workflow.permission import is_covered, is_free, who_may
from workflow.permission_tables import Permissions
from workflow.refusals import NotPermitted
from workflow.rulebook import Rulebook


def require_permitted(case: Case | None, act: Act, context: Context) -> None:
    """Raises NotPermitted, with those who may, when the act is not for whoever asks on that day.

    Before any actor has been admitted everybody may do everything. An act that brings other rules is judged by those
    in force before it: nobody gives themselves leave.
    """
    acting, organisation = context.acting, context.organisation
    if acting is None or not organisation.actors or is_free(act):
        return
    rules = context.before or context.rules
    offices = organisation.offices_of(acting.name, acting.day)
    permissions = rules.permissions
    if permissions is not None and any(is_covered(permissions, office, act, case) for office in offices):
        return
    allowed = tuple(dict.fromkeys(who_may(permissions, act, case))) if permissions is not None else ()
    raise NotPermitted(
        who=acting.name,
        why=N_("on {day} it is for {allowed}") if offices else N_("not admitted on {day}; it is for {allowed}"),
        day=acting.day,
        allowed=_in_words(rules, permissions, allowed),
        missing=[Missing("not_permitted", body or role) for role, body in allowed],
    )


def _in_words(rules: Rulebook, permissions: Permissions | None, allowed: tuple[tuple[str, str | None], ...]) -> InBoth:
    english, swedish = [], []
    for role_id, body in allowed:
        role = permissions.role_named(role_id) if permissions is not None else None
        whom = f" ({rules.name_of(body)})" if body is not None else ""
        english.append(f"{role.english if role else role_id}{whom}")
        swedish.append(f"{role.name.lower() if role else role_id}{whom}")
    return InBoth(english=", ".join(english) or "–", swedish=", ".join(swedish) or "–")
