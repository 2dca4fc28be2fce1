"""Instruments and scores on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from verhalen import errors
from verhalen.cli.output import Context, pass_context, table, tell
from verhalen.cli.score_forms import scores_form
from verhalen.i18n import t


@click.group("instruments", invoke_without_command=True, help=t("Instruments: list, import."))
@click.pass_context
def instruments(context: click.Context) -> None:
    """List the instruments when no subcommand is given."""
    if context.invoked_subcommand is not None:
        return
    state = context.ensure_object(Context)
    with state.open() as project:
        found = project.scores.instruments()
    rows = [
        {
            "key": each.key,
            "name": each.name,
            "items": [{"key": item.key, "name": item.name, "life_domain": item.domain} for item in each.items],
            "wording": "official" if each.wording == "officieel" else "own",
        }
        for each in found
    ]
    header = (t("key"), t("name"), t("items"), t("wording"))
    state.emit(
        rows,
        lambda: table(
            header,
            [
                (each.key, each.name, len(each.items), t("official") if each.wording == "officieel" else t("our own"))
                for each in found
            ],
        ),
    )


@instruments.command("import", help=t("Load an instrument (YAML), such as your organisation's official wording."))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@pass_context
def instruments_import(state: Context, files: tuple[Path, ...]) -> None:
    """Import instruments."""
    with state.open() as project:
        done = project.scores.import_instruments(*files)
    state.emit(
        [{"key": each.key, "name": each.name, "items": len(each.items)} for each in done],
        lambda: [t("{name}: {n} items.", name=each.name, n=len(each.items)) for each in done],
    )


def _refuse(state: Context, file: Path, error: errors.BadTable) -> None:
    """Nothing was stored: every bad row, and the error as for any command."""
    state.exit_code = 2
    problems = [{"row": row, "column": column, "message": message} for row, column, message in error.problems]
    nothing = dict.fromkeys(("families", "persons", "snapshots", "observations", "new", "unchanged"), 0)
    row = {**nothing, "warnings": [], "errors": problems, "error": {"code": error.code, "message": str(error)}}
    if not state.as_json:
        for row_number, column, message in error.problems:
            tell(t("row {row}, {column}: {message}", row=row_number, column=column, message=message))
        tell(t("Nothing of {file} was stored. Mend these rows, or repeat with --skip-bad-rows.", file=file.name))
    state.emit(row, list)


@click.group("scores", help=t("Scores of families: import."))
def scores() -> None:
    """Hold the subcommands."""


@scores.command(
    "import",
    help=t(
        "Import a score sheet, long or wide (CSV, XLSX), or a filled form (.docx). An error in a row and nothing is stored."
    ),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--instrument", metavar="KEY", help=t("Which instrument, where the sheet does not say."))
@click.option("--skip-bad-rows", is_flag=True, help=t("Store the good rows all the same."))
@pass_context
def scores_import(state: Context, file: Path, instrument: str | None, skip_bad_rows: bool) -> None:
    """Import scores."""
    with state.open() as project:
        try:
            done = project.scores.import_file(file, instrument=instrument, skip_bad_rows=skip_bad_rows)
        except errors.BadTable as error:
            _refuse(state, file, error)
            return
    state.exit_code = 1 if done.errors else 0
    row = {
        "families": done.families,
        "persons": done.persons,
        "snapshots": done.snapshots,
        "observations": done.observations,
        "new": done.new,
        "unchanged": done.unchanged,
        "warnings": [{"line": each.line, "text": str(each)} for each in done.warnings],
        "errors": [{"row": each.row, "column": each.column, "message": each.message} for each in done.errors],
    }

    def lines() -> list[str]:
        said = [
            t("row {row}, {column}: {message}", row=each.row, column=each.column, message=each.message)
            for each in done.errors
        ]
        summary = t(
            "{families} families, {snapshots} snapshots, {observations} scores: {new} new, {unchanged} unchanged.",
            families=done.families,
            snapshots=done.snapshots,
            observations=done.observations,
            new=done.new,
            unchanged=done.unchanged,
        )
        return [*said, summary, *(str(each) for each in done.warnings)]

    state.emit(row, lines)


scores.add_command(scores_form)

COMMANDS = (instruments, scores)
