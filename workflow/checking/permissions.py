"""Who may record what: every role, act and body is there, every permission can be used, every act is somebody's."""

from collections.abc import Iterator
from typing import get_args

from workflow.acts import CaseAct
from workflow.checking.findings import Finding, RuleFiles, said
from workflow.checking.known import bodies_anywhere
from workflow.checking.references import unknown
from workflow.errors import N_
from workflow.permission import CONCERNS, GRANTABLE, name_of_act
from workflow.permission_tables import Grant, Role
from workflow.rulebook import PERMISSIONS as FILE

#: Acts in a case that there is: its answers may be reported to somebody.
_IN_A_CASE = frozenset(name_of_act(kind) for kind in get_args(CaseAct)) - {"open"}


def permission_findings(files: RuleFiles) -> Iterator[Finding]:
    """Permissions that lead nowhere, and acts that nobody may do."""
    permissions = files.rules.permissions
    if permissions is None:
        return
    bodies = bodies_anywhere(files.rules)
    given: set[str] = set()
    for number, grant in enumerate(permissions.may):
        path = ("may", number)
        role = permissions.role_named(grant.role)
        roles = [each.id for each in permissions.role]
        yield from unknown(files, (FILE, (*path, "role")), "role", (grant.role,), roles)
        yield from unknown(files, (FILE, (*path, "acts")), "act", grant.acts, GRANTABLE)
        yield from unknown(files, (FILE, (*path, "bodies")), "body", grant.bodies, bodies)
        idle = {act for act in grant.acts if act in GRANTABLE and role is not None and _is_idle(role, grant, act)}
        for act in sorted(idle):
            message = said(N_("{role} can never do «{act}» in this way."), role=grant.role, act=act)
            yield files.finding("idle_permission", (FILE, (*path, "acts")), message, value=act)
        given |= set(grant.acts) - idle if role is not None else set()
    for act in sorted(GRANTABLE - given):
        yield files.finding("act_of_nobody", (FILE, ("may",)), said(N_("nobody may ever do «{act}»."), act=act))


def _is_idle(role: Role, grant: Grant, act: str) -> bool:
    """Whether the permission is about a body that the act, or the role, does not have."""
    if grant.bodies and act not in CONCERNS:
        return True
    if grant.whose == "own":
        return act not in CONCERNS or CONCERNS[act][1] != role.of_body
    return grant.whose == "reported" and (role.of_body != "forum" or act not in _IN_A_CASE)
