"""References of cases, as people mistype them."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence import tables as t


def nearest_ref(connection: Connection, ref: str) -> str | None:
    """The case whose reference differs, and only in letter case or in leading noughts."""
    wanted = _plain_ref(ref)
    query = sa.select(t.cases.c.ref).where(sa.func.upper(t.cases.c.ref).like(f"%{wanted[-1][:4]}"))
    found = (each for each in connection.execute(query).scalars() if each != ref and _plain_ref(each) == wanted)
    return next(found, None)


def _plain_ref(ref: str) -> list[str]:
    return [part.lstrip("0") for part in ref.strip().upper().split("-")]
