"""One byte of the database file changed: no change of a record, a view, a flag or a letter passes the audit.

What SQLite itself notices (integrity_check) is counted beside it: it looks after its pages, not after what they say.
"""

import contextlib
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from persistence.verification import verify_as_found
from tests.faults.every_act import story
from tests.faults.stored import JUDGED, Stored, as_on_disk, laid, stored
from tests.persistence.homes import FileHome
from tests.persistence.keeping import Keeping
from tests.torture import times
from workflow.bad_data import NoDatabase
from workflow.refusals import ConfigInvalid

TRIALS = times(60, 2000)
SEED = 20260302


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Stored]:
    """The file as the story leaves it, and what is stored in it."""
    kept = Keeping(tmp_path_factory.mktemp("whole")).letting_go()
    kept.database.create()
    for deed in story(kept):
        deed.do(kept.engine)
    kept.grown()
    return as_on_disk(kept.file)[""], stored(kept.file)


def places(content: bytes, rows: Stored, chance: random.Random) -> Iterator[int]:
    """Any place in the file, and any place in a value of a table, by turns."""
    texts = [
        value if isinstance(value, bytes) else value.encode()
        for table in JUDGED
        if table != "rule_file"
        for row in rows[table]
        for value in row
        if isinstance(value, bytes | str) and len(value) > 3
    ]
    while True:
        yield chance.randrange(len(content))
        value = chance.choice(texts)
        if (start := content.find(value)) >= 0:
            yield start + chance.randrange(len(value))


def says_something_else(file: Path, rows: Stored) -> bool:
    """Whether a value is another, or cannot be read any more."""
    try:
        return stored(file) != rows
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return True


def is_noticed(folder: Path) -> bool:
    """Whether the audit finds something, or there is no database of ours; anything else that is raised is a fault."""
    try:
        return verify_as_found(Keeping(folder).letting_go().database).findings != ()
    except (NoDatabase, ConfigInvalid):
        return True


def sqlite_notices(file: Path) -> bool:
    with contextlib.closing(sqlite3.connect(file)) as base:
        try:
            return base.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return True


def test_every_byte_that_changes_what_is_stored_is_noticed(
    whole: tuple[bytes, Stored], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    content, rows = whole
    chance = random.Random(SEED)  # noqa: S311 - places on a disk, not a secret
    counts: Counter[str] = Counter()
    unnoticed = []
    for _, place in zip(range(TRIALS), places(content, rows, chance), strict=False):
        spoilt = bytearray(content)
        spoilt[place] ^= 1 << chance.randrange(8)
        file = laid({"": bytes(spoilt)}, FileHome(tmp_path).file)
        counts["tried"] += 1
        noticed = is_noticed(tmp_path)
        laid({"": bytes(spoilt)}, file)
        if says_something_else(file, rows):
            counts["changed_something"] += 1
            counts["noticed_by_the_audit"] += noticed
            counts["noticed_by_integrity_check_alone"] += sqlite_notices(file)
            unnoticed += [] if noticed else [place]
    assert unnoticed == [], f"seed {SEED}"
    assert counts["changed_something"] > TRIALS // 3
    # The negative control: an audit that only asked the database itself would pass over most of them.
    assert counts["noticed_by_integrity_check_alone"] < counts["noticed_by_the_audit"]
    for name, count in counts.items():
        record_property(f"flipped_bytes_{name}", count)
