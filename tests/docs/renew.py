"""Writes anew what documents show of the product: the answers in their console blocks, and the reference of commands.

``python -m tests.docs.renew`` after a change that is meant to be seen; read the difference before you keep it.
"""

import sys
import tempfile
from pathlib import Path

from tests.docs import reference
from tests.docs.transcript import ANYTHING, ON_A_SERVER, ROOT, Answered, documents, language_of, run_through


def renewed(text: str, answered: list[Answered]) -> str:
    """The text with the answers that no longer hold replaced. An answer shown in part is for a person to mend."""
    lines = text.splitlines()
    for each in reversed(answered):
        promised = each.exchange.promised
        if not each.holds and ANYTHING not in promised:
            first = each.exchange.line
            spaced = ("",) if promised and not promised[-1] else ()
            lines[first : first + len(promised)] = (*each.answer, *spaced)
    return "\n".join([*lines, ""])


def main() -> int:
    """Renews every document; tells which ones, and which answers are left to a person."""
    left = 0
    for document in (each for each in documents() if each.name != ON_A_SERVER):
        text = document.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            answered = run_through(text, Path(folder), language_of(document))
        if (new := renewed(text, answered)) != text:
            document.write_text(new, encoding="utf-8", newline="\n")
            sys.stdout.write(f"renewed {document.relative_to(ROOT)}\n")
        for each in answered:
            if not each.holds and ANYTHING in each.exchange.promised:
                left += 1
                strange = [line for line in each.exchange.promised if line not in (*each.answer, ANYTHING)]
                told = "\n".join(strange) or "the lines are there, in another order or with others between"
                sys.stdout.write(f"{document.name}:{each.exchange.line}: not what is answered now:\n{told}\n")
    if reference.PLACE.read_text(encoding="utf-8") != (told := reference.written()):
        reference.PLACE.write_text(told, encoding="utf-8", newline="\n")
        sys.stdout.write(f"renewed {reference.PLACE.relative_to(ROOT)}\n")
    return min(left, 1)


if __name__ == "__main__":
    sys.exit(main())
