"""A sender killed at any point of its work loses no letter, and doubles one only under the same Message-ID."""

import subprocess
import sys

import pytest

from scheduler.outbox import CLAIM
from tests.correspondence.post_office import HANGS_UP, PostOffice, opened
from tests.office import PARTIES, REPOSITORY
from tests.persistence.keeping import Keeping
from tests.scheduler.killed_sender import STEPS
from tests.scheduler.sending import address, by_smtp, recorded_as_sent, send, states, what_is_wrong

#: The letter whose sending is interrupted: one in the middle.
THIRD = 3
#: How often a step has been taken when it is the third letter's: the server is called once, the rest once a letter.
TIMES = {step: 1 if step == "enter" else THIRD for step in STEPS}


def kill(outbox: Keeping, office: PostOffice, step: str, when: str, *faults: str) -> None:
    argv = [sys.executable, "-m", "tests.scheduler.killed_sender", str(outbox.file.parent), office.url()]
    done = subprocess.run(
        [*argv, step, when, str(TIMES[step]), *faults], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 9, done.stderr


def end_the_claim(outbox: Keeping) -> None:
    outbox.clock.moment += CLAIM


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_sender_killed_at_this_point_loses_nothing(outbox: Keeping, step: str, when: str) -> None:
    with opened(PostOffice()) as office:
        kill(outbox, office, step, when)
        send(outbox, by_smtp(office))
        left_to_the_dead = states(outbox)["queued"]
        assert left_to_the_dead == (
            0
            if (step, when) in {("claim", "before"), ("record", "after"), ("settle", "before"), ("settle", "after")}
            else 1
        )
        end_the_claim(outbox)
        send(outbox, by_smtp(office))
        assert what_is_wrong(outbox, office) == []
        twice = len(office.letters) - len(PARTIES)
        assert twice == (1 if (step, when) in {("hand over", "after"), ("record", "before")} else 0)
    assert states(outbox) == {"sent": len(PARTIES)}


def test_a_letter_that_arrived_while_its_answer_was_lost_is_sent_again_under_its_own_name(outbox: Keeping) -> None:
    with opened(PostOffice(to_letter={address("krokom"): [HANGS_UP, "250 Ok"]})) as office:
        send(outbox, by_smtp(office))
        assert len(recorded_as_sent(outbox)) == len(PARTIES) - 1
        end_the_claim(outbox)
        send(outbox, by_smtp(office))
        assert what_is_wrong(outbox, office) == []
        assert len(office.letters) == len(PARTIES) + 1


def test_a_letter_recorded_before_it_is_sent_is_caught_lost(outbox: Keeping) -> None:
    """The negative control: a sender that first writes down what it means to do."""
    with opened(PostOffice()) as office:
        kill(outbox, office, "settle", "after", "recorded before it is sent")
        end_the_claim(outbox)
        send(outbox, by_smtp(office))
        wrong = what_is_wrong(outbox, office)
    assert len([each for each in wrong if each.startswith("lost")]) == THIRD
    assert len([each for each in wrong if each.startswith("recorded and never arrived")]) == THIRD


def test_a_letter_that_changes_its_name_with_each_try_is_caught_doubled(outbox: Keeping) -> None:
    """The other negative control: a Message-ID made when the letter is sent."""
    with opened(PostOffice()) as office:
        kill(outbox, office, "hand over", "after", "another Message-ID for each try")
        end_the_claim(outbox)
        send(outbox, by_smtp(office))
        wrong = what_is_wrong(outbox, office)
    assert len([each for each in wrong if each.startswith("doubled under another Message-ID")]) == 1
