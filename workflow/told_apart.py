"""Refusals that share a code with another and have a sentence, or a remedy, of their own.

Those that one room alone raises and tells apart stand there.
"""

from workflow.errors import N_
from workflow.refusals import MandateMissing, RouteUndefined, StructureDisabled


class NoStructureInForce(RouteUndefined):
    """The county's calendar begins later: on that date there is nothing that could give a route."""

    template = N_("No route for {what} on {on}: no structure is in force on that date.")
    remedy = N_("«structure calendar» tells from which day each structure is in force; give a later date with --on.")


class StructureOnlyDescribed(StructureDisabled):
    """The structure is told of as another county has it: there is nothing to say that would bring it into use."""

    remedy = N_("It is only described here. «structure list» lists the structures.")


class AskedByAnother(MandateMissing):
    """The parties have been asked, and what becomes of that is for the forum that asked them (reading G8)."""

    template = N_("{by} has no mandate for this once the parties are asked: it is for {forums}.")
