"""Whatever people type, a refusal repeats it on one line that cannot steer the console."""

import pytest

from tests.commands.claims import refused
from tests.office import Office

ODD = "ök\nallt gott\x1b[31m\u202e"
SEEN = "ök allt gott�[31m�"


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("case", "open", "--type", ODD, "--title", "Placerade barn"), "unknown_type", 65),
        (("case", "show", ODD), "unknown_case", 66),
        (("structure", "show", ODD), "unknown_structure", 65),
        (("party", "mailbox", ODD, "a@are.example"), "unknown_party", 65),
        (("structure", "calendar", ODD), None, 2),
    ],
)
def test_what_is_repeated_stays_on_the_line(
    county: Office, words: tuple[str, ...], code: str | None, exit_code: int
) -> None:
    reply = refused(county, *words, code=code, exit_code=exit_code)
    assert SEEN in reply.error["message"]
    (line, *_usage) = county(*words, json=False).err.splitlines()
    assert SEEN in line


def test_a_choice_that_was_not_made_is_told_with_all_there_are_on_the_line(county: Office) -> None:
    words = ("case", "answer", "SAM-2026-0001", "--party", "are")
    reply = refused(county, *words, code=None, exit_code=2)
    assert "adopts, adopts-with-reservation" in reply.error["message"]
