"""The door: the root command, the global options, and the one place where a refusal becomes a message and a code."""

import os
import sys
from collections.abc import Sequence

import translations
from commands.index import NOUNS, VERBS

#: The global options that take a value, and those that do not. They may stand anywhere on the line.
VALUED = ("--db", "--lang", "--actor", "--today")
PLAIN = ("--json", "--no-input")

_INTERRUPTED = 130
_BROKEN = 70


def run() -> None:
    """The console command."""
    sys.exit(main())


def main(argv: Sequence[str] | None = None) -> int:
    """Carries out one command line and returns its exit code. Never raises, never shows a traceback."""
    words = hoisted(sys.argv[1:] if argv is None else argv)
    translations.use(_language(words))
    from commands.console import prepare_streams  # noqa: PLC0415 - after the language is chosen

    prepare_streams()
    from commands import failure  # noqa: PLC0415 - after the language is chosen

    as_json = "--json" in words
    try:
        return _carry_out(words)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has gone: say nothing more, also not when the interpreter closes its streams.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as fault:  # noqa: BLE001 - the one place: nobody sees a traceback
        return failure.report(fault, as_json=as_json)


def _carry_out(words: Sequence[str]) -> int:
    from commands.root import root  # noqa: PLC0415 - after the language is chosen

    result = root(NOUNS, VERBS).main(list(words), prog_name="arendegang", standalone_mode=False)
    return result if isinstance(result, int) else 0


def hoisted(words: Sequence[str]) -> list[str]:
    """The words with the global options first, wherever they stood. What follows ``--`` is left alone."""
    first: list[str] = []
    rest: list[str] = []
    remaining = iter(words)
    for word in remaining:
        if word == "--":
            rest.extend((word, *remaining))
        elif word in VALUED:
            first.extend((word, *(value for value in [next(remaining, None)] if value is not None)))
        elif word in PLAIN or word.startswith(tuple(f"{name}=" for name in VALUED)):
            first.append(word)
        else:
            rest.append(word)
    return [*first, *rest]


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
    locale_name = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    return translations.language_of(locale_name)


if __name__ == "__main__":
    run()
