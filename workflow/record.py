"""The envelope around an event, and its bytes. Encoded once; those bytes are stored, hashed and never written anew."""

import hashlib
from datetime import UTC, date, datetime
from typing import get_args

import msgspec
from msgspec import Struct

from workflow.acts import CaseAct, OrganisationAct
from workflow.events import CaseEvent
from workflow.organisation_events import OrganisationEvent
from workflow.register.acts import DocumentAct
from workflow.register.events import DocumentEvent

#: Everything that can stand in the log.
Event = CaseEvent | OrganisationEvent | DocumentEvent

#: Everything that may be asked, and is kept beside what it led to.
AnyAct = CaseAct | OrganisationAct | DocumentAct

#: What the first record of a log names as the one before it.
NO_RECORD = "0" * 64

#: The stream of the organisation; every other stream is a case, and carries its reference, or a document and its id.
ORGANISATION = "organisation"


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the log.

    ``on`` is the date in the minutes, ``recorded_at`` the real clock in UTC. ``rules`` is the digest of the rule set
    it was decided under. ``state`` is the state of the case or the document from here on, where this record moved it.
    ``act`` stands on the first record an act led to and says what was asked; ``batch`` is that record's sequence
    number. ``previous`` is the SHA-256 of the bytes of the record before, over the whole log.
    """

    seq: int
    stream: str
    version: int
    batch: int
    on: date
    recorded_at: datetime
    actor: str
    rules: str
    previous: str
    state: str | None = None
    act: AnyAct | None = None
    event: Event


class Kind(Struct, frozen=True, gc=False):
    """The event of a record, passed over but for its kind."""

    kind: str


class Envelope(Struct, frozen=True, kw_only=True, gc=False):
    """What a record says around its act and its event, for whoever has no use for these. Days as they are written."""

    seq: int
    stream: str
    version: int
    on: str
    recorded_at: str
    previous: str
    event: Kind


_encoder = msgspec.json.Encoder(order=None)
_decoder = msgspec.json.Decoder(Record)
_envelope_decoder = msgspec.json.Decoder(Envelope)


def encode(record: Record) -> bytes:
    """The bytes of a record: one line of JSON without its line end."""
    return _encoder.encode(record)


def decode(content: bytes) -> Record:
    """The record behind the bytes. Raises msgspec.ValidationError or msgspec.DecodeError when they hold none."""
    try:
        return _decoder.decode(content)
    except RecursionError as fault:
        raise msgspec.DecodeError(str(fault)) from None


def decode_envelope(content: bytes) -> Envelope:
    """The envelope in the bytes; whether the whole record can be read is not said. Raises as ``decode``."""
    try:
        return _envelope_decoder.decode(content)
    except RecursionError as fault:
        raise msgspec.DecodeError(str(fault)) from None


def is_of_document(record: Record) -> bool:
    """Whether it stands in the stream of a document, and not in that of a case or of the organisation."""
    return type(record.event) in _OF_DOCUMENTS


# Held against one by one, a union costs more than all else that is asked of a record.
_OF_DOCUMENTS = frozenset(get_args(DocumentEvent))


def digest(content: bytes) -> str:
    """SHA-256 of a record's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


_NOT_YET = datetime.fromtimestamp(0, UTC)


def provisional(stream: str, version: int, on: date, event: Event, state: str | None) -> Record:
    """A record to fold before there is one: the log gives the numbers, the time and the actor when it is written."""
    return Record(
        seq=0,
        stream=stream,
        version=version,
        batch=0,
        on=on,
        recorded_at=_NOT_YET,
        actor="",
        rules="",
        previous=NO_RECORD,
        state=state,
        event=event,
    )
