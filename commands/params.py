"""Options that read dates, lines of text and files, and refuse in the product's own words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from translations import translate as _
from workflow.bad_data import FileUnreadable
from workflow.dates import read_date
from workflow.errors import N_
from workflow.lines import LONGEST, one_line
from workflow.system_words import system_words

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

#: The largest text that is kept beside a case, in bytes.
LARGEST_FILE = 25 * 1024 * 1024

_LONGEST_FILE_NAME = 255
_PIECE = 256 * 1024


class Day(click.ParamType[date]):
    """A date as people write it. Raises DateInvalid."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that is written."""
        return value if isinstance(value, date) else read_date(value, _option_name(param))


class Line(click.ParamType[str]):
    """One line of text in composed form. Raises ValueInvalid."""

    name = "text"

    def __init__(self, longest: int = LONGEST) -> None:
        self.longest = longest

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The line, without white space around it."""
        return one_line(_option_name(param), value, self.longest)


class Known(click.Choice[str]):
    """One of a long list of codes: an unknown one is answered with the nearest, and not with the whole list."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code."""
        codes = [str(each) for each in self.choices]
        if value in codes:
            return str(value)
        fault = click.BadParameter(_(N_("«{given}» is not known.")).format(given=value), ctx=ctx, param=param)
        near = get_close_matches(str(value), codes, n=1)
        fault.suggestion = near[0] if near else None  # type: ignore[attr-defined]  # told beside the message
        raise fault


def _option_name(param: click.Parameter | None) -> str:
    if param is None:
        return "?"
    return param.opts[0] if param.param_type_name == "option" else param.make_metavar(click.get_current_context())


def option(*names: str, **settings: Any) -> Decorator:
    """An option whose help is a message id, translated when the verb is loaded."""
    settings["help"] = _(settings["help"])
    return click.option(*names, **settings)


def day(name: str, text: str, *, required: bool = False) -> Decorator:
    """An option that takes a date."""
    return option(name, type=Day(), metavar="DATE", required=required, help=text)


def line(name: str, text: str, *, required: bool = False, longest: int = LONGEST) -> Decorator:
    """An option that takes one line of text."""
    return option(name, type=Line(longest), metavar="TEXT", required=required, help=text)


def named(name: str, metavar: str, text: str, *, required: bool = False, multiple: bool = False) -> Decorator:
    """An option that takes the name of something known."""
    return option(name, metavar=metavar, required=required, multiple=multiple, help=text)


on_date = day("--on", N_("The date in the minutes; today when it is left out."))
minutes = line("--minutes", N_("The paragraph in the minutes, as «§ 14»."))
if_version = option(
    "--if-version",
    type=click.IntRange(min=0),
    metavar="N",
    help=N_("Only if the case is still at this version, as «case show» told it."),
)


def read_file(path: str) -> tuple[str, bytes]:
    """A file's name and bytes. Raises FileUnreadable."""
    return Path(path).name, b"".join(pieces_of(path, LARGEST_FILE))


def pieces_of(path: str, largest: int) -> Iterator[bytes]:
    """The bytes of a file of at most ``largest``, in pieces. Raises FileUnreadable, the first time when it is begun."""
    with _told(path):
        place = Path(path)
        if place.is_dir():
            raise FileUnreadable(path=path, why=N_("it is a folder."))
        if place.stat().st_size > largest:
            raise FileUnreadable(path=path, why=N_("it is larger than {largest} MiB."), largest=largest // 1024**2)
        file = place.open("rb")
    with file:
        while True:
            with _told(path):
                piece = file.read(_PIECE)
            if not piece:
                return
            # Outside of what is told about the file: what goes wrong with the piece is no fault of the file's.
            yield piece


@contextmanager
def _told(path: str) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        raise FileUnreadable(path=path, why=N_("there is no such file.")) from None
    except PermissionError:
        raise FileUnreadable(path=path, why=N_("you may not read it.")) from None
    except ValueError:
        raise FileUnreadable(path=path, why=N_("no file can have that name.")) from None
    except OSError as fault:
        raise FileUnreadable(path=path, why=N_("it cannot be read: {fault}."), fault=system_words(fault)) from None


def read_text(path: str) -> tuple[str, bytes]:
    """The name and the bytes of a text that is to be kept. Raises FileUnreadable, or ValueInvalid for its name."""
    name, content = read_file(path)
    # Systems differ in how they spell an å in a file's name, and some let a name hold what no letter can carry.
    return one_line("--text", name, _LONGEST_FILE_NAME), content
