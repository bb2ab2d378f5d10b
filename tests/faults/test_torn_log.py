"""A write-ahead log that was cut off, or has one byte changed, still gives a state that was acknowledged once.

SQLite reads its log up to the first frame that does not hold: what was committed before it is there, and nothing of
what came after. That is looked at here from outside, on files laid down as a failed disk might leave them.
"""

import contextlib
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

from tests.faults.every_act import story
from tests.faults.stored import Stored, as_on_disk, laid, stored
from tests.faults.test_crash_points import TwiceCommitting
from tests.persistence.homes import FileHome
from tests.persistence.keeping import Keeping
from tests.torture import times

TRIALS = times(20, 600)
SEED = 20260302


class Recorded(Struct, frozen=True):
    """The files of a story as they lay at its end, and after each act: where its log ended, and what was stored."""

    main: bytes
    log: bytes
    ends: list[int]
    states: list[Stored]

    def before(self, place: int) -> int:
        """The number of the last act whose part of the log lies wholly before this place."""
        return max((number for number, end in enumerate(self.ends) if end <= place), default=0)


def recorded(kept: Keeping, *, twice: bool = False) -> Recorded:
    """The whole story, told while somebody reads, so that all of it stays in the log."""
    kept.database.create()
    if twice:
        kept.engine.store = TwiceCommitting(kept.database, kept.clock)
    deeds = story(kept)
    next(deeds).do(kept.engine)
    with contextlib.closing(sqlite3.connect(kept.file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM event").fetchone()
        ends, states = [0], [stored(kept.file)]
        for deed in deeds:
            deed.do(kept.engine)
            ends.append(len(as_on_disk(kept.file)["-wal"]))
            states.append(stored(kept.file))
        disk = as_on_disk(kept.file)
    return Recorded(disk[""], disk["-wal"], ends, states)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    return recorded(Keeping(tmp_path_factory.mktemp("whole")).letting_go())


def cut(log: bytes, place: int, _: random.Random) -> bytes:
    return log[:place]


def flipped(log: bytes, place: int, chance: random.Random) -> bytes:
    return log[:place] + bytes([log[place] ^ (1 << chance.randrange(8))]) + log[place + 1 :]


@pytest.mark.parametrize("damage", [cut, flipped])
def test_a_damaged_log_gives_what_was_acknowledged_before_the_damage_and_nothing_after_it(
    whole: Recorded,
    tmp_path: Path,
    damage: Callable[[bytes, int, random.Random], bytes],
    record_property: Callable[[str, object], None],
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - places on a disk, not a secret
    found_in = set()
    for _ in range(TRIALS):
        place = chance.randrange(len(whole.log))
        file = laid({"": whole.main, "-wal": damage(whole.log, place, chance)}, FileHome(tmp_path).file)
        number = whole.before(place)
        assert stored(file) == whole.states[number], f"at byte {place}, in act {number + 1}"
        if number not in found_in:
            assert Keeping(tmp_path).letting_go().findings() == (), f"at byte {place}"
        found_in.add(number)
    assert len(found_in) > 5
    record_property(f"logs_{damage.__name__}_from_seed_{SEED}", TRIALS)


def test_a_log_that_is_whole_gives_everything(whole: Recorded, tmp_path: Path) -> None:
    file = laid({"": whole.main, "-wal": whole.log}, tmp_path / "file")
    assert stored(file) == whole.states[-1]
    assert len(whole.log) == whole.ends[-1]


def test_acts_written_in_two_transactions_are_caught_torn_apart(tmp_path: Path) -> None:
    """The negative control."""
    told = recorded(Keeping(tmp_path).letting_go(), twice=True)
    middle = [(one + other) // 2 for one, other in zip(told.ends, told.ends[1:], strict=False)]
    torn = [place for place in middle if stored(_opened(told, place, tmp_path)) not in told.states]
    assert torn


def _opened(told: Recorded, place: int, folder: Path) -> Path:
    return laid({"": told.main, "-wal": told.log[:place]}, folder / "file")
