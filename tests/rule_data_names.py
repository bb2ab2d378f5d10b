"""Ids, names and references of the rule files: what must be there, be written so, and mean one thing only."""

import re
from collections.abc import Iterator

from tests.rule_data import RuleData, tables
from tests.rule_data_routes import known_bodies, variants_in

#: The ids that users' scripts rely on, by the table they stand in. Forums stand in the structure files.
PROMISED = {
    "party": "rjh berg bracke harjedalen krokom ragunda stromsund are ostersund",
    "group": "barn-unga vuxna alla",
    "sector": "halso-och-sjukvard socialtjanst skola",
    "type": "overenskommelse avtal riktlinje rutin handlingsplan gemensam-plan policy uppdragsbeskrivning uppdrag"
    " stimulansmedel revisionssvar samverkansstruktur",
    "network": "ifo-chefsnatverk elevhalsochefsnatverk socialchefsnatverk skolchefsnatverk deltagarnas-organisationer",
}
STRUCTURES = "nuvarande tillfallig alternativ-1 alternativ-2 alternativ-3 halsam nsv-sormland gemensam-namnd-halland"
FORUMS = (
    "svom barnarenan buz fredagsgruppen samreko-hsi politiskt-forum ledningsforum au-barn-unga au-vuxna rsr gnus"
    " gemensam-namnd hjalpmedelsberedningsgruppen fredagsgruppens-beredningsgrupp lokala-samverkansarenor jamtbus"
    " lokala-jamtbusnatverk lansnatverk-psykisk-halsa partsammansatt-arbetsgrupp tillfallig-arbetsgrupp"
)
ROWS = [f"b1-{row:02}" for row in range(1, 28)]
CODES = {"route_undefined", "arena_not_designated", "structure_disabled", "document_incomplete"}
NAMED = ("party", "organisation", "network", "body", "forum", "group", "sector", "type")


def id_faults(data: RuleData) -> Iterator[str]:
    """Ids that are not plain ASCII, that stand twice in one table, or that were promised and are not there."""
    for place, each in tables(data):
        if "id" in each and not re.fullmatch(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*", each["id"]):
            yield f"{place}: the id {each['id']!r} is not plain ASCII"
    for name, read in data.files.items():
        for table, entries in read.items():
            ids = [each["id"] for each in entries if "id" in each] if isinstance(entries, list) else []
            yield from (f"{name} {table}: {one} stands twice" for one in set(ids) if ids.count(one) > 1)
    for table, promised in PROMISED.items():
        present = {each["id"] for each in data.county[table]}
        yield from (f"county.toml {table}: {one} is promised" for one in promised.split() if one not in present)
    forums = {each["id"] for read in data.structures.values() for each in read["forum"]}
    yield from (f"no structure has the forum {one}" for one in FORUMS.split() if one not in forums)
    yield from (f"there is no structure {one}" for one in STRUCTURES.split() if one not in data.structures)
    rows = {each["id"] for each in data.register["document"]}
    yield from (f"register.toml: row {one} is promised" for one in ROWS if one not in rows)


def name_faults(data: RuleData) -> Iterator[str]:
    """Names that mean two things, and ids that are named differently in two files."""
    meant = dict[tuple[str, str], str]()
    spelt = dict[str, tuple[str, ...]]()
    for name, read in data.files.items():
        for table in NAMED:
            kind = table if table in {"group", "sector", "type"} else "body"
            for each in read.get(table, ()):
                names = (each["name"], *each.get("aliases", ()), *each.get("misspellings", ()))
                if spelt.setdefault(f"{kind} {each['id']}", names) != names:
                    yield f"{name}: {each['id']} is called {names} here and otherwise elsewhere"
                for one in names:
                    other = meant.setdefault((kind, one.casefold()), each["id"])
                    if other != each["id"]:
                        yield f"{name}: {one!r} means both {other} and {each['id']}"


def _condition_faults(data: RuleData, structure_id: str) -> Iterator[str]:
    structure = data.structures[structure_id]
    ids = {table: {each["id"] for each in data.county[table]} for table in ("type", "group", "sector")}
    ids["forum"] = {each["id"] for each in structure["forum"]}
    ids["parameter"] = {each["id"] for each in structure.get("parameter", ())}
    ids["variant"] = {each["id"] for each in variants_in(data, structure_id)} | {"ordinary"}
    kinds = {"type": "type", "group": "group", "sectors_with": "sector", "sectors_without": "sector"}
    kinds |= {"variant": "variant", "parameter_set": "parameter", "parameter_unset": "parameter"}
    kinds |= {"active": "forum", "dormant": "forum", "while_dormant": "forum"}
    for table in ("rule", "refusal", "override"):
        for each in structure.get(table, ()):
            for key, kind in kinds.items():
                unknown = set(each.get(key, ())) - ids[kind]
                yield from (f"{structure_id} {each['id']}: there is no {kind} {one}" for one in sorted(unknown))
            if table == "refusal" and (each["code"] not in CODES or not each["because"] or not each["because_sv"]):
                yield f"{structure_id} {each['id']}: refuses without a known code or a reason in both languages"


def _people_faults(data: RuleData, structure_id: str) -> Iterator[str]:
    structure = data.structures[structure_id]
    parameters = structure.get("parameter", [])
    here = {each["id"] for each in structure["forum"]} | {f"${each['id']}" for each in parameters}
    everywhere = {each["id"] for read in data.structures.values() for each in read["forum"]}
    known = set(known_bodies(data, structure))
    for each in structure["forum"]:
        named = [*each.get("presidium", ()), *each.get("represents", ()), *each.get("own_meetings_before", ())]
        named += [one for part in each.get("attendance", ()) for one in part]
        for holder in (each.get("chair", {}), each.get("secretary", {})):
            named += [*holder.get("held_by", ()), *holder.get("between", ())]
        description = each["mandate_description"]
        named += [*description.get("decided_by", ()), *description.get("anchored_in", ())]
        yield from (f"{structure_id} {each['id']}: nobody is called {one}" for one in named if one not in known)
    # What a parameter lets decide sits here as a forum; who may otherwise be named is known in the county.
    local = [(each["id"], one) for each in parameters if each.get("grants") for one in each["choices"]]
    chosen = [one for each in parameters for one in each["choices"]]
    yield from (f"{structure_id}: nobody is called {one}" for one in chosen if one not in known)
    local += [("succession", one) for each in structure.get("succession", ()) for one in each["to"]]
    local += [("initiation", each["forum"]) for each in structure.get("initiation", ())]
    yield from (f"{structure_id} {place}: {one} is no forum of the file" for place, one in local if one not in here)
    gone = [*structure.get("dissolved", {}).get("forums", ())]
    gone += [one for each in structure.get("succession", ()) for one in each["from"]]
    yield from (f"{structure_id}: {one} is a forum nowhere" for one in gone if one not in everywhere)
    yield from (
        f"{structure_id}: {one} is dissolved and sits"
        for one in structure.get("dissolved", {}).get("forums", ())
        if one in here
    )


def reference_faults(data: RuleData) -> Iterator[str]:
    """References from one table or file to another that lead nowhere."""
    forums = {each["id"] for read in data.structures.values() for each in read["forum"]}
    for structure_id, structure in data.structures.items():
        if structure["structure"]["id"] != structure_id:
            yield f"{structure_id}: calls itself {structure['structure']['id']}"
        yield from _condition_faults(data, structure_id)
        yield from _people_faults(data, structure_id)
    for each in data.county["calendar"]:
        if each["structure"] not in data.structures:
            yield f"county.toml calendar: there is no structure {each['structure']}"
    for each in data.county["forum_status"]:
        if each["forum"] not in forums:
            yield f"county.toml forum_status: there is no forum {each['forum']}"
    yield from _register_faults(data, forums)


def _register_faults(data: RuleData, forums: set[str]) -> Iterator[str]:
    types = {each["id"]: each for each in data.county["type"]}
    variants = {each["id"]: each for each in data.register["variant"]}
    for each in data.register["document"]:
        exception = each.get("exception", {})
        variant = variants.get(exception.get("variant", ""))
        if each["type"] not in types:
            yield f"register.toml {each['id']}: there is no type {each['type']}"
            continue
        if "variant" in exception and (
            variant is None or each["type"] not in variant["type"] or each["group"] not in variant["group"]
        ):
            yield f"register.toml {each['id']}: no variant {exception['variant']} for its type and group"
        if exception.get("lifted") and not types[each["type"]].get("liftable"):
            yield f"register.toml {each['id']}: a {each['type']} cannot be lifted"
        for one in (*each["recommending"], *each["preparing"]):
            if one not in forums:
                yield f"register.toml {each['id']}: there is no forum {one}"
