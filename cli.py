"""The door: the language, the global options wherever they stand, and what becomes of an interrupted command."""

import os
import sys
from collections.abc import Sequence

import translations
from commands.line import hoisted

__all__ = ["hoisted", "main", "run"]

_INTERRUPTED = 130


def run() -> None:
    """The console command."""
    sys.exit(main())


def main(argv: Sequence[str] | None = None) -> int:
    """Carries out one command line and returns its exit code. Never raises, never shows a traceback."""
    words = hoisted(sys.argv[1:] if argv is None else argv)
    translations.use(_language(words))
    # Imported here: the words of a command are looked up when its module is read.
    from commands.running import answered, carry_out
    from commands.streams import prepare_streams

    prepare_streams()
    try:
        return answered(words, carry_out(words))
    except KeyboardInterrupt:
        return _INTERRUPTED


def _language(words: Sequence[str]) -> str:
    """The language asked for: the option, the environment, the locale. What is no language is refused later."""
    asked = os.environ.get("ARENDEGANG_LANG")
    for place, word in enumerate(words):
        if word == "--lang" and place + 1 < len(words):
            asked = words[place + 1]
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    if asked in translations.LANGUAGES:
        return asked
    said = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return translations.language_of(next(filter(None, said), None) or _system_locale())


def _system_locale() -> str | None:
    """What Windows, which says it in no variable, has its user's locale called; elsewhere None."""
    if os.name != "nt":
        return None
    import locale

    return locale.getlocale()[0]


if __name__ == "__main__":
    run()
