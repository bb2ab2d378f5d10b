"""Who may act: admitted, given other days, removed. Never so that nobody is left who could admit anybody."""

from collections.abc import Iterable
from datetime import date

from workflow.acts import AdmitActor, RemoveActor
from workflow.bad_data import ValueInvalid
from workflow.decide.draft import Context, Drafted, require_not_in_future
from workflow.errors import N_
from workflow.organisation_events import ActorAdmitted, ActorRemoved
from workflow.permission import administering, somebody_administers
from workflow.permission_tables import Of, Permissions, Role
from workflow.refusals import RulesInvalid
from workflow.rulebook import PERMISSIONS, Rulebook


def admit(act: AdmitActor, context: Context) -> tuple[Drafted, ...]:
    """Somebody may act in a role; the same again with the same days adds nothing.

    Raises ValueInvalid for a role that is not there or is for no such body, for days in the wrong order, for an
    administrator by whose name nobody can come in, and when nobody would be left who may admit others; RulesInvalid
    when the rules have no roles; DateInFuture.
    """
    require_not_in_future(act.on, context)
    permissions = _permissions(context)
    _require_of_role(_role(permissions, act.role), act, context.rules)
    if act.until is not None and act.until < act.from_day:
        raise ValueInvalid(field="--until", why=N_("it is before the first day, {first}."), first=act.from_day)
    event = as_admitted(act)
    actors = context.organisation.actors
    if event in actors:
        return ()
    after = (*(each for each in actors if not each.same_office(event)), event)
    _require_login(act, permissions, context)
    if not _somebody_administers(permissions, after, context):
        why = N_("nobody would be left who may admit actors: first admit an administrator, from today and without end.")
        raise ValueInvalid(field=_at_fault(act, permissions, _day(context)), why=why)
    return (Drafted(on=act.on, event=event),)


def as_admitted(act: AdmitActor) -> ActorAdmitted:
    """What the act makes so of somebody, recorded now or before."""
    return ActorAdmitted(
        name=act.name,
        role=act.role,
        body=act.body,
        organisation=act.organisation,
        from_day=act.from_day,
        until=act.until,
    )


def remove(act: RemoveActor, context: Context) -> tuple[Drafted, ...]:
    """Somebody may act no longer, in the offices that are meant. What they have recorded keeps their name.

    Raises ValueInvalid when there are none such, or nobody would be left who may admit others; RulesInvalid when the
    rules have no roles; DateInFuture.
    """
    require_not_in_future(act.on, context)
    actors = context.organisation.actors
    gone = [each for each in actors if _is_meant(act, each)]
    if not gone:
        known = ", ".join(dict.fromkeys(each.name for each in actors)) or "–"
        why = N_("nobody is admitted so; «actor list» lists: {known}.")
        raise ValueInvalid(field=act.name, why=why, known=known)
    kept = [each for each in actors if each not in gone]
    if not _somebody_administers(_permissions(context), kept, context):
        why = N_("nobody would be left who may admit actors: first admit another administrator.")
        raise ValueInvalid(field=act.name, why=why)
    return tuple(
        Drafted(on=act.on, event=ActorRemoved(name=each.name, role=each.role, body=each.body)) for each in gone
    )


def require_roles_kept(before: Rulebook, context: Context) -> None:
    """Raises RulesInvalid when new rules would take a role away from somebody, or admitting from everybody."""
    actors, earlier = context.organisation.actors, before.permissions
    if not actors or earlier is None:
        return
    permissions = _permissions(context)
    for each in actors:
        role, was = permissions.role_named(each.role), earlier.role_named(each.role)
        if role is None or was is None or role.of_body != was.of_body:
            raise RulesInvalid(file=PERMISSIONS, why=N_("«{entry}» is in use and must stay as it is."), entry=each.role)
    if not somebody_administers(permissions, actors, _day(context)):
        raise RulesInvalid(file=PERMISSIONS, why=N_("nobody would be left who may admit actors."))


def _somebody_administers(permissions: Permissions, actors: Iterable[ActorAdmitted], context: Context) -> bool:
    """Whether one who may admit others is left, and can come in."""
    logins = context.logins
    present = (each for each in actors if logins is None or each.name in logins)
    return somebody_administers(permissions, present, _day(context))


def _require_login(act: AdmitActor, permissions: Permissions, context: Context) -> None:
    """Raises ValueInvalid for an administrator by whose name nobody can come in."""
    if context.logins is None or act.name in context.logins or act.role not in administering(permissions):
        return
    why = N_("the database has no login of that name, and actors are its logins: nobody could administer by it.")
    raise ValueInvalid(field=act.name, why=why)


def _at_fault(act: AdmitActor, permissions: Permissions, day: date) -> str:
    """The options that keep whoever is admitted from being an administrator from today and without end."""
    if act.role not in administering(permissions):
        return "--role"
    said = {"--from": act.from_day > day, "--until": act.until is not None}
    return ", ".join(option for option, hinders in said.items() if hinders)


def _is_meant(act: RemoveActor, office: ActorAdmitted) -> bool:
    return office.name == act.name and act.role in {None, office.role} and act.body in {None, office.body}


def _day(context: Context) -> date:
    return context.acting.day if context.acting is not None else context.limit


def _permissions(context: Context) -> Permissions:
    found = context.rules.permissions
    if found is None:
        why = N_("there is no such file in the rule set in force; bring one in with «structure import».")
        raise RulesInvalid(file=PERMISSIONS, why=why)
    return found


def _role(permissions: Permissions, role_id: str) -> Role:
    found = permissions.role_named(role_id)
    if found is None:
        known = ", ".join(each.id for each in permissions.role)
        why = N_("«{given}» is no role; there are: {known}.")
        raise ValueInvalid(field="--role", why=why, given=role_id, known=known)
    return found


def _require_of_role(role: Role, act: AdmitActor, rules: Rulebook) -> None:
    if role.of_body is not None and act.body is not None:
        _require_of_kind(role, act.body, role.of_body, rules)
    if (role.of_body is None) == (act.body is None):
        return
    if role.of_body is None:
        why = N_("{role} is admitted for no forum and no party.")
    else:
        why = N_("{role} must be admitted for a forum: add --forum.")
        if role.of_body == "party":
            why = N_("{role} must be admitted for a party: add --party.")
    raise ValueInvalid(field="--role", why=why, role=role.id)


def _require_of_kind(role: Role, body: str, of: Of, rules: Rulebook) -> None:
    """Raises ValueInvalid for a body of the other kind, or one that the rules do not have."""
    known = rules.county.party if of == "party" else rules.bodies()
    if body in {each.id for each in known}:
        return
    if of == "party":
        field, why = "--forum", N_("{role} is admitted for a party, and {body} is none: say --party.")
    else:
        field, why = "--party", N_("{role} is admitted for a forum, group or network, and {body} is none: say --forum.")
    raise ValueInvalid(field=field, why=why, role=role.id, body=rules.name_of(body))
