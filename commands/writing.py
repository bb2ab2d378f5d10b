"""Files that a command writes because it was asked to: whole or not at all, and never in place of something else."""

import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.bad_data import ValueInvalid
from workflow.errors import N_, Message
from workflow.system_words import system_words

if TYPE_CHECKING:
    from persistence.database import Database

_AT_A_TIME = 1 << 20


def write_files(database: "Database", files: Mapping[str, Iterable[bytes]], *, replace: bool) -> None:
    """Writes all of these files, or none of them; each is made beside its place and then moved there.

    A file that is there already is replaced when the new one begins with all that is in it, so that nothing is lost:
    an earlier export may be somebody's evidence. With ``replace`` it is replaced in any case, but never ``database``,
    nor another one that is in use. Raises ValueInvalid.
    """
    drafts: dict[Path, Path] = {}
    try:
        for path, parts in files.items():
            place = _place(path, database)
            drafts[place] = _beside(place)
            _write(path, drafts[place], parts)
            if not replace:
                _require_nothing_lost(path, place, drafts[place])
        for path, (place, draft) in zip(files, drafts.items(), strict=True):
            with _Told(path):
                draft.replace(place)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


@contextmanager
def drafted(database: "Database", path: str, *, replace: bool) -> Iterator[Path]:
    """A place beside the file's own: what is made there is moved to the file when all is well, and else is gone.

    A file that is there already stays, whatever it holds, unless ``replace`` is said; a database as in ``write_files``.
    Raises ValueInvalid.
    """
    place = _place(path, database)
    if place.exists() and not replace:
        raise _refused(path, N_("it is there already; choose another name, or add --replace."))
    draft = _beside(place)
    try:
        with _Told(path):
            # Nothing is begun that could not be ended: the folder is there, and may be written to.
            draft.touch(exist_ok=False)
        yield draft
        with _Told(path):
            with draft.open("rb+") as file:
                os.fsync(file.fileno())
            draft.replace(place)
    finally:
        # What was stopped in the midst may have left files of its own beside it.
        for left in [each for each in place.parent.glob(".*") if each.name.startswith(draft.name)]:
            left.unlink(missing_ok=True)


def _beside(place: Path) -> Path:
    return place.with_name(f".{place.name[:100]}.{secrets.token_hex(4)}")


class _Told:
    """Turns what the system says of a file into a refusal that names it."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> None:
        if isinstance(fault, OSError | ValueError):
            raise _told(self._path, fault) from None


def _place(path: str, database: "Database") -> Path:
    """Where the file is to lie. A name that leads elsewhere is followed, so that what it leads to is replaced."""
    with _Told(path):
        place = Path(path).resolve()
        if place.is_dir():
            raise _refused(path, N_("it is a folder."))
        if place.exists() and not place.is_file():
            raise _refused(path, N_("it is not a file."))
        _require_no_database(path, place, database)
    return place


def _require_no_database(path: str, place: Path, database: "Database") -> None:
    """Raises ValueInvalid for the database itself, by whatever name, and for another one that somebody has open."""
    own, *beside = database.files or (None,)
    if own is not None and _is_same(place, own):
        raise _refused(path, N_("it is the database itself."))
    if any(_is_same(place, each) for each in beside):
        raise _refused(path, N_("it belongs to the database."))
    # SQLite would take the old file's log for the new one's.
    if place.with_name(f"{place.name}-wal").exists():
        raise _refused(path, N_("a database of that name is in use: a file ending in -wal is beside it."))


def _is_same(place: Path, other: Path) -> bool:
    """Whether both names are of one file, also of one that is not there yet, and where it has two names on the disk."""
    return place == other.resolve() or (place.exists() and other.exists() and place.samefile(other))


def _write(path: str, draft: Path, parts: Iterable[bytes]) -> None:
    with _Told(path), draft.open("xb") as file:
        file.writelines(parts)
        file.flush()
        os.fsync(file.fileno())


def _require_nothing_lost(path: str, place: Path, draft: Path) -> None:
    with _Told(path):
        if not place.exists():
            return
        with place.open("rb") as old, draft.open("rb") as new:
            while part := old.read(_AT_A_TIME):
                if new.read(len(part)) != part:
                    why = N_("it is there already and holds something else; choose another name, or add --replace.")
                    raise _refused(path, why)


def _refused(path: str, why: Message, fault: Message | None = None) -> ValueInvalid:
    return ValueInvalid(field=path, why=why, fault=fault)


def _told(path: str, fault: OSError | ValueError) -> ValueInvalid:
    """What the system says of a file, as a refusal that names it."""
    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        return _refused(path, N_("there is no such folder."))
    if isinstance(fault, PermissionError):
        return _refused(path, N_("you may not write it."))
    if isinstance(fault, OSError):
        return _refused(path, N_("it cannot be written: {fault}."), system_words(fault))
    return _refused(path, N_("no file can have that name."))
