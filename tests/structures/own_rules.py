"""Rule files of a county of its own: the example of the how-to, and the shipped files with something changed."""

from pathlib import Path

from tests.docs.transcript import ROOT, fences
from tests.office import Office
from tests.rule_data import RULES

#: A party more than the nine, as a rule file says it.
TENTH = '\n[[party]]\nid = "harnosand"\nname = "Härnösands kommun"\naliases = ["Härnösand"]\n'


def example_structure() -> str:
    """The whole structure that docs/rule-files.md shows: Länsforum."""
    text = (ROOT / "docs" / "rule-files.md").read_text(encoding="utf-8")
    (structure,) = ("\n".join([*fence.lines, ""]) for fence in fences(text) if fence.file == "lansforum.toml")
    return structure


def shipped(name: str, *changes: tuple[str, str], more: str = "") -> str:
    """A rule file that comes with the product, each change made once, and something added at its end."""
    text = (RULES / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text + more


def laid(office: Office, **files: str) -> Path:
    """A folder with these files; ``lansforum`` becomes ``lansforum.toml``."""
    folder = office.folder / "egna regler"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8", newline="\n")
    return folder
