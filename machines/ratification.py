"""One party's part in a matter: from the mailbox to the answer that stands.

Source: 004 §5.2 Avtal och överenskommelser («Respektive part avgör på vilken nivå dokumenten ska beslutas och
återkopplar beslutet till SVOM eller Barnarenans sekreterare.»).
"""

from statemachine import State

from machines.base import Chart


class RatificationChart(Chart):
    """Not sent, waiting, answered.

    Guards: ``correction``: the act is a rättelse of what was recorded. ``later``: a new decision, dated after the
    one that stands.
    """

    ends = frozenset({"adopted", "adopted_with_reservation", "declined", "not_now"})

    not_sent = State(initial=True)
    waiting = State()
    adjourned = State()
    remitted = State()
    adopted = State()
    adopted_with_reservation = State()
    declined = State()
    not_now = State()

    be_asked = not_sent.to(waiting)

    adopt = (
        waiting.to(adopted)
        | adjourned.to(adopted)
        | remitted.to(adopted)
        # A party that said no, or not now, may decide again (reading G8).
        | declined.to(adopted, cond="later")
        | declined.to(adopted, cond="correction", unless="later")
        | not_now.to(adopted, cond="later")
        | not_now.to(adopted, cond="correction", unless="later")
        | adopted.to.itself(internal=True, cond="correction")
        | adopted_with_reservation.to(adopted, cond="correction")
    )
    adopt_with_reservation = (
        waiting.to(adopted_with_reservation)
        | adjourned.to(adopted_with_reservation)
        | remitted.to(adopted_with_reservation)
        | adopted.to(adopted_with_reservation, cond="correction")
        | declined.to(adopted_with_reservation, cond="correction")
        | not_now.to(adopted_with_reservation, cond="correction")
        | adopted_with_reservation.to.itself(internal=True, cond="correction")
    )
    decline = (
        waiting.to(declined)
        | adjourned.to(declined)
        | remitted.to(declined)
        | adopted.to(declined, cond="correction")
        | adopted_with_reservation.to(declined, cond="correction")
        | not_now.to(declined, cond="correction")
        | declined.to.itself(internal=True, cond="correction")
    )
    stand_aside = (
        waiting.to(not_now)
        | adjourned.to(not_now)
        | remitted.to(not_now)
        | adopted.to(not_now, cond="correction")
        | adopted_with_reservation.to(not_now, cond="correction")
        | declined.to(not_now, cond="correction")
        | not_now.to.itself(internal=True, cond="correction")
    )
    adjourn = (
        waiting.to(adjourned)
        | adjourned.to.itself(internal=True)
        | remitted.to(adjourned)
        | adopted.to(adjourned, cond="correction")
        | adopted_with_reservation.to(adjourned, cond="correction")
        | declined.to(adjourned, cond="correction")
        | not_now.to(adjourned, cond="correction")
    )
    remit = (
        waiting.to(remitted)
        | adjourned.to(remitted)
        | remitted.to.itself(internal=True)
        | adopted.to(remitted, cond="correction")
        | adopted_with_reservation.to(remitted, cond="correction")
        | declined.to(remitted, cond="correction")
        | not_now.to(remitted, cond="correction")
    )

    # A new text version: what was said of the old one stays in the history and no longer counts.
    start_over = (
        not_sent.to.itself(internal=True)
        | waiting.to(not_sent)
        | adjourned.to(not_sent)
        | remitted.to(not_sent)
        | adopted.to(not_sent)
        | adopted_with_reservation.to(not_sent)
        | declined.to(not_sent)
        | not_now.to(not_sent)
    )
