"""Score sheets on the command line: what an import says, export, and the columns of other programs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen import errors
from verhalen.cli.output import Context, pass_context, table
from verhalen.cli.tables import read_by
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.exchange.columns import RowError
    from verhalen.exchange.score_preview import ScorePreview
    from verhalen.exchange.score_tables import ScoreImport

COUNTS = ("families", "persons", "snapshots", "observations", "new", "changed", "unchanged")
_FEW = 20


def counts(done: ScoreImport) -> dict[str, object]:
    """What an import did, or would do, for other programs."""
    return {
        **{name: getattr(done, name) for name in COUNTS},
        "mapping": done.mapping,
        "warnings": [{"line": each.line, "text": str(each)} for each in done.warnings],
        "errors": [{"row": each.row, "column": each.column, "message": each.message} for each in done.errors],
    }


def problem_lines(found: Iterable[RowError]) -> list[str]:
    """Each with its row and column."""
    return [errors.row_words(each.row, each.column, each.message) for each in found]


def summary(done: ScoreImport) -> str:
    """One sentence with the counts."""
    return t(
        "{families} families, {snapshots} snapshots, {observations} scores: {new} new, {changed} changed, "
        "{unchanged} unchanged.",
        families=done.families,
        snapshots=done.snapshots,
        observations=done.observations,
        new=done.new,
        changed=done.changed,
        unchanged=done.unchanged,
    )


def show_preview(state: Context, found: ScorePreview) -> None:
    """Say what columns mean, what would change and what stands in the way; exit code 1 where something does."""
    would = found.would
    state.exit_code = 1 if would.errors else 0
    sheets = [
        {
            "sheet": sheet.sheet,
            "form": "long" if sheet.is_long else "wide",
            "rows": sheet.rows,
            "columns": [
                {"column": each.column, "meaning": each.meaning, "use": t(each.use), "filled": each.filled}
                for each in sheet.columns
            ],
        }
        for sheet in found.sheets
    ]
    header = (t("column"), t("meaning"), t("what happens with it"), t("filled"))

    def lines() -> list[str]:
        said: list[str] = []
        for sheet in found.sheets:
            rows = [(each.column, each.meaning, t(each.use), each.filled) for each in sheet.columns]
            said += [*([sheet.sheet] if sheet.sheet else []), *table(header, rows), ""]
        if found.skipped:
            said += [t("Left out, as the mapping says: {columns}.", columns=", ".join(found.skipped)), ""]
        said += problem_lines(would.errors[:_FEW])
        if len(would.errors) > _FEW:
            said.append(t("And {n} more.", n=len(would.errors) - _FEW))
        return [*said, summary(would), *map(str, would.warnings), t("This was a preview. Nothing was stored.")]

    state.emit({"sheets": sheets, "skipped": found.skipped, "would": counts(would)}, lines)


@click.command("export", help=t("Write scores as CSV, XLSX or SAV (SPSS); an import of the file changes nothing."))
@click.option(
    "-o", "path", required=True, type=click.Path(path_type=Path), metavar="FILE", help=t("Where to write it.")
)
@click.option("--instrument", metavar="KEY", help=t("Only this instrument."))
@click.option("--wide/--long", "wide", default=False, help=t("One column per item; without it one row per score."))
@pass_context
def scores_export(state: Context, path: Path, instrument: str | None, wide: bool) -> None:
    """Export scores."""
    with state.open() as project:
        done = project.scores.export(path, instrument=instrument, wide=wide)
    said = [t("{n} scores in {rows} rows: {file}", n=done.observations, rows=done.rows, file=done.path)]
    if done.notes:
        said.append(t("Notes in somebody's own words: {n}. Read these before you pass the file on.", n=done.notes))
    said += [*map(str, done.not_held), *read_by(done.lines)]
    state.emit(
        {
            "path": done.path,
            "rows": done.rows,
            "observations": done.observations,
            "notes": done.notes,
            "not_held": [str(each) for each in done.not_held],
        },
        lambda: said,
    )
