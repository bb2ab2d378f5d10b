"""A story in which every kind of act there is comes once, each on a database as it has become by then."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct

from tests.persistence.keeping import Keeping
from tests.persistence.worked_on import SENT, TEXT
from tests.structures.own_rules import example_structure
from workflow import acts
from workflow.engine import Engine
from workflow.facts import Particulars, Text

FIRST = date(2026, 1, 1)
SKIPPED, DECIDED = date(2026, 1, 24), date(2026, 4, 20)
_OLD = date(2022, 1, 10)


class Deed(Struct, frozen=True, kw_only=True):
    """One act to be carried out, and how."""

    kind: type[acts.Act]
    do: Callable[[Engine], object]


def story(kept: Keeping) -> Iterator[Deed]:
    """Each act, to be carried out before the next is asked for: references are read from what has become."""
    yield from _founding()
    yield from _to_the_parties("SAM-2026-0001")
    yield from _letters(kept, "SAM-2026-0001")
    yield from _answers("SAM-2026-0001")
    yield from _other_ends(kept)
    yield from _other_charts()
    yield from _actors(kept.engine.actor)


def _organise(act: acts.OrganisationAct) -> Deed:
    return Deed(kind=type(act), do=lambda engine: engine.organise(act))


def _case(ref: str, act: acts.CaseAct, attachments: dict[str, bytes] | None = None) -> Deed:
    return Deed(kind=type(act), do=lambda engine: engine.handle(ref, act, attachments))


def _open(act: acts.Open, attachments: dict[str, bytes] | None = None) -> Deed:
    return Deed(kind=acts.Open, do=lambda engine: engine.open(act, attachments))


def _founding() -> Iterator[Deed]:
    begun = acts.Initialise(on=FIRST, origin="prov", adopt="alternativ-1", adopt_from=FIRST)
    yield Deed(kind=acts.Initialise, do=lambda engine: engine.initialise(begun))
    for party in ("are", "berg", "rjh"):
        yield _organise(acts.SetMailbox(on=FIRST, party=party, address=f"brev@{party}.example"))
    yield _organise(acts.SayParameter(on=FIRST, structure="alternativ-3", parameter="board", value="gnus"))
    status = acts.SetForumStatus(on=FIRST, forum="jamtbus", status="active", from_day=FIRST, reason="åter i gång")
    yield _organise(status)
    files = {"structures/lansforum.toml": example_structure().encode()}
    yield Deed(kind=acts.ImportRules, do=lambda engine: engine.import_rules(files, FIRST, None, lambda *_: None))


def _agreement(text: bytes) -> Deed:
    digest = hashlib.sha256(text).hexdigest()
    return _open(
        acts.Open(
            on=date(2026, 1, 12),
            type="overenskommelse",
            title="Placerade barn",
            group="barn-unga",
            parties=("rjh", "berg", "are"),
            text=Text(version=1, sha256=digest, name="text.txt"),
        ),
        {digest: text},
    )


def _to_the_parties(ref: str) -> Iterator[Deed]:
    yield _agreement(TEXT)
    yield _case(ref, acts.Prepare(on=date(2026, 1, 20), by="au-barn-unga", minutes="§ 4"))
    back = acts.Return(on=date(2026, 1, 21), by="ledningsforum", reason="oklart")
    yield _case(ref, back)
    yield _case(ref, acts.Postpone(on=date(2026, 1, 22), by="au-barn-unga", until=date(2026, 2, 2), reason="tid"))
    new = TEXT + b"2"
    digest = hashlib.sha256(new).hexdigest()
    yield _case(ref, acts.Revise(on=date(2026, 1, 23), sha256=digest, name="ny.txt", reason="ny"), {digest: new})
    yield _case(ref, acts.Override(on=SKIPPED, rule="direct-leadership", by="ledningsforum", reason="bråttom"))
    yield _case(ref, acts.Recommend(on=date(2026, 2, 5), by="ledningsforum"))
    yield _case(ref, acts.Recommend(on=date(2026, 2, 20), by="politiskt-forum"))
    yield _case(ref, acts.Dispatch(on=SENT))


def _letters(kept: Keeping, ref: str) -> Iterator[Deed]:
    """One letter leaves, one is lost and queued anew; the reminders are overtaken when the day is moved."""
    arrived, lost = sorted(kept.engine.case(ref).letters)[:2]
    sent = acts.NoteSent(on=SENT, message_id=arrived, sha256="0" * 64, by_way_of="folder", attempts=1)
    yield _case(ref, sent)
    yield _case(ref, acts.NoteUndeliverable(on=SENT, message_id=lost, why="550 okänd", attempts=1))
    yield _case(ref, acts.SendAgain(on=SENT, message_id=lost))
    yield _case(ref, acts.Check(on=date(2026, 6, 1)))
    yield _case(ref, acts.ChangeAnswerBy(on=date(2026, 6, 2), answer_by=date(2026, 9, 30), reason="sommar"))
    case = kept.engine.case(ref)
    reminder = next(id_ for id_, posted in case.letters.items() if posted.about == "reminder")
    yield _case(ref, acts.DropLetter(on=date(2026, 6, 3), message_id=reminder))


def _answers(ref: str) -> Iterator[Deed]:
    yield _case(ref, acts.RecordAnswer(on=DECIDED, party="berg", answer="declines", reason="kostnaden"))
    yield _case(ref, acts.CorrectAnswer(on=DECIDED, party="berg", answer="adjourned", reason="fel paragraf"))
    yield _case(ref, acts.ChangeEffect(on=date(2026, 6, 4), rule="per-party", by="politiskt-forum"))
    for party in ("rjh", "are"):
        yield _case(ref, acts.RecordAnswer(on=DECIDED, party=party, answer="adopts", organ="KS", minutes="§ 9"))
    yield _case(ref, acts.RecordSpread(on=date(2026, 6, 5), via="ledningsforum"))


def _other_ends(kept: Keeping) -> Iterator[Deed]:
    ends: list[acts.CaseAct] = [
        acts.Withdraw(on=date(2026, 1, 13), reason="frågan har fallit"),
        acts.Close(on=date(2026, 1, 13), by="politiskt-forum", reason="ersätts av annat"),
    ]
    for act in ends:
        yield _agreement(TEXT)
        yield _case(f"SAM-2026-{kept.store.last_number('SAM-2026-'):04d}", act)


def _other_charts() -> Iterator[Deed]:
    guideline = acts.Open(on=_OLD, type="riktlinje", title="Riktlinje", group="barn-unga", text=Text(version=1))
    ways: list[acts.CaseAct] = [
        acts.Anchor(on=date(2022, 1, 20), network="ifo-chefsnatverk"),
        acts.Lift(on=date(2022, 1, 20), by="samreko-hsi", reason="principiell"),
    ]
    for number, act in enumerate(ways, 1):
        yield _open(guideline)
        yield _case(f"SAM-2022-{number:04d}", act)
    given = Particulars(giver="rsr", receiver="rjh", assignment_kind="limited", due=date(2026, 12, 1))
    yield _open(acts.Open(on=FIRST, type="uppdrag", title="Översyn", text=Text(version=1), particulars=given))
    yield _case("SAM-2026-0004", acts.Decide(on=date(2026, 2, 2), by="rsr"))
    yield _case("SAM-2026-0004", acts.ReportBack(on=date(2026, 3, 2), by="rsr"))
    told = Particulars(
        structure="alternativ-2", in_force=date(2026, 11, 1), direction="Alla åldrar", goals="Kortare väg"
    )
    yield _open(acts.Open(on=FIRST, type="samverkansstruktur", title="Ny", text=Text(version=1), particulars=told))
    for day in (date(2026, 2, 2), date(2026, 3, 2)):
        yield _case("SAM-2026-0005", acts.Decide(on=day, by="rsr"))
    adopting = acts.AdoptStructure(
        on=date(2026, 3, 3), structure="alternativ-2", from_day=date(2026, 11, 1), minutes="§ 1"
    )
    yield _organise(adopting)


def _actors(oneself: str) -> Iterator[Deed]:
    """From here on only those who are admitted may act."""
    for name, role, body in ((oneself, "administrator", None), ("karin", "secretary", "rsr")):
        yield _organise(acts.AdmitActor(on=FIRST, name=name, role=role, body=body, from_day=FIRST))
    yield _organise(acts.RemoveActor(on=date(2026, 3, 4), name="karin"))
