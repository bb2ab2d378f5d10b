"""The languages a person may read: Swedish and English, from gettext catalogues. Imports nothing of ours."""

import gettext
import os
from collections.abc import Callable

#: The catalogues' name: the library of the command line looks its own words up under the same one.
DOMAIN = "messages"
CATALOGUES = os.path.dirname(__file__)  # noqa: PTH120 - every start pays for what is imported here
LANGUAGES = ("sv", "en")
DEFAULT = "sv"


def language_of(locale_name: str | None) -> str:
    """The language for a locale's name, as ``sv_SE.UTF-8`` or Windows' ``Swedish_Sweden``.

    English for any other, Swedish when none is set.
    """
    name = (locale_name or "").split(".")[0].split("_")[0].lower()
    if not name:
        return DEFAULT
    return "sv" if name in {"sv", "swedish"} else "en"


def use(language: str) -> None:
    """Chooses the language of everything looked up from now on."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, CATALOGUES)
    gettext.textdomain(DOMAIN)


def in_use() -> str:
    """The language in use."""
    return os.environ.get("LANGUAGE", DEFAULT)


def translate(message: str) -> str:
    """``message`` in the language in use; itself where the catalogue has none."""
    return gettext.gettext(message) if message else message


def into(language: str) -> Callable[[str], str]:
    """What translates into ``language``, whatever language is in use. Raises OSError where there is no such one."""
    return gettext.translation(DOMAIN, CATALOGUES, [language]).gettext
