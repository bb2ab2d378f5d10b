"""The rule sets that the log was decided under, as the database keeps them: each file once, by its digest."""

import json
import tomllib
from collections.abc import Callable
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence import tables as t

_COUNTY = "county.toml"
_NAMED = ("type", "group", "sector")


def read_rule_set(connection: Connection, digest: str) -> dict[str, bytes]:
    """The files named by the manifest with that digest. KeyError when a part of it is not there, or not readable."""
    return rule_set_in(partial(_content, connection), digest)


def rule_set_in(content_of: Callable[[str], bytes], digest: str, only: str | None = None) -> dict[str, bytes]:
    """The same, from whatever gives the content of a digest or raises KeyError; the file ``only``, where it is said."""
    lines = content_of(digest).decode(errors="replace").split("\n")
    pairs = (line.partition("  ") for line in lines if line)
    return {name: content_of(file_digest) for file_digest, _between, name in pairs if only in {None, name}}


def _content(connection: Connection, digest: str) -> bytes:
    query = sa.select(t.rule_files.c.content).where(t.rule_files.c.digest == digest)
    content = connection.execute(query).scalar()
    # A damaged file may hold something else there.
    if not isinstance(content, bytes):
        raise KeyError(digest)
    return content


def county_names(connection: Connection) -> dict[str, str]:
    """What people call document types, groups and sectors under the rules in force, by id.

    Of the rules only the county's own file is read, and nothing is made of it: whoever looks at one case need not wait
    for the routes. Empty when it cannot be read; whoever acts, or audits, is told why.
    """
    last = sa.select(t.events.c.bytes).order_by(t.events.c.seq.desc()).limit(1)
    try:
        rules = json.loads(connection.execute(last).scalar_one())["rules"]
        county = tomllib.loads(rule_set_in(partial(_content, connection), rules, _COUNTY)[_COUNTY].decode("utf-8-sig"))
        return {each["id"]: each["name"] for table in _NAMED for each in county[table]}
    except (sa.exc.NoResultFound, LookupError, TypeError, ValueError):
        return {}
