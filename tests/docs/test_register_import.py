"""What docs/register-import.md tells a county holds: its example is read, its columns and words are those there are."""

import re
from pathlib import Path

from tests.office import Office
from tests.register.tables import read
from workflow.register.columns import COLUMNS, closed_columns, column_of, meaning_of
from workflow.register.faults import MOST_TOLD
from workflow.register.validity import read_validity

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "register-import.md").read_text("utf-8")
(EXAMPLE,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)


#: What the page says to write or to read a file with.
COMMANDS = re.findall(r"`(?:arendegang )?(register (?:import|export) FILE[^`]*)`", PAGE)


def cells(heading: str) -> list[list[str]]:
    """The rows of the table whose first column has that heading."""
    body = PAGE.split(f"| {heading} |")[-1].split("\n\n")[0]
    rows = [line.strip("|").split("|") for line in body.splitlines()[2:]]
    return [[cell.strip() for cell in row] for row in rows]


def test_the_example_is_read() -> None:
    documents = {entry.id: entry for entry in read(EXAMPLE)}
    assert list(documents) == ["placerade-barn", "hjalpmedel", "riskbruk", "mini-maria"]
    assert documents["placerade-barn"].terms.revision_every == 3
    assert documents["hjalpmedel"].terms.validity.notice is not None
    assert str(documents["riskbruk"].terms.validity.extended_to) == "2024-12-31"
    assert documents["mini-maria"].terms.validity.ambiguous


def test_what_the_page_says_to_write_can_be_read_again_as_it_says(office: Office, tmp_path: Path) -> None:
    reading = [each for each in COMMANDS if each.startswith("register import")]
    writing = [each for each in COMMANDS if each.startswith("register export")]
    assert (len(reading), len(writing)) == (1, 2)
    office.founded()
    office(*reading[0].replace("FILE", str(office.paper(EXAMPLE))).split(), expect=0)
    for number, command in enumerate(writing):
        file = tmp_path / f"register-{number}"
        assert office(*command.replace("FILE", str(file)).split(), expect=0).json["documents"] == 4
        again = Office(tmp_path / f"office-{number}")
        again.folder.mkdir()
        again.founded()
        assert again(*reading[0].replace("FILE", str(file)).split(), expect=0).json["added"] == 4
    listed = office.paper(office("register", "list", expect=0).out)
    refused = office(*reading[0].replace("FILE", str(listed)).split())
    assert (refused.code, "and no input" in " ".join(PAGE.split())) == (65, True)


def test_every_column_is_told_with_each_of_its_headings() -> None:
    told = {
        row[0].strip("`"): [other for other in row[1].split(", ") if other] for row in cells("column | also headed")
    }
    assert told == {column: list(others) for column, others in COLUMNS.items()}
    assert all(column_of(name) == column for column, names in told.items() for name in names)


def test_every_word_is_told_with_its_meaning() -> None:
    rows = [[cell.strip("`") for cell in row] for row in cells("column | word | also")]
    assert {(column, meaning): word for column, word, _, meaning in rows} == {
        (column, meaning): words[0]
        for column, meanings in closed_columns().items()
        for meaning, words in meanings.items()
    }
    for column, word, others, meaning in rows:
        also = [each for each in closed_columns()[column][meaning][1:] if each != meaning]
        assert meaning_of(column, word) == meaning
        assert others == ", ".join(also)


def test_every_text_of_validity_it_tells_is_read() -> None:
    texts = [text for row in cells("text") for text in re.findall(r"`([^`]+)`", row[0])]
    assert len(texts) > 10
    for text in texts:
        assert read_validity(text).validity.kind != "unknown"
    assert f"The first {MOST_TOLD} are told" in PAGE
