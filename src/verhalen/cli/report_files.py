"""Looks at Word files around reports: what a house template offers, and whether everybody can read a document."""

from __future__ import annotations

from pathlib import Path

import click

from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t


@click.command("template", help=t("Which styles of your Word template a report will use, and which it lacks."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.docx")
@pass_context
def template(state: Context, file: Path) -> None:
    """Show what was found before anything is built."""
    from verhalen.api.report_files import style_words, template_styles

    found = template_styles(file)
    state.emit(
        [{"for": each.role, "style": each.style or None} for each in found],
        lambda: table(
            (t("for"), t("style in your template")),
            [(style_words(each.role), each.style or t("none: made from the plain text")) for each in found],
        ),
    )


@click.command("accessible", help=t("Whether everybody can read a Word document: headings, tables, colours, pictures."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.docx")
@pass_context
def accessible(state: Context, file: Path) -> None:
    """Check a document, also one that was changed in Word; exit code 1 where something was found."""
    from verhalen.api.report_files import accessibility

    found = accessibility(file)
    state.exit_code = 1 if found else 0
    state.emit(
        {"path": file, "ok": not found, "problems": [str(each) for each in found]},
        lambda: [str(each) for each in found] or [t("Everybody can read it, as far as a program can see.")],
    )


COMMANDS = (template, accessible)
