"""Which cases there are, and which of them the calendar, a body or another structure may concern."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa

from persistence import tables as t
from persistence.database import Database
from persistence.references import nearest_ref


class CaseIndex:
    """Looks cases up by what is kept ready of them."""

    database: Database

    def last_number(self, prefix: str) -> int:
        """The highest running number among the case references that begin with ``prefix``; 0 when there is none."""
        number = sa.cast(sa.func.substr(t.cases.c.ref, len(prefix) + 1), sa.Integer)
        # «~» sorts after every digit: the range keeps the search inside the year.
        query = sa.select(sa.func.max(number)).where(t.cases.c.ref > prefix, t.cases.c.ref < f"{prefix}~")
        with self.database.reading() as connection:
            return connection.execute(query).scalar() or 0

    def nearest_ref(self, ref: str) -> str | None:
        """The case a mistyped reference probably means; None when none is near."""
        with self.database.reading() as connection:
            return nearest_ref(connection, ref)

    def refs_of_type(self, type_id: str) -> Sequence[str]:
        """The references of every case of a type, in order."""
        query = sa.select(t.cases.c.ref).where(t.cases.c.type == type_id).order_by(t.cases.c.ref)
        with self.database.reading() as connection:
            return list(connection.execute(query).scalars())

    def refs_undecided(self, type_id: str) -> Sequence[str]:
        """The references of the cases of a type that are neither over nor decided for good, in order."""
        case = t.cases.c
        undecided = (case.type == type_id, case.is_open == t.IS_OPEN, case.in_force_from.is_(None))
        with self.database.reading() as connection:
            return list(connection.execute(sa.select(case.ref).where(*undecided).order_by(case.ref)).scalars())

    def open_refs(self) -> Sequence[str]:
        """The references of the cases that are not over, in order."""
        query = sa.select(t.cases.c.ref).where(t.cases.c.is_open == t.IS_OPEN).order_by(t.cases.c.ref)
        with self.database.reading() as connection:
            return list(connection.execute(query).scalars())

    def refs_elsewhere(self, structure: str) -> Sequence[str]:
        """The references of the cases that are not over and stand under another structure, in order."""
        column = t.cases.c.structure
        # Two ranges and not «other than»: an index finds what lies in a range.
        ranges = (
            sa.select(t.cases.c.ref).where(beyond, t.cases.c.is_open == t.IS_OPEN)
            for beyond in (column < structure, column > structure)
        )
        with self.database.reading() as connection:
            return sorted(connection.execute(sa.union_all(*ranges)).scalars())

    def refs_waiting_for(self, bodies: Collection[str]) -> Sequence[str]:
        """The references of the cases in which one of the bodies has something to do, in order."""
        query = (
            sa.select(t.duties.c.ref)
            # Not joined: the few duties of these bodies are looked up, and then whether each is of a case.
            .where(t.duties.c.body.in_(bodies), sa.exists().where(t.cases.c.ref == t.duties.c.ref))
            .distinct()
            .order_by(t.duties.c.ref)
        )
        with self.database.reading() as connection:
            return list(connection.execute(query).scalars())

    def refs_flagged(self, kind: str) -> Sequence[str]:
        """The references of the cases on which a flag of the kind stands, in order."""
        query = sa.select(t.flags.c.ref).where(t.flags.c.kind == kind).distinct().order_by(t.flags.c.ref)
        with self.database.reading() as connection:
            return list(connection.execute(query).scalars())

    def due_for_check(self, day: date) -> Sequence[str]:
        """The references of the cases for which the calendar may bring something about on or before ``day``."""
        query = (
            sa.select(t.cases.c.ref)
            .where(t.cases.c.next_check.is_not(None), t.cases.c.next_check <= day.isoformat())
            .order_by(t.cases.c.next_check, t.cases.c.ref)
        )
        with self.database.reading() as connection:
            return list(connection.execute(query).scalars())
