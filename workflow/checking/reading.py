"""Whether the files can be read as rules at all. What cannot is refused, with file and line."""

import re

from workflow.checking.findings import RuleFiles
from workflow.checking.places import Path
from workflow.errors import N_
from workflow.refusals import RulesInvalid
from workflow.rulebook import PERMISSIONS, Rulebook

NEEDED = ("county.toml", "register.toml", "readings.toml")
#: Every file that is no structure's. Without permissions no actor can be admitted.
READ = (*NEEDED, PERMISSIONS)

_UNKNOWN = re.compile(r"unknown field `([^`]+)`")
_PATH = re.compile(r"at `\$([^`]*)`")
_PART = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")


def require_readable(rules: Rulebook) -> None:
    """Raises RulesInvalid, with file and line, for a file that is missing or cannot be read as what it should be."""
    for name in NEEDED:
        if name not in rules.contents:
            raise RulesInvalid(file=name, why=N_("there is no such file."))
    if not rules.structure_ids:
        raise RulesInvalid(file="structures", why=N_("there is no file of a structure."))
    try:
        _ = (
            rules.county,
            rules.register,
            rules.readings,
            rules.permissions,
            *map(rules.structure, rules.structure_ids),
        )
    except RulesInvalid as refusal:
        file, why = str(refusal.values["file"]), str(refusal.values["why"])
        if file not in rules.contents:
            # It names the line already.
            raise
        raise RulesInvalid(file=f"{file}:{_line(RuleFiles(rules), file, why)}", why=why) from None


def _line(files: RuleFiles, file: str, why: str) -> int:
    found = _PATH.search(why)
    path: Path = tuple(int(part[2]) if part[2] else part[1] for part in _PART.finditer(found[1])) if found else ()
    if unknown := _UNKNOWN.search(why):
        path = (*path, unknown[1])
    return files.line(file, path)
