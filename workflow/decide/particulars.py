"""What only some types must say when they are opened."""

from workflow.acts import Open
from workflow.bad_data import SumMismatch, ValueInvalid
from workflow.errors import N_
from workflow.facts import Particulars
from workflow.rulebook import Rulebook

#: The option that says a particular.
_OPTION = {
    "for": ("--for", "for_body"),
    "giver": ("--giver", "giver"),
    "receiver": ("--receiver", "receiver"),
    "addressee": ("--addressee", "addressee"),
}


def require_particulars(act: Open, rules: Rulebook) -> None:
    """Raises ValueInvalid for what the type's route depends on and was not said, SumMismatch for shares."""
    for name in rules.type_named(act.type).particulars:
        option, field = _OPTION[name]
        if getattr(act.particulars, field) is None:
            raise ValueInvalid(field=option, why=N_("it must be given for this type."))
    if act.type == "stimulansmedel":
        _require_sum(act.particulars)
    if act.type == "samverkansstruktur" and act.particulars.structure is None:
        raise ValueInvalid(field="--structure", why=N_("it must be given for this type."))


def _require_sum(particulars: Particulars) -> None:
    """The shares must give out the amount, neither more nor less."""
    if particulars.amount is None or not particulars.shares:
        return
    shared = sum(particulars.shares.values())
    if shared != particulars.amount:
        difference = shared - particulars.amount
        direction = N_("much") if difference > 0 else N_("little")
        raise SumMismatch(sum=shared, amount=particulars.amount, difference=abs(difference), direction=direction)
