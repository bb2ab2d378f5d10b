"""A database in the middle of the work: every table holds something, and nothing is wrong with it."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta

from tests.office import PARTIES
from tests.persistence.keeping import DAY, Keeping
from workflow import acts
from workflow.facts import Answer, Text
from workflow.register.acts import GiveNotice
from workflow.register.bilaga import built_in

TEXT = "Överenskommelse placerade barn\r\n".encode()
SENT, ASKED_BY = date(2026, 3, 2), date(2026, 6, 22)


def worked_on(keeping: Keeping) -> Keeping:
    """One case whose parties let it wait, one in force, one ratified for a later day, one withdrawn, one begun."""
    waiting = sent(keeping, TEXT)
    answered(keeping, waiting, {"are": "adopts", "berg": "adjourned"})
    keeping.engine.handle(waiting, acts.Check(on=ASKED_BY + timedelta(days=1)))
    lost, arrived = (f"<{waiting}.{party}.5@prov>" for party in ("berg", "krokom"))
    keeping.engine.handle(waiting, acts.NoteUndeliverable(on=SENT, message_id=lost, why="550 okänd", attempts=1))
    keeping.engine.handle(
        waiting, acts.NoteSent(on=SENT, message_id=arrived, sha256="0" * 64, by_way_of="folder", attempts=1)
    )
    in_force = sent(keeping, TEXT + b"2", effect_rule="threshold:2+rjh")
    answered(keeping, in_force, {"rjh": "adopts", "krokom": "adopts"})
    later = sent(keeping, TEXT + b"3", parties=("rjh", "are"), valid_from=date(2030, 1, 1))
    answered(keeping, later, {"rjh": "adopts", "are": "adopts"})
    keeping.engine.handle(keeping.opened(), acts.Withdraw(on=DAY, reason="frågan har fallit"))
    keeping.opened(type="riktlinje", group="vuxna")
    entered(keeping)
    return keeping


def entered(keeping: Keeping) -> None:
    """Documents of Bilaga 1: one lapsed, one that waits for its successor, one under notice, one undated."""
    wanted = {"b1-07", "b1-09", "b1-10", "b1-26"}
    register = keeping.engine.register
    register.enter((each for each in built_in(keeping.engine.rules.register) if each.id in wanted), DAY)
    register.handle("b1-09", GiveNotice(on=SENT, party="ragunda", received=SENT))
    for document in sorted(wanted):
        register.check(document, SENT)


def sent(keeping: Keeping, text: bytes, parties: Sequence[str] = PARTIES, **given: object) -> str:
    """A case sent to its parties."""
    digest = hashlib.sha256(text).hexdigest()
    act = acts.Open(
        on=DAY,
        type="overenskommelse",
        title="Placerade barn",
        group="barn-unga",
        parties=tuple(parties),
        text=Text(version=1, sha256=digest, name="text.txt"),
        **given,  # type: ignore[arg-type]  # given by name, checked by the act
    )
    case = keeping.engine.open(act, {digest: text}).case
    assert case is not None
    steps: list[acts.CaseAct] = [
        acts.Prepare(on=date(2026, 1, 20), by="au-barn-unga", minutes="§ 4"),
        acts.Recommend(on=date(2026, 2, 5), by="ledningsforum"),
        acts.Recommend(on=date(2026, 2, 20), by="politiskt-forum"),
        acts.Dispatch(on=SENT),
    ]
    for step in steps:
        keeping.engine.handle(case.ref, step)
    return case.ref


def answered(keeping: Keeping, ref: str, said: dict[str, Answer]) -> None:
    """These parties have answered."""
    for party, answer in said.items():
        act = acts.RecordAnswer(on=date(2026, 4, 20), party=party, answer=answer, organ="KS", minutes="§ 9")
        keeping.engine.handle(ref, act)
