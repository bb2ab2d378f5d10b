"""Cases that take effect in a county with some documents, and are found to have done so on another day."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.persistence.keeping import Keeping
from tests.persistence.worked_on import TEXT, sent
from workflow import acts
from workflow.organising import Done
from workflow.register.bilaga import built_in
from workflow.register.document import Document

PAIR = ("rjh", "are")
FIRST, LATER, EARLIER = date(2026, 4, 20), date(2026, 5, 4), date(2026, 4, 2)
UNTIL, DAY = date(2031, 12, 31), timedelta(days=1)
#: Two that have lapsed, two without an end, and one that holds until b1-07 is succeeded.
DOCUMENTS = ("b1-03", "b1-07", "b1-14", "b1-15", "b1-26")
#: What a case may be about, and what is said of it.
MATTERS: list[tuple[str | None, dict[str, Any]]] = [
    (None, {}),
    (None, {"valid_to": UNTIL}),
    ("b1-03", {"aim": "extend", "valid_to": UNTIL}),
    ("b1-14", {"aim": "terminate"}),
    ("b1-07", {"aim": "replace"}),
    ("b1-14", {"aim": "replace", "valid_to": UNTIL}),
    ("b1-15", {}),
]


def county_in(folder: Path) -> Keeping:
    """A county with some documents of Bilaga 1; to be copied."""
    keeping = Keeping(folder).founded().letting_go()
    entries = (each for each in built_in(keeping.engine.rules.register) if each.id in DOCUMENTS)
    keeping.engine.register.enter(entries, date(2026, 1, 12))
    return keeping


def through(office: Keeping, document: str | None, day: date = FIRST, **said: object) -> str:
    """A case whose two parties have adopted what it is about, one of them on ``day``; in force since."""
    ref = sent(office, TEXT, PAIR, document=document, **said)
    for party, on in zip(PAIR, (date(2026, 3, 9), day), strict=True):
        office.engine.handle(ref, acts.RecordAnswer(on=on, party=party, answer="adopts"))
    return ref


def corrected(office: Keeping, ref: str, day: date, **said: Any) -> Done:
    """A rättelse: åre had decided on ``day``."""
    told = {"party": "are", "answer": "adopts", "reason": "fel datum i protokollet", **said}
    return office.engine.handle(ref, acts.CorrectAnswer(on=day, **told))


def kinds(done: Done) -> list[tuple[str, str]]:
    return [(record.stream, str(record.event.__struct_config__.tag)) for record in done.following]


def document(office: Keeping, name: str) -> Document:
    return office.engine.register.document(name)


def last_day(office: Keeping, name: str) -> date | None:
    """The day that a case, or what the document waited for, made the last of it."""
    found = document(office, name)
    over = found.termination or found.event_met
    return over.last_day if over else None


def replaced_from(office: Keeping, name: str) -> date | None:
    """The day from which another has taken its place."""
    found = document(office, name).superseded
    return found.from_day if found else None
