"""What must become of one party's part: written from the sources and their readings, not from the chart.

004 §5.2 Avtal och överenskommelser; readings G8, G10.
"""

from tests.machines.by_hand import ByHand, Ways

UNDECIDED = ("waiting", "adjourned", "remitted")
DECIDED = ("adopted", "adopted_with_reservation", "declined", "not_now")


def answer(target: str) -> dict[str, Ways]:
    """Whoever has not decided may say it; whoever has said something final, only by a rättelse."""
    return {state: {"": target} for state in UNDECIDED} | {state: {"correction": target} for state in DECIDED}


RATIFICATION = ByHand(
    states=(
        "not_sent",
        "waiting",
        "adjourned",
        "remitted",
        "adopted",
        "adopted_with_reservation",
        "declined",
        "not_now",
    ),
    initial="not_sent",
    ends=frozenset(DECIDED),
    ways={
        "be_asked": {"not_sent": {"": "waiting"}},
        # A party that said no, or not now, may adopt by a new decision (G8); one with a reservation may not: the forum
        # handles that.
        "adopt": answer("adopted")
        | {state: {"later": "adopted", "correction, not later": "adopted"} for state in ("declined", "not_now")},
        "adopt_with_reservation": answer("adopted_with_reservation"),
        "decline": answer("declined"),
        "stand_aside": answer("not_now"),
        "adjourn": answer("adjourned"),
        "remit": answer("remitted"),
        # A new text version: nobody has been asked about it, whatever was said of the old one.
        "start_over": {state: {"": "not_sent"} for state in ("not_sent", *UNDECIDED, *DECIDED)},
    },
)
