"""Where rules come from: every entry has sources, every source its words, every reading named is one that is told."""

from collections.abc import Iterator

from workflow.checking.findings import Finding, RuleFiles, said
from workflow.errors import N_

#: Tables whose every entry must say where it comes from.
_SOURCED = frozenset(
    {
        "forum",
        "rule",
        "refusal",
        "override",
        "succession",
        "initiation",
        "parameter",
        "document",
        "dissolved",
        "role",
        "may",
    }
)


def sourcing_findings(files: RuleFiles) -> Iterator[Finding]:
    """Entries without sources, sources without words that are no gap, readings that nobody tells."""
    readings = {each.id for each in files.rules.readings.reading}
    told = ("county.toml", "register.toml", "permissions.toml", *files.structures.values())
    for file in (each for each in told if each in files.rules.contents):
        for path, table in files.tables(file):
            name = next(part for part in reversed(path) if isinstance(part, str)) if path else ""
            if name in _SOURCED and not table.get("sources"):
                yield files.finding("unsourced", (file, path), said(N_("nothing says where this comes from.")))
            if "cite" in table and not table.get("quote") and table.get("evidence") != "gap":
                message = said(N_("a source that is no gap must be quoted: {cite}."), cite=table["cite"])
                yield files.finding("unquoted", (file, path), message)
            for code in _readings(table):
                if code not in readings:
                    message = said(N_("there is no reading {reading} in readings.toml."), reading=code)
                    yield files.finding("unknown_reading", (file, (*path, "reading")), message, value=code)


def _readings(table: object) -> Iterator[str]:
    """The codes under ``reading``; in readings.toml the same key holds a sentence."""
    codes = table.get("reading") if isinstance(table, dict) else None
    if isinstance(codes, list):
        yield from (code for code in codes if isinstance(code, str))
