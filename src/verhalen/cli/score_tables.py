"""Score sheets on the command line: what an import says, export, and the columns of other programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from verhalen import errors
from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t
from verhalen.model.mapping import LEFT_OUT, ColumnMapping

if TYPE_CHECKING:
    from verhalen.exchange.columns import RowError
    from verhalen.exchange.score_preview import ScorePreview
    from verhalen.exchange.score_tables import ScoreImport


class Mapped(Protocol):
    """A noun of a project that keeps columns of other programs."""

    def mappings(self) -> dict[str, ColumnMapping]:
        """All that are kept."""

    def keep_mapping(self, name: str, mapping: ColumnMapping) -> None:
        """Keep one."""

    def forget_mapping(self, name: str) -> None:
        """Forget one."""


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
    return [
        t("row {row}, {column}: {message}", row=each.row, column=each.column, message=each.message) for each in found
    ]


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
        said.append(
            t("{n} of them have a note in somebody's own words: read these before you pass the file on.", n=done.notes)
        )
    state.emit(
        {"path": done.path, "rows": done.rows, "observations": done.observations, "notes": done.notes}, lambda: said
    )


@click.command("mappings", help=t("Columns of other programs that were kept."))
@pass_context
def scores_mappings(state: Context) -> None:
    """List them."""
    with state.open() as project:
        show_mappings(state, project.scores)


def show_mappings(state: Context, noun: Mapped) -> None:
    """All that were kept for one kind of table."""
    found = noun.mappings()
    state.emit(
        [_row(name, mapping) for name, mapping in found.items()],
        lambda: [line for name, mapping in found.items() for line in _lines(name, mapping)],
    )


@click.command(
    "mapping",
    help=t(
        "Keep under a name what the columns of another program mean, and what its values mean; without an option show it.\n\n"
        "For instance: verhalen scores mapping Cebud-export --set Gezinsnr=gezin --value Score:Ja=5"
    ),
)
@click.argument("name", metavar="NAME")
@click.option("--set", "columns", multiple=True, metavar="TEXT", help=t("COLUMN=OURS; - for OURS leaves it out."))
@click.option("--value", "values", multiple=True, metavar="TEXT", help=t("COLUMN:WRITTEN=OURS: what a value means."))
@click.option("--remove", is_flag=True, help=t("Forget this mapping."))
@pass_context
def scores_mapping(state: Context, name: str, columns: tuple[str, ...], values: tuple[str, ...], remove: bool) -> None:
    """Show, change or forget one."""
    with state.open() as project:
        show_mapping(state, project.scores, name, columns, values, remove=remove)


def show_mapping(
    state: Context, noun: Mapped, name: str, columns: Sequence[str], values: Sequence[str], *, remove: bool
) -> None:
    """Show, change or forget what was kept under a name for one kind of table."""
    mapping = noun.mappings().get(name)
    if remove:
        noun.forget_mapping(name)
        mapping = ColumnMapping()
    elif columns or values:
        mapping = _changed(mapping or ColumnMapping(), columns, values)
        noun.keep_mapping(name, mapping)
    elif mapping is None:
        raise errors.UnknownMapping(key=name)
    said = mapping
    state.emit(_row(name, said), lambda: [t("Forgotten: {name}", name=name)] if remove else _lines(name, said))


def _changed(mapping: ColumnMapping, columns: Iterable[str], values: Iterable[str]) -> ColumnMapping:
    """With what was given; what stood there stays."""
    named = dict(mapping.columns)
    for said in columns:
        column, sign, ours = said.rpartition("=")
        if not sign or not column.strip() or not ours.strip():
            raise errors.BadInput(reason=t("write a column as COLUMN=OURS, as in Gezinsnr=gezin"))
        named[column.strip()] = ours.strip()
    meant = {column: dict(known) for column, known in mapping.values.items()}
    for said in values:
        place, sign, ours = said.rpartition("=")
        column, colon, written = place.partition(":")
        if not sign or not colon or not column.strip() or not written.strip():
            raise errors.BadInput(reason=t("write a value as COLUMN:WRITTEN=OURS, as in Score:Ja=5"))
        meant.setdefault(column.strip(), {})[written.strip()] = ours.strip()
    return replace(mapping, columns=named, values=meant)


def _row(name: str, mapping: ColumnMapping) -> dict[str, object]:
    return {"name": name, "columns": mapping.columns, "values": mapping.values}


def _lines(name: str, mapping: ColumnMapping) -> list[str]:
    said = [name]
    said += [f"  {column} → {t('left out') if ours == LEFT_OUT else ours}" for column, ours in mapping.columns.items()]
    for column, known in mapping.values.items():
        said += [f"  {column}: {written} → {ours}" for written, ours in known.items()]
    return said
