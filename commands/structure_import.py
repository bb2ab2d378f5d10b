"""structure import: a county's own rule files."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from commands.acting import on_or_today
from commands.console import emit_json, filled, remark, say
from commands.params import minutes, on_date, read_file
from commands.session import Session
from translations import translate as _
from workflow.bad_data import FileUnreadable
from workflow.checking.reading import require_readable
from workflow.errors import N_
from workflow.importing import Given, as_rule_files
from workflow.organisation_events import RulesAdopted
from workflow.refusals import RulesInvalid
from workflow.rulebook import Rulebook
from workflow.soundness import UnsoundRules, require_sound


@click.command("import", help=_(N_("Bring a county's own rule files into force: a structure, or a folder of files.")))
@click.argument("file")
@minutes
@on_date
@click.pass_obj
def import_rules(session: Session, /, file: str, minutes: str | None, on: date | None) -> None:
    """Imports a rule file, or every rule file of a folder. Cases keep the rules their records name."""
    before = session.engine.rules
    given = as_rule_files(dict(_read(file)))
    try:
        require_readable(Rulebook({**before.contents, **given.files}))
        done = session.engine.import_rules(given.files, on_or_today(session, on), minutes, check=require_sound)
    except RulesInvalid as refusal:
        if isinstance(refusal, UnsoundRules):
            _tell_the_rest(session, refusal, given)
        refusal.values["file"] = given.as_given(str(refusal.values["file"]))
        raise
    adopted = [record.event for record in done.records if isinstance(record.event, RulesAdopted)]
    changed = sorted(name for event in adopted for name in event.files)
    after = session.engine.rules
    if session.as_json:
        new = [each for each in after.structure_ids if each not in before.structure_ids]
        digests = {"digest": after.digest, "before": before.digest}
        emit_json({"changed": bool(adopted), **digests, "files": changed, "structures": new})
    elif adopted:
        say(filled(N_("In force for all that is recorded from now on: {files}."), files=", ".join(changed)))
        say(filled(N_("Rule set: {digest}"), digest=after.digest))
    else:
        say(_(N_("The rule set has these files already: nothing was changed.")))


def _tell_the_rest(session: Session, refusal: UnsoundRules, given: Given) -> None:
    """Each fault but the first on a line of its own: the first is the refusal."""
    for each in refusal.findings[1:] if not session.as_json else ():
        remark(f"{given.as_given(each.file)}:{each.line}: {filled(each.message.template, **each.message.values)}")


def _read(place: str) -> Iterator[tuple[str, bytes]]:
    """Each file by the name it is told by: its own, or its place in the folder. Raises FileUnreadable."""
    files = _in_folder(place)
    if files is None:
        yield read_file(place)
        return
    if not files:
        raise FileUnreadable(path=place, why=N_("the folder holds no file whose name ends in .toml."))
    for each in files:
        yield each.relative_to(place).as_posix(), read_file(str(each))[1]


def _in_folder(place: str) -> list[Path] | None:
    """The files of a folder, in order; None for what is no folder."""
    try:
        folder = Path(place)
        return sorted(folder.rglob("*.toml")) if folder.is_dir() else None
    except (OSError, ValueError):
        return None
