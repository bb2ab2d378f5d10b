"""The life of a document in force: entered in the register, in force, and what ends it.

Source: 004 Bilaga 1 (terms, notice, revision, successors) and 004 §6.3 Hantering av upprättade överenskommelser etc.
"""

from statemachine import State
from statemachine.transition_list import TransitionList

from machines.base import Chart, all_of, arc, stay


def _first(source: State, *, otherwise: State | None = None, **targets: State) -> TransitionList:
    """An arc to each target under the fact it is named by. The first fact that holds decides; ``otherwise``: none."""
    arcs, before = [], list[str]()
    for fact, target in targets.items():
        arcs.append(arc(source, target, [fact], list(before)))
        before.append(fact)
    if otherwise is not None:
        arcs.append(arc(source, otherwise, [], before))
    return all_of(arcs)


def _under(fact: str, target: State, *sources: State) -> TransitionList:
    """Leads from each source to the target when the fact holds, and else leaves it as it is."""
    return all_of([_first(source, otherwise=source, **{fact: target}) for source in sources])


def _wherever(*sources: State, otherwise: State, **targets: State) -> TransitionList:
    """Leads from each source to where the facts have it."""
    return all_of([_first(source, otherwise=otherwise, **targets) for source in sources])


class DocumentChart(Chart):
    """Registered, in force or in doubt, under revision or notice, over.

    Guards are facts of its terms and of what has been recorded, as of the day: ``replaced``: a successor has taken its
    place. ``ended``: notice or a decision has. ``lapsed``: its last day has passed. ``doubtful``: its single year has
    passed, and nobody has said what that means. ``noticed``: notice is given for all. ``revised``: a case on it is
    open. ``begun``: its first day has come.
    """

    ends = frozenset({"terminated", "superseded"})

    registered = State(initial=True)
    undated = State()
    in_force = State()
    ambiguous = State()
    under_revision = State()
    under_notice = State()
    expired = State()
    terminated = State()
    superseded = State()

    enter = _first(
        registered, undated=undated, lapsed=expired, doubtful=ambiguous, begun=in_force, otherwise=registered
    )
    # What the calendar alone brings about.
    pass_time = all_of(
        [
            _first(
                registered,
                replaced=superseded,
                ended=terminated,
                lapsed=expired,
                doubtful=ambiguous,
                noticed=under_notice,
                revised=under_revision,
                begun=in_force,
            ),
            _first(in_force, replaced=superseded, ended=terminated, lapsed=expired, doubtful=ambiguous),
            _first(under_revision, replaced=superseded, ended=terminated, lapsed=expired, doubtful=ambiguous),
            _first(under_notice, replaced=superseded, ended=terminated, lapsed=expired),
            _first(ambiguous, replaced=superseded, ended=terminated),
            _first(expired, replaced=superseded, revised=under_revision, begun=in_force),
            _first(undated, replaced=superseded),
            _first(terminated, replaced=superseded),
        ]
    )
    confirm = all_of(
        [
            _first(registered, lapsed=expired, revised=under_revision, begun=in_force, otherwise=registered),
            _first(undated, lapsed=expired, revised=under_revision, begun=in_force, otherwise=registered),
            _first(ambiguous, lapsed=expired, revised=under_revision, begun=in_force),
            _first(in_force, lapsed=expired, begun=in_force),
            _first(under_revision, lapsed=expired, revised=under_revision),
        ]
    )

    # Cases on the document's own route.
    begin_revision = in_force.to(under_revision) | stay(registered, under_revision, under_notice, ambiguous, expired)
    end_revision = _first(under_revision, revised=under_revision, otherwise=in_force) | stay(
        registered, undated, in_force, under_notice, ambiguous, expired, terminated, superseded
    )
    revise = stay(in_force, under_revision, under_notice, ambiguous)
    extend = _first(expired, revised=under_revision, begun=in_force, otherwise=expired) | stay(
        registered, in_force, under_revision
    )
    terminate = _under("ended", terminated, registered, in_force, under_revision, under_notice, ambiguous)

    # The case it was born of is opened again, and later settled once more.
    change_binding = all_of(
        [
            _first(in_force, begun=in_force, otherwise=registered),
            _first(under_revision, revised=under_revision, otherwise=registered),
            _first(under_notice, noticed=under_notice, otherwise=registered),
            _first(expired, lapsed=expired, otherwise=registered),
            _first(
                registered,
                lapsed=expired,
                noticed=under_notice,
                revised=under_revision,
                begun=in_force,
                otherwise=registered,
            ),
        ]
    )

    # The case that had made, extended, replaced or ended it holds no longer, or from another day: it stands where it
    # would have stood.
    put_right = _wherever(
        *(registered, in_force, ambiguous, under_revision, under_notice, expired, terminated, superseded),
        replaced=superseded,
        ended=terminated,
        lapsed=expired,
        doubtful=ambiguous,
        noticed=under_notice,
        revised=under_revision,
        begun=in_force,
        otherwise=registered,
    )

    give_notice = all_of(
        [
            _first(in_force, ended=terminated, noticed=under_notice, otherwise=in_force),
            _first(under_revision, ended=terminated, noticed=under_notice, otherwise=under_revision),
            _first(under_notice, ended=terminated, otherwise=under_notice),
        ]
    )
    # A successor takes its place from a day; until then it stands where it stood.
    supersede = _under(
        "replaced",
        superseded,
        *(registered, undated, in_force, under_revision, under_notice, ambiguous, expired, terminated),
    )
    meet_its_event = _under("lapsed", expired, registered, in_force, under_revision)

    record_follow_up = stay(in_force, under_revision, under_notice, ambiguous, expired)
    record_implementation = stay(registered, in_force, under_revision, under_notice, ambiguous, expired)
    assess = stay(registered, in_force, under_revision, under_notice, ambiguous, expired)
    take_over = stay(
        registered, undated, in_force, under_revision, under_notice, ambiguous, expired, terminated, superseded
    )
    hand_down = stay(
        registered, undated, in_force, under_revision, under_notice, ambiguous, expired, terminated, superseded
    )
