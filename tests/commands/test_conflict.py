"""Two at the same case at the same time: one gets through, the other is told to look again, and nothing is lost."""

import json
import subprocess
import sys

import pytest

from tests.commands.claims import Desk, contents
from tests.office import PARTIES, REPOSITORY, Office


def ended(processes: list[subprocess.Popen[str]]) -> list[tuple[int, str, str]]:
    """Exit code, output and errors of each, when all are done."""
    done = []
    for process in processes:
        out, err = process.communicate()
        done.append((process.returncode, out, err))
    return done


def test_of_two_who_saw_the_same_version_one_wins_and_the_other_gets_75(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    seen = office.show(ref)["version"]
    said = ("case", "answer", ref, "--party", "are", "--on", "2026-04-20", "--if-version", seen, "--answer")
    done = ended([office.spawn(*said, "adopts", actor="en"), office.spawn(*said, "declines", actor="annan")])
    assert sorted(code for code, _, _ in done) == [0, 75], done
    (refusal,) = (err for code, _, err in done if code == 75)
    assert '"conflict"' in refusal
    assert "Traceback" not in refusal
    answers = [row for row in office("case", "history", ref, expect=0).json if row["kind"] == "answer_recorded"]
    assert len(answers) == 1
    assert office("audit", "verify", expect=0).json["findings"] == []


def test_the_loser_is_told_where_the_case_is_now_and_can_go_on_from_there(desk: Desk) -> None:
    office, ref = desk("prepared")
    stale = office.show(ref)["version"]
    now = office("case", "recommend", ref, "--by", "ledningsforum", "--on", "2026-02-05", expect=0).json["version"]
    before = contents(office.file)
    words = ("case", "postpone", ref, "--by", "politiskt-forum", "--until", "2026-03-01", "--reason", "tid saknas")
    reply = office(*words, "--on", "2026-02-20", "--if-version", stale, expect=75)
    assert reply.error["code"] == "conflict"
    assert str(now) in reply.error["message"]
    assert "leadership" in reply.error["message"]
    assert contents(office.file) == before
    office(*words, "--on", "2026-02-20", "--if-version", now, expect=0)


@pytest.mark.parametrize("version", ["0", "1", "99"])
def test_a_version_the_case_is_not_at_is_a_conflict_whichever_way_it_is_off(desk: Desk, version: str) -> None:
    office, ref = desk("prepared")
    words = ("case", "recommend", ref, "--by", "ledningsforum", "--on", "2026-02-05", "--if-version", version)
    assert office(*words).code == 75


@pytest.mark.slow
def test_in_a_real_race_on_one_case_every_one_gets_an_answer_and_the_log_has_no_gap(county: Office) -> None:
    """Six rounds of three processes, each taking the same step of the same case."""
    ref = county.opened()
    rounds = [
        ("prepare", "--by", "au-barn-unga", "--on", "2026-01-20"),
        ("recommend", "--by", "ledningsforum", "--on", "2026-02-05"),
        ("recommend", "--by", "politiskt-forum", "--on", "2026-02-20"),
        ("dispatch", "--on", "2026-03-02"),
        ("answer", "--party", "are", "--answer", "adopts", "--on", "2026-04-20"),
        ("answer", "--party", "berg", "--answer", "adopts", "--on", "2026-04-20"),
    ]
    for verb, *options in rounds:
        done = ended([county.spawn("case", verb, ref, *options, actor=f"nummer {one}") for one in range(3)])
        codes = sorted(code for code, _, _ in done)
        assert set(codes) <= {0, 1, 75}, done
        assert codes[0] == 0, done
        # An answer given again word for word is no second answer; every other step can be taken only once.
        assert verb == "answer" or codes.count(0) == 1, done
        assert not any("Traceback" in err for _, _, err in done), done
    shown = county.show(ref)
    assert shown["waiting_for"] == sorted(set(PARTIES) - {"are", "berg"}, key=PARTIES.index)
    _without_gaps(county, ref)


@pytest.mark.slow
def test_in_a_race_on_different_cases_nobody_loses(county: Office) -> None:
    """Three processes open a case each, again and again: as many references as openings, none twice."""
    refs = []
    for _ in range(3):
        title = ("--type", "ök", "--group", "vuxna", "--on", "2026-01-12", "--title", "Samtidigt")
        done = ended([county.spawn("case", "open", *title) for _ in range(3)])
        assert [code for code, _, _ in done] == [0, 0, 0], done
        refs += [json.loads(out)["ref"] for _, out, _ in done]
    rows = county("case", "list", expect=0).json
    assert [row["ref"] for row in rows] == sorted(refs) == sorted(set(refs))
    for row in rows:
        _without_gaps(county, row["ref"])


def _without_gaps(office: Office, ref: str) -> None:
    numbers = [row["seq"] for row in office("case", "history", ref, expect=0).json]
    assert numbers == sorted(set(numbers))
    told = office("audit", "verify", expect=0).json
    assert (told["events"], told["findings"]) == (len(office.copy_log_bytes()), [])


def held(office: Office, how: str, *words: str) -> subprocess.Popen[str]:
    """The command, decided on what the case is now and not yet written."""
    argv = [sys.executable, "-m", "tests.commands.held_before_writing", how, *office.argv(*words)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(argv, cwd=REPOSITORY, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8")
    assert process.stdout is not None
    assert process.stdout.readline() == "between\n", process.communicate()
    return process


def let_go(process: subprocess.Popen[str]) -> int:
    """Its exit code, after it has written or not."""
    process.communicate("\n")
    return process.returncode


def test_of_two_who_decided_on_the_same_state_the_second_writes_nothing(desk: Desk) -> None:
    office, ref = desk("prepared")
    words = ("case", "recommend", ref, "--by", "ledningsforum", "--on", "2026-02-05")
    both = [held(office, "checked", *words), held(office, "checked", *words)]
    assert let_go(both[0]) == 0
    before = contents(office.file)
    assert let_go(both[1]) == 75
    assert contents(office.file) == before


def test_a_store_that_does_not_look_takes_the_step_twice_and_is_caught(desk: Desk) -> None:
    """The negative control of everything above."""
    office, ref = desk("prepared")
    words = ("case", "recommend", ref, "--by", "ledningsforum", "--on", "2026-02-05")
    both = [held(office, "unchecked", *words), held(office, "unchecked", *words)]
    assert [let_go(process) for process in both] == [0, 0]
    told = office("audit", "verify", expect=3).json
    assert {finding["case"] for finding in told["findings"]} == {ref}
