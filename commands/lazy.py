"""Groups that know their verbs by name and load a verb only when it is run: asking for help imports nothing."""

from collections.abc import Mapping
from importlib import import_module

import click

from translations import translate as _

#: A verb's place, as ``commands.sweep:sweep``, and its help in one line.
Entry = tuple[str, str]


class NoSuchCommand(click.UsageError):
    """A noun or verb that is not known. ``suggestion`` is the nearest one, or None."""

    def __init__(self, word: str, known: list[str], ctx: click.Context) -> None:
        from difflib import get_close_matches

        super().__init__(_("No such command {name!r}.").format(name=word), ctx=ctx)
        near = get_close_matches(word, known, n=1)
        self.suggestion = near[0] if near else None


class LazyGroup(click.Group):
    """A group from a table of entries. Help texts are message ids, translated when they are shown."""

    def __init__(self, name: str, entries: Mapping[str, Entry], help: str) -> None:  # noqa: A002 - click's own name
        super().__init__(name=name, help=_(help), no_args_is_help=True)
        self._entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the order of the table."""
        return list(self._entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb, loaded now; None when there is none of that name."""
        entry = self._entries.get(cmd_name)
        if entry is None:
            return None
        module, _colon, attribute = entry[0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that is meant. Raises NoSuchCommand with the nearest one."""
        if args and args[0] not in self._entries and not args[0].startswith("-"):
            raise NoSuchCommand(args[0], list(self._entries), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the verbs from the table: click would load each one to ask for its help."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(help_text)) for name, (_place, help_text) in self._entries.items()])
