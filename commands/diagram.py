"""diagram: a chart drawn from its class."""

import click

from commands.console import emit_json, say
from commands.params import option
from commands.session import Session
from machines.table import CHARTS, drawing
from translations import translate as _
from workflow.bad_data import ValueInvalid
from workflow.errors import N_

_LEGEND = N_("● from · ▶ to · in the box: leaves the state as it is · double frame: the course is over")


@click.command(help=_(N_("Draw a chart from its class, as Mermaid text or as a picture (SVG).")))
@click.argument("chart")
@option("--format", "form", type=click.Choice(["mermaid", "svg"]), default="mermaid", help=N_("The form of drawing."))
@click.pass_obj
def diagram(session: Session, /, chart: str, form: str) -> None:
    """Draws a chart."""
    if chart not in CHARTS:
        why = N_("there is no chart «{given}»; there are {known}.")
        raise ValueInvalid(field="CHART", why=why, given=chart, known=", ".join(CHARTS))
    drawn = drawing(chart) if form == "mermaid" else _picture(chart)
    if session.as_json:
        emit_json({"chart": chart, "format": form, "drawing": drawn})
    else:
        say(drawn)


def _picture(chart: str) -> str:
    from machines.drawing import picture

    return picture(chart, legend=_(_LEGEND))
