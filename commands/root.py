"""The root command: global options, and the nouns under it."""

from collections.abc import Mapping
from typing import Any

import click

from commands.lazy import Entry, LazyGroup
from translations import LANGUAGES
from translations import translate as _


class Root(LazyGroup):
    """Nouns and verbs in one list; the nouns are groups of their own."""

    def __init__(self, nouns: Mapping[str, tuple[Mapping[str, Entry], str]], verbs: Mapping[str, Entry]) -> None:
        entries = {**{name: ("", help_text) for name, (_verbs, help_text) in nouns.items()}, **verbs}
        super().__init__("arendegang", entries, _("Ärendegång: the course a matter takes through the county's forums."))
        self._nouns = nouns
        self.params.extend(_global_options())
        self.callback = click.pass_context(_begin)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A noun's group, or a verb."""
        if cmd_name in self._nouns:
            entries, help_text = self._nouns[cmd_name]
            return LazyGroup(cmd_name, entries, help_text)
        return super().get_command(ctx, cmd_name)


def root(nouns: Mapping[str, tuple[Mapping[str, Entry], str]], verbs: Mapping[str, Entry]) -> click.Command:
    """The root command, its words in the language now in use."""
    return Root(nouns, verbs)


def _global_options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--db"], metavar="URL", envvar="ARENDEGANG_DB",
            help=_("The database: sqlite:///FILE, or postgresql://USER@HOST/NAME for many users."),
        ),
        click.Option(["--json", "as_json"], is_flag=True, help=_("One JSON document on stdout, and nothing else.")),
        click.Option(
            ["--lang"], type=click.Choice(LANGUAGES), envvar="ARENDEGANG_LANG", help=_("The language of all text.")
        ),
        click.Option(["--actor"], metavar="NAME", envvar="ARENDEGANG_ACTOR", help=_("Who acts; kept in every record.")),
        click.Option(["--today"], metavar="DATE", help=_("The date questions are asked for, instead of today.")),
        click.Option(["--no-input"], is_flag=True, help=_("Never ask anything.")),
        click.Option(
            ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_tell_version,
            help=_("Tell the version and stop."),
        ),
    ]  # fmt: skip


def _begin(ctx: click.Context, /, **options: Any) -> None:
    # What tells a fault is there before there can be one: later nothing more may be had, no file and no memory.
    from commands import failure  # noqa: F401
    from commands.session import Session

    ctx.obj = Session.from_options(**options)
    ctx.call_on_close(ctx.obj.let_go)
    ctx.call_on_close(ctx.obj.tell_readings)


def _tell_version(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's own
    if asked and not ctx.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            click.echo(version("arendegang"))
        except PackageNotFoundError:
            click.echo("0")
        ctx.exit()
