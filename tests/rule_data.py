"""The rule files as plain data, read with the standard library alone: what the checks of rule data walk over."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Entry = dict[str, Any]

RULES = Path(__file__).resolve().parents[1] / "workflow" / "rules"
SOURCES = Path(__file__).resolve().parent / "sources"

EVIDENCE = {"text", "appendix", "inferred", "gap"}
#: Tables whose every entry must say where it comes from.
SOURCED = ("forum", "rule", "refusal", "override", "succession", "initiation", "parameter", "document", "role", "may")


@dataclass(frozen=True)
class RuleData:
    """Every rule file by its name, parsed, and the two documents by number."""

    files: dict[str, Entry]
    documents: dict[str, str]

    @property
    def county(self) -> Entry:
        return self.files["county.toml"]

    @property
    def register(self) -> Entry:
        return self.files["register.toml"]

    @property
    def readings(self) -> list[Entry]:
        entries: list[Entry] = self.files["readings.toml"]["reading"]
        return entries

    @property
    def structures(self) -> dict[str, Entry]:
        """Each structure file by the id its name gives it."""
        return {Path(name).stem: read for name, read in self.files.items() if name.startswith("structures/")}

    def entry(self, structure: str, table: str, entry_id: str) -> Entry:
        """One entry of a structure's table, by id."""
        found: Entry = next(each for each in self.structures[structure][table] if each["id"] == entry_id)
        return found


def load() -> RuleData:
    """The shipped rule files and the project's copies of the two documents."""
    files = {
        path.relative_to(RULES).as_posix(): tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(RULES.rglob("*.toml"))
    }
    return RuleData(files, {path.stem: path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.txt"))})


def _walk(node: Any, place: str) -> Iterator[tuple[str, Entry]]:
    if isinstance(node, dict):
        yield place, node
        for key, value in node.items():
            yield from _walk(value, f"{place} {key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            name = value.get("id", number) if isinstance(value, dict) else number
            yield from _walk(value, f"{place} {name}")


def tables(data: RuleData) -> Iterator[tuple[str, Entry]]:
    """Every table of every file, with a place a person can find it by."""
    for name, read in data.files.items():
        yield from _walk(read, name)


# --- sources -------------------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def _numbered(line: str) -> str | None:
    # The contents page sets a tab between number and title, and lists inside the text are not in capitals.
    found = re.match(r"(\d\.\d) |(\d)\. (?=[A-ZÅÄÖ ]+$)", line)
    if found:
        return f"§{found[1] or found[2]}"
    found = re.match(r"(Bilaga \d): ", line)
    return found[1] if found else None


def section(document: str, cite: str, headings: set[str]) -> str | None:
    """The text under the heading ``cite`` names, up to the next of ``headings`` or of a higher rank.

    ``cite`` comes without the document's number: «§5.2 Operativa grupperingar». None when there is no such heading.
    """
    rank, _, name = cite.partition(" ") if cite.startswith("§") else (cite, "", "")
    inside = not cite.startswith(("§", "Bilaga")) and name == ""
    wanted, current, taken = (cite if inside else name), "", list[str]()
    found = False
    for line in document.splitlines():
        number = _numbered(line)
        title = line.strip().rstrip(":")
        current = number or current
        if number or title in headings:
            starts = (title == wanted and (inside or current == rank)) if wanted else number == rank
            if found and not starts and (wanted or number):
                break
            found = found or starts
        if found:
            taken.append(line)
    return "\n".join(taken) if found else None


def source_faults(data: RuleData) -> Iterator[str]:
    """Sources without a place, a known evidence mark, or words that stand where they say they do."""
    places = [(place, each) for place, each in tables(data) if "cite" in each]
    headings = {"Svar på granskning"}
    for _, each in places:
        _, _, cite = each["cite"].partition(" ")
        headings.add(cite.partition(" ")[2] if cite.startswith("§") else cite)
    headings.discard("")
    for place, each in places:
        number, _, cite = each["cite"].partition(" ")
        if each.get("evidence", "text") not in EVIDENCE:
            yield f"{place}: evidence {each['evidence']!r} is none of {sorted(EVIDENCE)}"
        if number not in data.documents:
            yield f"{place}: no document {number!r}"
            continue
        document = data.documents[number]
        under = document if cite == "Inledning" else section(document, cite, headings)
        if under is None:
            yield f"{place}: {number} has no heading {cite!r}"
        elif not each.get("quote") and each.get("evidence") != "gap":
            yield f"{place}: nothing is quoted"
        elif plain(each.get("quote", "")) not in plain(under):
            yield f"{place}: not found under {each['cite']}: {each['quote']!r}"


def unsourced(data: RuleData) -> Iterator[str]:
    """Entries that do not say where they come from."""
    for name, read in data.files.items():
        for table in SOURCED:
            for each in read.get(table, []):
                if not each.get("sources"):
                    yield f"{name} {table} {each.get('id', each.get('from'))}: no sources"


# --- readings ------------------------------------------------------------------------------------------------------


def reading_faults(data: RuleData) -> Iterator[str]:
    """Readings cited that are not there, and readings neither cited nor excused."""
    known = {each["id"]: each for each in data.readings}
    if len(known) != len(data.readings):
        yield "readings.toml: an id stands twice"
    cited = set[str]()
    for place, each in tables(data):
        codes = each.get("reading")
        if isinstance(codes, list) and all(isinstance(code, str) for code in codes):
            cited.update(codes)
            yield from (f"{place}: there is no reading {code}" for code in codes if code not in known)
    for code, each in known.items():
        if code not in cited and not each.get("uncited"):
            yield f"readings.toml {code}: nothing cites it, and it does not say why"
        if code in cited and each.get("uncited"):
            yield f"readings.toml {code}: is cited, but says that it is not"
