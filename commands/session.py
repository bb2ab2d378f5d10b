"""What one command line has said about itself: database, actor, date, and how to answer."""

import getpass
import sys
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.clock import SystemClock
from commands.console import tell_remarks
from workflow.bad_data import DateInFuture
from workflow.dates import read_date
from workflow.errors import N_
from workflow.lines import one_line
from workflow.local_time import real_day
from workflow.refusals import ConfigInvalid

if TYPE_CHECKING:
    from persistence.database import Database
    from persistence.store import SqlStore
    from workflow.engine import Engine
    from workflow.names import Names

_LONGEST_NAME = 200


@dataclass
class Session:
    """One run of the command. What it needs is opened when it is first asked for."""

    db: str | None
    as_json: bool
    asked_today: date | None
    asked_actor: str | None
    no_input: bool

    @classmethod
    def from_options(cls, **options: Any) -> "Session":
        """The session the global options describe. Raises DateInvalid or ValueInvalid."""
        today = options["today"]
        actor = options["actor"]
        return cls(
            db=options["db"],
            as_json=options["as_json"],
            asked_today=read_date(today, "--today") if today is not None else None,
            asked_actor=one_line("--actor", actor, _LONGEST_NAME) if actor is not None else None,
            no_input=options["no_input"],
        )

    @property
    def today(self) -> date:
        """The date questions are asked for."""
        return self.asked_today or self.real_day

    @cached_property
    def real_day(self) -> date:
        """The day it really is in the county."""
        return real_day(SystemClock().now())

    def require_today_real(self) -> None:
        """Raises DateInFuture when the date asked for has not come."""
        if self.today > self.real_day:
            raise DateInFuture(on=self.today, today=self.real_day)

    @property
    def actor(self) -> str:
        """Who acts: as asked, or the database's login. Raises ConfigInvalid when neither they nor the system tell."""
        known = self.asked_actor if self.asked_actor is not None else self.store.login()
        if known:
            return known
        if known is not None:
            raise ConfigInvalid(setting="--actor", why=N_("it is empty; give your name or function."))
        try:
            return one_line("--actor", getpass.getuser(), _LONGEST_NAME)
        except (OSError, KeyError, ImportError):
            why = N_("the system does not tell who you are; give your name or function.")
            raise ConfigInvalid(setting="--actor", why=why) from None

    @cached_property
    def database(self) -> "Database":
        """The database; nothing is opened yet. Raises ConfigInvalid."""
        from persistence.database import Database

        return Database(self.db or default_url())

    def beside_the_database(self, name: str) -> Path:
        """A folder of that name beside the database's file; in the user's own data folder when a server keeps it."""
        file = self.database.file
        return (file.parent if file is not None else _data_folder()) / name

    @cached_property
    def store(self) -> "SqlStore":
        """The log and what is kept beside it."""
        from persistence.store import SqlStore

        return SqlStore(self.database, SystemClock())

    @cached_property
    def engine(self) -> "Engine":
        """The way in for acts."""
        from workflow.engine import Engine

        return Engine(self.store, SystemClock(), self.actor, self.asked_today)

    def let_go(self) -> None:
        """Closes the database, where one was opened: whoever carries out many commands in a process holds none open."""
        if "database" in self.__dict__:
            self.database.close()

    def tell_readings(self) -> None:
        """Says what names were read as something else than was written; silent where an error is told as JSON."""
        if "names" in self.__dict__ and not (self.as_json and sys.exc_info()[0] is not None):
            tell_remarks(self.names.remarks)

    @cached_property
    def names(self) -> "Names":
        """Finds ids for names, under the rules in force."""
        from workflow.names import Names

        return Names(self.engine.rules)


def default_url() -> str:
    """A SQLite file in the user's own data folder."""
    return f"sqlite:///{(_data_folder() / 'arendegang.db').as_posix()}"


def _data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("arendegang", appauthor=False)
