"""A table, a key and a value of a rule file are found on their lines, also where the text tries to mislead."""

import pytest

from workflow.checking.places import Path, Places

TEXT = '''\
# [[rule]] in a comment
format = 1

[head]
id = "h"
quote = """
[[rule]]
id = "inside a quotation"
"""

[[rule]]
name = "no id"
type = [
  "one", # [[rule]]
  "two",
]

[[rule]]
type = ["one-more", "one"]
id = "second"
sources = [
  { cite = "a", quote = "cite = b" },
  { cite = "c", quot = "]]" },
]

[[rule.stage]]
id = "first"

[[rule.stage]]
by = ["x"]

[[ rule ]]
"id" = 'third'
text = 'it''s'
'''


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ((), None, 1),
        (("format",), None, 2),
        (("head",), None, 5),
        (("head", "quote"), None, 6),
        (("head", "missing"), None, 5),
        (("rule",), None, 11),
        (("rule", 0), None, 11),
        (("rule", 0, "type"), None, 13),
        (("rule", 0, "type"), "two", 15),
        (("rule", 0, "type"), "absent", 13),
        (("rule", 1), None, 20),
        (("rule", 1, "type"), "one", 19),
        (("rule", 1, "sources"), None, 21),
        (("rule", 1, "sources", 1), None, 21),
        (("rule", 1, "sources", 1, "quot"), None, 23),
        (("rule", 1, "sources", 1, "cite"), None, 23),
        (("rule", 1, "stage", 0), None, 27),
        (("rule", 1, "stage", 1), None, 29),
        (("rule", 1, "stage", 1, "by"), "x", 30),
        (("rule", 2), None, 33),
        (("rule", 2, "text"), None, 34),
        (("nowhere", 3, "at all"), None, 1),
    ],
)
def test_a_path_leads_to_its_line(path: Path, value: str | None, line: int) -> None:
    assert Places(TEXT).line(path, value) == line


def test_a_text_that_is_no_toml_still_has_lines() -> None:
    assert Places("= [[\n]]]] ][").line(("rule", 0)) == 1
