"""A file that is read piece by piece: what is wrong with it is told as the file's fault, and nothing else is."""

from pathlib import Path

import pytest

from commands.params import pieces_of
from workflow.bad_data import FileUnreadable


def test_the_pieces_are_the_file(tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(bytes(range(256)) * 4096)
    pieces = list(pieces_of(str(file), 1 << 20))
    assert len(pieces) > 1
    assert b"".join(pieces) == file.read_bytes()


@pytest.mark.parametrize(
    ("name", "why"), [("", "folder"), ("none.csv", "no such file"), ("a.csv/b", "no such file"), ("\0", "no file")]
)
def test_what_is_no_file_is_told_in_one_sentence(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "a.csv").write_bytes(b"id")
    with pytest.raises(FileUnreadable) as refused:
        next(pieces_of(str(tmp_path / name), 100))
    assert why in str(refused.value)


def test_a_file_that_is_too_large_is_not_begun(tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    file.write_bytes(b"x" * (2 << 20))
    with pytest.raises(FileUnreadable, match="is larger than"):
        next(pieces_of(str(file), 1 << 20))


def test_what_goes_wrong_with_a_piece_is_no_fault_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(b"id")
    pieces = pieces_of(str(file), 100)
    next(pieces)
    with pytest.raises(OSError, match="the disk of the database"):
        pieces.throw(OSError("the disk of the database"))  # type: ignore[attr-defined]  # it is a generator
