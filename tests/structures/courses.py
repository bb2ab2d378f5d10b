"""A whole course of each kind of matter: how it is opened, every step on its way, and the state after each."""

from dataclasses import dataclass, field
from typing import Any

from tests.office import PARTIES


@dataclass(frozen=True, kw_only=True)
class Course:
    """How a matter is opened, and what is then done, each step with the state it leads to."""

    name: str
    type: str
    group: str | None = None
    said: dict[str, Any] = field(default_factory=dict)
    chart: str
    steps: tuple[tuple[str, str], ...]


#: Enough parties to see that one is not all.
TWO = ("berg", "are")


def ratified(
    dispatched: str, answered: str, *spread: str, parties: tuple[str, ...] = TWO
) -> tuple[tuple[str, str], ...]:
    """The parties' part: sent to their mailboxes, adopted by each, spread."""
    answers = [(f"answer {party} {answered}", "sent_to_parties") for party in parties[:-1]]
    last = [(f"answer {parties[-1]} {answered}", "in_force")]
    spreading = [(f"spread {via} {answered}", "in_force") for via in spread]
    return ((f"dispatch {dispatched}", "sent_to_parties"), *answers, *last, *spreading)


COURSES = (
    Course(
        name="riktlinje",
        type="riktlinje",
        group="barn-unga",
        said={"on": "2022-01-10"},
        chart="officers-document",
        steps=(
            ("anchor ifo-chefsnatverk 2022-01-12", "initiated"),
            ("prepare jamtbus 2022-01-20", "initiated"),
            ("anchor elevhalsochefsnatverk 2022-01-25", "initiated"),
            ("decide SRK 2022-02-03", "in_force"),
            ("spread ifo-chefsnatverk 2022-02-10", "in_force"),
            ("spread elevhalsochefsnatverk 2022-02-11", "in_force"),
        ),
    ),
    Course(
        name="riktlinje som lyfts",
        type="riktlinje",
        group="vuxna",
        said={"on": "2022-01-10", "party": TWO},
        chart="agreement",
        steps=(
            ("lift FG 2022-01-20", "initiated"),
            ("prepare FG 2022-02-01", "recommended_by_leadership"),
            ("recommend svom 2022-02-20", "recommended_by_political_forum"),
            *ratified("2022-02-21", "2022-04-20", "deltagarnas-organisationer"),
        ),
    ),
    Course(
        name="rutin",
        type="rutin",
        group="alla",
        said={"on": "2026-01-12"},
        chart="officers-document",
        steps=(
            ("decide au-vuxna 2026-01-20", "initiated"),
            ("decide au-barn-unga 2026-01-21", "in_force"),
            ("spread ledningsforum 2026-02-01", "in_force"),
            ("spread au-barn-unga 2026-02-01", "in_force"),
            ("spread au-vuxna 2026-02-01", "in_force"),
            ("spread lokala-samverkansarenor 2026-02-01", "in_force"),
        ),
    ),
    Course(
        name="handlingsplan, politisk",
        type="handlingsplan",
        said={"document": "b1-06", "on": "2022-01-10", "party": TWO},
        chart="agreement",
        steps=(
            ("prepare FG 2022-01-20", "initiated"),
            ("prepare SRK 2022-01-21", "recommended_by_leadership"),
            ("anchor deltagarnas-organisationer 2022-01-30", "recommended_by_leadership"),
            ("recommend barnarenan 2022-02-20", "recommended_by_leadership"),
            ("recommend svom 2022-02-22", "recommended_by_political_forum"),
            *ratified("2022-03-01", "2022-05-10", "deltagarnas-organisationer"),
        ),
    ),
    Course(
        name="handlingsplan, tjänstepersoners",
        type="handlingsplan",
        group="vuxna",
        said={"level": "officers", "on": "2026-01-12"},
        chart="officers-document",
        steps=(
            ("prepare au-vuxna 2026-01-20", "initiated"),
            ("decide LF 2026-02-05", "in_force"),
            ("spread ledningsforum 2026-02-10", "in_force"),
        ),
    ),
    Course(
        name="gemensam plan, politisk",
        type="gemensam-plan",
        said={"level": "political", "on": "2026-01-12", "party": TWO},
        chart="agreement",
        steps=(
            ("prepare au-vuxna 2026-01-20", "initiated"),
            ("prepare au-barn-unga 2026-01-20", "prepared"),
            ("recommend LF 2026-02-05", "recommended_by_leadership"),
            ("recommend PF 2026-02-20", "recommended_by_political_forum"),
            *ratified("2026-03-02", "2026-04-20", "ledningsforum"),
        ),
    ),
    Course(
        name="gemensam plan, tjänstepersoners",
        type="gemensam-plan",
        said={"document": "b1-23", "on": "2024-02-01"},
        chart="officers-document",
        steps=(
            ("anchor deltagarnas-organisationer 2024-02-10", "initiated"),
            ("anchor ifo-chefsnatverk 2024-02-10", "initiated"),
            ("anchor elevhalsochefsnatverk 2024-02-10", "initiated"),
            ("decide SRK 2024-03-01", "initiated"),
            ("decide FG 2024-03-01", "in_force"),
            ("spread deltagarnas-organisationer 2024-03-10", "in_force"),
        ),
    ),
    Course(
        name="policy",
        type="policy",
        said={"document": "b1-01", "on": "2022-01-10", "party": TWO},
        chart="agreement",
        steps=(
            ("recommend rsr 2022-02-01", "recommended_by_political_forum"),
            *ratified("2022-02-02", "2022-04-20", "svom", "barnarenan"),
        ),
    ),
    Course(
        name="överenskommelse, SVOM och BUZ",
        type="överenskommelse",
        group="barn-unga",
        said={"on": "2025-01-10"},
        chart="agreement",
        steps=(
            ("prepare SRK 2025-01-20", "recommended_by_leadership"),
            ("recommend buz 2025-02-10", "recommended_by_leadership"),
            ("recommend svom 2025-02-12", "recommended_by_political_forum"),
            *ratified("2025-02-20", "2025-05-20", "deltagarnas-organisationer", parties=PARTIES),
        ),
    ),
    Course(
        name="uppdragsbeskrivning för Barnarenan",
        type="uppdragsbeskrivning",
        said={"for_": "barnarenan", "on": "2022-01-10"},
        chart="mandate-description",
        steps=(
            ("anchor socsam 2022-01-20", "initiated"),
            ("anchor buz 2022-01-20", "initiated"),
            ("anchor hsn 2022-01-20", "initiated"),
            ("decide barnarenan 2022-02-10", "in_force"),
        ),
    ),
    Course(
        name="uppdragsbeskrivning för SamReKo HSI",
        type="uppdragsbeskrivning",
        said={"for_": "SRK", "on": "2021-01-10"},
        chart="mandate-description",
        steps=(("decide svom 2021-02-10", "initiated"), ("decide barnarenan 2021-02-12", "in_force")),
    ),
    Course(
        name="uppdrag från RSR",
        type="uppdrag",
        said={"giver": "RSR", "receiver": "KFJH", "due": "2025-01-13", "kind": "limited", "on": "2023-11-01"},
        chart="assignment",
        steps=(("decide rsr 2023-11-15", "in_force"), ("report rsr 2025-01-13", "reported")),
    ),
    Course(
        name="uppdrag från SVOM och BUZ",
        type="uppdrag",
        said={"giver": "SVOM", "receiver": "partsammansatt-arbetsgrupp", "kind": "standing", "on": "2024-10-10"},
        chart="assignment",
        steps=(
            ("decide svom 2024-10-20", "initiated"),
            ("decide buz 2024-10-22", "in_force"),
            ("report svom 2025-06-01", "reported"),
        ),
    ),
    Course(
        name="stimulansmedel",
        type="stimulansmedel",
        group="alla",
        said={"year": "2022", "amount": "900000", "share": ["rjh=600000", "berg=300000"], "on": "2022-01-10"},
        chart="stimulus-funds",
        steps=(
            ("prepare SRK 2022-01-20", "initiated"),
            ("prepare FG 2022-01-20", "recommended_by_leadership"),
            ("decide barnarenan 2022-02-10", "recommended_by_leadership"),
            ("decide svom 2022-02-12", "decided"),
            ("report svom 2023-02-01", "followed_up"),
        ),
    ),
    Course(
        name="revisionssvar",
        type="revisionssvar",
        said={"addressee": "hsn", "due": "2021-11-30", "audit": "Psykisk ohälsa", "on": "2021-10-01"},
        chart="audit-answer",
        steps=(("decide hsn 2021-11-29", "answered"),),
    ),
    Course(
        name="gemensam nämnds överenskommelse",
        type="överenskommelse",
        said={"document": "b1-27", "on": "2022-01-10"},
        chart="joint-board",
        steps=(
            ("prepare hjalpmedelsberedningsgruppen 2022-02-01", "prepared"),
            ("decide gnus 2022-03-01", "in_force"),
        ),
    ),
)
