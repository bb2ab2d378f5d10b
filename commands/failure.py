"""What a person and a script are told when nothing was done."""

import os

import click

from commands.console import emit_json_error, filled, remark
from commands.step_words import in_words
from translations import translate as _
from workflow.errors import N_, Refusal

_USAGE = 2
_SOFTWARE = 70


def report(fault: Exception, *, as_json: bool) -> int:
    """Tells one fault and returns the exit code that goes with it."""
    if isinstance(fault, Refusal):
        return _refusal(fault, as_json=as_json)
    if isinstance(fault, click.exceptions.NoArgsIsHelpError):
        remark(fault.ctx.get_help())
        return _USAGE
    if isinstance(fault, click.ClickException):
        return _usage(fault, as_json=as_json)
    if isinstance(fault, click.Abort):
        return _tell("aborted", _(N_("Stopped. Nothing was written.")), "", 1, as_json=as_json)
    if os.environ.get("ARENDEGANG_DEBUG"):
        import traceback

        traceback.print_exception(fault)
    message = filled(N_("Something went wrong inside the product: {what}"), what=f"{type(fault).__name__}: {fault}")
    hint = _(N_("Nothing more was written. With ARENDEGANG_DEBUG=1 the same command tells where; please report it."))
    return _tell("internal_error", message, hint, _SOFTWARE, as_json=as_json)


def _refusal(refusal: Refusal, *, as_json: bool) -> int:
    values = in_words(refusal.values)
    message = _on_one_line(filled(refusal.template, **values))
    hint = filled(refusal.remedy, **values)
    if as_json:
        missing = [{"code": each.code, "by": each.by} for each in refusal.missing]
        _emit(refusal.code, message, hint, refusal.suggestion, missing)
        return refusal.exit_code
    remark(" ".join(part for part in (f"{refusal.code}: {message}", meant(refusal.suggestion), hint) if part))
    return refusal.exit_code


def _usage(fault: click.ClickException, *, as_json: bool) -> int:
    context = getattr(fault, "ctx", None)
    usage = context.get_usage() if context is not None else ""
    suggestion = getattr(fault, "suggestion", None)
    return _tell("usage", _on_one_line(fault.format_message()), usage, _USAGE, as_json=as_json, suggestion=suggestion)


def _on_one_line(text: str) -> str:
    """The text without line breaks; another sign that cannot be seen, and might steer the console, leaves a mark."""
    seen = "".join(sign if sign.isprintable() or sign.isspace() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return " ".join(seen.split())


def meant(suggestion: str | None) -> str:
    """What somebody may have meant, as a question; empty where nothing is near."""
    return filled(N_("Did you mean «{suggestion}»?"), suggestion=suggestion) if suggestion else ""


def _tell(code: str, message: str, hint: str, exit_code: int, *, as_json: bool, suggestion: str | None = None) -> int:
    if as_json:
        _emit(code, message, hint, suggestion, missing=[])
    else:
        remark(f"{code}: {message} {meant(suggestion)}".rstrip())
        if hint:
            remark(hint)
    return exit_code


def _emit(code: str, message: str, hint: str, suggestion: str | None, missing: list[dict[str, str | None]]) -> None:
    """The one shape that every error has in JSON; published as ``commands/schemas/error.json``."""
    error = {"code": code, "message": message, "missing": missing, "suggestion": suggestion, "hint": hint}
    emit_json_error({"error": error})
