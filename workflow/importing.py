"""A county's own rule files, told apart by what stands in them."""

import re
import tomllib
from collections.abc import Mapping

from workflow.errors import N_
from workflow.refusals import RulesInvalid
from workflow.rulebook import COUNTY, PERMISSIONS, READINGS, REGISTER, TOO_DEEP, file_of_structure

#: The table that only one kind of rule file begins with, and that kind's name in a rule set.
_TOLD_BY = {"county": COUNTY, "register": REGISTER, "reading": READINGS, "role": PERMISSIONS}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def as_rule_files(given: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files under the names they have in a rule set, whatever they were called.

    Raises RulesInvalid for a file that is no rule file, and for two that are the same one.
    """
    named: dict[str, bytes] = {}
    for file, content in given.items():
        name = _name(file, content)
        if name in named:
            raise RulesInvalid(file=file, why=N_("another file given is {name} too."), name=name)
        named[name] = content
    return named


def _name(file: str, content: bytes) -> str:
    try:
        tables = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise RulesInvalid(file=file, why=str(fault)) from None
    except RecursionError:
        raise RulesInvalid(file=file, why=TOO_DEEP) from None
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
