"""Documents without a database: acts on one document, decided by the product's own rules, and what has become of it."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from hypothesis import settings
from msgspec.structs import replace

from tests.register.tables import BILAGA, read
from workflow.acts import LetterAct
from workflow.decide.draft import Context, Drafted
from workflow.organisation import Organisation
from workflow.organisation_events import ForumStatusSet, StructureAdopted
from workflow.record import provisional
from workflow.register.acts import CheckDocument, DocumentAct, EnterDocument
from workflow.register.decide import decide_document
from workflow.register.document import Document, evolve
from workflow.register.entry import Entry
from workflow.register.terms import Terms, Validity
from workflow.rulebook import shipped_rules

RULES = shipped_rules()
LAST_DAY = date(2110, 12, 31)

#: The days of the structures and of Barnarenan's dormancy as the readings assume them (G1).
COUNTY = Organisation(
    calendar=tuple(
        StructureAdopted(structure=structure, from_day=date.fromisoformat(day), assumed=True)
        for structure, day in (
            ("nuvarande", "2009-01-01"),
            ("tillfallig", "2024-10-01"),
            ("alternativ-1", "2026-01-01"),
        )
    ),
    statuses=(ForumStatusSet(forum="barnarenan", status="dormant", from_day=date(2023, 10, 1), assumed=True),),
)
CONTEXT = Context(rules=RULES, organisation=COUNTY, limit=LAST_DAY)


#: For what costs next to nothing: more examples than elsewhere.
MANY = settings(max_examples=max(120, settings.default.max_examples if settings.default else 0))


def day(text: str) -> date:
    """``2025-01-13`` as a day."""
    return date.fromisoformat(text)


@cache
def bilaga_1() -> dict[int, Entry]:
    """The entries of Bilaga 1, by row."""
    return {int(entry.id.removeprefix("b1-")): entry for entry in read(BILAGA.read_bytes())}


def plain(validity: Validity, **terms: object) -> Entry:
    """An avtal for adults that SVOM recommends, with these terms."""
    told = replace(Terms(validity=validity), **terms)
    return Entry(id="prov-1", title="Prov", type="avtal", group="vuxna", recommending=("svom",), terms=told)


class Kept:
    """One document in the register. ``drafted``: everything that has been laid for it, in order."""

    def __init__(self, entry: Entry, on: date, context: Context = CONTEXT) -> None:
        self.context = context
        self.drafted: list[Drafted] = []
        self.remarks: list[str] = []
        self.document = self._write(None, decide_document(None, EnterDocument(on=on, entry=entry), context).drafted)

    def do(self, act: DocumentAct | LetterAct) -> tuple[Drafted, ...]:
        """Carries the act out and returns what it laid. Raises the refusal, and then nothing has changed."""
        decision = decide_document(self.document, act, self.context)
        self.document = self._write(self.document, decision.drafted)
        self.remarks = [remark.template.format_map(remark.values) for remark in decision.remarks]
        return decision.drafted

    def look(self, on: date) -> tuple[Drafted, ...]:
        """What the calendar has brought about by the day."""
        return self.do(CheckDocument(on=on))

    @property
    def flags(self) -> dict[str, str]:
        """The flags that stand in the register, each with its day, or none."""
        return {flag.kind: str(flag.due or "") for flag in self.document.flags}

    def _write(self, document: Document | None, drafted: Iterable[Drafted]) -> Document:
        for each in drafted:
            version = 1 if document is None else document.version + 1
            stream = "" if document is None else document.id
            document = evolve(document, provisional(stream, version, each.on, each.event, each.state))
            self.drafted.append(each)
        assert document is not None
        return document
