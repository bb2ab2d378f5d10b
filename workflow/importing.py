"""A county's own rule files, told apart by what stands in them."""

import re
from collections.abc import Mapping

from msgspec import Struct

from workflow.errors import N_
from workflow.refusals import RulesInvalid
from workflow.rulebook import COUNTY, PERMISSIONS, READINGS, REGISTER, file_of_structure, tables_in

#: The table that only one kind of rule file begins with, and that kind's name in a rule set.
_TOLD_BY = {"county": COUNTY, "register": REGISTER, "reading": READINGS, "role": PERMISSIONS}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Given(Struct, frozen=True, kw_only=True):
    """Rule files under the names they have in a rule set, and what each was called by whoever gave it."""

    files: Mapping[str, bytes]
    called: Mapping[str, str]

    def as_given(self, file: str) -> str:
        """The name of a file, with its line if there is one, as whoever gave it knows it."""
        name, colon, line = file.partition(":")
        return f"{self.called.get(name, name)}{colon}{line}"


def as_rule_files(given: Mapping[str, bytes]) -> Given:
    """The files under the names they have in a rule set, whatever they were called.

    Raises RulesInvalid for a file that is no rule file, and for two that are the same one.
    """
    files: dict[str, bytes] = {}
    called: dict[str, str] = {}
    for file, content in given.items():
        name = _name(file, content)
        if name in files:
            raise RulesInvalid(file=file, why=N_("another file given is {name} too."), name=name)
        files[name], called[name] = content, file
    return Given(files=files, called=called)


def _name(file: str, content: bytes) -> str:
    tables = tables_in(file, content)
    if "structure" in tables:
        return file_of_structure(_structure_id(file, tables["structure"]))
    name = next((name for table, name in _TOLD_BY.items() if table in tables), None)
    if name is None:
        raise RulesInvalid(
            file=file, why=N_("it is no rule file: no table structure, county, register, reading or role.")
        )
    return name


def _structure_id(file: str, head: object) -> str:
    structure_id = head.get("id") if isinstance(head, dict) else None
    if not isinstance(structure_id, str) or not _ID.fullmatch(structure_id):
        raise RulesInvalid(file=file, why=N_("the structure's id must be letters a–z, digits and hyphens."))
    return structure_id
