"""A register as JSON, as writing.py writes it: an array of entries, each fault with its number and its key."""

import re
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from workflow.bad_data import FileUnreadable
from workflow.decide.opening import TITLE_LENGTH
from workflow.errors import N_, Remark
from workflow.lines import one_line
from workflow.register.doubles import Doubles
from workflow.register.entry import Entry
from workflow.register.faults import Faults, RowFaults
from workflow.register.known import LONGEST_ID, NO_ID, Known, is_document_id
from workflow.register.row_validity import MOST, ColumnConflict, require_sound

_PATH = re.compile(r" - at `\$\.?([^`]*)`$")
_UNFIT = (
    (re.compile(r"Object missing required field `(?P<key>[^`]*)`"), N_("the key «{key}» is missing.")),
    (re.compile(r"Object contains unknown field `(?P<key>[^`]*)`"), N_("there is no key «{key}».")),
    (re.compile(r"Invalid enum value '(?P<given>.*)'"), N_("«{given}» is none of its words.")),
    (re.compile(r"Invalid RFC3339 encoded date"), N_("it must be a date, as 2026-03-13.")),
)
_OTHER_TYPE = re.compile(r"Expected `(?P<wanted>[^`]*)`")
_TYPES = {
    "str": N_("a text"),
    "int": N_("a whole number"),
    "bool": N_("true or false"),
    "array": N_("a list"),
    "object": N_("an object with keys"),
}


def json_entries(content: bytes, known: Known, path: str) -> Iterator[Entry]:
    """The entries of a JSON array, under the same promise as read_register; a fault's row is its number in the array.

    Names are read as in a table, so that ``SVOM`` serves as well as ``svom``. The words of ``validity_text`` are kept
    and not read: the dates beside them are what counts. Raises FileUnreadable for what is no such array,
    FaultyRegister with every fault at the end.
    """
    try:
        items = msgspec.json.decode(content.decode(), type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise FileUnreadable(path=path, why=N_("it is no JSON array of documents in UTF-8.")) from None
    faults = Faults()
    doubles = Doubles()
    for number, item in enumerate(items, 1):
        found = RowFaults(faults, number)
        entry = _entry(item, known, found)
        if entry is None:
            continue
        doubles.add(entry.id, number)
        if not faults.count:
            yield entry
    faults.add_doubles(doubles, "id")
    faults.require_none()


def _entry(item: msgspec.Raw, known: Known, faults: RowFaults) -> Entry | None:
    try:
        entry = msgspec.json.decode(item, type=Entry)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        at = _PATH.search(str(fault))
        why = _why_unfit(_PATH.sub("", str(fault)))
        faults.found(at[1] if at else "", why.template, **why.values)
        return None
    if not is_document_id(entry.id):
        faults.found("id", NO_ID, most=LONGEST_ID)
    if entry.variant is not None and not known.has_variant(entry.variant):
        faults.found("variant", N_("there is no way of its own «{given}» in the rule set."), given=entry.variant)
    if entry.terms.revision_every is not None and not 1 <= entry.terms.revision_every <= MOST:
        faults.found("terms.revision_every", N_("it must be 1 to {most}."), most=MOST)
    if entry.terms.validity.ends_with and not is_document_id(entry.terms.validity.ends_with):
        faults.found("ends_with", NO_ID, most=LONGEST_ID)
    if entry.level not in {None, "political", "officers"}:
        words = "political», «officers"
        faults.found("level", N_("«{given}» is none of its words; they are «{words}»."), given=entry.level, words=words)
    try:
        require_sound(entry.terms.validity)
    except ColumnConflict as conflict:
        faults.refused(conflict.column, conflict)
    named = _with_ids(_with_lines(entry, faults), known, faults)
    return None if faults.any else named


def _why_unfit(told: str) -> Remark:
    """What the library says of an entry that it could not read, as a sentence of our own."""
    for pattern, sentence in _UNFIT:
        found = pattern.fullmatch(told)
        if found:
            return Remark(sentence, found.groupdict())
    found = _OTHER_TYPE.match(told)
    if found is None:
        return Remark(N_("it cannot be read as an entry of the register."))
    wanted = next((each for each in found["wanted"].split(" | ") if each != "null"), "null")
    return Remark(N_("it must be {wanted}."), {"wanted": _TYPES.get(wanted, wanted)})


def _with_lines(entry: Entry, faults: RowFaults) -> Entry:
    """The entry with its texts in composed form, each on one line."""
    texts = {"title": entry.title}
    for column in ("validity_text", "notes", "recommending_as_printed"):
        if text := getattr(entry, column):
            texts[column] = text
    for column, text in texts.items():
        with faults.within(column):
            texts[column] = one_line(column, text, TITLE_LENGTH) if column == "title" else one_line(column, text)
    validity = entry.terms.validity
    if validity.event:
        with faults.within("event"):
            validity = replace(validity, event=one_line("event", validity.event))
    return replace(entry, **texts, terms=replace(entry.terms, validity=validity))


def _with_ids(entry: Entry, known: Known, faults: RowFaults) -> Entry:
    """The entry with the id of every name in it."""
    found: dict[str, object] = {}
    for column, kind in (("type", "type"), ("group", "group")):
        if name := getattr(entry, column):
            with faults.within(column):
                found[column] = known.id_of(kind, name)
    for column, kind in (("recommending", "forum"), ("preparing", "forum"), ("parties", "party")):
        with faults.within(column):
            found[column] = tuple(known.id_of(kind, name) for name in getattr(entry, column))
    return replace(entry, **found)
