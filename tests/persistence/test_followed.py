"""What an act on a case asked of documents stands in the log right after it, nothing else does; the audit tells.

Whoever writes the log anew without one such record, with one more, or with one in another place, is found out.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.persistence.keeping import Keeping
from tests.persistence.rewriting import batches, copied, following, log_of, written_anew
from tests.persistence.worked_on import TEXT, answered, sent
from workflow import acts
from workflow.chain import Finding
from workflow.errors import Refusal
from workflow.facts import Answer
from workflow.register.acts import BeginRevision, ExtendTerm
from workflow.register.bilaga import built_in
from workflow.register.following import facts_of
from workflow.register.plan import Plan

ON = date(2026, 4, 21)
LATER = date(2031, 12, 31)
PAIR = ("rjh", "are")
FOUND = ("b1-01", "b1-03", "b1-07", "b1-14", "b1-26")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Keeping:
    """A county in which cases have borne, revised, extended, replaced and ended documents; one was named by hand."""
    keeping = founded(tmp_path_factory.mktemp("county"))
    born = through(keeping, None)
    through(keeping, "b1-14")
    through(keeping, "b1-03", aim="extend", valid_to=LATER)
    through(keeping, "b1-14", aim="terminate")
    through(keeping, "b1-07", aim="replace")
    keeping.engine.register.supersede("b1-26", f"dok-{born.lower()}", ON)
    undone(keeping, born, "declines")
    undone(keeping, born, "adopts")
    for ref in ("SAM-2026-0003", "SAM-2026-0004", "SAM-2026-0005"):
        undone(keeping, ref, "adopts", date(2026, 5, 4))
    withdrawn = keeping.opened(document="b1-01")
    keeping.engine.handle(withdrawn, acts.Withdraw(on=ON, reason="frågan har fallit"))
    return keeping


def founded(folder: Path) -> Keeping:
    keeping = Keeping(folder).founded().letting_go()
    rules = keeping.engine.rules.register
    keeping.engine.register.enter((each for each in built_in(rules) if each.id in FOUND), date(2026, 1, 12))
    return keeping


def through(keeping: Keeping, document: str | None, **said: object) -> str:
    """A case that takes effect."""
    ref = sent(keeping, TEXT, PAIR, document=document, **said)
    answered(keeping, ref, dict.fromkeys(PAIR, "adopts"))
    return ref


def undone(keeping: Keeping, ref: str, answer: Answer, on: date = date(2026, 4, 20)) -> None:
    """A rättelse of what one party had answered, or when."""
    said = acts.CorrectAnswer(on=on, party="are", answer=answer, organ="KS", reason="fel protokoll")
    keeping.engine.handle(ref, said)


def told(keeping: Keeping) -> list[Finding]:
    findings = keeping.findings()
    assert not {each.check for each in findings} & {"hash", "chain", "sequence", "record"}
    return [each for each in findings if each.check == "followed"]


def test_what_the_engine_records_is_all_of_it_asked_for(county: Keeping, tmp_path: Path) -> None:
    """The negative control: also written anew with nothing changed."""
    kinds = {log["act"]["act"] for log in log_of(county) if "act" in log}
    assert kinds >= {"enter_document", "begin_revision", "end_revision", "record_revision", "extend_term"}
    assert kinds >= {
        "terminate_document",
        "supersede",
        "take_over",
        "meet_event",
        "change_binding",
        "undo_outcome",
        "move_day",
    }
    assert county.findings() == ()
    copy = copied(county, tmp_path / "anew")
    written_anew(copy, log_of(county))
    assert copy.findings() == ()


def test_any_one_of_them_left_out_is_found_at_the_act_that_asked_for_it(county: Keeping, tmp_path: Path) -> None:
    log = log_of(county)
    copy = copied(county, tmp_path / "without")
    places = following(log)
    assert len(places) > 15
    for begin, end in places:
        written_anew(copy, [*log[:begin], *log[end:]])
        document, kind = log[begin]["stream"], log[begin]["act"]["act"]
        missed = [each for each in told(copy) if each.expected.startswith(f"{document}: ")]
        assert missed, (document, kind)
        asking = log[missed[0].seq - 1]  # type: ignore[operator]  # such a finding has its number
        assert missed[0].case == asking["stream"], (document, kind)


def test_one_that_stands_by_another_act_is_missed_there_and_not_borne_out_here(county: Keeping, tmp_path: Path) -> None:
    log = log_of(county)
    copy = copied(county, tmp_path / "moved")
    begin, end = next(place for place in following(log) if log[place[0]]["act"]["act"] == "enter_document")
    last = max(end for _, end in batches(log))
    other = next(place for place, _ in batches(log) if place > end and log[place]["act"]["act"] == "dispatch")
    for target in (other, last):
        written_anew(copy, [*log[:begin], *log[end:target], *log[begin:end], *log[target:]])
        found = [(each.case, each.seq) for each in told(copy)]
        assert (log[begin - 1]["stream"], begin) in found
        assert (log[begin]["stream"], target - (end - begin) + 1) in found


def test_one_that_is_said_to_be_of_another_case_is_found_on_both_sides(county: Keeping, tmp_path: Path) -> None:
    log = log_of(county)
    copy = copied(county, tmp_path / "other")
    at = next(place for place, each in enumerate(log) if each.get("act", {}).get("act") == "begin_revision")
    other = {"case": "SAM-2026-0001"}
    changed = {**log[at], "act": {**log[at]["act"], **other}, "event": {**log[at]["event"], **other}}
    written_anew(copy, [*log[:at], changed, *log[at + 1 :]])
    found = {(each.case, each.seq) for each in told(copy)}
    assert found >= {(log[at - 1]["stream"], at), (log[at]["stream"], at + 1)}


def test_one_that_another_actor_recorded_is_not_of_that_act(county: Keeping, tmp_path: Path) -> None:
    log = log_of(county)
    copy = copied(county, tmp_path / "actor")
    at, _ = next(place for place in following(log) if log[place[0]]["act"]["act"] == "end_revision")
    written_anew(copy, [*log[:at], {**log[at], "actor": "någon annan"}, *log[at + 1 :]])
    assert {(each.case, each.seq) for each in told(copy)} >= {(log[at - 1]["stream"], at), (log[at]["stream"], at + 1)}


def test_a_record_that_calls_itself_by_a_number_no_row_can_have_stops_no_audit(county: Keeping, tmp_path: Path) -> None:
    log = log_of(county)
    copy = copied(county, tmp_path / "number")
    at = next(place for place, each in enumerate(log) if each["event"]["kind"] == "took_effect")
    with copy.rows() as base:
        content = json.dumps(log[at] | {"seq": 2**70}, ensure_ascii=False).encode()
        base.execute("UPDATE event SET bytes = ? WHERE seq = ?", (content, at + 1))
    assert {"hash", "chain", "column seq"} <= {each.check for each in copy.findings()}


@pytest.mark.parametrize("of_case", [True, False])
def test_one_that_no_case_asked_for_is_found_and_what_a_person_did_is_not(
    county: Keeping, tmp_path: Path, *, of_case: bool
) -> None:
    copy = copied(county, tmp_path / f"invented-{of_case}")
    ref = sent(copy, TEXT, PAIR, document="b1-03", aim="extend", valid_to=LATER.replace(year=2035), valid_from=LATER)
    answered(copy, ref, dict.fromkeys(PAIR, "adopts"))
    plan = Plan(copy.engine._office(), copy.store.stream)  # noqa: SLF001 - past what looks the case up
    plan.act("b1-03", ExtendTerm(on=ON, case=facts_of(copy.engine.case(ref)), of_case=of_case))
    copy.store.append_all(lambda _: plan.batches)
    found = [each for each in copy.findings() if each.check == "followed"]
    assert [each.case for each in found] == (["b1-03"] if of_case else [])
    assert all(each.check == "followed" for each in copy.findings())


def test_what_a_person_replaced_has_its_other_side_and_a_document_of_a_case_in_force(
    county: Keeping, tmp_path: Path
) -> None:
    """The document might have been entered by whoever named the case: then the case misses it, and nothing else."""
    copy = copied(county, tmp_path / "by hand")
    born = through(copy, None)
    successor = f"dok-{born.lower()}"
    copy.opened()
    copy.engine.register.supersede("b1-01", born, ON)
    assert copy.findings() == ()
    log = log_of(copy)
    entry = next(place for place in following(log) if log[place[0]]["stream"] == successor)
    at = next(place for place, each in enumerate(log) if each.get("act", {}).get("by") == successor)
    moved = [*log[: entry[0]], *log[entry[1] : at], *log[slice(*entry)], *log[at:]]
    written_anew(copy, moved)
    assert [(each.case, each.expected.split(":")[0]) for each in told(copy)] == [(born, successor)]
    reopened = [each for each in moved if each["stream"] != born or each.get("state") != "in_force"]
    written_anew(copy, reopened)
    assert successor in {each.case for each in told(copy)}


def test_a_document_under_revision_for_no_case_at_all_is_found(county: Keeping, tmp_path: Path) -> None:
    copy = copied(county, tmp_path / "nowhere")
    plan = Plan(copy.engine._office(), copy.store.stream)  # noqa: SLF001 - past what looks the case up
    plan.act("b1-03", BeginRevision(on=ON, case="SAM-2026-0099"))
    copy.store.append_all(lambda _: plan.batches)
    (found,) = copy.findings()
    assert (found.check, found.case, found.seq) == ("followed", "b1-03", len(log_of(copy)))


# --- what any office does ------------------------------------------------------------------------------------------

Deed = Callable[[Keeping, list[str]], None]


@st.composite
def deeds(draw: st.DrawFn) -> Deed:
    """A case on any document, or on none, that goes any way; a correction; a replacement by hand; the calendar."""
    document = draw(st.sampled_from([None, *FOUND, "b1-09"]))
    aim = draw(st.sampled_from(["revise", "extend", "replace", "terminate"])) if document else None
    begins = draw(st.sampled_from([None, date(2026, 5, 1), date(2030, 1, 1)]))
    answer: Answer = draw(st.sampled_from(["adopts", "adopts", "declines"]))
    which = draw(st.integers(0, 5))
    corrected = draw(st.dates(date(2026, 4, 1), date(2026, 5, 15)))

    def case(keeping: Keeping, refs: list[str]) -> None:
        said = {"document": document, "aim": aim, "valid_to": LATER if aim == "extend" else None, "valid_from": begins}
        ref = sent(keeping, TEXT, PAIR, **{name: each for name, each in said.items() if each is not None})
        answered(keeping, ref, {"rjh": "adopts", "are": answer})
        refs.append(ref)

    def correct(keeping: Keeping, refs: list[str]) -> None:
        if refs:
            undone(keeping, refs[which % len(refs)], answer, corrected)

    def replace(keeping: Keeping, refs: list[str]) -> None:
        if refs:
            keeping.engine.register.supersede(FOUND[which % len(FOUND)], refs[which % len(refs)], ON)

    def look(keeping: Keeping, refs: list[str]) -> None:
        for ref in refs:
            keeping.engine.check(ref, date(2026, 6, 1))

    return draw(st.sampled_from([case, case, case, correct, correct, replace, look]))


@settings(max_examples=15, deadline=None)
@given(st.lists(deeds(), min_size=2, max_size=6))
def test_nothing_is_found_in_what_any_office_does(tmp_path_factory: pytest.TempPathFactory, done: list[Deed]) -> None:
    keeping = founded(tmp_path_factory.mktemp("office"))
    refs: list[str] = []
    for each in done:
        with suppress(Refusal):
            each(keeping, refs)
    assert keeping.findings() == ()
