"""What an audit expected and found, in the reader's language: sentences of ours are told, data stays as it is.

In JSON the sentences stay as they are made, for scripts to compare.
"""

import re
from collections.abc import Sequence

from commands.console import filled
from workflow.errors import N_, Message

#: What a database is made of, as it names it.
_KINDS = {
    "table": N_("table"),
    "column": N_("column"),
    "index": N_("index"),
    "trigger": N_("trigger"),
    "view": N_("view"),
    "relation": N_("relation"),
    "rule": N_("rewriting rule"),
    "policy": N_("row policy"),
}
_KIND = f"(?P<kind>{'|'.join(_KINDS)}) (?P<name>.+?)"

#: Each sentence that is made, and the message that tells it.
_SENTENCES: Sequence[tuple[re.Pattern[str], Message]] = tuple(
    (re.compile(pattern), message)
    for pattern, message in (
        (f"{_KIND} of table (?P<table>.+) is missing", N_("{kind} {name} of table {table} is missing")),
        ("(?P<name>.+) of table (?P<table>.+) is missing", N_("{name} of table {table} is missing")),
        (f"{_KIND} is missing", N_("{kind} {name} is missing")),
        (f"{_KIND} on (?P<table>.+) is not ours", N_("{kind} {name} on {table} is not ours")),
        (f"{_KIND} is not ours", N_("{kind} {name} is not ours")),
        (f"{_KIND} is not made as ours", N_("{kind} {name} is not made as ours")),
        (f"{_KIND} is not valid", N_("{kind} {name} is not valid")),
        (f"{_KIND} is not at work", N_("{kind} {name} is not at work")),
        (r"(?P<root>.+) \(record (?P<first>\d+)\)", N_("{root} (record {first})")),
        (r"(?P<root>.+) \(records (?P<first>\d+)–(?P<last>\d+)\)", N_("{root} (records {first}–{last})")),
        (r"(?P<root>.+) \(the checkpoint is false\)", N_("{root} (the checkpoint is false)")),
        ("a record", N_("a record")),
        (r"a record after (?P<last>\d+)", N_("a record after {last}")),
        ("bytes that hold none", N_("bytes that hold none")),
        ("a history that can be told", N_("a history that can be told")),
        ("no such rule set is kept", N_("no such rule set is kept")),
        ("an act", N_("an act")),
        ("events without one", N_("events without one")),
        ("a checkpoint", N_("a checkpoint")),
        ("an act right before that asks for it", N_("an act right before that asks for it")),
        ("refused: (?P<code>[a-z_]+)", N_("refused: {code}")),
    )
)
_DATABASE_SAYS = N_("the database says: {said}")


def found_words(check: str, told: str) -> str:
    """What was expected or found by a check. The words of the database itself are told as such."""
    for pattern, message in _SENTENCES:
        found = pattern.fullmatch(told)
        if found is not None:
            values = found.groupdict()
            return filled(message, **{**values, "kind": _KINDS.get(values.get("kind", ""))})
    return filled(_DATABASE_SAYS, said=told) if check == "integrity" and told != "ok" else told
