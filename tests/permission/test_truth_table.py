"""Who may do what, every role and act and relation between them, against a table written down here and nowhere else."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

import pytest
from msgspec.structs import replace

from tests.persistence.keeping import Keeping
from tests.workflow.examples_of_types import example
from workflow import acts, permission
from workflow.case import Case
from workflow.decide.draft import Acting, Context
from workflow.decide.permitted import require_permitted
from workflow.organisation import Organisation
from workflow.organisation_events import ActorAdmitted
from workflow.record import AnyAct
from workflow.refusals import NotPermitted
from workflow.rulebook import Rulebook, shipped_rules

# «*»: of anybody. «o»: what the own body does, or the own party has decided. «r»: in cases that are reported to the own
# forum. «-»: never.
TABLE = """
                    coordinator samverkansledare secretary registrar auditor administrator clock
open                     *             -             -         -        -          -         -
prepare                  *             -             o         -        -          -         -
recommend                *             -             o         -        -          -         -
decide                   *             -             o         -        -          -         -
anchor                   *             -             o         -        -          -         -
return                   *             -             o         -        -          -         -
postpone                 *             -             o         -        -          -         -
withdraw                 *             -             -         -        -          -         -
close                    *             -             o         -        -          -         -
revise                   *             -             o         -        -          -         -
lift                     *             -             o         -        -          -         -
override                 *             -             o         -        -          -         -
change_effect            *             -             o         -        -          -         -
record_spread            *             -             o         -        -          -         -
report_back              *             -             o         -        -          -         -
dispatch                 *             -             r         -        -          -         -
change_answer_by         *             *             r         -        -          -         -
record_answer            *             -             r         o        -          -         -
correct_answer           *             -             r         o        -          -         -
note_sent                *             -             -         -        -          -         *
note_undeliverable       *             -             -         -        -          -         *
send_again               *             -             -         -        -          -         -
drop_letter              *             -             -         -        -          -         *
check                    *             *             -         -        -          -         *
enter_document           *             -             -         -        -          -         -
confirm_term             *             -             -         -        -          -         -
extend_term              *             -             -         -        -          -         -
give_notice              *             -             -         -        -          -         -
supersede                *             -             -         -        -          -         -
record_follow_up         *             -             o         -        -          -         -
record_implementation    *             -             -         -        -          -         -
record_revision          *             -             o         -        -          -         -
assess_document          *             -             o         -        -          -         -
check_document           *             *             -         -        -          -         *
set_mailbox              -             -             -         -        -          *         -
adopt_structure          -             -             -         -        -          *         -
say_parameter            -             -             -         -        -          *         -
set_forum_status         -             -             -         -        -          *         -
import_rules             -             -             -         -        -          *         -
admit_actor              -             -             -         -        -          *         -
remove_actor             -             -             -         -        -          *         -
"""
ROLES, *ROWS = (line.split() for line in TABLE.strip().splitlines())
EXPECTED = {(row[0], role): mark for row in ROWS for role, mark in zip(ROLES, row[1:], strict=True)}

DAY = date(2026, 11, 2)
#: What needs nobody's leave: there is nobody yet, or somebody may do what it follows from.
OF_THEMSELVES = {
    "initialise",
    "begin_revision",
    "end_revision",
    "terminate_document",
    "change_binding",
    "undo_outcome",
    "move_day",
    "take_over",
    "meet_event",
}
#: The body each act is of, in the fields that name one; and the body of an actor by how it stands to the act.
OF_ACT = {"by": "ledningsforum", "network": "ledningsforum", "via": "ledningsforum", "party": "berg"}
BODIES = {
    "secretary": {"o": "ledningsforum", "r": "politiskt-forum", "-": "au-vuxna"},
    "registrar": {"o": "berg", "-": "krokom"},
}
KINDS = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyAct)}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A case in alternativ-1, whose answers are reported to politiskt forum."""
    keeping = Keeping(tmp_path_factory.mktemp("truth")).founded()
    found = keeping.engine.case(keeping.opened(group="vuxna"))
    assert found.route.report_to == BODIES["secretary"]["r"]
    return found


def act_of(name: str) -> AnyAct:
    """An act with every field given; the body it names, if any, is that of the table above."""
    found = example(KINDS[name])
    named = {field: body for field, body in OF_ACT.items() if hasattr(found, field)}
    by_itself = {"of_case": False} if hasattr(found, "of_case") else {}
    changed: AnyAct = replace(found, **named, **by_itself)
    return changed


def may(role: str, body: str | None, act: AnyAct, case: Case | None, rules: Rulebook | None = None) -> bool:
    """Whether one who has this office, and nothing else, is let through."""
    office = ActorAdmitted(name="Anna", role=role, body=body, from_day=DAY)
    organisation = Organisation(actors=(office,))
    context = Context(
        rules=rules or shipped_rules(), organisation=organisation, limit=DAY, acting=Acting(name="Anna", day=DAY)
    )
    try:
        require_permitted(case, act, context)
    except NotPermitted:
        return False
    return True


def disagreements(case: Case, rules: Rulebook | None = None) -> Iterator[tuple[str, str, str]]:
    """Every act, role and relation of which the rules say otherwise than the table."""
    for (name, role), mark in EXPECTED.items():
        act = act_of(name)
        in_case = case if isinstance(act, get_args(acts.CaseAct)) and not isinstance(act, acts.Open) else None
        for relation, body in BODIES.get(role, {"-": None}).items():
            if may(role, body, act, in_case, rules) != (mark == "*" or mark == relation != "-"):
                yield name, role, relation


def test_every_role_may_do_exactly_what_the_table_says_with_every_act_and_every_body(case: Case) -> None:
    assert list(disagreements(case)) == []
    assert len(EXPECTED) == len(ROWS) * len(ROLES) > 200


def test_the_table_has_every_act_and_every_role_there_is() -> None:
    assert {name for name, _ in EXPECTED} == KINDS.keys() - OF_THEMSELVES == permission.GRANTABLE
    permissions = shipped_rules().permissions
    assert permissions is not None
    assert {each.id for each in permissions.role} == set(ROLES)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('whose = "own"', 'whose = "any"', ("prepare", "secretary", "-")),
        ('whose = "reported"', 'whose = "own"', ("record_answer", "secretary", "r")),
        ('role = "samverkansledare"\nacts = [', 'role = "samverkansledare"\nacts = ["decide", ',
         ("decide", "samverkansledare", "-")),
        ('"withdraw", ', "", ("withdraw", "coordinator", "-")),
    ],
)  # fmt: skip
def test_a_permission_changed_in_the_file_is_a_disagreement(
    old: str, new: str, told: tuple[str, str, str], case: Case
) -> None:
    """The negative control: the table is no copy of the file."""
    contents = dict(shipped_rules().contents)
    text = contents["permissions.toml"].decode()
    assert old in text
    contents["permissions.toml"] = text.replace(old, new, 1).encode()
    assert told in list(disagreements(case, Rulebook(contents)))


def test_guards_turned_round_are_a_disagreement_everywhere(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    covers = permission.is_covered
    monkeypatch.setattr("workflow.decide.permitted.is_covered", lambda *given: not covers(*given))
    found = list(disagreements(case))
    assert len(found) == sum(len(BODIES.get(role, "-")) for _, role in EXPECTED)


def test_either_of_two_forums_that_are_reported_to_receives_the_answers(case: Case) -> None:
    both = replace(case, route=replace(case.route, report_also_to=("au-vuxna",)))
    answer = act_of("record_answer")
    assert may("secretary", "au-vuxna", answer, both)
    assert not may("secretary", "au-vuxna", answer, case)


def test_a_new_text_that_no_forum_is_said_to_lay_is_the_coordinator_s(case: Case) -> None:
    act = acts.Revise(on=DAY, sha256="0" * 64, name="text.txt")
    assert may("coordinator", None, act, case)
    assert not may("secretary", "ledningsforum", act, case)


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("prepare", [("coordinator", None), ("secretary", "ledningsforum")]),
        ("record_answer", [("coordinator", None), ("secretary", "politiskt-forum"), ("registrar", "berg")]),
        ("withdraw", [("coordinator", None)]),
        ("check", [("coordinator", None), ("samverkansledare", None), ("clock", None)]),
    ],
)
def test_a_refusal_names_everybody_who_may(name: str, who: list[tuple[str, str | None]], case: Case) -> None:
    organisation = Organisation(actors=(ActorAdmitted(name="Åsa", role="administrator", from_day=DAY),))
    acting = Acting(name="Åsa", day=DAY)
    context = Context(rules=shipped_rules(), organisation=organisation, limit=DAY, acting=acting)
    with pytest.raises(NotPermitted) as refusal:
        require_permitted(case, act_of(name), context)
    assert [(each.code, each.by) for each in refusal.value.missing] == [
        ("not_permitted", body or role) for role, body in who
    ]
    assert all(may(role, body, act_of(name), case) for role, body in who)


def test_what_a_case_asks_of_the_register_by_itself_needs_nobody_s_leave(case: Case) -> None:
    asked = act_of("enter_document")
    assert not may("registrar", "berg", asked, None)
    assert may("registrar", "berg", replace(asked, of_case=True), None)
