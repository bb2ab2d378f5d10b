"""Acts on documents, decided one after the other and written together: all of them, or none."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from workflow.acts import Act, LetterAct
from workflow.decide.draft import Context, Drafted
from workflow.errors import Remark
from workflow.ports import Batch, Keep, View
from workflow.record import ORGANISATION, AnyAct, Record, provisional
from workflow.register.acts import DocumentAct
from workflow.register.decide import decide_document
from workflow.register.document import Document, document_in, evolve
from workflow.register.view import document_view
from workflow.rulebook import Rulebook

Streams = Callable[[str], Sequence[Record]]


class Office(Struct, frozen=True, kw_only=True):
    """Who acts, and what is judged by: rules, organisation, the last day a fact may be dated."""

    context: Context
    actor: str

    def batch(self, stream: str, expected: int, act: AnyAct, drafted: tuple[Drafted, ...]) -> Batch:
        """What an act adds to a stream, if neither that nor the organisation has moved."""
        return Batch(
            stream=stream,
            expected=expected,
            act=act,
            drafted=drafted,
            actor=self.actor,
            rules=self.context.rules.digest,
            unless_moved={ORGANISATION: self.context.organisation.version},
        )


class Plan:
    """Collects the batches of several acts. A document is read once, and then stands as the plan leaves it."""

    def __init__(self, office: Office, streams: Streams) -> None:
        self._office = office
        self._streams = streams
        self._documents: dict[str, Document | None] = {}
        self._written: dict[str, Document | None] = {}
        self.batches: list[tuple[Batch, Keep]] = []
        self.records: list[Record] = []
        self.remarks: list[Remark] = []

    @property
    def rules(self) -> Rulebook:
        """The rules that it is planned under."""
        return self._office.context.rules

    def document(self, document_id: str) -> Document | None:
        """The document as it stands with what is planned; None where there is none."""
        if document_id not in self._documents:
            self._documents[document_id] = document_in(self._streams(document_id))
        return self._documents[document_id]

    @property
    def changed(self) -> dict[str, Document]:
        """The documents that something is planned for, as the plan leaves them."""
        planned = {batch.stream for batch, _keep in self.batches}
        return {name: each for name, each in self._documents.items() if each is not None and name in planned}

    def act(self, document_id: str, act: Act) -> bool:
        """Plans an act; False when nothing comes of it. Raises its Refusal, and then it is not planned."""
        before = self.document(document_id)
        if not isinstance(act, DocumentAct | LetterAct):
            raise TypeError(type(act))
        decision = decide_document(before, act, self._office.context)
        self.remarks.extend(decision.remarks)
        if not decision.drafted:
            return False
        after, version = before, before.version if before else 0
        for number, each in enumerate(decision.drafted, version + 1):
            record = provisional(document_id, number, each.on, each.event, each.state)
            after = evolve(after, replace(record, actor=self._office.actor))
        self._documents[document_id] = after
        batch = self._office.batch(document_id, version, act, decision.drafted)
        self.batches.append((batch, self._keeping(document_id, before)))
        return True

    def _keeping(self, document_id: str, before: Document | None) -> Keep:
        """Makes the view from the records as they were written: what is planned has no numbers yet, and letters do."""

        def keep(records: Sequence[Record]) -> View | None:
            self.records.extend(records)
            document = self._written.get(document_id, before)
            for record in records:
                document = evolve(document, record)
            self._written[document_id] = document
            return document_view(document) if document else None

        return keep
