"""The form for parents on the command line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from verhalen.cli.output import Context, pass_context
from verhalen.i18n import t

PARENTS_INSTRUMENT = "impactmeter_mgo"
"""What the form asks where nothing else is said."""


@click.command("form", help=t("Write the sheet that a parent fills in, in Word or on paper, in large type with faces."))
@click.option(
    "-o", "target", type=click.Path(path_type=Path), required=True, metavar="FILE.docx", help=t("Where it goes.")
)
@click.option("--instrument", default=PARENTS_INSTRUMENT, show_default=True, metavar="KEY", help=t("Which questions."))
@click.option(
    "--module", "modules", multiple=True, metavar="KEY", help=t("Only this module; may be given more than once.")
)
@click.option(
    "--language", default="nl", show_default=True, metavar="XX", help=t("Language of the sheet: nl, en, fr, ar.")
)
@click.option("--family", default="", metavar="KEY", help=t("Fill in the code of the family."))
@click.option("--person", default="", metavar="KEY", help=t("Fill in who answers, as in moeder."))
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help=t("Fill in the day."))
@pass_context
def scores_form(
    state: Context,
    target: Path,
    instrument: str,
    modules: tuple[str, ...],
    language: str,
    family: str,
    person: str,
    day: dt.datetime | None,
) -> None:
    """Write the form."""
    from verhalen.api.score_forms import FormRequest

    member = person.removeprefix(f"{family}.")
    request = FormRequest(language, modules, family, member, day.date() if day else None)
    with state.open() as project:
        if family:
            project.families.get(family)
        words = project.scores.form(instrument, target, request)
    said = [t("{file} is ready. Import it with: verhalen scores import {file}", file=target.name)]
    if not words.checked:
        said.append(t("This translation is a draft, and the sheet says so. Let somebody who speaks it read it first."))
    state.emit(
        {"path": str(target), "language": words.language, "draft": not words.checked, "items": len(words.questions)},
        lambda: said,
    )
