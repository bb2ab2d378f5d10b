"""Text as people write it, before it becomes part of a record: one composed form, nothing invisible that misleads."""

import unicodedata

from workflow.bad_data import ValueInvalid
from workflow.errors import N_

#: Longest free text of a record, in characters.
LONGEST = 2000

# Marks that turn the reading direction of what stands beside them: one name could be made to look like another.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Joiners, marks of direction, spaces: a text of nothing else looks like no text.
_UNSEEN = frozenset({"Cf", "Zs"})


def steers(sign: str) -> bool:
    """Whether a sign ends the line, turns the reading direction, or is an order to whatever shows it."""
    return unicodedata.category(sign) in {"Cc", "Zl", "Zp"} or sign in _TURNING


def one_line(field: str, text: str, longest: int = LONGEST) -> str:
    """``text`` in composed form (NFC), without white space around it.

    Raises ValueInvalid when nothing of it can be seen, when it is too long, or holds control characters, line breaks
    or marks that turn the reading direction.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueInvalid(field=field, why=N_("it is not readable text.")) from None
    line = unicodedata.normalize("NFC", text).strip()
    if line.isprintable() and 0 < len(line) <= longest:
        # What follows looks at every sign; a line like this one, and nearly all are, has none that it would find.
        return line
    if all(unicodedata.category(sign) in _UNSEEN for sign in line):
        raise ValueInvalid(field=field, why=N_("it must not be empty."))
    if len(line) > longest:
        raise ValueInvalid(field=field, why=N_("it is longer than {longest} characters."), longest=longest)
    if any(map(steers, line)):
        raise ValueInvalid(field=field, why=N_("it holds characters that cannot be shown on one line."))
    return line
