"""A rule set is its bytes: named by one digest that sha256sum can check, read into tables or refused by file."""

import hashlib
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.refusals import RulesInvalid
from workflow.rulebook import Rulebook, shipped_rules

SHIPPED = shipped_rules()

contents = st.dictionaries(
    st.from_regex(r"[a-z0-9-]{1,8}(/[a-z0-9-]{1,8})?\.toml", fullmatch=True), st.binary(max_size=40)
)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@given(contents)
def test_the_manifest_is_what_sha256sum_writes_of_the_files_in_the_order_of_their_names(
    files: dict[str, bytes],
) -> None:
    wanted = "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files))
    assert Rulebook(files).manifest == wanted.encode()
    assert Rulebook(files).digest == sha256(wanted.encode())


@given(contents, st.randoms(use_true_random=False))
def test_the_order_in_which_files_are_found_does_not_matter(files: dict[str, bytes], random: object) -> None:
    turned = list(files.items())
    random.shuffle(turned)  # type: ignore[attr-defined]  # hypothesis hides what it hands out
    assert Rulebook(dict(turned)).digest == Rulebook(files).digest


@given(contents.filter(bool), st.data())
def test_any_byte_changed_any_file_renamed_added_or_gone_is_another_rule_set(
    files: dict[str, bytes], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(files)))
    less = {other: content for other, content in files.items() if other != name}
    others = [
        {**files, name: files[name] + b"\n"},
        less,
        {**less, f"x-{name}": files[name]},
        {**files, "z/z.toml": b""},
    ]
    assert Rulebook(files).digest not in {Rulebook(other).digest for other in others}


@given(contents)
def test_everything_is_kept_under_the_digest_of_its_own_bytes(files: dict[str, bytes]) -> None:
    kept = Rulebook(files).by_digest
    assert all(sha256(content) == digest for digest, content in kept.items())
    assert set(kept.values()) == {*files.values(), Rulebook(files).manifest}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="this machine has no sha256sum")
def test_sha256sum_itself_finds_every_file_in_order(tmp_path: Path) -> None:
    for name, content in SHIPPED.contents.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (tmp_path / "manifest").write_bytes(SHIPPED.manifest)
    command = ["sha256sum", "--check", "--strict", "--quiet", "manifest"]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "county.toml").write_bytes(b"")
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode != 0


def test_the_rules_that_come_with_the_product_are_all_the_files_of_its_folder() -> None:
    folder = Path(__file__).resolve().parents[2] / "workflow" / "rules"
    files = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.toml")}
    assert SHIPPED.contents == files
    assert {f"structures/{structure}.toml" for structure in SHIPPED.structure_ids} == {
        name for name in files if name.startswith("structures/")
    }


def test_what_there_is_none_of_is_said_to_be_unknown() -> None:
    for asked in (SHIPPED.structure, SHIPPED.type_named):
        with pytest.raises(KeyError):
            asked("ingen")
    assert SHIPPED.name_of("ingen") == "ingen"
    assert SHIPPED.type_named("avtal").chart == "agreement"


def test_every_body_is_named_once_and_by_the_name_it_is_shown_with() -> None:
    bodies = list(SHIPPED.bodies())
    assert len({each.id for each in bodies}) == len(bodies)
    assert {each.id: SHIPPED.name_of(each.id) for each in bodies} == {each.id: each.name for each in bodies}


def damaged(name: str, content: bytes) -> Rulebook:
    return Rulebook({**SHIPPED.contents, name: content})


CUT_OFF = SHIPPED.contents["county.toml"][:-40]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", ""),
        (b"\xff", ":1"),
        (b"a = 1\n= nothing", ":2"),
        (b"format = 2\n", ""),
        (b"format = 1\n[county]\nid = 7\n", ""),
        (CUT_OFF, f":{len(CUT_OFF.splitlines())}"),
    ],
)
def test_a_county_file_that_does_not_hold_together_is_refused_by_its_name(content: bytes, line: str) -> None:
    """With the line where it cannot even be read as text or as TOML; the check of rules finds that of the others."""
    with pytest.raises(RulesInvalid) as refusal:
        _ = damaged("county.toml", content).county
    assert refusal.value.values["file"] == f"county.toml{line}"
    assert refusal.value.exit_code == 78


def test_a_structure_file_that_does_not_hold_together_is_refused_when_it_is_asked_for_and_not_before() -> None:
    broken = SHIPPED.contents["structures/alternativ-1.toml"].replace(b'kind = "', b'art = "', 1)
    rules = damaged("structures/alternativ-1.toml", broken)
    assert rules.structure("alternativ-2").structure.id == "alternativ-2"
    with pytest.raises(RulesInvalid) as refusal:
        rules.structure("alternativ-1")
    assert refusal.value.values["file"] == "structures/alternativ-1.toml"


def test_what_is_read_is_what_stands_in_the_file() -> None:
    told = tomllib.loads(SHIPPED.contents["county.toml"].decode())
    county = SHIPPED.county
    assert [each.id for each in county.party] == [each["id"] for each in told["party"]]
    assert [entry.from_day for entry in county.calendar] == [entry["from"] for entry in told["calendar"]]
    assert county.ratification.answer_days == told["ratification"]["answer_days"]
