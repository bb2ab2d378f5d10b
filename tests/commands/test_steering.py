"""Whoever can change a database cannot write on the console of whoever looks at it."""

import unicodedata

from tests.commands.claims import Desk
from tests.commands.test_appearance import QUESTIONS, asked
from tests.persistence.homes import unlocked

#: Clears the screen, hides what follows, goes back to the line's beginning, turns the reading direction; and both signs
#: that an order can begin with.
STEERING = "\x1b[2J\x1b[8m\r\u202e\x9b2J"
IN_JSON = "\\u001b[2J\\u001b[8m\\r\\u202e\\u009b2J"
STEERED = (
    ("UPDATE case_view SET title = ? || title", STEERING),
    ('UPDATE case_view SET body = replace(body, \'"title":"\', ?)', f'"title":"{IN_JSON}'),
    ("UPDATE event SET kind = ? || kind", STEERING),
    ("UPDATE duty SET step = ?", STEERING),
)


def test_nothing_that_stands_in_a_database_steers_the_console(desk: Desk) -> None:
    """It could clear the screen else, and write on it that nothing was found."""
    office, ref = desk("sent_to_parties")
    with unlocked(office.file) as base:
        for statement, value in STEERED:
            assert base.execute(statement, (value,)).rowcount
    marked = set()
    for words in QUESTIONS:
        told = office(*asked(words, ref), json=False)
        shown = told.out + told.err
        assert not {sign for sign in shown if unicodedata.category(sign) == "Cc"} - {"\n", "\t"}, words
        assert "\u202e" not in shown, words
        marked |= {words[:2]} if "\N{REPLACEMENT CHARACTER}" in shown else set()
    assert {("case", "list"), ("case", "show"), ("worklist",), ("party", "matrix"), ("audit", "verify")} <= marked


def test_what_is_shown_as_it_was_written_is_left_alone(desk: Desk) -> None:
    """The negative control: signs that are only unusual, and the line ends of a letter."""
    office, _ = desk("sent_to_parties")
    title = "Av\u00adtal\u00a0om 👩\u200d🏫 vård"
    ref = office.opened(title=title)
    told = office("case", "show", ref, json=False, expect=0).out
    assert title in told
    assert "\N{REPLACEMENT CHARACTER}" not in told
