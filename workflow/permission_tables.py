"""Who may record what, as the rule file has it: roles, and what each of them may do for whom."""

from typing import Literal

from workflow.rule_tables import Named, Part, Source, Sourced

#: What a role can be admitted for: a forum (a group or a network too), or a party.
Of = Literal["forum", "party"]


class Role(Named, frozen=True, kw_only=True, rename={"of_body": "of"}):
    """A role: its name in both languages, and what whoever has it is admitted for; for nothing when left out."""

    english: str
    of_body: Of | None = None
    sources: tuple[Source, ...] = ()


class Grant(Sourced, frozen=True, kw_only=True):
    """Acts that a role may do.

    ``whose``: what anybody does (``any``), only what the actor's own body does (``own``), or whatever is done in a
    case whose answers are reported to the own body (``reported``). ``bodies``: only what these do.
    """

    role: str
    acts: tuple[str, ...]
    whose: Literal["any", "own", "reported"] = "any"
    bodies: tuple[str, ...] = ()


class Permissions(Part, frozen=True, kw_only=True):
    """Every role, and everything that one may do. What nobody is given, nobody may."""

    format: Literal[1]
    role: tuple[Role, ...]
    may: tuple[Grant, ...]

    def role_named(self, role: str) -> Role | None:
        """The role with that id, or None."""
        return next((each for each in self.role if each.id == role), None)
