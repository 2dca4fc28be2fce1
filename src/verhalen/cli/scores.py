"""Scores on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from verhalen import errors
from verhalen.cli.mappings import mapping_commands
from verhalen.cli.output import Context, pass_context, tell
from verhalen.cli.score_forms import scores_form
from verhalen.cli.score_tables import (
    COUNTS,
    counts,
    problem_lines,
    scores_export,
    show_preview,
    summary,
)
from verhalen.i18n import t


def _refuse(state: Context, file: Path, error: errors.BadTable) -> None:
    """Nothing was stored: every bad row, and the error as for any command."""
    state.exit_code = 2
    problems = [{"row": row, "column": column, "message": message} for row, column, message in error.problems]
    nothing = dict.fromkeys(COUNTS, 0)
    row = {
        **nothing,
        "mapping": "",
        "warnings": [],
        "errors": problems,
        "error": {"code": error.code, "message": str(error)},
    }
    if not state.as_json:
        for row_number, column, message in error.problems:
            tell(errors.row_words(row_number, column, message))
        if file.suffix.lower() != ".docx" and any(row_number <= 1 for row_number, _, _ in error.problems):
            tell(
                t(
                    "Nothing of {file} was stored. Does it name its columns otherwise? See: verhalen scores mapping --help",
                    file=file.name,
                )
            )
        else:
            tell(t("Nothing of {file} was stored. Mend these rows, or repeat with --skip-bad-rows.", file=file.name))
    state.emit(row, list)


@click.group("scores", help=t("Scores of families: import, export, columns of other programs."))
def scores() -> None:
    """Hold the subcommands."""


@scores.command(
    "import",
    help=t(
        "Import a score sheet, long or wide (CSV, XLSX, SAV), or a filled form (.docx). An error in a row and nothing is "
        "stored."
    ),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--instrument", metavar="KEY", help=t("Which instrument, where the sheet does not say."))
@click.option("--mapping", metavar="NAME", help=t("Columns that were kept under a name: see scores mapping."))
@click.option("--skip-bad-rows", is_flag=True, help=t("Store the good rows all the same."))
@click.option("--preview", is_flag=True, help=t("Only say what the columns mean and what would change; store nothing."))
@pass_context
def scores_import(
    state: Context, file: Path, instrument: str | None, mapping: str | None, skip_bad_rows: bool, preview: bool
) -> None:
    """Import scores."""
    with state.open() as project:
        if preview:
            show_preview(state, project.scores.preview(file, instrument=instrument, mapping=mapping))
            return
        try:
            done = project.scores.import_file(file, instrument=instrument, mapping=mapping, skip_bad_rows=skip_bad_rows)
        except errors.BadTable as error:
            _refuse(state, file, error)
            return
    state.exit_code = 1 if done.errors else 0
    state.emit(counts(done), lambda: [*problem_lines(done.errors), summary(done), *map(str, done.warnings)])


_MAPPINGS = mapping_commands(
    lambda project: project.scores, "verhalen scores mapping Cebud-export --set Gezinsnr=gezin --value Score:Ja=5"
)
for command in (scores_form, scores_export, *_MAPPINGS):
    scores.add_command(command)

COMMANDS = (scores,)
