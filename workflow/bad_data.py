"""Refusals of what was given (65) and of what does not exist (66): a name, a date, a file, a sum, a case."""

from typing import ClassVar

from workflow.errors import N_, Refusal


class BadData(Refusal):
    """What was given cannot be read as what it should be."""

    exit_code: ClassVar[int] = 65


class UnknownName(BadData):
    """A name that is not known; the nearest one is suggested."""

    template = N_("Unknown {kind}: «{name}».")
    remedy = N_("Known: {known}.")


class UnknownType(UnknownName):
    """No document type of that name."""

    code = "unknown_type"


class UnknownGroup(UnknownName):
    """No group of that name."""

    code = "unknown_group"


class UnknownParty(UnknownName):
    """No party of that name."""

    code = "unknown_party"


class UnknownForum(UnknownName):
    """No forum, group or network of that name."""

    code = "unknown_forum"
    # There are too many to be named in one breath.
    remedy = N_("«forum list» lists the forums in force, «party list» the parties.")


class UnknownStructure(UnknownName):
    """No structure of that name."""

    code = "unknown_structure"


class NotAParty(BadData):
    """A known organisation that is asked for no godkännandebeslut here (reading G11)."""

    code = "not_a_party"
    template = N_("{name} is no party to {what}.")
    remedy = N_("The parties are: {known}.")


class PartyHasLeft(NotAParty):
    """A party that gave notice for itself and is no longer bound."""

    template = N_("{name} is no longer a party to {what}.")
    remedy = N_("The parties that remain are: {known}.")


class GroupRequired(BadData):
    """No route can be given without the group."""

    code = "group_required"
    template = N_("The group must be given for {type}: the route depends on it.")
    remedy = N_("Add --group; known groups: {known}.")


class LevelRequired(BadData):
    """No route can be given without the level (reading G52)."""

    code = "level_required"
    template = N_("The level must be given for {type}: political or officers'.")
    remedy = N_("Add --level political or --level officers.")


class DateInvalid(BadData):
    """Not a date."""

    code = "date_invalid"
    template = N_("{field}: «{value}» is not a date.")
    remedy = N_("Write a day as 2026-03-13 or 13/3 2026, a time as 2026-03-13T14:30.")


class DateInFuture(BadData):
    """A fact dated after the day it is recorded."""

    code = "date_in_future"
    template = N_("{on} lies in the future: today is {today}.")
    remedy = N_("Only what has happened can be recorded.")


class ValidityInvalid(BadData):
    """The dates of validity contradict each other."""

    code = "validity_invalid"
    template = N_("The dates of validity contradict each other: {why}")
    remedy = N_("Check --valid-from, --valid-to and --not-before.")


class FileUnreadable(BadData):
    """The file cannot be read."""

    code = "file_unreadable"
    template = N_("Cannot read {path}: {why}")
    remedy = N_("Check the name and the place of the file. Nothing was written.")


class ValueInvalid(BadData):
    """A value that cannot be what it should be."""

    code = "value_invalid"
    template = N_("{field}: {why}")
    remedy = N_("Nothing was written.")


class SumMismatch(BadData):
    """The shares do not sum to the amount."""

    code = "sum_mismatch"
    template = N_("The shares sum to SEK {sum}, not SEK {amount}: SEK {difference} too {direction}.")
    remedy = N_("Correct --share or --amount: the whole amount goes to the parties, no more and no less.")


class NotThere(Refusal):
    """What was asked for does not exist."""

    exit_code: ClassVar[int] = 66


class UnknownCase(NotThere):
    """No case of that reference."""

    code = "unknown_case"
    template = N_("There is no case «{ref}».")
    remedy = N_("«case list» lists the cases.")


class UnknownLetter(NotThere):
    """The outbox has no letter of that id."""

    code = "unknown_letter"
    template = N_("There is no letter «{id}» in the outbox.")
    remedy = N_("«outbox list» lists the letters.")


class UnknownDocument(NotThere):
    """The register has no document of that id."""

    code = "unknown_document"
    template = N_("There is no document «{document}» in the register.")
    remedy = N_("«register list» lists the documents; «register import» enters Bilaga 1, b1-01 to b1-27.")


class NoDatabase(NotThere):
    """The database does not exist or holds nothing of ours."""

    code = "no_database"
    template = N_("There is no Ärendegång database at {where}: {why}")
    remedy = N_("Create it with «arendegang init», or point to another one with --db.")


class NotOurs(NoDatabase):
    """What is there is something else, or was ours before it was damaged: no database can be created in its place."""

    remedy = N_("It was left as it is. Point to another one with --db, or restore a backup if it was one of ours.")


class NotOnServer(NoDatabase):
    """The server has no database of that name, and only its administrator can make one."""

    remedy = N_("The server's administrator creates it; «arendegang init» then makes the tables.")
