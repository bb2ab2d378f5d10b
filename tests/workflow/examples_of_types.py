"""Values of the kinds that records are made of: at random, or one full example of each."""

import types
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from msgspec import UNSET, Struct
from msgspec.structs import fields

DAYS = st.dates()
NUMBERS = st.integers(-(2**63), 2**63 - 1)
#: Every text there is: a record may hold what the command line would not let through.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@cache
def values(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type as records declare it."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        hints, told = get_type_hints(kind), fields(kind)
        required = {each.name: values(hints[each.name]) for each in told if each.required}
        optional = {each.name: values(hints[each.name]) for each in told if not each.required}
        return st.fixed_dictionaries(required, optional=optional).map(lambda given: kind(**given))
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return st.sampled_from(parts)
    if origin in {Union, types.UnionType}:
        return st.one_of(*(values(part) for part in parts))
    if origin is tuple:
        return st.lists(values(parts[0]), max_size=3).map(tuple)
    if origin is not None and issubclass(origin, Mapping):
        return st.dictionaries(values(parts[0]), values(parts[1]), max_size=3)
    return _plain(kind)


def _plain(kind: Any) -> st.SearchStrategy[Any]:
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXTS,
        int: NUMBERS,
        bool: st.booleans(),
        date: DAYS,
        datetime: st.datetimes(timezones=st.just(UTC)),
        type(None): st.none(),
    }
    return plain[kind]


def example(kind: Any, name: str = "") -> Any:
    """One value with every field given, the same each time."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        hints = get_type_hints(kind)
        return kind(**{each.name: example(hints[each.name], each.name) for each in fields(kind)})
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return parts[0]
    if origin in {Union, types.UnionType}:
        return example(parts[0], name)
    if origin is tuple:
        return (example(parts[0], name),)
    if origin is not None and issubclass(origin, Mapping):
        return {example(parts[0], name): example(parts[1], name)}
    moment = datetime(2026, 3, 13, 9, 30, 0, 250, tzinfo=UTC)
    plain: dict[Any, Any] = {str: f"å «{name}»", int: 7, bool: True, date: moment.date(), datetime: moment}
    return plain[kind]


def is_left_out(struct: Struct, name: str) -> bool:
    """Whether the field holds its default and is therefore not written."""
    field = next(each for each in fields(struct) if each.name == name)
    return field.default is not UNSET and getattr(struct, name) == field.default
