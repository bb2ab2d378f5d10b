"""The case that every figure is taken on: twenty events, nine of them a party's answer, from the opening to the end."""

from collections.abc import Iterator
from datetime import date, timedelta

from workflow import acts
from workflow.facts import Text

#: The nine parties of the county that the rules come with.
PARTIES = ("rjh", "berg", "bracke", "harjedalen", "krokom", "ragunda", "stromsund", "are", "ostersund")

#: How many events the course leads to.
EVENTS = 20

FIRST = date(2026, 1, 2)

#: On how many days after the first cases are opened.
DAYS = 150


def opening(number: int) -> acts.Open:
    """The opening of case ``number``; the cases begin on different days, as they do in an office."""
    return acts.Open(
        on=_day(number, 0),
        type="overenskommelse",
        title=f"Överenskommelse nummer {number} om gemensamma insatser",
        group="vuxna",
        text=Text(version=1),
        initiated_by=PARTIES[number % len(PARTIES)],
    )


def course(number: int) -> Iterator[acts.CaseAct]:
    """Every act on the case after its opening. The parties answer in another order and on other days in each case."""
    yield acts.Prepare(on=_day(number, 7), by="au-vuxna", minutes=f"§ {number % 90 + 1}")
    yield acts.Postpone(on=_day(number, 14), by="ledningsforum", until=_day(number, 28), reason="underlag saknas")
    yield acts.Recommend(on=_day(number, 28), by="ledningsforum", minutes=f"§ {number % 40 + 1}")
    yield acts.Recommend(on=_day(number, 40), by="politiskt-forum", minutes=f"§ {number % 30 + 1}")
    yield acts.Dispatch(on=_day(number, 42))
    for place in range(len(PARTIES)):
        party = PARTIES[(place + number) % len(PARTIES)]
        day = _day(number, 50 + place * (3 + number % 4))
        yield acts.RecordAnswer(on=day, party=party, answer="adopts", organ="KS", minutes=f"§ {number % 70 + place}")
    for via in ("ledningsforum", "au-vuxna", "lokala-samverkansarenor"):
        yield acts.RecordSpread(on=_day(number, 120 + number % 20), via=via)


def _day(number: int, after: int) -> date:
    return FIRST + timedelta(days=number % DAYS + after)
