"""Reads rule files into frozen tables. The rules are data: who takes a step is said here and nowhere in the code."""

import hashlib
import re
import tomllib
from collections.abc import Hashable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Self, TypeVar, cast

import msgspec

from workflow.county_tables import County, DocumentType, Readings, Register
from workflow.errors import N_
from workflow.permission_tables import Permissions
from workflow.refusals import RulesInvalid
from workflow.rule_tables import Named, Structure

T = TypeVar("T")

COUNTY = "county.toml"
REGISTER = "register.toml"
READINGS = "readings.toml"
PERMISSIONS = "permissions.toml"
_STRUCTURES = "structures/"
_TOML_LINE = re.compile(r"\(at line (\d+),")

#: Why a file cannot be read though each of its lines could.
_TOO_DEEP = N_("it is nested too deeply.")


def file_of_structure(structure: str) -> str:
    """The name of a structure's file in a rule set."""
    return f"{_STRUCTURES}{structure}.toml"


class Rulebook:
    """A rule set: the bytes of its files, their common digest, and the tables read from them.

    Two rule sets are the same exactly when their digests are. Files are read when first asked for; a file that does
    not hold together raises RulesInvalid with its name.
    """

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = dict(sorted(contents.items()))

    @cached_property
    def file_digests(self) -> dict[str, str]:
        """The SHA-256 of each file, by its name."""
        return {name: hashlib.sha256(content).hexdigest() for name, content in self.contents.items()}

    @cached_property
    def manifest(self) -> bytes:
        """One line a file, digest and name, as sha256sum writes and checks it."""
        return "".join(f"{digest}  {name}\n" for name, digest in self.file_digests.items()).encode()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the manifest, in hexadecimal."""
        return hashlib.sha256(self.manifest).hexdigest()

    @property
    def by_digest(self) -> dict[str, bytes]:
        """Every file and the manifest, by SHA-256: what a database keeps of a rule set."""
        return {hashlib.sha256(content).hexdigest(): content for content in (*self.contents.values(), self.manifest)}

    @cached_property
    def county(self) -> County:
        """The file that holds in every structure."""
        return self._read(COUNTY, County)

    @cached_property
    def register(self) -> Register:
        """The documents of Bilaga 1 and the ways of their own that some of them go."""
        return self._read(REGISTER, Register)

    @cached_property
    def readings(self) -> Readings:
        """Every reading the rules name."""
        return self._read(READINGS, Readings)

    @cached_property
    def permissions(self) -> Permissions | None:
        """Who may record what; None in a rule set from before there were such files."""
        return self._read(PERMISSIONS, Permissions) if PERMISSIONS in self.contents else None

    @property
    def structure_ids(self) -> tuple[str, ...]:
        """The ids of every structure, by file name."""
        return tuple(
            name.removeprefix(_STRUCTURES).removesuffix(".toml")
            for name in self.contents
            if name.startswith(_STRUCTURES)
        )

    @cached_property
    def _structures(self) -> dict[str, Structure]:
        return {}

    def structure(self, structure: str) -> Structure:
        """One structure by id. KeyError when the rule set has none of that name."""
        if structure not in self._structures:
            self._structures[structure] = self._read(file_of_structure(structure), Structure)
        return self._structures[structure]

    def type_named(self, type_id: str) -> DocumentType:
        """One document type by id. KeyError when there is none."""
        return self._types[type_id]

    @cached_property
    def _types(self) -> dict[str, DocumentType]:
        return {each.id: each for each in self.county.type}

    def bodies(self) -> Iterator[Named]:
        """Every forum, group, network and other body of the county, each id once."""
        seen: set[str] = set()
        named: list[Named] = [*self.county.network, *self.county.body]
        for structure in self.structure_ids:
            named.extend(self.structure(structure).forum)
        for each in named:
            if each.id not in seen:
                seen.add(each.id)
                yield each

    def name_of(self, some_id: str) -> str:
        """The name people use for a party, body, type, group or sector; the id itself when it has none."""
        return self._county_names.get(some_id) or self._body_names.get(some_id, some_id)

    @cached_property
    def _county_names(self) -> dict[str, str]:
        county = self.county
        named: list[Named] = [
            *county.type,
            *county.group,
            *county.sector,
            *county.body,
            *county.organisation,
            *county.party,
        ]
        return {each.id: each.name for each in named}

    @cached_property
    def _body_names(self) -> dict[str, str]:
        # Asked after the county's own names: every structure must be read for these.
        return {each.id: each.name for each in self.bodies()}

    def _read(self, name: str, kind: type[T]) -> T:
        found = _parsed(name, self.contents[name], cast("Hashable", kind))
        if not isinstance(found, kind):
            raise TypeError(type(found))
        return found

    def is_reference(self, text: str) -> bool:
        """Whether a case could bear the reference; letter case does not matter."""
        prefix = re.escape(self.county.county.reference_prefix)
        return re.fullmatch(rf"{prefix}-\d{{4}}-\d+", text, re.IGNORECASE | re.ASCII) is not None

    @classmethod
    def shipped(cls) -> Self:
        """The rule set that comes with the product."""
        return cls(dict(_toml_files(files("workflow") / "rules", "")))


@lru_cache(maxsize=128)
def _parsed(name: str, content: bytes, kind: Hashable) -> object:
    """The tables in a file's bytes. The same bytes always hold the same tables: read once in a process."""
    try:
        told: object = msgspec.convert(tables_in(name, content), cast("type", kind))
    except msgspec.ValidationError as fault:
        raise RulesInvalid(file=name, why=f"{fault}.") from None
    except RecursionError:
        raise RulesInvalid(file=name, why=_TOO_DEEP) from None
    return told


def text_of(content: bytes) -> str:
    """A rule file's text; a byte order mark is none of it. Raises UnicodeDecodeError."""
    return content.decode("utf-8-sig")


def tables_in(name: str, content: bytes) -> dict[str, Any]:
    """The tables in the bytes of a rule file, as yet of no shape. Raises RulesInvalid, with the file and the line."""
    try:
        return tomllib.loads(text_of(content))
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        why = N_("it is not text in UTF-8, as another program may have saved it: save it as UTF-8.")
        raise RulesInvalid(file=f"{name}:{line}", why=why) from None
    except tomllib.TOMLDecodeError as fault:
        line = _line_of(str(fault), content)
        raise RulesInvalid(file=f"{name}:{line}", why=f"{fault}.") from None
    except RecursionError:
        line = _deepest(content)
        raise RulesInvalid(file=f"{name}:{line}", why=_TOO_DEEP) from None


def _line_of(fault: str, content: bytes) -> int:
    """The line that the library names; the last one where it names the end of the file."""
    found = _TOML_LINE.search(fault)
    return int(found[1]) if found else content.count(b"\n") + 1


def _deepest(content: bytes) -> int:
    """The line with the most brackets."""
    lines = content.split(b"\n")
    return 1 + max(range(len(lines)), key=lambda place: lines[place].count(b"[") + lines[place].count(b"{"))


@cache
def shipped_rules() -> Rulebook:
    """The rule set that comes with the product, read once."""
    return Rulebook.shipped()


def _toml_files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _toml_files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".toml"):
            yield f"{prefix}{entry.name}", entry.read_bytes()
