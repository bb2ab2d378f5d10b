"""Who writes the whole chain anew is still judged by the rules; what no audit of one file can find, it says."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.persistence.keeping import Keeping, run


def forged(owned: Keeping, change: Callable[[dict[str, Any]], None]) -> None:
    """Every record changed as asked, and the whole chain written anew."""
    previous = "0" * 64
    with owned.rows() as base:
        for seq, content in base.execute("SELECT seq, bytes FROM event ORDER BY seq").fetchall():
            record = json.loads(content)
            change(record)
            record["previous"] = previous
            forgery = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
            digest = hashlib.sha256(forgery)
            base.execute("UPDATE event SET bytes = ?, hash = ? WHERE seq = ?", (forgery, digest.digest(), seq))
            previous = digest.hexdigest()


def another_answer(record: dict[str, Any]) -> None:
    if record["event"].get("party") == "krokom":
        record["event"] |= {"answer": "declines", "party_state": "declined"}


def another_actor_without_an_act(record: dict[str, Any]) -> None:
    record.pop("act", None)


def an_earlier_day(record: dict[str, Any]) -> None:
    if record["event"]["kind"] == "dispatched":
        record["on"] = record["act"]["on"] = "2026-01-02"


def an_unknown_type(record: dict[str, Any]) -> None:
    for part in ("event", "act"):
        if "type" in record.get(part, {}):
            record[part]["type"] = "påhittat"


def an_unknown_chart(record: dict[str, Any]) -> None:
    if "chart" in record["event"]:
        record["event"]["chart"] = "påhittat"


def a_state_out_of_turn(record: dict[str, Any]) -> None:
    if record.get("state") == "prepared":
        record["state"] = "in_force"


def other_rules(record: dict[str, Any]) -> None:
    record["rules"] = "f" * 64


def second_of_its_act(record: dict[str, Any]) -> bool:
    return bool(record["batch"] < record["seq"] and record["stream"] != "organisation")


def another_actor_for_what_an_act_led_to(record: dict[str, Any]) -> None:
    if second_of_its_act(record):
        record["actor"] = "någon annan"


def another_moment_for_what_an_act_led_to(record: dict[str, Any]) -> None:
    if second_of_its_act(record):
        record["recorded_at"] = f"2036-01-02{record['recorded_at'][10:]}"


def an_act_for_what_an_act_led_to(record: dict[str, Any]) -> None:
    if second_of_its_act(record):
        record["act"] = {"act": "withdraw", "on": record["on"], "reason": "efteråt"}


def the_number_of_another_act(record: dict[str, Any]) -> None:
    if record["stream"] != "organisation":
        record["batch"] -= 1


def a_fact_of_another_kind(record: dict[str, Any]) -> None:
    if record["event"]["kind"] == "mailbox_set":
        record["event"] = {"kind": "took_effect"}


FORGERIES = [
    another_answer,
    another_actor_without_an_act,
    an_earlier_day,
    an_unknown_type,
    an_unknown_chart,
    a_state_out_of_turn,
    other_rules,
    a_fact_of_another_kind,
]
APART = [
    another_actor_for_what_an_act_led_to,
    another_moment_for_what_an_act_led_to,
    an_act_for_what_an_act_led_to,
    the_number_of_another_act,
]


@pytest.mark.parametrize("change", FORGERIES, ids=lambda change: change.__name__)
def test_a_history_written_anew_with_a_whole_chain_is_still_judged_by_the_rules(
    owned: Keeping, change: Callable[[dict[str, Any]], None]
) -> None:
    forged(owned, change)
    checks = {each.check for each in owned.findings()}
    assert not checks & {"hash", "chain", "sequence"}
    assert checks


@pytest.mark.parametrize("change", APART, ids=lambda change: change.__name__)
def test_what_one_act_led_to_was_written_at_once_by_whoever_acted(
    owned: Keeping, change: Callable[[dict[str, Any]], None]
) -> None:
    forged(owned, change)
    assert "batch" in {each.check for each in owned.findings()}


def test_what_no_rule_tells_anything_of_is_found_by_the_checkpoint_that_a_later_dispatch_quotes(owned: Keeping) -> None:
    def another_clerk(record: dict[str, Any]) -> None:
        if record["event"]["kind"] == "step_taken":
            record["actor"] = "någon annan"

    forged(owned, another_clerk)
    assert {each.check for each in owned.findings()} == {"checkpoint quoted"}


def test_writing_the_chain_anew_and_changing_nothing_is_no_forgery(owned: Keeping) -> None:
    """The negative control of the forgeries."""
    forged(owned, lambda _: None)
    assert owned.findings() == ()


def test_an_older_copy_is_whole_in_itself_which_is_why_the_tail_is_called_unproven(owned: Keeping) -> None:
    """What no audit of one file can find: that it is not the latest. Whoever kept a later hash can."""
    with owned.rows() as base:
        ((first,),) = base.execute("SELECT min(seq) FROM event WHERE stream = 'SAM-2026-0005'").fetchall()
        since = [row[0] for row in base.execute("SELECT DISTINCT stream FROM event WHERE seq >= ?", (first,))]
        begun = base.execute("SELECT stream FROM event WHERE version = 1 AND seq >= ?", (first,)).fetchall()
        assert {name for (name,) in begun} == set(since), "nothing older was touched since"
        for ref in since:
            for table in ("case_view", "document_view", "duty", "flag", "outbox"):
                run(base, "DELETE FROM {table} WHERE ref = ?", ref, table=table)
            base.execute("DELETE FROM event WHERE stream = ?", (ref,))
    assert owned.findings() == ()


def test_a_record_that_cannot_be_read_whole_is_found_with_its_number_and_once(owned: Keeping) -> None:
    """The envelope holds and the chain too: only who reads the event can say so, in a case and in the organisation."""
    spoilt: dict[int, str] = {}

    def spoil(record: dict[str, Any]) -> None:
        if record["event"]["kind"] in {"step_taken", "mailbox_set"} and record["stream"] not in spoilt.values():
            spoilt[record["seq"]] = record["stream"]
            record["event"]["by" if record["event"]["kind"] == "step_taken" else "party"] = 7

    forged(owned, spoil)
    found = [(each.seq, each.case) for each in owned.findings() if each.check == "record"]
    assert sorted(found) == [(seq, None if ref == "organisation" else ref) for seq, ref in sorted(spoilt.items())]
    assert "organisation" in spoilt.values()
    assert len(spoilt) > 1


def test_records_in_a_stream_without_a_name_are_judged_like_any(owned: Keeping) -> None:
    with owned.rows() as base:
        first = base.execute("SELECT seq FROM event WHERE kind = 'step_taken' ORDER BY seq").fetchone()[0]
        base.execute("UPDATE event SET stream = '' WHERE seq = ?", (first,))

    def nameless(record: dict[str, Any]) -> None:
        if record["seq"] == first:
            record["stream"] = ""

    forged(owned, nameless)
    assert (first, "version") in {(each.seq, each.check) for each in owned.findings() if each.case == ""}


def test_a_moment_told_in_another_way_than_in_its_column_is_found(owned: Keeping) -> None:
    """The same moment, written otherwise in the record: the column must have it as we write it, and no other."""
    told = {3: ".000000Z", 4: ".5Z", 5: "+00:00", 6: "Z"}

    def otherwise(record: dict[str, Any]) -> None:
        if record["seq"] in told:
            record["recorded_at"] = record["recorded_at"][:19] + told[record["seq"]]

    def columns(end: Callable[[str], str]) -> set[int | None]:
        with owned.rows() as base:
            for seq, written in told.items():
                moment = base.execute("SELECT recorded_at FROM event WHERE seq = ?", (seq,)).fetchone()[0][:19]
                base.execute("UPDATE event SET recorded_at = ? WHERE seq = ?", (moment + end(written), seq))
        return {each.seq for each in owned.findings() if each.check == "column recorded_at"}

    forged(owned, otherwise)
    assert columns(lambda written: written.replace("Z", "+00:00")) == {3, 4}
    assert (
        columns({".000000Z": "+00:00", ".5Z": ".500000+00:00", "+00:00": "+00:00", "Z": "+00:00"}.__getitem__) == set()
    )
