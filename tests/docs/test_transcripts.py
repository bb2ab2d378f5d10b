"""What the documents show is what the product does."""

import re
from pathlib import Path

import pytest

from tests.docs.renew import renewed
from tests.docs.transcript import (
    ON_A_SERVER,
    ROOT,
    Answered,
    Shell,
    documents,
    fences,
    language_of,
    matches,
    run_through,
)

SHOWING = [
    document
    for document in documents()
    if document.name != ON_A_SERVER and any(fence.exchanges for fence in fences(document.read_text("utf-8")))
]

A_DOCUMENT = """\
<!-- file: text.txt -->
```text
Exempel.
```

```console
$ export ARENDEGANG_DB=sqlite:///trial.db
$ export ARENDEGANG_ACTOR=coordinator
$ arendegang init --adopt alternativ-1 --from 2026-01-01
Created trial.db. Next: «party mailbox» for each party, then «case open».
$ arendegang case open --type avtal --group vuxna --title Prov --text text.txt --on 2026-02-02
Opened SAM-2026-0001 in alternativ-1, by rule a1-agreement-vuxna.

$ arendegang case show SAM-2026-0009
unknown_case: There is no case «SAM-2026-0009». «case list» lists the cases.
$ echo $?
66
```
"""

FALSEHOODS = {
    "another answer": ("Opened SAM-2026-0001", "Opened SAM-2026-0002"),
    "another exit code": ("\n66\n", "\n0\n"),
    "a line too many": ("\n66\n", "\n66\nand more\n"),
    "a line too few": ("Created trial.db. Next: «party mailbox» for each party, then «case open».\n", ""),
    "a command that does something else": ("$ arendegang case show SAM-2026-0009", "$ arendegang case list"),
    "a verb that does not exist": ("$ arendegang case show SAM-2026-0009", "$ arendegang case shout SAM-2026-0009"),
    "another place for a date": ("--on 2026-02-02", "--on 2026-31-02"),
}


def untrue(answered: list[Answered]) -> list[str]:
    """Each command whose answer is not the promised one, with both."""
    return [
        "\n".join([f"line {each.exchange.line}: {each.exchange.command}", *each.exchange.promised, "---", *each.answer])
        for each in answered
        if not each.holds
    ]


@pytest.mark.parametrize("document", SHOWING, ids=lambda document: document.name)
def test_every_command_a_document_shows_answers_as_it_says(document: Path, tmp_path: Path) -> None:
    answered = run_through(document.read_text("utf-8"), tmp_path, language_of(document))
    assert answered
    assert not (found := untrue(answered)), "\n\n".join([*found, "python -m tests.docs.renew writes them anew"])


def test_the_documents_that_teach_by_showing_do_show() -> None:
    assert {"README.md", "README.sv.md", "history-format.md"} <= {document.name for document in SHOWING}


def test_a_true_document_passes(tmp_path: Path) -> None:
    assert untrue(run_through(A_DOCUMENT, tmp_path, "en")) == []


@pytest.mark.parametrize(("truth", "falsehood"), FALSEHOODS.values(), ids=FALSEHOODS)
def test_a_falsehood_planted_in_a_document_is_found(truth: str, falsehood: str, tmp_path: Path) -> None:
    assert A_DOCUMENT.count(truth) == 1
    assert untrue(run_through(A_DOCUMENT.replace(truth, falsehood), tmp_path, "en"))


def test_a_falsehood_planted_in_the_readme_is_found(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    truth = "SAM-2026-0001: prepared. Waiting for: Ledningsforum."
    assert text.count(truth) == 1
    falsehood = truth.replace("prepared", "recommended")
    answered = run_through(text.replace(truth, falsehood), tmp_path, "en")
    assert [each.holds for each in answered if falsehood in each.exchange.promised] == [False]


def test_no_document_may_show_a_command_that_is_not_the_products(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no command a document may show"):
        Shell(tmp_path, "en").run("rm -r somewhere")


def test_no_command_is_shown_where_it_is_not_run() -> None:
    """In other blocks than those that are run, a line may at most install, set up or complete."""
    loose = [
        f"{document.name}:{fence.line + offset}: {line}"
        for document in documents()
        for fence in fences(document.read_text("utf-8"))
        if not fence.exchanges and fence.file is None
        for offset, line in enumerate(fence.lines)
        if re.match(r"\s*(\$ |arendegang )", line)
    ]
    assert loose == []


def test_renewing_mends_every_answer_and_nothing_else(tmp_path: Path) -> None:
    stale = A_DOCUMENT.replace("\n66\n", "\n0\n").replace("Opened SAM-2026-0001 in", "Begun SAM-2026-0001 in")
    assert renewed(stale, run_through(stale, tmp_path, "en")) == A_DOCUMENT


@pytest.mark.parametrize(
    ("promised", "answer", "same"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a"], ["a", "b"], False),
        (["a", "[…]"], ["a", "b", "c"], True),
        (["[…]", "c"], ["a", "b", "c"], True),
        (["a", "[…]", "c"], ["a", "c"], True),
        (["a", "[…]", "b", "[…]", "d"], ["a", "x", "b", "y", "d"], True),
        (["a", "[…]", "c", "[…]", "b", "[…]"], ["a", "b", "c"], False),
        (["a", "[…]", "c"], ["a", "b"], False),
        (["a", "[…]", "a"], ["a"], False),
        ([], ["a"], False),
        ([], [], True),
    ],
)
def test_an_answer_may_be_shown_in_part_but_in_order(promised: list[str], answer: list[str], *, same: bool) -> None:
    assert matches(promised, answer) is same
