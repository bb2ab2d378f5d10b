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


@pytest.mark.parametrize("change", FORGERIES, ids=lambda change: change.__name__)
def test_a_history_written_anew_with_a_whole_chain_is_still_judged_by_the_rules(
    owned: Keeping, change: Callable[[dict[str, Any]], None]
) -> None:
    forged(owned, change)
    checks = {each.check for each in owned.findings()}
    assert not checks & {"hash", "chain", "sequence"}
    assert checks


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
