"""The life of a document, by hand: what its terms and records make of it, the gravest first."""

from tests.machines.by_hand import ByHand, Ways, stays_in

STATES = (
    "registered",
    "undated",
    "in_force",
    "ambiguous",
    "under_revision",
    "under_notice",
    "expired",
    "terminated",
    "superseded",
)


def gravest(*facts: str, otherwise: str | None = None) -> Ways:
    """The first fact of several that holds decides; each is written ``fact: state``."""
    ways, earlier = {}, list[str]()
    for fact, state in (each.split(": ") for each in facts):
        ways[", ".join([fact, *earlier])] = state
        earlier.append(f"not {fact}")
    if otherwise is not None:
        ways[", ".join(earlier)] = otherwise
    return ways


def unless(fact: str, target: str, *states: str) -> dict[str, Ways]:
    """From each state to the target when the fact holds; else it stays."""
    return {state: gravest(f"{fact}: {target}", otherwise=state) for state in states}


OVER = ("replaced: superseded", "ended: terminated")

DOCUMENT = ByHand(
    states=STATES,
    initial="registered",
    ends=frozenset({"terminated", "superseded"}),
    ways={
        "enter": {
            "registered": gravest(
                *("undated: undated", "lapsed: expired", "doubtful: ambiguous", "begun: in_force"),
                otherwise="registered",
            )
        },
        "pass_time": {
            "registered": gravest(
                *(*OVER, "lapsed: expired", "doubtful: ambiguous"),
                *("noticed: under_notice", "revised: under_revision", "begun: in_force"),
            ),
            "in_force": gravest(*OVER, "lapsed: expired", "doubtful: ambiguous"),
            "under_revision": gravest(*OVER, "lapsed: expired", "doubtful: ambiguous"),
            "under_notice": gravest(*OVER, "lapsed: expired"),
            "ambiguous": gravest(*OVER),
            "expired": gravest("replaced: superseded", "revised: under_revision", "begun: in_force"),
            "undated": gravest("replaced: superseded"),
            "terminated": gravest("replaced: superseded"),
        },
        "confirm": {
            "registered": gravest(
                "lapsed: expired", "revised: under_revision", "begun: in_force", otherwise="registered"
            ),
            "undated": gravest("lapsed: expired", "revised: under_revision", "begun: in_force", otherwise="registered"),
            "ambiguous": gravest("lapsed: expired", "revised: under_revision", "begun: in_force"),
            "in_force": gravest("lapsed: expired", "begun: in_force"),
            "under_revision": gravest("lapsed: expired", "revised: under_revision"),
        },
        "begin_revision": {
            "in_force": {"": "under_revision"},
            **stays_in("registered", "under_revision", "under_notice", "ambiguous", "expired"),
        },
        "end_revision": {
            "under_revision": gravest("revised: under_revision", otherwise="in_force"),
            **stays_in(*(state for state in STATES if state != "under_revision")),
        },
        "revise": stays_in("in_force", "under_revision", "under_notice", "ambiguous"),
        "extend": {
            "expired": gravest("revised: under_revision", "begun: in_force", otherwise="expired"),
            **stays_in("registered", "in_force", "under_revision"),
        },
        "terminate": unless(
            "ended", "terminated", "registered", "in_force", "under_revision", "under_notice", "ambiguous"
        ),
        "change_binding": {
            "in_force": gravest("begun: in_force", otherwise="registered"),
            "under_revision": gravest("revised: under_revision", otherwise="registered"),
            "under_notice": gravest("noticed: under_notice", otherwise="registered"),
            "expired": gravest("lapsed: expired", otherwise="registered"),
            "registered": gravest(
                *("lapsed: expired", "noticed: under_notice", "revised: under_revision", "begun: in_force"),
                otherwise="registered",
            ),
        },
        "put_right": {
            state: gravest(
                *("replaced: superseded", "ended: terminated", "lapsed: expired", "doubtful: ambiguous"),
                *("noticed: under_notice", "revised: under_revision", "begun: in_force"),
                otherwise="registered",
            )
            for state in STATES
            if state != "undated"
        },
        "give_notice": {
            "in_force": gravest("ended: terminated", "noticed: under_notice", otherwise="in_force"),
            "under_revision": gravest("ended: terminated", "noticed: under_notice", otherwise="under_revision"),
            "under_notice": gravest("ended: terminated", otherwise="under_notice"),
        },
        "supersede": unless("replaced", "superseded", *(state for state in STATES if state != "superseded")),
        "meet_its_event": unless("lapsed", "expired", "registered", "in_force", "under_revision"),
        "record_follow_up": stays_in("in_force", "under_revision", "under_notice", "ambiguous", "expired"),
        "record_implementation": stays_in(
            "registered", "in_force", "under_revision", "under_notice", "ambiguous", "expired"
        ),
        "assess": stays_in("registered", "in_force", "under_revision", "under_notice", "ambiguous", "expired"),
        "take_over": stays_in(*STATES),
        "hand_down": stays_in(*STATES),
    },
)
