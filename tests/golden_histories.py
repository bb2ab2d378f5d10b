"""Histories kept for good: every later version must read them, find them lawful and come to the same state.

``python -m tests.golden_histories`` adds the stories below that are not there yet, under the version of today, and
never touches one that is: what was recorded once stays as it was recorded. A new kind of record needs a story here in
which it comes. A history is three things: the log, byte for byte as ``audit export`` writes it; beside it the state
that it led to; and the rule files it names, by digest.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from tests.faults.every_act import story
from tests.office import Office
from tests.persistence.keeping import Keeping
from tests.persistence.opened_before import opened_before, task
from tests.persistence.worked_on import TEXT, answered, sent, worked_on
from tests.register_story import year_of_the_register
from tests.stored_events import stored
from tests.structures.courses import COURSES
from tests.structures.steps import opened, take
from workflow import acts
from workflow import organisation as organisations
from workflow.audit import Lawfulness
from workflow.chain import Finding, chain_findings
from workflow.evolve import fold
from workflow.facts import Particulars, Text
from workflow.record import ORGANISATION, Record, decode
from workflow.register.acts import GiveNotice
from workflow.register.bilaga import built_in
from workflow.register.document import document_in
from workflow.register.followed import Followed, Led, Log
from workflow.register.view import document_view
from workflow.rested import Elsewhere, Rested
from workflow.views import case_view

PLACE = Path(__file__).parent / "golden" / "histories"
RULES = PLACE / "rules"


class History:
    """One history as it is kept."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @property
    def name(self) -> str:
        """The version it was recorded by, and its story."""
        return f"{self.file.parent.name} {self.file.stem}"

    @cached_property
    def lines(self) -> list[bytes]:
        """The bytes of each record."""
        return self.file.read_bytes().splitlines()

    @cached_property
    def records(self) -> list[Record]:
        """The records."""
        return [decode(line) for line in self.lines]

    def streams(self) -> dict[str, list[int]]:
        """For each stream the places of its records."""
        by_stream = sorted(range(len(self.records)), key=lambda place: (self.records[place].stream, place))
        return {name: list(places) for name, places in groupby(by_stream, lambda place: self.records[place].stream)}

    @property
    def kept_state(self) -> dict[str, Any]:
        """The state it led to when it was recorded."""
        kept: dict[str, Any] = json.loads(self.file.with_suffix(".state.json").read_text("utf-8"))
        return kept

    def findings(self) -> list[Finding]:
        """What the audit of today finds in it."""
        rows = [stored(record, line) for line, record in zip(self.lines, self.records, strict=True)]
        streams = self.streams()
        judge = Lawfulness([self.records[place] for place in streams[ORGANISATION]], rule_set)
        found = list(chain_findings(rows))
        followed = Followed(
            Log(contents_at=self._contents_at, records_of=self._records_of, context_of=judge.context_of)
        )
        rested = Rested()
        for places in streams.values():
            records = [self.records[place] for place in places]
            judged, led = judge.judged(records), Led()
            led.note(records)
            led.asked += judged.asked
            rested.note(records)
            found += [*judged.findings, *followed.take(led)[0]]
        elsewhere = Elsewhere(self._records_of, judge.context_before)
        return [*found, *followed.rest(), *elsewhere.unfounded(rested)]

    def _contents_at(self, numbers: Iterable[int]) -> dict[int, bytes]:
        return {seq: self.lines[seq - 1] for seq in numbers if 0 < seq <= len(self.lines)}

    def _records_of(self, stream: str) -> list[Record]:
        return [record for record in self.records if record.stream == stream]


def histories() -> list[History]:
    """Every history that is kept."""
    return [History(file) for file in sorted(PLACE.glob("*/*.jsonl"))]


def rule_set(named: str) -> Mapping[str, bytes]:
    """The files of a rule set by its digest. Raises KeyError."""
    if not (RULES / named).is_file():
        raise KeyError(named)
    pairs = (line.partition("  ") for line in (RULES / named).read_text("utf-8").split("\n") if line)
    return {name: (RULES / file).read_bytes() for file, _, name in pairs}


def state_of(records: Iterable[Record]) -> dict[str, Any]:
    """What the records lead to, as today's code tells it: plain values."""
    by_stream: dict[str, list[Record]] = {}
    for record in records:
        by_stream.setdefault(record.stream, []).append(record)
    organisation = organisations.fold(by_stream.pop(ORGANISATION))
    documents = {ref: document_view(found) for ref, told in by_stream.items() if (found := document_in(told))}
    cases = {ref: case_view(case) for ref, told in by_stream.items() if ref not in documents and (case := fold(told))}
    views = {"organisation": organisation, "cases": cases, "documents": documents}
    state: dict[str, Any] = json.loads(msgspec.json.encode(views))
    for view in state["documents"].values():
        view["body"] = json.loads(view["body"])
    return state


def differences(kept: object, now: object, place: str = "") -> list[str]:
    """Where today's state is another than the one kept. Keys may have been added since; none may be gone."""
    if isinstance(kept, dict) and isinstance(now, dict):
        gone = [f"{place}/{key} is gone" for key in kept.keys() - now.keys()]
        return gone + [
            each for key in kept.keys() & now.keys() for each in differences(kept[key], now[key], f"{place}/{key}")
        ]
    if isinstance(kept, list) and isinstance(now, list) and len(kept) == len(now):
        pairs = enumerate(zip(kept, now, strict=True))
        return [each for number, (one, other) in pairs for each in differences(one, other, f"{place}/{number}")]
    return [] if kept == now else [f"{place}: {kept!r} is now {now!r}"]


# --- the stories ----------------------------------------------------------------------------------------------------


def _every_act(folder: Path) -> Keeping:
    kept = Keeping(folder)
    kept.database.create()
    for deed in story(kept):
        deed.do(kept.engine)
    return kept


def _worked_on(folder: Path) -> Keeping:
    return worked_on(Keeping(folder).founded())


def _every_course(folder: Path) -> Keeping:
    office = Office(folder).with_mailboxes()
    for course in COURSES:
        take(office, opened(office, course.type, course.group, **course.said), *[words for words, _ in course.steps])
    return Keeping(folder)


def _notices(folder: Path) -> Keeping:
    """Notice for all and by one party alone, and everything that may become of the letters."""
    kept = Keeping(folder).founded()
    register = kept.engine.register
    register.enter((each for each in built_in(kept.engine.rules.register) if each.id == "b1-09"), date(2026, 1, 13))
    on = date(2026, 6, 2)
    register.handle("b1-09", GiveNotice(on=on, party="berg", received=on, scope="party", languages=("sv", "en")))
    alone, lost, *_ = sorted(kept.engine.register.document("b1-09").letters)
    acted: list[acts.LetterAct] = [
        acts.NoteSent(on=on, message_id=alone, sha256="0" * 64, by_way_of="folder", attempts=1),
        acts.NoteUndeliverable(on=on, message_id=lost, why="550 okänd", attempts=1),
        acts.SendAgain(on=on, message_id=lost),
    ]
    for act in acted:
        kept.engine.handle_letter("b1-09", act)
    register.handle("b1-09", GiveNotice(on=on, party="ragunda", received=date(2026, 6, 1)))
    kept.engine.handle_letter("b1-09", acts.DropLetter(on=on, message_id=lost))
    register.check("b1-09", date(2027, 1, 1))
    return kept


def _undescribed(folder: Path) -> Keeping:
    """Uppdrag to a group that gets its uppdragsbeskrivning later: flagged when opened or when checked, and no more."""
    kept = Keeping(folder).founded()
    first, text = date(2026, 2, 1), Text(version=1)
    kept.engine.open(task("au-vuxna"))
    opened_before(kept, "SAM-2026-0002")
    kept.engine.check("SAM-2026-0002", first)
    described = Particulars(for_body="au-vuxna")
    kept.engine.open(
        acts.Open(on=first, type="uppdragsbeskrivning", title="Utskottet", text=text, particulars=described)
    )
    kept.engine.handle("SAM-2026-0001", acts.Revise(on=date(2026, 2, 2), sha256="0" * 64, name="uppdrag.txt"))
    kept.engine.check("SAM-2026-0001", date(2026, 2, 3))
    kept.engine.handle("SAM-2026-0003", acts.Decide(on=date(2026, 2, 11), by="ledningsforum"))
    kept.engine.check("SAM-2026-0001", date(2026, 2, 12))
    for ref in ("SAM-2026-0001", "SAM-2026-0002"):
        kept.engine.handle(ref, acts.Decide(on=date(2026, 2, 13), by="ledningsforum"))
    return kept


def _year_of_the_register(folder: Path) -> Keeping:
    year_of_the_register(folder)
    return Keeping(folder)


def _undone(folder: Path) -> Keeping:
    """Cases that extend, end, revise and replace a document; each is undone by a rättelse, and one made good again."""
    kept = Keeping(folder).founded()
    wanted = {"b1-03": "extend", "b1-14": "terminate", "b1-15": "revise", "b1-07": "replace", "b1-26": None}
    entries = (each for each in built_in(kept.engine.rules.register) if each.id in wanted)
    kept.engine.register.enter(entries, date(2026, 1, 13))
    for document, aim in wanted.items():
        if aim is None:
            continue
        said = {"valid_to": date(2031, 12, 31)} if aim == "extend" else {}
        ref = sent(kept, TEXT, ("rjh", "are"), document=document, aim=aim, **said)
        answered(kept, ref, {"rjh": "adopts", "are": "adopts"})
        corrected = acts.CorrectAnswer(on=date(2026, 4, 20), party="are", answer="declines", reason="fel protokoll")
        kept.engine.handle(ref, corrected)
        if aim == "replace":
            kept.engine.handle(ref, msgspec.structs.replace(corrected, answer="adopts"))
    return kept


def _moved(folder: Path) -> Keeping:
    """Cases in force that come to bind from another day: of what was born, extended, ended and replaced, each day."""
    kept = Keeping(folder).founded()
    wanted = {"b1-03": "extend", "b1-14": "terminate", "b1-07": "replace", "b1-26": None}
    entries = (each for each in built_in(kept.engine.rules.register) if each.id in wanted)
    kept.engine.register.enter(entries, date(2026, 1, 13))
    for document, aim in wanted.items():
        if aim is None:
            continue
        said = {"valid_to": date(2026, 5, 29)} if aim == "extend" else {}
        ref = sent(kept, TEXT, ("rjh", "are"), document=document, aim=aim, **said)
        answered(kept, ref, {"rjh": "adopts", "are": "adopts"})
        for on in (date(2026, 5, 4), date(2026, 6, 1), date(2026, 4, 27)):
            kept.engine.handle(ref, acts.CorrectAnswer(on=on, party="are", answer="adopts", reason="fel datum"))
    return kept


STORIES: dict[str, Callable[[Path], Keeping]] = {
    "a-year-of-the-register": _year_of_the_register,
    "every-act": _every_act,
    "every-act-on-documents-too": _every_act,
    "every-course": _every_course,
    "letters-and-thresholds": _worked_on,
    "lacking-a-description": _undescribed,
    "moved": _moved,
    "notices": _notices,
    "undone": _undone,
}


def main() -> int:
    """Adds what is missing and tells what."""
    folder = PLACE / version("arendegang")
    for name, made in STORIES.items():
        file = folder / f"{name}.jsonl"
        if any(PLACE.glob(f"*/{name}.jsonl")):
            continue
        with tempfile.TemporaryDirectory() as place:
            kept = made(Path(place))
            with kept.rows() as base:
                lines = [bytes(line) for (line,) in base.execute("SELECT bytes FROM event ORDER BY seq").fetchall()]
                files = base.execute("SELECT digest, content FROM rule_file").fetchall()
        RULES.mkdir(parents=True, exist_ok=True)
        folder.mkdir(exist_ok=True)
        for named, content in files:
            (RULES / named).write_bytes(content)
        file.write_bytes(b"".join(line + b"\n" for line in lines))
        state = json.dumps(state_of(map(decode, lines)), ensure_ascii=False, indent=1, sort_keys=True)
        file.with_suffix(".state.json").write_text(f"{state}\n", encoding="utf-8", newline="\n")
        sys.stdout.write(f"added {file.relative_to(PLACE)}: {len(lines)} records\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
