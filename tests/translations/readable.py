"""Finds text that people read and that no catalogue knows: string literals shown without being marked."""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

MARKS = {"_", "N_"}

#: Where each function is given what people read: by place, and by name.
SHOWN: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "say": ((0,), ("message",)),
    "remark": ((0,), ("message",)),
    "echo": ((0,), ("message",)),
    "filled": ((0,), ("template",)),
    "Remark": ((0,), ("template",)),
    "show_text": ((0,), ("text",)),
    "show_heading": ((0,), ("text",)),
    "show_table": ((0,), ("headings", "title")),
    "add_column": ((0,), ("header",)),
    "UsageError": ((0,), ("message",)),
    "BadParameter": ((0,), ("message",)),
    "ClickException": ((0,), ("message",)),
    "LazyGroup": ((2,), ("help",)),
    "day": ((1,), ("help",)),
    "line": ((1,), ("help",)),
    "named": ((2,), ("help",)),
    "_verb": ((1,), ("help_text",)),
}
#: What is read wherever it is given by this name.
ALWAYS_SHOWN = {"help", "short_help", "epilog", "prompt", "why", "hint", "confirmation_prompt"}
#: The attributes of a refusal that are read.
ATTRIBUTES = {"template", "remedy"}

_WORD = re.compile(r"[^\W\d_]{2,}")
#: Names of options, settings and files are the same in every language.
_NAMES = re.compile(r"--[a-z-]+|\b[A-Z][A-Z_]+\b|SHA-256")


class Offence(NamedTuple):
    """A literal that is shown and not marked."""

    path: str
    line: int
    text: str


def offences(path: str, source: str) -> list[Offence]:
    """Every literal of a module that people read and no catalogue knows, and every mark on what is no literal."""
    tree = ast.parse(source, path)
    bound = _bound(tree)
    shown = [
        literal
        for node in ast.walk(tree)
        for expression in _shown_by(node)
        for literal in _literals(expression, bound, frozenset())
        if _WORD.search(_NAMES.sub("", literal.value))
    ]
    found = {Offence(path, literal.lineno, literal.value) for literal in shown}
    found |= {Offence(path, node.lineno, ast.unparse(node)) for node in _mismarked(tree)}
    return sorted(found)


class _Literal(NamedTuple):
    value: str
    lineno: int


def _shown_by(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions that ``node`` hands to a reader."""
    if isinstance(node, ast.Call):
        places, names = SHOWN.get(_name(node.func), ((), ()))
        yield from (node.args[place] for place in places if place < len(node.args))
        yield from (each.value for each in node.keywords if each.arg in {*names, *ALWAYS_SHOWN})
    elif isinstance(node, ast.ClassDef):
        for each in node.body:
            targets = [each.target] if isinstance(each, ast.AnnAssign) else getattr(each, "targets", [])
            value = getattr(each, "value", None)
            if value is not None and any(_name(target) in ATTRIBUTES for target in targets):
                yield value
    elif isinstance(node, ast.AnnAssign) and "Entry" in ast.unparse(node.annotation) and node.value is not None:
        yield from (each.elts[-1] for each in ast.walk(node.value) if isinstance(each, ast.Tuple) and each.elts)


def _literals(node: ast.expr, bound: dict[str, list[ast.expr]], seen: frozenset[str]) -> Iterator[_Literal]:
    """The literals that can become part of what ``node`` says; not those inside a mark."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield _Literal(node.value, node.lineno)
    elif isinstance(node, ast.Name) and node.id not in seen:
        for value in bound.get(node.id, []):
            yield from _literals(value, bound, seen | {node.id})
    else:
        for part in _parts(node):
            yield from _literals(part, bound, seen)


def _parts(node: ast.expr) -> list[ast.expr]:  # noqa: PLR0911 - one answer for each kind of expression
    if isinstance(node, ast.JoinedStr | ast.BoolOp):
        return list(node.values)
    if isinstance(node, ast.FormattedValue | ast.Starred):
        return [node.value]
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.Tuple | ast.List):
        return list(node.elts)
    if isinstance(node, ast.ListComp | ast.GeneratorExp):
        return [node.elt]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"join", "format"}:
        return [node.func.value, *node.args]
    return []


def _bound(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """What each plain name of a module is ever given."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
    return found


def _mismarked(tree: ast.Module) -> Iterator[ast.Call]:
    """Marks on what is put together first: no catalogue can know what comes out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in MARKS and node.args:
            kinds = (ast.JoinedStr, ast.BinOp) if _name(node.func) == "_" else (ast.JoinedStr, ast.BinOp, ast.Name)
            if isinstance(node.args[0], kinds):
                yield node


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""
