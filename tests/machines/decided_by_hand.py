"""What must become of a matter that a body decides itself: written from the sources and their readings.

004 §5.2 Avtal och överenskommelser (riktlinjer, rutiner), Uppdragsbeskrivningar, Länsgemensamma stimulansmedel;
004 §4.2 (nämnder); 004 §6.3 (uppdrag); 004 §7 (steps 1 to 4); 000 Inledning (svar på granskning); readings G17, G39.
"""

from tests.machines.by_hand import ByHand, leads_to, stays_in

# Riktlinje, rutin, officers' plan; a joint board's own document; an uppdragsbeskrivning.
BEFORE_THE_DECISION = ("initiated", "prepared", "recommended_by_leadership")

# On a new route the place follows from the steps that are completed there (G17, G39).
BY_COMPLETED_STEPS = {
    "leadership_stands": "recommended_by_leadership",
    "not leadership_stands, preparation_stands": "prepared",
    "not leadership_stands, not preparation_stands": "initiated",
}

DECISION = ByHand(
    states=(*BEFORE_THE_DECISION, "decided", "in_force", "withdrawn", "closed"),
    initial="initiated",
    ends=frozenset({"in_force", "withdrawn", "closed"}),
    ways={
        "record_preparation": {
            "initiated": {"preparation_complete": "prepared", "not preparation_complete": "initiated"},
            "prepared": {"": "prepared"},
        },
        "recommend_by_leadership": {
            "initiated": {"leadership_complete": "recommended_by_leadership", "not leadership_complete": "initiated"},
            "prepared": {"leadership_complete": "recommended_by_leadership", "not leadership_complete": "prepared"},
        },
        # «förankra internt inför beslut»: before the decision, not after it.
        "record_anchoring": stays_in(*BEFORE_THE_DECISION),
        # FG and SRK together where the matter is both's; each step before it only where the route has one.
        "decide": {
            state: {"decision_complete": "decided", "not decision_complete": state} for state in BEFORE_THE_DECISION
        },
        "take_effect": {"decided": {"effective": "in_force"}},
        "spread": stays_in("decided", "in_force"),
        # Up to politics as long as the officers have not decided (G17).
        "lift": dict.fromkeys(BEFORE_THE_DECISION, BY_COMPLETED_STEPS),
        "send_back": {
            "initiated": {"": "initiated"},
            "prepared": {"": "initiated"},
            "recommended_by_leadership": {"keeps_preparation": "prepared", "not keeps_preparation": "initiated"},
        },
        "put_off": stays_in(*BEFORE_THE_DECISION),
        "allow_deviation": stays_in(*BEFORE_THE_DECISION),
        "change_route": {**dict.fromkeys(BEFORE_THE_DECISION, BY_COMPLETED_STEPS), **stays_in("decided")},
        "revise_text": leads_to("initiated", *BEFORE_THE_DECISION),
        "withdraw": leads_to("withdrawn", *BEFORE_THE_DECISION),
        "close": leads_to("closed", *BEFORE_THE_DECISION),
    },
)

# Money: the officers' forum prepares, the political forum gives it out and follows it up.
STIMULUS = ByHand(
    states=("initiated", "recommended_by_leadership", "decided", "followed_up", "withdrawn", "closed"),
    initial="initiated",
    ends=frozenset({"decided", "followed_up", "withdrawn", "closed"}),
    ways={
        "recommend_by_leadership": {
            "initiated": {"leadership_complete": "recommended_by_leadership", "not leadership_complete": "initiated"},
        },
        "decide": {
            state: {"decision_complete": "decided", "not decision_complete": state}
            for state in ("initiated", "recommended_by_leadership")
        },
        "report_back": leads_to("followed_up", "decided"),
        "send_back": leads_to("initiated", "initiated", "recommended_by_leadership"),
        "put_off": stays_in("initiated", "recommended_by_leadership"),
        "change_route": {
            state: {"leadership_stands": "recommended_by_leadership", "not leadership_stands": "initiated"}
            for state in ("initiated", "recommended_by_leadership")
        }
        | stays_in("decided"),
        "revise_text": leads_to("initiated", "initiated", "recommended_by_leadership"),
        "withdraw": leads_to("withdrawn", "initiated", "recommended_by_leadership"),
        "close": leads_to("closed", "initiated", "recommended_by_leadership"),
    },
)

# An uppdrag: given, carried out, reported back to its giver, who may also end it.
ASSIGNMENT = ByHand(
    states=("initiated", "decided", "in_force", "reported", "withdrawn", "closed"),
    initial="initiated",
    ends=frozenset({"reported", "withdrawn", "closed"}),
    ways={
        "decide": {"initiated": {"decision_complete": "decided", "not decision_complete": "initiated"}},
        "take_effect": {"decided": {"effective": "in_force"}},
        "report_back": leads_to("reported", "in_force"),
        "put_off": stays_in("initiated"),
        "change_route": stays_in("initiated", "decided", "in_force"),
        "revise_text": stays_in("initiated"),
        "withdraw": leads_to("withdrawn", "initiated"),
        "close": leads_to("closed", "initiated", "in_force"),
    },
)

# A board answers the auditors for itself; decided, the answer is given.
AUDIT_ANSWER = ByHand(
    states=("initiated", "decided", "answered", "withdrawn", "closed"),
    initial="initiated",
    ends=frozenset({"answered", "withdrawn", "closed"}),
    ways={
        "decide": {"initiated": {"decision_complete": "decided", "not decision_complete": "initiated"}},
        "hand_in": leads_to("answered", "decided"),
        "put_off": stays_in("initiated"),
        "change_route": stays_in("initiated", "decided"),
        "revise_text": stays_in("initiated"),
        "withdraw": leads_to("withdrawn", "initiated"),
        "close": leads_to("closed", "initiated"),
    },
)

# A structure: RSR's direction, RSR's agreement, its day; only then has it a forum that can decide steps 3 and 4.
STRUCTURE = ByHand(
    states=(
        "initiated",
        "direction_decided",
        "decided",
        "in_force",
        "templates_decided",
        "established",
        "withdrawn",
        "closed",
    ),
    initial="initiated",
    ends=frozenset({"established", "withdrawn", "closed"}),
    ways={
        "decide_direction": {
            "initiated": {"decision_complete": "direction_decided", "not decision_complete": "initiated"}
        },
        "decide_agreement": {
            "direction_decided": {"decision_complete": "decided", "not decision_complete": "direction_decided"},
        },
        "take_effect": {"decided": {"effective": "in_force"}},
        "decide_templates": {
            "in_force": {"decision_complete": "templates_decided", "not decision_complete": "in_force"}
        },
        "decide_committees": {
            "templates_decided": {"decision_complete": "established", "not decision_complete": "templates_decided"},
        },
        "put_off": stays_in("initiated", "direction_decided", "in_force", "templates_decided"),
        # The text is the agreement's: the direction it was asked for in stands.
        "revise_text": stays_in("initiated", "direction_decided"),
        "withdraw": leads_to("withdrawn", "initiated", "direction_decided"),
        "close": leads_to("closed", "initiated", "direction_decided"),
    },
)
