"""The way out that needs no server: each letter a file that any mail program opens."""

import contextlib
import hashlib
import os
import re
from pathlib import Path
from typing import Self

from correspondence.transport import Deferred, Delivered, Outcome
from workflow.errors import N_, Remark
from workflow.refusals import ConfigInvalid
from workflow.system_words import system_words

_PLAIN = re.compile(r"[^A-Za-z0-9.@_-]")
#: Names that Windows keeps for devices, whatever stands after the first full stop.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_LONGEST_NAME = 150


class FolderTransport:
    """Writes each letter as ``<its Message-ID>.eml`` into ``folder``. Delivered again, a letter is still one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def name(self) -> str:
        """The folder itself may lie under somebody's name, which has no place in the history."""
        return "folder"

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """None: each letter tells its own outcome."""
        return ()

    def __enter__(self) -> Self:
        """Makes the folder if need be. Raises ConfigInvalid when it cannot be one."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            why = N_("letters cannot be kept there: {fault}.")
            raise ConfigInvalid(setting=str(self.folder), why=why, fault=system_words(fault)) from None
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is left open."""

    def deliver(self, message: bytes, sender: str, recipient: str, message_id: str) -> Outcome:  # noqa: ARG002 - the file says who from and to
        """Writes the file whole, or not at all: Deferred with the system's reason when it cannot be written."""
        place = self.folder / file_name(message_id)
        partial = place.with_name(f".{place.name}.{os.getpid()}.part")
        try:
            with partial.open("wb") as file:
                file.write(message)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(place)
            _keep_names(self.folder)
        except OSError as fault:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
            return Deferred(system_words(fault))
        for left_behind in self.folder.glob(f".{place.name}.*.part"):
            # Of a run that was stopped while it wrote this letter.
            with contextlib.suppress(OSError):
                left_behind.unlink()
        return Delivered(place.name)


def file_name(message_id: str) -> str:
    """A Message-ID as a file name that every system takes, another one for every other Message-ID."""
    name = _PLAIN.sub(lambda sign: f"={sign.group().encode().hex().upper()}", message_id.strip("<>"))
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME // 2]}={hashlib.sha256(message_id.encode()).hexdigest()}"
    if _DEVICES.match(name) or name.startswith("."):
        name = f"={name}"
    return f"{name}.eml"


def _keep_names(folder: Path) -> None:
    """Makes the new name survive a loss of power, where the system lets a folder be opened for that."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
