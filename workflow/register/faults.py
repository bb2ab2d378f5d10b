"""What is wrong with a register's file: every fault with its row and column, in one refusal."""

from typing import Any

from msgspec import Struct

from workflow.bad_data import DateInvalid, ValidityInvalid, ValueInvalid
from workflow.errors import N_, Message, Refusal, Remark
from workflow.register.doubles import Doubles

# The sentences that begin with the field, or with what the column says already, as they are told beside a column.
_WITHOUT_FIELD: dict[str, str] = {
    ValueInvalid.template: Message("{why}"),
    ValidityInvalid.template: Message("{why}"),
    DateInvalid.template: N_("«{value}» is not a date. Write it as 2026-03-13 or 13/3 2026."),
}

#: So many faults are told; those beyond are only counted.
MOST_TOLD = 200


class Fault(Struct, frozen=True, kw_only=True):
    """One fault of a file.

    ``row``: as a spreadsheet numbers it, the heading being row 1. ``column``: as the file heads it, or empty where the
    whole row is meant. ``code``: that of the refusal the same value would have met elsewhere.
    """

    row: int
    column: str
    code: str
    message: Remark
    suggestion: str | None = None


class FaultyRegister(ValueInvalid):
    """A file with faults, told by the first one.

    ``faults`` has the first MOST_TOLD that were found, by row, ``count`` says how many there are.
    """

    template = N_("Row {at_row}, column {at_column}: {what}")
    remedy = N_("Faults in the file: {count}. Nothing was written; mend them all and import it again.")

    def __init__(self, faults: tuple[Fault, ...], count: int) -> None:
        first = faults[0]
        at: dict[str, Any] = {"at_row": first.row, "at_column": first.column or "–"}
        super().__init__(**at, what=first.message, count=count, suggestion=first.suggestion)
        self.faults = faults
        self.count = count


class Faults:
    """Gathers faults while a file is read; ``heading`` gives a column the name that it has in the file."""

    def __init__(self) -> None:
        self.told: list[Fault] = []
        self.count = 0
        self.heading: dict[str, str] = {}

    def add(self, row: int, column: str, code: str, message: Remark, suggestion: str | None = None) -> None:
        """One more fault."""
        self.count += 1
        if len(self.told) < MOST_TOLD:
            name = self.heading.get(column, column)
            self.told.append(Fault(row=row, column=name, code=code, message=message, suggestion=suggestion))

    def add_doubles(self, doubles: Doubles, column: str) -> None:
        """A fault for every row whose id stands in an earlier one."""
        why = N_("the id of the document is that of row {earlier}.")
        for row, earlier in doubles.found():
            self.add(row, column, ValueInvalid.code, Remark(why, {"earlier": earlier}))

    def require_none(self) -> None:
        """Raises FaultyRegister when there was a fault."""
        if self.told:
            raise FaultyRegister(tuple(sorted(self.told, key=lambda fault: fault.row)), self.count)


class RowFaults:
    """The faults of one row."""

    def __init__(self, faults: Faults, row: int) -> None:
        self._faults = faults
        self._before = faults.count
        self.row = row

    @property
    def any(self) -> bool:
        """Whether the row has a fault."""
        return self._faults.count > self._before

    def heading(self, column: str) -> str:
        """What the file calls a column."""
        return self._faults.heading.get(column, column)

    def found(self, column: str, template: str, **values: object) -> None:
        """A value that cannot be what its column holds."""
        self._faults.add(self.row, column, ValueInvalid.code, Remark(template, values))

    def within(self, column: str) -> "_Within":
        """A context: whatever is refused inside is a fault of ``column``, and the row is read on."""
        return _Within(self, column)

    def refused(self, column: str, refusal: Refusal) -> None:
        """What a value was refused for. Its field is left out: the column is told beside it."""
        sentence = _WITHOUT_FIELD.get(refusal.template, refusal.template)
        self._faults.add(self.row, column, refusal.code, Remark(sentence, refusal.values), refusal.suggestion)


class _Within:
    """Turns a refusal into a fault. A class, since a generator would cost more than most cells take to be read."""

    __slots__ = ("_column", "_faults")

    def __init__(self, faults: RowFaults, column: str) -> None:
        self._faults = faults
        self._column = column

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> bool:
        if isinstance(fault, Refusal):
            self._faults.refused(self._column, fault)
            return True
        return False
