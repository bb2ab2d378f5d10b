"""Every text a person reads goes through the catalogues."""

import pytest

from tests.architecture import modules
from tests.office import REPOSITORY
from tests.translations.readable import offences
from translations.check import ROOMS

PRODUCT = [module for module in modules(REPOSITORY) if module.path == "cli.py" or module.room in ROOMS]

OFFENDERS = [
    'say("Nothing was found.")',
    'say(f"Opened {ref}.")',
    'say("Opened " + ref)',
    'remark("done" if done else "")',
    'told = "Nothing was found."\nsay(told)',
    'say(" ".join(("Opened", ref)))',
    'say("Opened {}".format(ref))',
    'show_table((_(N_("Case")), "State"), rows)',
    'show_table(headings, rows, title="Cases")',
    'show_text(filled("{ref} is open.", ref=ref))',
    'Remark("{by} sent it back.", {})',
    '@click.command(help="Open a case.")\ndef f(): ...',
    'click.option("--json", help="One document.")',
    'click.Option(["--json"], help="One document.")',
    'day("--on", "The date.")',
    'named("--by", "BODY", help="The body.")',
    'raise ValueInvalid(field="--on", why=f"{day} is too late")',
    'raise click.UsageError("Give both.")',
    'class Odd(Refusal):\n    template = "It is odd."',
    'class Odd(Refusal):\n    remedy: ClassVar[str] = "Make it even."',
    'CASE: dict[str, Entry] = {"open": ("commands.case:open", "Open a case.")}',
    '_(f"Opened {ref}.")',
    'N_("Opened " + ref)',
    "N_(text)",
]

IN_ORDER = [
    'say(_(N_("Nothing was found.")))',
    'say(filled(N_("Opened {ref}."), ref=ref))',
    "say(f\"! {flag['case']}: {text}\")",
    'say(f"  ARENDEGANG_DB={db}")',
    'raise ValueInvalid(field="--on", why=N_("it is too late."))',
    'raise StructureDisabled(why=f"«{head.quote}» ({head.cite})")',
    'told = N_("Nothing was found.")\nsay(_(told))',
    'show_table(("", ""), rows)',
    '"""A docstring is read by those who read the code."""',
]


def test_no_text_is_shown_that_no_catalogue_knows() -> None:
    assert len(PRODUCT) > 50
    assert [offence for module in PRODUCT for offence in offences(module.path, module.source)] == []


@pytest.mark.parametrize("code", OFFENDERS)
def test_a_text_that_is_not_marked_is_found(code: str) -> None:
    assert [offence.path for offence in offences("commands/odd.py", code)] == ["commands/odd.py"]


@pytest.mark.parametrize("code", IN_ORDER)
def test_a_text_that_is_marked_is_left_alone(code: str) -> None:
    assert offences("commands/even.py", code) == []
