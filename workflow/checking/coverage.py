"""Whether the rules divide all matters between them: each answered by one entry, and no entry without a matter."""

from collections.abc import Container, Iterator, Mapping

from msgspec import Struct

from workflow.checking.findings import Finding, RuleFiles, said
from workflow.checking.known import Known
from workflow.checking.matters import Asked, EveryWay, asked, narrowed
from workflow.checking.places import Path
from workflow.errors import N_, Remark
from workflow.organisation import Organisation
from workflow.routing import matching, near_misses
from workflow.rule_tables import Conditions, Rule, Structure


class Answered(Struct, frozen=True, kw_only=True):
    """A matter, and the one rule that gives it its route."""

    asked: Asked
    rule: Rule


class Coverage:
    """Holds every matter against the structures' rules. ``answered`` has what got a route, for further checks.

    ``structures`` are those it was done for, with their files.
    """

    def __init__(self, files: RuleFiles, organisation: Organisation, exploring: Container[str] | None = None) -> None:
        """``exploring``: the structures to do it for; all of them when it is left out."""
        self.files = files
        self.structures = {
            name: file for name, file in files.structures.items() if exploring is None or name in exploring
        }
        self.rules = EveryWay(files.rules.contents)
        self.combinations = 0
        self.answered: dict[str, list[Answered]] = {}
        self.findings = tuple(self._explore(organisation))

    def _explore(self, organisation: Organisation) -> Iterator[Finding]:
        for structure, file in self.structures.items():
            known = Known(self.rules, structure)
            used: dict[tuple[str, str], int] = {}
            self.answered[structure] = []
            faults = Faults(self.files, file, known.structure)
            for kind in self.rules.county.type:
                narrow = narrowed(known.structure, kind.id)
                for each in asked(known, kind, organisation):
                    self.combinations += each.weight
                    found = matching(narrow, each.matter, each.setting, self.rules)
                    for entry in found:
                        used[(entry.id, kind.id)] = used.get((entry.id, kind.id), 0) + each.weight
                    if len(found) != 1:
                        faults.add(each, found, self.rules)
                    elif isinstance(found[0], Rule):
                        self.answered[structure].append(Answered(asked=each, rule=found[0]))
            yield from faults.findings()
            yield from self._dead(file, known.structure, used)

    def _dead(self, file: str, structure: Structure, used: Mapping[tuple[str, str], int]) -> Iterator[Finding]:
        for table, entries in (("rule", structure.rule), ("refusal", structure.refusal)):
            for number, entry in enumerate(entries):
                types = [kind.id for kind in self.rules.county.type if kind.id in entry.type]
                idle = [kind for kind in types if (entry.id, kind) not in used]
                if len(idle) == len(types):
                    message = said(N_("no matter is ever answered by {entry}."), entry=entry.id)
                    yield self.files.finding("dead_entry", (file, (table, number)), message)
                    continue
                for kind in idle:
                    message = said(
                        N_("no matter of the type {type} is ever answered by {entry}."), type=kind, entry=entry.id
                    )
                    yield self.files.finding("dead_entry", (file, (table, number, "type")), message, value=kind)


class Faults:
    """Gathers the matters that are answered by none or by several, so that each fault is told once."""

    def __init__(self, files: RuleFiles, file: str, structure: Structure) -> None:
        self._files = files
        self._file = file
        self._paths: dict[int, Path] = {
            id(entry): (table, number)
            for table, entries in (("rule", structure.rule), ("refusal", structure.refusal))
            for number, entry in enumerate(entries)
        }
        self._by_id = {entry.id: entry for entry in (*structure.rule, *structure.refusal)}
        self._overlaps: dict[tuple[str, ...], tuple[Asked, int, tuple[Conditions, ...]]] = {}
        self._gaps: dict[tuple[str, ...], tuple[Asked, int, tuple[Conditions, ...]]] = {}

    def add(self, each: Asked, found: list[Conditions], rules: EveryWay) -> None:
        """Takes up a matter that is not answered by one entry."""
        told = tuple(found or self._nearest(each, rules)[:1])
        met = self._overlaps if found else self._gaps
        key = (*(() if found else (each.matter.type,)), *(entry.id for entry in told))
        first, weight, entries = met.get(key, (each, 0, told))
        met[key] = (first, weight + each.weight, entries)

    def findings(self) -> Iterator[Finding]:
        """One finding for each set of entries that answer together, and for each entry that nearly answers."""
        yield from (self._overlap(*each) for each in self._overlaps.values())
        yield from (self._gap(*each) for each in self._gaps.values())

    def _gap(self, first: Asked, weight: int, nearest: tuple[Conditions, ...]) -> Finding:
        structure, kind = first.setting.structure, first.matter.type
        if not nearest:
            message = said(N_("nothing in {structure} answers for the type {type}."), structure=structure, type=kind)
            return self._finding("gap", ("structure",), message, first)
        why = N_(
            "nothing in {structure} answers for {count} combinations of the type {type}; nearest is {entry} at {place}."
        )
        path = self._paths[id(nearest[0])]
        place = self._files.place(self._file, path)
        message = said(why, structure=structure, count=weight, type=kind, entry=nearest[0].id, place=place)
        return self._finding("gap", path, message, first)

    def _overlap(self, first: Asked, weight: int, entries: tuple[Conditions, ...]) -> Finding:
        why = N_("{entry} and {others} all answer for {count} combinations.")
        paths = [self._paths[id(entry)] for entry in entries]
        others = [
            f"{entry.id} ({self._files.place(self._file, path)})"
            for entry, path in zip(entries[:-1], paths[:-1], strict=True)
        ]
        message = said(why, entry=entries[-1].id, others=", ".join(others), count=weight)
        return self._finding("overlap", paths[-1], message, first)

    def _finding(self, check: str, path: Path, message: Remark, first: Asked) -> Finding:
        return self._files.finding(check, (self._file, path), message, counterexample=words(first))

    def _nearest(self, each: Asked, rules: EveryWay) -> list[Conditions]:
        return [self._by_id[miss.rule] for miss in near_misses(each.matter, each.setting, rules)]


def words(each: Asked) -> str:
    """A matter and its setting in the words of the rule files."""
    matter, setting = each.matter, each.setting
    particulars = matter.particulars
    said_of_it = {
        "type": matter.type,
        "group": matter.group,
        "sectors": "+".join(matter.sectors),
        "level": matter.level,
        "lifted": "yes" if matter.lifted else None,
        "variant": matter.document.partition("/")[2] if matter.document else None,
        "for": particulars.for_body,
        "giver": particulars.giver,
        "receiver": particulars.receiver,
        "addressee": particulars.addressee,
        "structure": setting.structure,
        "from": str(each.day) if each.day is not None else None,
        "dormant": "+".join(sorted(setting.dormant)),
        "parameters": "+".join(f"{name}:{value}" for name, value in sorted(setting.parameters.items())),
    }
    return " ".join(f"{name}={value}" for name, value in said_of_it.items() if value)
