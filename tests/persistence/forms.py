"""The same record in other bytes: whoever reads JSON reads what was written, and it was never written so."""

import json
from collections.abc import Callable, Sequence

from persistence.store import event_row
from tests.persistence.keeping import Keeping
from workflow.record import NO_RECORD, decode, digest

Form = Callable[[bytes], bytes]


def _another_order(content: bytes) -> bytes:
    return _dumped(dict(reversed(json.loads(content).items())))


def _a_key_nobody_reads(content: bytes) -> bytes:
    return _dumped({**json.loads(content), "comment": "insmugglat"})


def _a_key_nobody_reads_in_the_event(content: bytes) -> bytes:
    told = json.loads(content)
    return _dumped({**told, "event": {**told["event"], "comment": "insmugglat"}})


def _dumped(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


#: Other ways to write a record that hold a line end: in an export they would be two lines, or one of another length.
WITH_LINE_ENDS: dict[str, Form] = {
    "a line end after it": lambda content: content + b"\n",
    "a line end before it": lambda content: b"\n" + content,
    "a carriage return after it": lambda content: content + b"\r",
    "a line end in it": lambda content: content.replace(b',"actor"', b',\n"actor"', 1),
    "a carriage return in it": lambda content: content.replace(b',"actor"', b',\r"actor"', 1),
}

#: Those that whoever knows no kinds of event can tell as well.
ALIKE: dict[str, Form] = {
    **WITH_LINE_ENDS,
    "a blank in it": lambda content: content.replace(b'"actor":', b'"actor": ', 1),
    "a tabulator after it": lambda content: content + b"\t",
    "a key twice": lambda content: content.replace(b'"actor":', b'"actor":"annan","actor":', 1),
    "a letter told by its number": lambda content: content.replace(b'"actor"', b'"\\u0061ctor"', 1),
    "an oblique stroke escaped": lambda content: content.replace(b'"actor":"', b'"actor":"\\/', 1),
}

FORMS: dict[str, Form] = {
    **ALIKE,
    "another order": _another_order,
    "a key nobody reads": _a_key_nobody_reads,
    "a key nobody reads in the event": _a_key_nobody_reads_in_the_event,
    "what is left out told": lambda content: content.replace(b'"event":', b'"state":null,"event":', 1),
}


def chained_as(keeping: Keeping, form: Form, places: Sequence[int]) -> None:
    """The records with these numbers written so, and the whole log chained anew, every column as the record says."""
    previous = NO_RECORD
    with keeping.rows() as base:
        for seq, content in base.execute("SELECT seq, bytes FROM event ORDER BY seq").fetchall():
            told = _dumped({**json.loads(content), "previous": previous})
            written = form(told) if seq in places else told
            previous = digest(written)
            row = event_row(decode(written), written)
            names = ", ".join(f"{name} = ?" for name in row)
            base.execute(f"UPDATE event SET {names} WHERE seq = ?", [*row.values(), seq])
