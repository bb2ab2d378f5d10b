"""Refusals by the rules and by circumstances. The codes are what users' scripts rely on and never change.

Refusals of what was given, or does not exist, stand in bad_data.py.
"""

from typing import ClassVar

from workflow import bad_data, out_of_reach
from workflow.errors import N_, Refusal

# --- 1: a rule says no -----------------------------------------------------------------------------------------


class RouteUndefined(Refusal):
    """No rule gives a route, or the source says that one is still to be made."""

    code = "route_undefined"
    template = N_("No route in {structure} for {what}: {why}")
    remedy = N_("Check the type, group, sectors and level, or ask whoever answers for the rules.")


class NoActiveForum(Refusal):
    """Every forum that could take the step is dormant (vilande) on the date (reading G3)."""

    code = "no_active_forum"
    template = N_("No active forum can take this step on {on}; dormant (vilande) since {since}: {forums}.")
    remedy = N_("Wait until one is active, or record a deviation with «case override»; allowed: {allowed}.")


class ForumDormant(Refusal):
    """The forum is dormant (vilande) on the date."""

    code = "forum_dormant"
    template = N_("{by} has been dormant (vilande) since {since} and can take no step on {on}.")
    remedy = N_("«forum status» records when a forum is active again.")


class DocumentIncomplete(Refusal):
    """The document's entry in the register lacks what a route needs."""

    code = "document_incomplete"
    template = N_("No route in {structure} for {what}: {why}")
    remedy = N_("Whoever keeps the register must complete the document's entry first.")


class ExtensionNeedsRoute(Refusal):
    """A longer term, or an end before it, is decided on the document's own route, as the document was."""

    code = "extension_needs_route"
    template = N_("{document} gets another last day only by a case on its own route, recommended and ratified.")
    remedy = N_(
        "Open one with «case open --document {document} --valid-to DATE», and name it with --case when decided."
    )


class NoticeRuleMissing(Refusal):
    """Nothing is agreed on notice."""

    code = "notice_rule_missing"
    template = N_("{document} has no rule for notice: no party can give any.")
    remedy = N_("It ends with its term, by a successor, or by a case on its own route.")


class StatutoryProtected(Refusal):
    """The law demands such a document (004 §3.1): it is not ended before another takes its place."""

    code = "statutory_protected"
    template = N_("{document} is of an area where the law demands an agreement: it cannot end without a successor.")
    remedy = N_("Name the successor with «register supersede {document} --by ID».")


class FollowUpWrongForum(Refusal):
    """The forum's follow-up does not count for the document (rules X2, X5, X12)."""

    code = "follow_up_wrong_forum"
    template = N_("The follow-up of {document} is not for {by} to make; it counts when made by: {right}.")
    remedy = N_("Record it with --by and the right forum; «register show» tells who answers for a document.")


class FollowUpByNobody(FollowUpWrongForum):
    """No forum answers for the document, so that none can follow it up."""

    template = N_("The follow-up of {document} is not for {by} to make: nobody answers for the document.")
    remedy = N_("Say who does: «register confirm {document} --forum FORUM».")


class ArenaNotDesignated(Refusal):
    """No arena has been named that distributes the money (reading G29)."""

    code = "arena_not_designated"
    template = N_("No route in {structure} for {what}: {why}")
    remedy = N_("Name it with «structure configure STRUCTURE --set designated_arena=FORUM».")


class AnchoringMissing(Refusal):
    """The matter is not anchored in every network that the decision needs (rules X6, X7)."""

    code = "anchoring_missing"
    template = N_("{by} cannot decide yet: the matter is not anchored in {owed}.")
    remedy = N_("Record the anchoring with «case anchor» when done.")


class MandateDescriptionMissing(Refusal):
    """The receiver of an uppdrag has no uppdragsbeskrivning (004 §6.3 «Uppdragsbeskrivningar ska finnas.»)."""

    code = "mandate_description_missing"
    template = N_("{receiver} has no uppdragsbeskrivning and can be given no uppdrag.")
    remedy = N_("Open a case of the type uppdragsbeskrivning with --for, and have it decided.")


class StructureContentMissing(Refusal):
    """The agreement on a structure lacks what it must contain (004 §7 step 2)."""

    code = "structure_content_missing"
    template = N_("The agreement on the structure lacks: {what}.")
    remedy = N_("It must say when it comes into force, its direction and its goals: say it with the decision, {what}.")


class PreparationMissing(Refusal):
    """A body that must prepare the matter has not."""

    code = "preparation_missing"
    template = N_("{by} cannot take its step: the matter is not yet prepared by {owed}.")
    remedy = N_(
        "Record it with «case prepare» when done, or, where allowed, a deviation with «case override»: «case next» "
        "lists them."
    )


class LeadershipRecommendationMissing(Refusal):
    """The officers' forum has not recommended the current text version."""

    code = "leadership_recommendation_missing"
    template = N_("{by} cannot take its step yet: text version {version} is not recommended by {owed}.")
    remedy = N_(
        "Record it with «case recommend» when done, or, where allowed, a deviation with «case override»: «case next» "
        "lists them."
    )


class PoliticalRecommendationMissing(Refusal):
    """A political forum of the route has not recommended the current text version."""

    code = "political_recommendation_missing"
    template = N_("Text version {version} cannot be sent to the parties: it is not yet recommended by {owed}.")
    remedy = N_("Record it with «case recommend» when done. «case next» lists the steps there are.")


class MandateMissing(Refusal):
    """The body has no mandate for the step."""

    code = "mandate_missing"
    template = N_("{by} has no mandate for this step; its place in the route is: {place}.")
    remedy = N_("«case next» lists who may do what.")


class NotRecommended(Refusal):
    """The route has no recommendation to the parties, so there is nothing to send or to ratify."""

    code = "not_recommended"
    template = N_("{ref} is decided without the parties: there is no rekommendationsbeslut to send.")
    remedy = N_("«case next» lists the steps there are.")


class NotDispatched(Refusal):
    """The parties have not been asked, so nothing can be answered."""

    code = "not_dispatched"
    template = N_("Text version {version} of {ref} has not been sent to {party}: there is nothing to answer.")
    remedy = N_("Send it with «case dispatch», once it is recommended.")


class MailboxMissing(Refusal):
    """A party has no funktionsbrevlåda, so nothing is sent to anyone."""

    code = "mailbox_missing"
    template = N_("Nothing was sent: no funktionsbrevlåda is known for {owed}.")
    remedy = N_("Set it with «party mailbox PARTY ADDRESS».")


class OnlyPartyDecides(Refusal):
    """A forum was named where only a party can decide (004 §5.2: each party decides at its own level)."""

    code = "only_party_decides"
    template = N_("{by} cannot decide for the parties: {ref} binds a party when that party has decided itself.")
    remedy = N_("Record each party's own decision with «case answer».")


class AlreadyAnswered(Refusal):
    """The party's answer stands; a different one is a rättelse or a new, later decision."""

    code = "already_answered"
    template = N_("{party} has answered «{answer}» on {on}; that answer stands.")
    remedy = N_(
        "If it was recorded wrongly, use «case correct» with the reason; a party that said no, or not now, may adopt "
        "on a later day."
    )


class TextVersionOutdated(Refusal):
    """What was said concerns an older text."""

    code = "text_version_outdated"
    template = N_("Text version {given} has been replaced: version {current} is what is asked about.")
    remedy = N_("An answer to an older version does not count: ask the party for its decision on version {current}.")


class DateBeforePreviousStep(Refusal):
    """A step dated before what it builds on."""

    code = "date_before_previous_step"
    template = N_("{on} is before {previous}, the date of {built_on}.")
    remedy = N_("Check the date in the minutes and give it with --on.")


class StepNotPossible(Refusal):
    """The chart has no such step from here, or it has been taken."""

    code = "step_not_possible"
    template = N_("Not possible for {ref} ({state}): {why}")
    remedy = N_("«case next» lists the steps there are.")


class OverrideNotAllowed(Refusal):
    """No rule of the structure allows the deviation."""

    code = "override_not_allowed"
    template = N_("The rules of {structure} allow no deviation «{rule}» here. Allowed: {allowed}.")
    remedy = N_("Take the ordinary step instead: «case next» shows it.")


class StructureOrder(Refusal):
    """The structure calendar cannot be changed in this way."""

    code = "structure_order"
    template = N_("Not in this order: {why}")
    remedy = N_("«structure calendar» shows what is in force; §7 of the report gives the order of the steps.")


class StructureUndecided(StructureOrder):
    """No structure case has decided on it."""


class StructureDisabled(Refusal):
    """The structure is described but cannot be used before something is configured."""

    code = "structure_disabled"
    template = N_("{structure} cannot be used: {why}")
    remedy = N_(
        "Say the board with «structure configure STRUCTURE --board BOARD»; «structure show» tells what is missing."
    )


# --- 3: an audit found something ---------------------------------------------------------------------------------


class HistoryBroken(Refusal):
    """The stored history cannot be read as it is told: a question about it has no honest answer."""

    code = "history_broken"
    exit_code: ClassVar[int] = 3
    template = N_("The history does not hold from record {seq}: {why}.")
    remedy = N_("«audit verify» lists every finding.")


class CopyBroken(Refusal):
    """A copy of the database was made, and does not hold."""

    code = "copy_broken"
    exit_code: ClassVar[int] = 3
    template = N_("The copy does not hold: {count} findings, the first of them «{check}» ({case}).")
    remedy = N_("No file was written. «audit verify» tells whether the database itself holds.")


# --- 69, 75, 77, 78 ----------------------------------------------------------------------------------------------


class DatabaseUnavailable(Refusal):
    """The database exists and cannot be used just now."""

    code = "database_unavailable"
    exit_code: ClassVar[int] = 69
    template = N_("The database {where} is out of reach: {why}")
    remedy = N_("Nothing was written. Try again when the cause is gone.")


class DatabaseDamaged(DatabaseUnavailable):
    """What is there can no longer be read as what it was; to try again does not help. ``said``: by the database."""

    template = N_("The database {where} is damaged: {why}")
    remedy = N_("Nothing was written. Run «audit verify», and restore a backup as docs/backup.md says.")


class OutcomeUnknown(DatabaseUnavailable):
    """The database was lost while it was being told to keep what was written: it may have, or not."""

    remedy = N_("Whether it was written is not known: look with «case show» before you repeat it.")


class NotPermitted(Refusal):
    """Whoever asks may not."""

    code = "not_permitted"
    exit_code: ClassVar[int] = 77
    template = N_("{who} may not do this: {why}.")
    remedy = N_("Nothing was written. Ask whoever administers the product.")


class Conflict(Refusal):
    """Somebody else got there first."""

    code = "conflict"
    exit_code: ClassVar[int] = 75
    template = N_("Somebody else has changed {what} meanwhile: it is now at version {version} ({state}).")
    remedy = N_("Nothing was written. Look again with «case show» and repeat what still holds.")


class RulesInvalid(Refusal):
    """A rule file does not hold together."""

    code = "rules_invalid"
    exit_code: ClassVar[int] = 78
    template = N_("{file}: {why}")
    remedy = N_("Mend the rule file; nothing runs on rules that do not hold together.")


class ConfigInvalid(Refusal):
    """A setting cannot be used."""

    code = "config_invalid"
    exit_code: ClassVar[int] = 78
    template = N_("{setting}: {why}")
    remedy = N_("Check the option or the environment variable.")


#: Every kind of refusal that has a code, those of bad_data.py and out_of_reach.py among them.
REFUSALS: tuple[type[Refusal], ...] = tuple(
    kind
    for kind in [*vars(bad_data).values(), *vars(out_of_reach).values(), *list(globals().values())]
    if isinstance(kind, type) and issubclass(kind, Refusal) and "code" in vars(kind)
)
