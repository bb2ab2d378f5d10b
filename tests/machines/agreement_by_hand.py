"""What must become of a matter the parties decide on: written from the sources and their readings, not from the chart.

004 §5.2 Avtal och överenskommelser, 004 §6.3, 004 Bilaga 2; readings G5, G8, G9, G10, G14, G15, G47, G49.
"""

from tests.machines.by_hand import ByHand, leads_to, stays_in

# Where the forums still have steps to take.
ON_ITS_WAY = ("initiated", "prepared", "recommended_by_leadership")
# Until the parties have made it binding, a matter can be taken back, ended or begun again with a new text.
NOT_YET_BINDING = (
    "initiated",
    "prepared",
    "recommended_by_leadership",
    "recommended_by_political_forum",
    "sent_to_parties",
    "not_ratified",
)
# Once the parties have been asked, each may answer, also late and also after the others have made it binding (G10).
ASKED = ("sent_to_parties", "not_ratified", "ratified", "in_force")

BY_COMPLETED_STEPS = {
    "politics_stands": "recommended_by_political_forum",
    "not politics_stands, leadership_stands": "recommended_by_leadership",
    "not politics_stands, not leadership_stands, preparation_stands": "prepared",
    "not politics_stands, not leadership_stands, not preparation_stands": "initiated",
}

AGREEMENT = ByHand(
    states=(
        "initiated",
        "prepared",
        "recommended_by_leadership",
        "recommended_by_political_forum",
        "sent_to_parties",
        "ratified",
        "in_force",
        "not_ratified",
        "withdrawn",
        "closed",
    ),
    initial="initiated",
    ends=frozenset({"in_force", "withdrawn", "closed"}),
    ways={
        # A step that not all of its bodies have taken leaves the matter where it is. Who only may prepare can do so
        # after the others, and moves nothing.
        "record_preparation": {
            "initiated": {"preparation_complete": "prepared", "not preparation_complete": "initiated"},
            "prepared": {"": "prepared"},
        },
        # From the start too: the route may have nobody to prepare, or a deviation may waive it (G49).
        "recommend_by_leadership": {
            "initiated": {"leadership_complete": "recommended_by_leadership", "not leadership_complete": "initiated"},
            "prepared": {"leadership_complete": "recommended_by_leadership", "not leadership_complete": "prepared"},
        },
        # SVOM and BUZ, in any order (G5); without the leadership forum where the route or a deviation says so (G14).
        "recommend_by_politics": {
            "initiated": {
                "politics_complete": "recommended_by_political_forum",
                "not politics_complete": "initiated",
            },
            "prepared": {
                "politics_complete": "recommended_by_political_forum",
                "not politics_complete": "prepared",
            },
            "recommended_by_leadership": {
                "politics_complete": "recommended_by_political_forum",
                "not politics_complete": "recommended_by_leadership",
            },
        },
        # Återremiss, as long as nothing has been sent to the parties: back to the preparation that stands, or to none.
        "send_back": {
            "initiated": {"": "initiated"},
            "prepared": {"keeps_preparation": "prepared", "not keeps_preparation": "initiated"},
            "recommended_by_leadership": {
                "keeps_preparation": "prepared",
                "not keeps_preparation": "initiated",
            },
            "recommended_by_political_forum": {
                "keeps_preparation": "prepared",
                "not keeps_preparation": "initiated",
            },
        },
        # Bordläggning where a forum has the matter before it: on its way up, or when the parties did not ratify (G8).
        "put_off": stays_in(*ON_ITS_WAY, "not_ratified"),
        # There is something to deviate from as long as a forum still owes its step (G3, G14, G49).
        "allow_deviation": stays_in(*ON_ITS_WAY),
        # Anchored also when the forum only prepares for another (004 §5.2), until it is sent.
        "record_anchoring": stays_in(*ON_ITS_WAY, "recommended_by_political_forum"),
        # A new structure: completed steps stand, what remains is routed anew, whatever still remains (G39).
        # Before anything is sent, the place follows from the steps that are completed on the new route (G39); what is
        # with the parties, or binding, stays where it is.
        "change_route": {
            **dict.fromkeys((*ON_ITS_WAY, "recommended_by_political_forum"), BY_COMPLETED_STEPS),
            **stays_in("sent_to_parties", "not_ratified", "ratified"),
        },
        "send_out": leads_to("sent_to_parties", "recommended_by_political_forum"),
        "record_answer": stays_in(*ASKED),
        # A party that declined may adopt later, and the matter goes on as if it had done so at once.
        "ratify": {
            "sent_to_parties": {"effect_reached": "ratified"},
            "not_ratified": {"effect_reached": "ratified"},
        },
        # What is ratified fails only when a rättelse takes away an adoption that it rested on.
        "fail": {
            "sent_to_parties": {"effect_impossible": "not_ratified"},
            "ratified": {"effect_impossible": "not_ratified"},
            "in_force": {"effect_impossible": "not_ratified"},
        },
        "reopen": {
            "not_ratified": {"not effect_reached, not effect_impossible": "sent_to_parties"},
            "ratified": {"not effect_reached, not effect_impossible": "sent_to_parties"},
            "in_force": {"not effect_reached, not effect_impossible": "sent_to_parties"},
        },
        "take_effect": {"ratified": {"effective": "in_force"}},
        "change_answer_by": stays_in(*ASKED),
        # «Go on with the adopters» (G8); of no use once it binds.
        "change_effect_rule": stays_in(*NOT_YET_BINDING),
        # Spread after the decision (004 §5.2: «efter beslut»).
        "spread": stays_in("ratified", "in_force"),
        "revise_text": leads_to("initiated", *NOT_YET_BINDING),
        "withdraw": leads_to("withdrawn", *NOT_YET_BINDING),
        "close": leads_to("closed", *NOT_YET_BINDING),
    },
)
