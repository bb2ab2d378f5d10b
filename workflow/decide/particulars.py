"""What only some types must say when they are opened."""

from collections.abc import Iterator

from workflow.acts import Open
from workflow.bad_data import SumMismatch, ValueInvalid
from workflow.errors import N_, Remark
from workflow.facts import Particulars
from workflow.rulebook import Rulebook

#: The field of what a rule file demands by name (DocumentType.particulars).
_DEMANDED = {"for": "for_body", "giver": "giver", "receiver": "receiver", "addressee": "addressee"}

_ASSIGNMENT, _AUDIT, _FUNDS, _STRUCTURE = "assignment", "audit-answer", "stimulus-funds", "structure-decision"

#: The charts in which a particular says anything, by its field, with its option.
_SAYS = {
    "for_body": ("--for", ("mandate-description",)),
    "giver": ("--giver", (_ASSIGNMENT,)),
    "receiver": ("--receiver", (_ASSIGNMENT,)),
    "assignment_kind": ("--kind", (_ASSIGNMENT,)),
    "due": ("--due", (_ASSIGNMENT, _AUDIT)),
    "addressee": ("--addressee", (_AUDIT,)),
    "audit": ("--audit", (_AUDIT,)),
    "year": ("--year", (_FUNDS,)),
    "amount": ("--amount", (_FUNDS,)),
    "shares": ("--share", (_FUNDS,)),
    "structure": ("--structure", (_STRUCTURE,)),
    "in_force": ("--in-force", (_STRUCTURE,)),
    "direction": ("--direction", (_STRUCTURE,)),
    "goals": ("--goals", (_STRUCTURE,)),
}

_UNREAD = N_("{option} means nothing for this type: it is kept, and nothing reads it.")


def require_particulars(act: Open, rules: Rulebook) -> None:
    """Raises ValueInvalid for what the type depends on and was not said, SumMismatch for shares."""
    require_what_routes(act, rules)
    chart = rules.type_named(act.type).chart
    if chart == _FUNDS:
        _require_sum(act.particulars)
    if chart == _STRUCTURE and act.particulars.structure is None:
        raise ValueInvalid(field="--structure", why=N_("it must be given for this type."))


def require_what_routes(act: Open, rules: Rulebook) -> None:
    """Raises ValueInvalid for what the route of the type depends on and was not said."""
    for name in rules.type_named(act.type).particulars:
        field = _DEMANDED[name]
        if getattr(act.particulars, field) is None:
            raise ValueInvalid(field=_SAYS[field][0], why=N_("it must be given for this type."))


def remarks_on(act: Open, rules: Rulebook) -> Iterator[Remark]:
    """What was said and means nothing for the type, and what was not and will be missed."""
    kind, given = rules.type_named(act.type), act.particulars
    demanded = {_DEMANDED[name] for name in kind.particulars}
    for field, (option, charts) in _SAYS.items():
        asked = kind.chart in charts or field in demanded
        if not asked and getattr(given, field) not in (None, {}):
            yield Remark(_UNREAD, {"option": option})
    if act.level is not None and kind.level != "required":
        yield Remark(_UNREAD, {"option": "--level"})
    lacking = [_SAYS[field][0] for field in ("in_force", "direction", "goals") if getattr(given, field) is None]
    if kind.chart == _STRUCTURE and lacking:
        told = N_(
            "The agreement on the structure must say {options}: what is not said here is said with «case decide», "
            "when it is decided."
        )
        yield Remark(told, {"options": ", ".join(lacking)})
    if kind.chart == _AUDIT and given.due is None:
        yield Remark(
            N_("No day was given on which the answer is due (--due): nobody is warned of it, and it counts as in time.")
        )


def _require_sum(particulars: Particulars) -> None:
    """The shares must give out the amount, neither more nor less."""
    if not particulars.shares:
        return
    if particulars.amount is None:
        raise ValueInvalid(field="--amount", why=N_("shares are given of an amount that is not."))
    shared = sum(particulars.shares.values())
    if shared != particulars.amount:
        difference = shared - particulars.amount
        direction = N_("much") if difference > 0 else N_("little")
        raise SumMismatch(sum=shared, amount=particulars.amount, difference=abs(difference), direction=direction)
