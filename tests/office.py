"""An office of its own for each test: one database file, and the real command working on it."""

from __future__ import annotations

import contextlib
import io
import json as json_text
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import cli

REPOSITORY = Path(cli.__file__).resolve().parent

PARTIES = ("rjh", "berg", "bracke", "harjedalen", "krokom", "ragunda", "stromsund", "are", "ostersund")
PREPARERS = {"barn-unga": ("au-barn-unga",), "vuxna": ("au-vuxna",), "alla": ("au-barn-unga", "au-vuxna")}

Word = str | int | date | Path


def uncounted() -> dict[str, str]:
    """An environment in which what is begun is not counted for coverage: what counts loads, and writes, of its own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def copy_base(file: Path, to: Path) -> None:
    """A second file that holds what the first holds now, whoever has it open."""
    with contextlib.closing(sqlite3.connect(file)) as here, contextlib.closing(sqlite3.connect(to)) as there:
        here.backup(there)


@dataclass(frozen=True)
class Reply:
    """What one command gave back: its exit code and what it wrote."""

    argv: tuple[str, ...]
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json_text.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """What stands under ``error`` in the document on standard error."""
        error = json_text.loads(self.err)["error"]
        assert isinstance(error, dict)
        return error

    @property
    def missing(self) -> set[tuple[str, str | None]]:
        """The pairs (code, by) a refusal names."""
        return {(one["code"], one.get("by")) for one in self.error.get("missing") or []}

    def transcript(self) -> str:
        """The whole exchange, for the message of a test that fails."""
        return f"$ arendegang {' '.join(self.argv)}\nexit {self.code}\n--- out\n{self.out}\n--- err\n{self.err}"


class Office:
    """Owns ``ärenden.sqlite`` in a folder and speaks to the product through its command alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "ärenden.sqlite"
        self.url = f"sqlite:///{self.file.as_posix()}"
        self._papers = 0

    @property
    def actor(self) -> str:
        """Who acts unless a test says so: on a server nobody can be another than the login."""
        return urlsplit(self.url).username or "samordnare"

    def __call__(
        self,
        *words: Word,
        today: date | str | None = None,
        lang: str = "en",
        json: bool = True,
        actor: str | None = None,
        expect: int | None = None,
    ) -> Reply:
        """Run one command in this process; with ``expect`` any other exit code fails with the transcript."""
        argv = self.argv(*words, today=today, lang=lang, json=json, actor=actor)
        out, err = _page(), _page()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.main(argv)
        reply = Reply(tuple(argv), code, _read(out), _read(err))
        assert expect is None or code == expect, f"expected exit {expect}\n{reply.transcript()}"
        return reply

    def argv(
        self,
        *words: Word,
        today: date | str | None = None,
        lang: str = "en",
        json: bool = True,
        actor: str | None = None,
    ) -> list[str]:
        """The command line with this office's global options before the noun."""
        given = ["--db", self.url, "--no-input", "--actor", self.actor if actor is None else actor, "--lang", lang]
        given += ["--json"] if json else []
        given += ["--today", str(today)] if today is not None else []
        return given + [str(word) for word in words]

    def spawn(self, *words: Word, today: date | str | None = None, actor: str | None = None) -> subprocess.Popen[str]:
        """Start the same command as a process of its own; the caller waits for it."""
        return subprocess.Popen(
            [sys.executable, "-m", "cli", *self.argv(*words, today=today, actor=actor)],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def copy_log_bytes(self) -> list[bytes]:
        """Every stored event, byte for byte, in the order of the log."""
        with contextlib.closing(sqlite3.connect(self.file)) as base:
            return [bytes(row[0]) for row in base.execute("SELECT bytes FROM event ORDER BY seq")]

    def copied_to(self, folder: Path) -> Office:
        """A second office that starts where this one stands."""
        folder.mkdir(parents=True, exist_ok=True)
        twin = Office(folder)
        copy_base(self.file, twin.file)
        return twin

    def paper(self, text: bytes | str) -> Path:
        """A file of its own holding this text."""
        self._papers += 1
        path = self.folder / f"text-{self._papers}.txt"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def founded(self) -> Self:
        """``init`` with alternativ-1 from the first day of 2026."""
        self("init", "--adopt", "alternativ-1", "--from", "2026-01-01", expect=0)
        return self

    def with_mailboxes(self) -> Self:
        """Founded, and every party has a functional mailbox."""
        self.founded()
        for party in PARTIES:
            self("party", "mailbox", party, f"registrator@{party}.example", expect=0)
        return self

    def opened(
        self,
        *,
        group: str = "barn-unga",
        type: str = "overenskommelse",  # noqa: A002 - as the option is called
        on: date | str = "2026-01-12",
        **options: Any,
    ) -> str:
        """Open a case and give its reference; ``valid_to="…"`` becomes ``--valid-to …``, a list repeats its option."""
        title = options.pop("title", "Överenskommelse placerade barn")
        words = ["case", "open", "--type", type, "--title", title, "--group", group, "--on", str(on)]
        reply = self(*words, *_options(options), expect=0)
        return str(reply.json["ref"])

    def show(self, ref: str, *, today: date | str | None = None) -> dict[str, Any]:
        """The case as ``case show`` has it."""
        shown = self("case", "show", ref, today=today, expect=0).json
        assert isinstance(shown, dict)
        return shown

    def walked_to(self, state: str, *, group: str = "barn-unga", **options: Any) -> str:
        """Open a case and take it by its ordinary course to ``state``, dated in the first half of 2026.

        For ``ratified`` the case is valid from 2099-01-01 only, unless the caller says otherwise.
        """
        if state == "ratified":
            options.setdefault("valid_from", "2099-01-01")
        ref = self.opened(group=group, **options)
        parties = options.get("party", PARTIES)
        for step in _COURSES[state]:
            step(self, ref, group, parties)
        return ref

    def adopts(self, ref: str, *parties: str, on: date | str = "2026-04-20") -> None:
        """Each of these parties has adopted and reported it."""
        for party in parties:
            self("case", "answer", ref, "--party", party, "--answer", "adopts", "--on", str(on), expect=0)


def _page() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True)


def _read(page: io.TextIOWrapper) -> str:
    page.flush()
    page.seek(0)
    return page.read()


def _options(options: dict[str, Any]) -> Iterator[str]:
    for name, value in options.items():
        values: Iterable[Any] = value if isinstance(value, (list, tuple)) else [value]
        for one in values:
            if one is not None:
                yield from (f"--{name.replace('_', '-')}", str(one))


Step = Callable[[Office, str, str, Iterable[str]], object]


def _prepare(office: Office, ref: str, group: str, parties: Iterable[str]) -> None:
    for body in PREPARERS[group]:
        office("case", "prepare", ref, "--by", body, "--on", "2026-01-20", expect=0)


def _recommend(office: Office, ref: str, forum: str, on: str) -> None:
    office("case", "recommend", ref, "--by", forum, "--on", on, expect=0)


def _leadership(office: Office, ref: str, group: str, parties: Iterable[str]) -> None:
    _recommend(office, ref, "ledningsforum", "2026-02-05")


def _political(office: Office, ref: str, group: str, parties: Iterable[str]) -> None:
    _recommend(office, ref, "politiskt-forum", "2026-02-20")


def _dispatch(office: Office, ref: str, group: str, parties: Iterable[str]) -> None:
    office("case", "dispatch", ref, "--on", "2026-03-02", expect=0)


def _all_adopt(office: Office, ref: str, group: str, parties: Iterable[str]) -> None:
    office.adopts(ref, *parties)


def _one_declines(office: Office, ref: str, group: str, parties: Iterable[str]) -> None:
    party = next(iter(parties))
    said = ("--answer", "declines", "--on", "2026-04-20", "--reason", "kostnaden")
    office("case", "answer", ref, "--party", party, *said, expect=0)


def _withdraw(office: Office, ref: str, group: str, parties: Iterable[str]) -> None:
    office("case", "withdraw", ref, "--reason", "frågan har fallit", "--on", "2026-01-20", expect=0)


def _close(office: Office, ref: str, group: str, parties: Iterable[str]) -> None:
    said = ("--by", "politiskt-forum", "--reason", "ersätts av annat", "--on", "2026-01-20")
    office("case", "close", ref, *said, expect=0)


_TO_THE_PARTIES: tuple[Step, ...] = (_prepare, _leadership, _political, _dispatch)

_COURSES: dict[str, tuple[Step, ...]] = {
    "initiated": (),
    "prepared": _TO_THE_PARTIES[:1],
    "recommended_by_leadership": _TO_THE_PARTIES[:2],
    "recommended_by_political_forum": _TO_THE_PARTIES[:3],
    "sent_to_parties": _TO_THE_PARTIES,
    "not_ratified": (*_TO_THE_PARTIES, _one_declines),
    "ratified": (*_TO_THE_PARTIES, _all_adopt),
    "in_force": (*_TO_THE_PARTIES, _all_adopt),
    "withdrawn": (_withdraw,),
    "closed": (_close,),
}
