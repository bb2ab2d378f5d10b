"""A county's own templates take the place of the product's, and none is used that would lose something."""

from collections.abc import Callable
from pathlib import Path

import pytest

from correspondence.letter import Addressee, Request, write_request
from correspondence.templates import FIELDS, NAMES, SETTING, LetterKind, read_templates
from workflow.refusals import ConfigInvalid

WHOLE = " ".join(f"${name}" for name in sorted(FIELDS["dispatch"].required)) + "\n"
WHOLE_REMINDER = " ".join(f"${name}" for name in sorted(FIELDS["reminder"].required)) + "\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A county's folder with one template, in order."""
    (tmp_path / "sv").mkdir()
    (tmp_path / "sv" / "dispatch.txt").write_text(WHOLE, encoding="utf-8")
    return tmp_path


def refused(folder: Path) -> ConfigInvalid:
    with pytest.raises(ConfigInvalid) as found:
        read_templates(folder)
    assert found.value.exit_code == 78
    return found.value


def test_the_product_brings_every_template_and_each_is_in_order() -> None:
    assert read_templates().keys() == NAMES.keys()


def test_a_template_of_ones_own_takes_the_place_of_the_products_and_of_no_other(own: Path) -> None:
    shipped, read = read_templates(), read_templates(own)
    assert read["dispatch", "sv"].template == WHOLE
    for key in NAMES.keys() - {("dispatch", "sv")}:
        assert read[key].template == shipped[key].template


def test_the_letter_is_written_by_the_countys_template(own: Path, request_letter: Request, krokom: Addressee) -> None:
    (own / "sv" / "dispatch.txt").write_text(f"Hej $party!\nDet kostar $$5.\n{WHOLE}", encoding="utf-8")
    written = write_request(request_letter, krokom, read_templates(own)).text
    assert written.startswith("Hej Krokoms kommun!\nDet kostar $5.\n")


@pytest.mark.parametrize("begun", ["", "\N{ZERO WIDTH NO-BREAK SPACE}"])
@pytest.mark.parametrize("ended", ["\n", "\r\n"])
def test_a_template_written_on_windows_is_read_as_any_other(own: Path, begun: str, ended: str) -> None:
    content = f"{begun}Hälsning{ended}{WHOLE.strip()}{ended}".encode()
    (own / "sv" / "dispatch.txt").write_bytes(content)
    assert read_templates(own)["dispatch", "sv"].template == f"Hälsning\n{WHOLE}"


@pytest.mark.parametrize("kind", ["dispatch", "reminder"])
def test_a_template_that_lacks_any_one_required_field_is_refused(own: Path, kind: LetterKind) -> None:
    required = FIELDS[kind].required
    assert {"ref", "party", "answer_by"} <= required
    file = own / "sv" / f"{kind}.txt"
    for left_out in required:
        file.write_text(" ".join(f"${{{name}}}" for name in required - {left_out}), encoding="utf-8")
        refusal = refused(own)
        assert refusal.values["setting"] == str(file)
        assert refusal.values["lacking"] == f"${left_out}"


def become_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


SPOILT: dict[str, Callable[[Path], object]] = {
    "a field that no letter has": lambda file: file.write_text(f"{WHOLE} $partly", encoding="utf-8"),
    "a field of the other letter": lambda file: file.write_text(f"{WHOLE} $days_left", encoding="utf-8"),
    "a field in capitals": lambda file: file.write_text(f"{WHOLE} $Party", encoding="utf-8"),
    "a sign without a name": lambda file: file.write_text(f"{WHOLE} 5 $", encoding="utf-8"),
    "a brace that is not closed": lambda file: file.write_text(f"{WHOLE} ${{party", encoding="utf-8"),
    "text of another encoding": lambda file: file.write_bytes(f"Hälsning {WHOLE}".encode("latin-1")),
    "text of two bytes a sign": lambda file: file.write_bytes(WHOLE.encode("utf-16")),
    "a sign that steers the console": lambda file: file.write_text(f"{WHOLE}\x1b[31m", encoding="utf-8"),
    "nothing at all": lambda file: file.write_text("", encoding="utf-8"),
    "a folder in its place": become_a_folder,
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_template_is_refused_with_its_name(own: Path, spoil: Callable[[Path], object]) -> None:
    file = own / "sv" / "dispatch.txt"
    spoil(file)
    assert refused(own).values["setting"] == str(file)


def test_the_refusal_names_the_unknown_field_and_the_known_ones(own: Path) -> None:
    (own / "sv" / "dispatch.txt").write_text(f"{WHOLE} $partly", encoding="utf-8")
    values = refused(own).values
    assert values["unknown"] == "$partly"
    assert "$party" in str(values["known"])


def test_a_misspelt_name_is_refused_and_not_passed_over(own: Path) -> None:
    (own / "sv" / "dispach.txt").write_text(WHOLE, encoding="utf-8")
    assert refused(own).values["setting"] == str(own / "sv" / "dispach.txt")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "saknas").values["setting"] == SETTING


def test_a_folder_without_any_template_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dispatch.txt").write_text(WHOLE, encoding="utf-8")
    assert refused(tmp_path).values["setting"] == str(tmp_path)


def test_what_is_no_template_may_lie_in_the_folder_as_well(own: Path) -> None:
    (own / "LÄS MIG.md").write_text("Våra brev.", encoding="utf-8")
    (own / "sv" / "dispatch.txt~").write_text("gammalt", encoding="utf-8")
    (own / "sv" / "reminder.txt").write_text(WHOLE_REMINDER, encoding="utf-8")
    assert read_templates(own)["reminder", "sv"].template == WHOLE_REMINDER
