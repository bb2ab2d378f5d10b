"""A document enters the register, and what its entry leaves open is said."""

from datetime import date

from msgspec.structs import replace

from machines.table import table
from workflow.bad_data import ValidityInvalid, ValueInvalid
from workflow.decide.draft import Context, Drafted, require_not_in_future
from workflow.errors import N_
from workflow.ownership import owned_on
from workflow.record import provisional
from workflow.register.acts import ConfirmTerm, EnterDocument
from workflow.register.decide.draft import DocumentDraft, impossible
from workflow.register.document import Document, evolve
from workflow.register.entry import Entry
from workflow.register.events import DocumentRegistered, TermConfirmed
from workflow.register.standing import facts_on
from workflow.register.terms import Kind, Validity
from workflow.rulebook import Rulebook


def enter(act: EnterDocument, context: Context) -> tuple[Drafted, ...]:
    """A new document's entry. Raises ValidityInvalid for a term that ends before it begins, DateInFuture."""
    require_not_in_future(act.on, context)
    require_in_order(act.entry.terms.validity)
    organisation, rules = context.organisation, context.rules
    registered = DocumentRegistered(
        entry=act.entry,
        parties=act.entry.parties or tuple(party.id for party in rules.county.party),
        structure=organisation.structure_on(act.on),
        owners=owned_on(act.entry, organisation, rules, act.on).answering,
        leads=rules.register.warnings,
        follow_up_demanded=_follow_up_demanded(act.entry, rules),
        assess_from=assess_from(act.entry.terms.validity.start, context, act.on),
        case=act.case,
    )
    document = evolve(None, provisional(act.entry.id, 1, act.on, registered, None))
    state = table("document").step("registered", "enter", facts_on(document, act.on))
    return (Drafted(on=act.on, event=registered, state=state),)


def _follow_up_demanded(entry: Entry, rules: Rulebook) -> bool:
    demand = rules.register.follow_up
    return entry.type in demand.types and entry.variant not in demand.except_variants


def require_in_order(validity: Validity) -> None:
    """Raises ValidityInvalid when the term's days are not in the order in which they must come."""
    days = [day for day in (validity.start, validity.end, validity.extended_to) if day is not None]
    if days != sorted(days):
        why = N_("it ends on {ends}, before {begins}.")
        raise ValidityInvalid(why=why, ends=min(days[1:]), begins=max(days[:-1]))


def assess_from(start: date | None, context: Context, on: date) -> date | None:
    """The day from which a document that began before it must be assessed; None when none asks for that by ``on``."""
    demanding = context.rules.register.assessment.structures
    begins = (each.from_day for each in context.organisation.calendar if each.structure in demanding)
    first = min((day for day in begins if day <= on), default=None)
    return first if first is not None and (start is None or start < first) else None


def confirm(draft: DocumentDraft, act: ConfirmTerm) -> None:
    """What the entry leaves open is said by somebody (rows 10, 12, 13, 24).

    Raises ValueInvalid when nothing, or two things at once, are said; ValidityInvalid for a last day before the first;
    StepNotPossible where the term is clear.
    """
    if act.valid_to is not None and act.open_ended:
        raise ValueInvalid(field="--valid-to", why=N_("a last day and no last day cannot both be said."))
    document = draft.document
    says_term = act.valid_to is not None or act.open_ended
    unclear = document.validity.ambiguous or document.validity.kind == "unknown"
    if not says_term and (document.validity.kind == "unknown" or not _says_else(act)):
        raise ValueInvalid(field="--valid-to", why=N_("say a last day, or --open-ended."))
    if says_term and not unclear:
        raise impossible(document, N_("its term is clear: nothing is left open to confirm."))
    event = TermConfirmed(
        validity=_validity(document, act) if says_term else document.validity,
        follow_up=act.follow_up or document.follow_up,
        group=act.group,
        level=act.level,
        forums=act.forums,
        owners=_owners(draft, act),
    )
    draft.lay(event, "confirm" if says_term else None)


def _says_else(act: ConfirmTerm) -> bool:
    return any((act.follow_up, act.group, act.level, act.forums))


def _validity(document: Document, act: ConfirmTerm) -> Validity:
    kind: Kind = "fixed" if act.valid_to is not None else "open_ended"
    validity = Validity(kind=kind, start=document.validity.start, end=act.valid_to)
    require_in_order(validity)
    return validity


def _owners(draft: DocumentDraft, act: ConfirmTerm) -> tuple[str, ...]:
    if not (act.group or act.level or act.forums):
        return ()
    entry = draft.document.entry
    told = replace(entry, group=act.group or entry.group)
    if act.forums:
        told = replace(told, recommending=act.forums, recommending_as_printed=None)
    return owned_on(told, draft.context.organisation, draft.context.rules, draft.on).answering
