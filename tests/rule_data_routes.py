"""A matcher of rules of its own, and the whole space of matters that a structure's rules must divide between them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations, product
from typing import Any

from tests.rule_data import Entry, RuleData

PARTICULARS = ("for", "giver", "receiver", "addressee")
STEPS = ("prepare", "leadership", "political", "decide")
#: Every way to sit on a step, with the mandate it takes.
SEATS = {**{step: step for step in STEPS}, "may_prepare": "prepare"}
STRANGER = "sundsvall"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What the choice of a rule may hang on."""

    type: str
    group: str | None = None
    level: str | None = None
    sectors: frozenset[str] = frozenset()
    lifted: bool = False
    variant: str = "ordinary"
    dormant: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()
    particulars: tuple[tuple[str, str], ...] = field(default=())


def _holds(entry: Entry, matter: Matter) -> bool:
    said = dict(matter.particulars)
    return (
        matter.type in entry["type"]
        and ("group" not in entry or matter.group in entry["group"])
        and ("level" not in entry or matter.level == entry["level"])
        and ("lifted" not in entry or matter.lifted == entry["lifted"])
        and matter.sectors.issuperset(entry.get("sectors_with", ()))
        and matter.sectors.isdisjoint(entry.get("sectors_without", ()))
        and matter.variant in entry.get("variant", ["ordinary"])
        and matter.dormant.issuperset(entry.get("dormant", ()))
        and matter.dormant.isdisjoint(entry.get("active", ()))
        and matter.parameters.issuperset(entry.get("parameter_set", ()))
        and matter.parameters.isdisjoint(entry.get("parameter_unset", ()))
        and all(said.get(one) in entry[one] for one in PARTICULARS if one in entry)
    )


def matching(structure: Entry, matter: Matter) -> list[Entry]:
    """Every rule and refusal that answers for ``matter``; one marked «otherwise» only where no other does."""
    answers = [each for each in (*structure.get("rule", ()), *structure.get("refusal", ())) if _holds(each, matter)]
    plain = [each for each in answers if not each.get("otherwise")]
    return plain or answers


def _subsets(items: Iterable[str], smallest: int = 0) -> list[frozenset[str]]:
    pool = sorted(items)
    sizes = range(smallest, len(pool) + 1)
    return [frozenset(each) for each in chain.from_iterable(combinations(pool, size) for size in sizes)]


def _named(structure: Entry, key: str, type_id: str) -> set[str]:
    entries = (*structure.get("rule", ()), *structure.get("refusal", ()))
    return {one for each in entries if type_id in each["type"] for one in each.get(key, ())}


def known_bodies(data: RuleData, structure: Entry) -> dict[str, str]:
    """Every id a rule of ``structure`` may name that takes no step, with the table it stands in."""
    county = data.county
    tables: tuple[str, ...] = ("party", "organisation", "network", "body")
    known = {each["id"]: table for table in tables for each in county[table]}
    return {**known, **{each["id"]: "forum" for each in structure["forum"]}}


def variants_in(data: RuleData, structure_id: str) -> list[Entry]:
    """The variants of the register that hold in a structure."""
    return [each for each in data.register["variant"] if structure_id in each.get("structures", [structure_id])]


def matters(data: RuleData, structure_id: str) -> Iterator[Matter]:
    """Every matter the rules of a structure can be asked about."""
    structure = data.structures[structure_id]
    sectors = _subsets((each["id"] for each in data.county["sector"]), smallest=1)
    everyone = [*known_bodies(data, structure), STRANGER]
    entries = (*structure.get("rule", ()), *structure.get("refusal", ()))
    hung_on = {one for each in entries for key in ("parameter_set", "parameter_unset") for one in each.get(key, ())}
    settings = _subsets(each["id"] for each in structure.get("parameter", ()) if each["id"] in hung_on)
    for kind in data.county["type"]:
        grouped = kind["group"] == "required" or "default_group" in kind
        groups = [each["id"] for each in data.county["group"]] if grouped else [None]
        dormant = _named(structure, "dormant", kind["id"]) | _named(structure, "active", kind["id"])
        said = [[(one, body) for body in everyone] for one in kind.get("particulars", ())]
        for group, level, sector_set, lifted, sleeping, settled, particulars in product(
            groups,
            ["political", "officers"] if kind.get("level") == "required" else [None],
            sectors if grouped else [frozenset[str]()],
            [False, True] if kind.get("liftable") else [False],
            _subsets(dormant),
            settings,
            product(*said),
        ):
            ways = [
                each["id"]
                for each in variants_in(data, structure_id)
                if kind["id"] in each["type"] and group in each["group"]
            ]
            for variant in ("ordinary", *ways):
                yield Matter(
                    type=kind["id"],
                    group=group,
                    level=level,
                    sectors=sector_set,
                    lifted=lifted,
                    variant=variant,
                    dormant=sleeping,
                    parameters=settled,
                    particulars=particulars,
                )


def coverage_faults(data: RuleData) -> Iterator[str]:
    """Matters that no rule answers for or more than one does, and entries that answer for no matter at all."""
    for structure_id, structure in data.structures.items():
        used = set[str]()
        for matter in matters(data, structure_id):
            answers = [each["id"] for each in matching(structure, matter)]
            used.update(answers)
            if len(answers) != 1:
                yield f"{structure_id}: {answers or 'nothing'} answers for {matter}"
        entries = (*structure.get("rule", ()), *structure.get("refusal", ()))
        yield from (f"{structure_id} {each['id']}: answers for nothing" for each in entries if each["id"] not in used)


def _mandate_faults(structure: Entry, rule: Entry) -> Iterator[str]:
    forums = {each["id"]: each for each in structure["forum"]}
    choices = {f"${each['id']}": each for each in structure.get("parameter", ())}
    for key, step in SEATS.items():
        for body in rule.get(key, ()):
            chosen = choices.get(body)
            # Who gives an uppdrag is checked apart; an addressed board decides by its own law.
            for one in chosen["choices"] if chosen else {body} - {"$giver", "$addressee"}:
                granted = step == "decide" and chosen is not None and set(rule["type"]) <= set(chosen["grants"])
                if one not in forums:
                    yield f"{rule['id']}: {one} on {key} is no forum of the file"
                elif not granted and step not in forums[one]["mandate"]:
                    yield f"{rule['id']}: {one} has no mandate to {step}"
                elif not granted and step == "decide" and not set(rule["type"]) <= set(forums[one]["decides"]):
                    yield f"{rule['id']}: {one} does not decide {rule['type']}"


def _giver_faults(structure: Entry, rule: Entry) -> Iterator[str]:
    givers = {each["id"] for each in structure["forum"] if "uppdrag" in each["decides"]}
    if "$giver" in rule.get("decide", ()):
        mandateless = set(rule["giver"]) - givers
        yield from (f"{rule['id']}: {one} has no mandate to give an uppdrag" for one in sorted(mandateless))


def _course_faults(rule: Entry) -> Iterator[str]:
    if rule["ratify"] and not rule.get("political"):
        yield f"{rule['id']}: the parties are asked without a rekommendationsbeslut"
    if rule["ratify"] and not rule.get("report_to"):
        yield f"{rule['id']}: nobody is told what the parties decide"
    if rule["ratify"] == bool(rule.get("decide")):
        yield f"{rule['id']}: either the parties decide or a forum does"
    if (rule.get("lifted") or rule.get("level") == "political") and not (
        rule.get("political") or rule.get("chart") == "joint-board"
    ):
        yield f"{rule['id']}: a matter that needs politics is decided without"


def body_faults(data: RuleData) -> Iterator[str]:
    """Bodies that do not exist, mandates the forum does not have, courses that bind without a decision."""
    for structure_id, structure in data.structures.items():
        known = set(known_bodies(data, structure)) | {f"${one['id']}" for one in structure.get("parameter", ())}
        known |= {"$giver", "$addressee"}
        for rule in structure.get("rule", ()):
            named = [*rule.get("anchoring", ()), *rule.get("anchoring_duty", ()), *rule.get("inform", ())]
            named += [*rule.get("spread_via", ()), *rule.get("follow_up", ()), *rule.get("report_also_to", ())]
            named += [rule["report_to"]] if "report_to" in rule else []
            named += [one for key in PARTICULARS for one in rule.get(key, ())]
            yield from (f"{structure_id} {rule['id']}: nobody is called {one}" for one in named if one not in known)
            found = (*_mandate_faults(structure, rule), *_giver_faults(structure, rule), *_course_faults(rule))
            yield from (f"{structure_id} {fault}" for fault in found)
        for each in structure["forum"]:
            if each.get("parent", each["id"]) not in known:
                yield f"{structure_id} {each['id']}: hangs under {each['parent']}, which is not there"
        for each in structure.get("override", ()):
            named = [*each["by"], *each.get("instead", ()), *each.get("while_dormant", ())]
            forums = {one["id"] for one in structure["forum"]}
            yield from (f"{structure_id} {each['id']}: {one} is no forum" for one in named if one not in forums)


def routed(data: RuleData, structure_id: str, **said: Any) -> Entry:
    """The one entry that answers for a matter, given by words; sectors default by group."""
    if "sectors" not in said and said.get("group"):
        said["sectors"] = next(each["sectors"] for each in data.county["group"] if each["id"] == said["group"])
    for key in ("sectors", "dormant", "parameters"):
        said[key] = frozenset(said.get(key, ()))
    particulars = tuple((key, said.pop(key)) for key in PARTICULARS if key in said)
    (answer,) = matching(data.structures[structure_id], Matter(**said, particulars=particulars))
    return answer
