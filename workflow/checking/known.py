"""What a structure's rules may name."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from workflow.rule_tables import Forum, Named, Parameter, Rule, Structure
from workflow.rulebook import Rulebook

#: The particulars that stand for a body in a rule, as ``$giver``, and the condition that says which it may be.
PARTICULARS: Mapping[str, str] = {
    "$for": "for_body",
    "$giver": "giver",
    "$receiver": "receiver",
    "$addressee": "addressee",
}

#: What a condition is called in a rule file, by what it is called in the code.
FILE_KEY: Mapping[str, str] = {"for_body": "for"}


def bodies_anywhere(rules: Rulebook) -> frozenset[str]:
    """Everybody who has an id: the parties, the other bodies of the county, and the forums of every structure."""
    county = rules.county
    forums = (rules.structure(each).forum for each in rules.structure_ids)
    tables = (county.party, county.organisation, county.body, county.network, *forums)
    return frozenset(each.id for table in tables for each in table)


class Known:
    """The ids there are for one structure: the county's, and its own. The structure is known by its file's name."""

    def __init__(self, rules: Rulebook, structure_id: str) -> None:
        self.rules = rules
        self.id = structure_id

    @cached_property
    def structure(self) -> Structure:
        """The structure as its file has it."""
        return self.rules.structure(self.id)

    @cached_property
    def forums(self) -> Mapping[str, Forum]:
        """The forums of the structure."""
        return {each.id: each for each in self.structure.forum}

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """What the county must say of the structure, as a rule names it: ``$board``."""
        return {f"${each.id}": each for each in self.structure.parameter}

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Everybody a rule may name beside the steps."""
        county = self.rules.county
        tables = (county.party, county.organisation, county.network, county.body, self.structure.forum)
        return frozenset(each.id for table in tables for each in table)

    @cached_property
    def forums_anywhere(self) -> frozenset[str]:
        """The forums of every structure."""
        return frozenset(each.id for one in self.rules.structure_ids for each in self.rules.structure(one).forum)

    @cached_property
    def variants(self) -> frozenset[str]:
        """The ways of their own that hold in the structure."""
        held = self.rules.register.variant
        here = self.id
        return frozenset(each.id for each in held if each.structures is None or here in each.structures)

    def of_county(self, table: str) -> frozenset[str]:
        """The ids of one of the county's tables: ``type``, ``group``, ``sector``, ``network``."""
        entries: Iterable[Named] = getattr(self.rules.county, table)
        return frozenset(each.id for each in entries)

    def meant(self, body: str, rule: Rule) -> tuple[str, ...]:
        """Every body that ``body`` of a rule can stand for; none when it stands for nothing."""
        if body in self.parameters:
            return self.parameters[body].choices
        if body in PARTICULARS:
            bodies: tuple[str, ...] | None = getattr(rule, PARTICULARS[body])
            return bodies or ()
        return (body,)
