"""A checkpoint is three lines that are read back as they were written, or refused by name."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.bad_data import FileUnreadable
from workflow.checkpoint import Checkpoint, read_checkpoint

ROOT = bytes(range(32))
KEPT = Checkpoint(origin="jamtland.00c0ffee.arendegang", size=17, root=ROOT)
ROOT_LINE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

#: A log is named after its county's id. A name that began with the mark of a quoted mail could not be told from one.
names = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1).filter(lambda name: name[0] != ">")


def test_the_text_is_the_three_lines_of_the_format() -> None:
    assert KEPT.text == f"jamtland.00c0ffee.arendegang\n17\n{ROOT_LINE}\n"
    assert base64.b64decode(KEPT.root_text) == ROOT


@given(names, st.integers(0, 10**18), st.binary(min_size=32, max_size=32))
def test_what_was_written_is_read_back(origin: str, size: int, root: bytes) -> None:
    kept = Checkpoint(origin=origin, size=size, root=root)
    assert read_checkpoint(kept.text.encode(), "a") == kept


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["\n", ""])
def test_what_an_editor_does_to_the_ends_of_lines_changes_nothing(before: bytes, end: str, last: str) -> None:
    text = KEPT.text.removesuffix("\n") + last
    assert read_checkpoint(before + text.replace("\n", end).encode(), "a") == KEPT


@pytest.mark.parametrize(
    "around",
    ["{} ", "  {}\t", "> {}", ">> {}", "> > {}", "{}\n", "\n{}\n\n", "\u00a0{}\u00a0", "{}\n>\n", ">\t{}  "],
    ids=repr,
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_a_mail_program_puts_around_the_lines_changes_nothing(around: str, end: str) -> None:
    text = "".join(f"{around.format(line)}\n" for line in KEPT.text.splitlines())
    assert read_checkpoint(text.replace("\n", end).encode(), "a") == KEPT


@pytest.mark.parametrize("coding", ["utf-16", "utf-8-sig"])
def test_what_windows_makes_of_what_a_command_says_is_read(coding: str) -> None:
    assert read_checkpoint(KEPT.text.replace("\n", "\r\n").encode(coding), "a") == KEPT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\n\n",
        "\n\n\n",
        "> \n>\n>\n",
        f"{KEPT.text}mer\n",
        f"{KEPT.text}\n{KEPT.text}",
        f"a 17 {ROOT_LINE}\n",
        f"a\n{ROOT_LINE}\n",
        f"\n17\n{ROOT_LINE}\n",
        f"en logg\n17\n{ROOT_LINE}\n",
        f"a\x00\n17\n{ROOT_LINE}\n",
        f"\u202ea\n17\n{ROOT_LINE}\n",
        *(
            f"a\n{size}\n{ROOT_LINE}\n"
            for size in ("", "-1", "+1", "017", "1.0", "1 7", "17>", "0x11", "1_0", "\u0661\u0667", "²")
        ),
        f"a\n{'9' * 20}\n{ROOT_LINE}\n",
        f"a\n{'9' * 5000}\n{ROOT_LINE}\n",
        *(f"a\n17\n{root}\n" for root in ("", "å", ROOT_LINE[:-1], f"{ROOT_LINE} >", ROOT_LINE[:-4], ROOT_LINE * 2)),
        f"a\n17\n{ROOT_LINE[:-2]}9=\n",
        f"a\n17\n{ROOT.hex()}\n",
        f"a\n17\n{base64.b64encode(ROOT + b'x').decode()}\n",
        f"a\n17\n{ROOT_LINE.replace('A', '-', 1)}\n",
    ],
)
def test_anything_else_is_refused_and_told_by_the_name_of_its_file(text: str) -> None:
    with pytest.raises(FileUnreadable) as refusal:
        read_checkpoint(text.encode(), "post.txt")
    assert refusal.value.values["path"] == "post.txt"


@given(st.binary(max_size=200) | st.text(st.sampled_from("a1=\n\r A+/"), max_size=80).map(str.encode))
def test_no_bytes_are_worse_than_refused(content: bytes) -> None:
    try:
        kept = read_checkpoint(content, "a")
    except FileUnreadable:
        return
    assert len(kept.root) == 32
    assert kept.text.count("\n") == 3
