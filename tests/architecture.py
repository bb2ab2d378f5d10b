"""The rules of the house as checks: each takes one module and gives back every offence it finds, with its line."""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

LONGEST_FUNCTION = 70
LONGEST_FILE = 350

# Who may import whom. A room may always import from itself.
MAY_IMPORT = {
    "cli": {"commands", "scheduler", "correspondence", "persistence", "workflow", "machines", "translations"},
    "commands": {"scheduler", "correspondence", "persistence", "workflow", "machines", "translations"},
    "scheduler": {"correspondence", "persistence", "workflow", "machines"},
    "correspondence": {"workflow", "machines", "translations"},
    "persistence": {"workflow", "machines"},
    "workflow": {"machines"},
    "machines": set(),
    "translations": set(),
}

# Where a library may be imported: a room, or files by pattern. Any library not named here: nowhere.
HOMES = {
    "alembic": ("persistence/migrations/**",),
    "apscheduler": ("scheduler/**",),
    "babel": ("translations/check.py",),
    "click": ("cli.py", "commands/**"),
    "holidays": ("workflow/dates*.py",),
    "icalendar": ("workflow/register/calendar_file.py",),
    "msgspec": ("workflow/**", "persistence/**", "correspondence/**", "scheduler/**", "commands/**"),
    "pg8000": ("persistence/calling.py", "persistence/server_faults.py"),
    "platformdirs": ("cli.py", "commands/**"),
    "rich": ("cli.py", "commands/**"),
    "smtplib": ("correspondence/**",),
    "sqlalchemy": ("persistence/**",),
    "sqlite3": ("persistence/**",),
    "statemachine": ("machines/**",),
}

FRONT = ("cli.py", "commands/**")
CLOCK = ("commands/clock.py",)
CLOCKS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "time.ctime",
    "time.gmtime",
    "time.localtime",
    "time.strftime",
    "time.time",
    "time.time_ns",
}
OUTPUTS = {"builtins.print", "sys.stdout", "sys.stderr"}
LATE_IMPORTS = {"builtins.__import__", "importlib.__import__", "importlib.import_module"}

MARK = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
WHOLE_FILE = re.compile(r"#\s*(?:ruff|flake8|mypy)\s*:|#\s*pylint\s*:")
# Exceptions to a rule; the group is what each must name beside its reason.
EXCEPTIONS = (
    re.compile(r"#\s*type:\s*ignore(\[[\w, -]+\])?"),
    re.compile(r"#\s*noqa(:\s*[A-Z]+\d+(?:[, ]+[A-Z]+\d+)*)?"),
    re.compile(r"#\s*pragma:\s*(no\s*(?:cover|branch))"),
)

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Module:
    """One Python file: where it lies, written with slashes from the root of the checkout, and what stands in it."""

    path: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source, self.path)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(self.tree))

    @property
    def room(self) -> str:
        return PurePosixPath(self.path).parts[0].removesuffix(".py")

    def lies_in(self, patterns: tuple[str, ...]) -> bool:
        return any(self._matches(pattern) for pattern in patterns)

    def _matches(self, pattern: str) -> bool:
        if pattern.endswith("/**"):
            return self.path.startswith(pattern.removesuffix("**"))
        return PurePosixPath(self.path).match(pattern) and self.path.count("/") == pattern.count("/")

    @cached_property
    def imports(self) -> tuple[tuple[str, int], ...]:
        """The first name of every module imported anywhere in the file, and the line."""
        found = []
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found += [(alias.name.partition(".")[0], node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found.append(((node.module or "").partition(".")[0] if node.level == 0 else self.room, node.lineno))
        return tuple(found)

    @cached_property
    def origins(self) -> dict[str, str]:
        """What the imported names stand for: ``dt`` for ``datetime``, ``now`` for ``time.time``."""
        found = {"__import__": "builtins.__import__", "print": "builtins.print"}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found |= {alias.asname: alias.name for alias in node.names if alias.asname}
            elif isinstance(node, ast.ImportFrom):
                found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        return found

    def uses(self, names: set[str]) -> Iterator[tuple[str, int]]:
        """Every place where one of the dotted names is spoken, by whatever alias."""
        for node in self.nodes:
            if isinstance(node, ast.Name | ast.Attribute) and (name := self._dotted(node)) in names:
                yield name, node.lineno

    def _dotted(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name):
            return self.origins.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            return f"{self._dotted(node.value)}.{node.attr}"
        return ""

    @cached_property
    def comments(self) -> tuple[tuple[str, int], ...]:
        tokens = tokenize.generate_tokens(io.StringIO(self.source).readline)
        return tuple((token.string, token.start[0]) for token in tokens if token.type == tokenize.COMMENT)

    @cached_property
    def lines_with_only_a_comment(self) -> frozenset[int]:
        lines = self.source.split("\n")
        return frozenset(number for number, line in enumerate(lines, 1) if line.lstrip().startswith("#"))


Check = Callable[[Module], list[str]]


def imports_point_one_way(module: Module) -> list[str]:
    allowed = MAY_IMPORT[module.room] | {module.room}
    barred = (MAY_IMPORT.keys() | {"tests"}) - allowed
    return [f"{module.path}:{line} imports {name}" for name, line in module.imports if name in barred]


def libraries_stay_home(module: Module) -> list[str]:
    return [
        f"{module.path}:{line} imports {name}"
        for name, line in module.imports
        if (name in HOMES and not module.lies_in(HOMES[name]))
        or (name not in {*HOMES, *MAY_IMPORT, "tests"} and name not in sys.stdlib_module_names)
    ]


def late_imports_only_at_the_front(module: Module) -> list[str]:
    if module.lies_in(FRONT):
        return []
    return [f"{module.path}:{line} uses {name}" for name, line in module.uses(LATE_IMPORTS)]


def printing_only_at_the_front(module: Module) -> list[str]:
    if module.lies_in(FRONT):
        return []
    return [f"{module.path}:{line} uses {name}" for name, line in module.uses(OUTPUTS)]


def one_clock(module: Module) -> list[str]:
    if module.lies_in(CLOCK):
        return []
    return [f"{module.path}:{line} asks {name}" for name, line in module.uses(CLOCKS)]


def functions_are_short(module: Module) -> list[str]:
    return [
        f"{module.path}:{node.lineno} {node.name} has {length} lines"
        for node in module.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]


def files_are_short(module: Module) -> list[str]:
    length = module.source.count("\n")
    return [f"{module.path} has {length} lines"] if length > LONGEST_FILE else []


def nothing_is_left_for_later(module: Module) -> list[str]:
    words = [*module.comments, *_docstrings(module)]
    marks = [f"{module.path}:{line} says {found[0]}" for text, line in words if (found := MARK.search(text))]
    # A comparison hands back NotImplemented to let the other side answer: that is the language's own way.
    lawful = {id(part) for node in module.nodes if _is_magic(node) for part in ast.walk(node)}
    return marks + [
        f"{module.path}:{node.lineno} {node.id}"
        for node in module.nodes
        if isinstance(node, ast.Name)
        and (node.id == "NotImplementedError" or (node.id == "NotImplemented" and id(node) not in lawful))
    ]


def every_exception_has_its_reason(module: Module) -> list[str]:
    return [
        f"{module.path}:{line} {comment}"
        for comment, line in module.comments
        if WHOLE_FILE.match(comment) or not _is_reasoned(module, comment, line)
    ]


def what_is_public_is_described(module: Module) -> list[str]:
    return [f"{module.path}:{line} {name}" for name, line in _undescribed(module.tree, module.path)]


def _is_reasoned(module: Module, comment: str, line: int) -> bool:
    """Whether each exception the comment makes says which one, and it or the comment above it says why."""
    made = [found for pattern in EXCEPTIONS if (found := pattern.search(comment))]
    rest = comment
    for found in made:
        rest = rest.replace(found.group(), "")
    told = any(letter.isalpha() for letter in rest) or line - 1 in module.lines_with_only_a_comment
    return not made or (told and all(found.group(1) for found in made))


def _is_magic(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name.startswith("__") and node.name.endswith("__")


def _docstrings(module: Module) -> Iterator[tuple[str, int]]:
    for node in module.nodes:
        if isinstance(node, ast.Module | Definition):
            yield ast.get_docstring(node) or "", getattr(node, "lineno", 1)


def _undescribed(owner: ast.Module | Definition, name: str) -> Iterator[tuple[str, int]]:
    if not ast.get_docstring(owner):
        yield name, getattr(owner, "lineno", 1)
    if isinstance(owner, ast.Module | ast.ClassDef):
        for node in owner.body:
            if isinstance(node, Definition) and not node.name.startswith("_") and not _is_a_variant(node):
                yield from _undescribed(node, node.name)


def _is_a_variant(node: Definition) -> bool:
    """Whether the definition is a further face of one described elsewhere."""
    told = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
    return bool(told & {"overload", "override", "setter", "deleter"})


OF_THE_PRODUCT: tuple[Check, ...] = (
    imports_point_one_way,
    libraries_stay_home,
    late_imports_only_at_the_front,
    printing_only_at_the_front,
    one_clock,
    what_is_public_is_described,
)
OF_ALL_CODE: tuple[Check, ...] = (
    functions_are_short,
    files_are_short,
    nothing_is_left_for_later,
    every_exception_has_its_reason,
)


def modules(root: Path) -> list[Module]:
    """Every Python file below ``root``, but for environments, what a build made and hidden folders."""
    tops = [top for top in root.iterdir() if top.name not in {"build", "dist"} and not top.name.startswith(".")]
    files = [file for top in tops for file in ([top] if top.suffix == ".py" else top.rglob("*.py"))]
    return [Module(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")) for file in sorted(files)]
