"""What is published of the rules and made from them: a table for each structure, and the format of the files.

``python -m tests.structures.published`` writes them anew after a change that is meant to be seen.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from tests.docs.transcript import ROOT
from workflow.county_tables import County, Readings, Register
from workflow.permission_tables import Permissions
from workflow.rule_tables import Structure

ROUTES = ROOT / "docs" / "routes.md"
SCHEMAS = ROOT / "commands" / "schemas"

#: The structures of the county; those that the report only describes have no rules to show.
SHOWN = ("nuvarande", "tillfallig", "alternativ-1", "alternativ-2", "alternativ-3")
FORMATS: dict[str, tuple[type[msgspec.Struct], str]] = {
    "rule-file-structure": (Structure, "A rule file: one structure"),
    "rule-file-county": (County, "A rule file: what holds in every structure of a county"),
    "rule-file-register": (Register, "A rule file: the documents of a county's register"),
    "rule-file-permissions": (Permissions, "A rule file: who may record what"),
    "rule-file-readings": (Readings, "A rule file: the readings chosen where the sources are silent"),
}

_HEAD = """\
# Every route

Who takes which step, in each structure, as the rule files have it. This file is made from them by
`python -m tests.structures.published`, and a test holds it to them. `arendegang route table --structure …` prints
the same, `--json` with every quotation.

Bodies on one step are all needed, in any order; those in *italics* may prepare, and none must. **Parties**: each
party decides for itself. Evidence: what the report's running text says (text), one of its appendices (appendix),
what follows from the words quoted (inferred), and where they are silent (gap).
"""
_COLUMNS = ("Matter", "Prepared by", "Recommended by", "Decided by", "Followed up by", "Source")


def schema(name: str) -> str:
    """The JSON Schema of one kind of rule file, as it is published."""
    kind, title = FORMATS[name]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{name}.json", "title": title}
    return json.dumps({**head, **_tidy(msgspec.json.schema(kind))}, ensure_ascii=False, indent=2) + "\n"


def _tidy(node: Any) -> Any:
    """The same schema, its descriptions without the marks that code has around names."""
    if isinstance(node, list):
        return [_tidy(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {key: _plain(value) if key == "description" else _tidy(value) for key, value in node.items()}


def _plain(value: Any) -> Any:
    """A description on one line; a table's own key of that name is no description."""
    return " ".join(value.replace("``", "").split()) if isinstance(value, str) else _tidy(value)


def routes() -> str:
    """The tables of all structures."""
    pages = [_HEAD]
    for name, rows in told().items():
        pages += [f"## {name}", "", _line(_COLUMNS), _line(("---",) * len(_COLUMNS)), *map(_row, rows), ""]
    return "\n".join(pages)


def told() -> dict[str, list[dict[str, Any]]]:
    """What the command itself tells of each structure, by name; in a process of its own, whose language is English."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"ARENDEGANG_DB": f"sqlite:///{(Path(folder) / 'any.db').as_posix()}", "ARENDEGANG_ACTOR": "anyone"}
        env = {**os.environ, **settings, "ARENDEGANG_LANG": "en", "PYTHONUTF8": "1"}

        def asked(*words: str) -> Any:
            command = [sys.executable, "-m", "cli", *words, "--json"]
            done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=True)
            return json.loads(done.stdout)

        asked("init")
        names = {row["id"]: row["name"] for row in asked("structure", "list")}
        return {names[each]: asked("route", "table", "--structure", each) for each in SHOWN}


def _row(row: dict[str, Any]) -> str:
    if row["kind"] == "refusal":
        refused = f"**{row['code']}**: {row['because']}"
        return _line((_matter(row), "", "", refused, "", _sources(row)))
    prepared = [*row["prepare"], *(f"*{body}*" for body in row["may_prepare"])]
    recommended = " → ".join(_joined(row[step]) for step in ("leadership", "political") if row[step])
    stages = "; ".join(f"{stage['name']}: {_joined(stage['by'])}" for stage in row["stages"])
    anchored = f" (anchored first in {_joined(row['anchoring'])})" if row["anchoring"] else ""
    parties = f"**parties**, reported to {row['report_to']}" if row["ratify"] else _joined(row["decide"]) + anchored
    return _line(
        (_matter(row), _joined(prepared), recommended, stages or parties, _joined(row["follow_up"]), _sources(row))
    )


def _matter(row: dict[str, Any]) -> str:
    return f"`{row['rule']}`<br>{_joined(row['types'])}" + "".join(f"<br>{each}" for each in _conditions(row))


def _conditions(row: dict[str, Any]) -> Iterator[str]:
    for name, value in row["conditions"].items():
        said = "yes" if value is True else "no" if value is False else _joined(value)
        yield f"{name.replace('_', ' ')}: {said}"


def _sources(row: dict[str, Any]) -> str:
    places = dict.fromkeys(f"{each['cite']} ({each['evidence']})" for each in row["sources"])
    return "<br>".join([*places, *([_joined(row["readings"])] if row["readings"] else [])])


def _joined(what: str | list[str]) -> str:
    return what if isinstance(what, str) else ", ".join(what)


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> None:
    """Writes every published file that no longer holds, and tells which."""
    wanted = {ROUTES: routes(), **{SCHEMAS / f"{name}.json": schema(name) for name in FORMATS}}
    for place, text in wanted.items():
        if not place.is_file() or place.read_text(encoding="utf-8") != text:
            place.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"written: {place.relative_to(ROOT).as_posix()}\n")


if __name__ == "__main__":
    main()
