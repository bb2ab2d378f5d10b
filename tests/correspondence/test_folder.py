"""Letters as files: whole or not there, one for each, under names that every system takes."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.folder import FolderTransport, file_name
from correspondence.transport import Deferred, Delivered
from tests.correspondence.conftest import letter_to, message_id
from tests.office import PARTIES
from workflow.refusals import ConfigInvalid

SENDER = "samverkan@region.example"


def deliver(folder: Path, party: str, letter: bytes | None = None) -> object:
    with FolderTransport(folder) as transport:
        return transport.deliver(letter or letter_to(party), SENDER, f"registrator@{party}.example", message_id(party))


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_nine_letters_are_nine_files_that_hold_them_byte_for_byte(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "outbox"
    for party in PARTIES:
        name = f"SAM-2026-0007.{party}.12@jamtlands-lan.0a1b2c3d.arendegang.eml"
        assert deliver(folder, party) == Delivered(name)
        assert (folder / name).read_bytes() == letter_to(party)
    assert len(names(folder)) == len(PARTIES)


def test_a_letter_delivered_again_is_still_one_file(tmp_path: Path) -> None:
    first = deliver(tmp_path, "are")
    again = letter_to("are", "Samma brev, en annan dag.\n")
    assert deliver(tmp_path, "are", again) == first
    (file,) = tmp_path.iterdir()
    assert file.read_bytes() == again


def test_what_an_interrupted_run_left_behind_is_no_letter_and_goes_with_the_next(tmp_path: Path) -> None:
    name = file_name(message_id("are"))
    left, of_another = tmp_path / f".{name}.1.part", tmp_path / f".{file_name(message_id('berg'))}.1.part"
    left.write_bytes(letter_to("are")[:100])
    of_another.write_bytes(b"")
    assert list(tmp_path.glob("*.eml")) == []
    deliver(tmp_path, "are")
    assert names(tmp_path) == {name, of_another.name}


@pytest.mark.parametrize("point", ["open", "fsync", "replace"])
def test_a_letter_that_cannot_be_written_is_deferred_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    """The disk is full, or the folder was taken away, at each step of writing."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    owner = {"open": (Path, "open"), "fsync": (os, "fsync"), "replace": (Path, "replace")}[point]
    deliver(tmp_path, "berg")
    with monkeypatch.context() as broken:
        broken.setattr(*owner, full)
        assert deliver(tmp_path, "are") == Deferred("the disk is full")
    assert names(tmp_path) == {file_name(message_id("berg"))}
    deliver(tmp_path, "are")
    assert names(tmp_path) == {file_name(message_id("berg")), file_name(message_id("are"))}


def test_a_letter_is_never_seen_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the moment its name appears, nothing that ends in .eml is there; and then all of it is on the disk."""
    synced: list[bytes] = []
    really = os.fsync

    def watched(number: int) -> None:
        assert list(tmp_path.glob("*.eml")) == [] or synced
        if not synced:
            (partial,) = tmp_path.iterdir()
            synced.append(partial.read_bytes())
        really(number)

    monkeypatch.setattr(os, "fsync", watched)
    deliver(tmp_path, "are")
    assert synced == [letter_to("are")]


def test_a_folder_that_cannot_be_one_is_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file", encoding="utf-8")
    with pytest.raises(ConfigInvalid) as refused:
        deliver(tmp_path / "outbox", "are")
    assert refused.value.values["setting"] == str(tmp_path / "outbox")


@given(
    st.lists(st.from_regex(r"<[^<>\s@]{1,200}@[^<>\s@]{1,200}>", fullmatch=True), min_size=2, max_size=5, unique=True)
)
def test_every_message_id_has_a_file_name_of_its_own(ids: list[str]) -> None:
    assert len({file_name(each) for each in ids}) == len(ids)


@pytest.mark.parametrize(
    "odd", ["<../../x@y>", "<con@y>", "<NUL.x@y>", "<.x@y>", "<a:b@c>", "<å@b>", "<a\\b@c|d?*>", "<=@=>"]
)
def test_a_file_name_is_one_on_every_system(odd: str) -> None:
    name = file_name(odd)
    assert name.isascii()
    assert not set(name) & set('<>:"/\\|?* ')
    assert not name.startswith(".")
    assert name.split(".")[0].casefold() not in {"con", "nul", "aux", "prn"}
    assert len(file_name(f"<{'å' * 500}@b>")) < 240
