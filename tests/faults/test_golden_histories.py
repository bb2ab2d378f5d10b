"""What was recorded by an earlier version is read, found lawful and told alike by this one, wherever it runs."""

import itertools
import os
import subprocess
import sys
from typing import get_args

import pytest
from msgspec.structs import replace

from machines.table import CHARTS
from tests.golden_histories import PLACE, RULES, STORIES, History, differences, histories, state_of
from tests.office import REPOSITORY
from tests.torture import LONG
from workflow import acts
from workflow.events import AnswerRecorded, CaseEvent
from workflow.organisation_events import OrganisationEvent
from workflow.record import decode, digest, encode
from workflow.register.acts import DocumentAct
from workflow.register.events import DocumentEvent

KEPT = histories()
by_name = pytest.mark.parametrize("history", KEPT, ids=lambda history: history.name)

#: Hash seed, time zone and language of a process: every one of them beside every other where there is time.
AROUND = [
    {"PYTHONHASHSEED": str(seed), "TZ": zone, "LANG": lang, "LC_ALL": lang}
    for seed, zone, lang in itertools.product(
        range(10), ("UTC", "Europe/Stockholm", "Pacific/Apia"), ("C", "sv_SE.UTF-8")
    )
]


@by_name
def test_a_golden_history_leads_to_the_state_it_led_to_when_it_was_recorded(history: History) -> None:
    assert differences(history.kept_state, state_of(history.records)) == []


@by_name
def test_a_golden_history_is_lawful_under_the_rules_it_was_decided_under(history: History) -> None:
    assert history.findings() == []


@by_name
def test_a_golden_history_is_still_written_as_it_was_byte_for_byte(history: History) -> None:
    """An audit holds every record to the bytes that it is written as: none may ever be written otherwise."""
    assert [encode(decode(line)) for line in history.lines] == history.lines


def test_every_kind_of_record_and_act_and_every_chart_is_in_some_golden_history() -> None:
    """Whoever adds a kind adds a story in which it comes: see tests/golden_histories.py."""
    records = [record for history in KEPT for record in history.records]
    every_kind = (*get_args(CaseEvent), *get_args(OrganisationEvent), *get_args(DocumentEvent))
    assert {type(record.event) for record in records} == {*every_kind}
    every_act = (*get_args(acts.CaseAct), *get_args(acts.OrganisationAct), *get_args(DocumentAct))
    assert {type(record.act) for record in records} >= {*every_act}
    charts = {case["body"]["chart"] for history in KEPT for case in history.kept_state["cases"].values()}
    assert charts == CHARTS.keys() - {"ratification", "document"}
    assert {history.file.stem for history in KEPT} == STORIES.keys()


def test_every_rule_file_that_is_kept_is_what_its_name_says() -> None:
    assert all(digest(file.read_bytes()) == file.name for file in RULES.iterdir())
    assert {file.name for file in PLACE.rglob("*.jsonl")} == {f"{name}.jsonl" for name in STORIES}


def test_a_version_that_told_an_answer_otherwise_would_be_caught() -> None:
    """The negative control: today's code as it would be if it took every answer for an adoption."""
    history = next(each for each in KEPT if each.file.stem == "letters-and-thresholds")
    mistaken = [
        replace(record, event=replace(record.event, answer="adopts"))
        if isinstance(record.event, AnswerRecorded)
        else record
        for record in history.records
    ]
    assert differences(history.kept_state, state_of(mistaken))


def test_a_key_that_is_gone_is_a_difference_and_one_that_was_added_is_none() -> None:
    assert differences({"a": [{"b": 1}]}, {"a": [{"b": 1, "c": 2}], "d": 3}) == []
    assert differences({"a": [{"b": 1}]}, {"a": [{}]}) == ["/a/0/b is gone"]
    assert differences({"a": [1]}, {"a": [1, 2]})


def digests(around: list[dict[str, str]], *fault: str) -> set[str]:
    """What processes in these surroundings make of the golden histories."""
    found = set()
    argv = [sys.executable, "-m", "tests.faults.one_digest", *fault]
    for each in around:
        env = {**os.environ, **each}
        done = subprocess.run(argv, cwd=REPOSITORY, env=env, stdout=subprocess.PIPE, encoding="utf-8", check=True)
        found.add(done.stdout)
    return found


def test_every_process_in_the_world_comes_to_one_digest(isolated: None) -> None:
    chosen = AROUND if LONG else [AROUND[0], AROUND[27], AROUND[-1]]
    assert len(digests(chosen)) == 1


def test_an_order_that_hashes_decide_is_caught(isolated: None) -> None:
    """The negative control."""
    assert len(digests([AROUND[0], AROUND[-1]], "by-hash")) == 2
