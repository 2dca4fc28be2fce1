"""A table by our names of columns, as a mapping says that is kept under a name: the same for scores and for families."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from verhalen import errors
from verhalen.exchange.columns import Sheet, name_of
from verhalen.exchange.tables import Lines, Row, Table
from verhalen.i18n import t
from verhalen.model.mapping import LEFT_OUT, ColumnMapping


def fitting_mapping(tables: Sequence[Table], kept: Mapping[str, ColumnMapping]) -> str:
    """The name of the kept mapping whose columns all stand in one of the tables; of several the one with most; else empty."""
    headers = [{name_of(column) for column in table.header} for table in tables]
    fitting = {
        name: len(mapping.columns)
        for name, mapping in kept.items()
        if mapping.columns and any({name_of(column) for column in mapping.columns} <= header for header in headers)
    }
    best = [name for name, size in fitting.items() if size == max(fitting.values())]
    if len(best) > 1:
        raise errors.BadInput(
            reason=t("the columns fit more than one mapping ({names}); say which with --mapping", names=", ".join(best))
        )
    return best[0] if best else ""


def chosen_mapping(tables: Sequence[Table], kept: Mapping[str, ColumnMapping], wanted: str | None) -> str:
    """The mapping that is named (empty: none at all), or the one that fits. Raises UnknownMapping, BadInput."""
    if wanted is None:
        return fitting_mapping(tables, kept)
    if wanted and wanted not in kept:
        raise errors.UnknownMapping(key=wanted)
    return wanted


def refuse_empty_mapping(name: str, mapping: ColumnMapping) -> None:
    """Refuse a mapping or a column without a name."""
    if not name.strip() or not all(column.strip() for column in mapping.columns):
        raise errors.BadInput(reason=t("a name and a column must not be empty"))


def skipped_columns(tables: Sequence[Table], sheets: Sequence[Sheet]) -> list[str]:
    """The columns that a mapping left out of these tables."""
    left = {column for sheet in sheets for column in sheet.table.header}
    return [column for table in tables for column in table.header if column not in left]


def mapped_sheet(
    table: Table, mapping: ColumnMapping | None, ours: Callable[[str], str], *, by_label: Collection[str] = ()
) -> Sheet:
    """The table by our names of columns, with values in our words; two columns that mean the same are a problem of it.

    `by_label` are columns of which SPSS may keep a number with a word: the word is meant.
    """
    said = {name_of(column): ours(name) for column, name in mapping.columns.items()} if mapping else {}
    kept = tuple(column for column in table.header if said.get(name_of(column)) != LEFT_OUT)
    names = {column: said.get(name_of(column)) or ours(column) for column in kept}
    sheet = Sheet(
        replace(table, header=kept, rows=_translated(table, names, mapping, by_label)),
        {name_of(column): name for column, name in names.items()},
    )
    for column, name in names.items():
        if sheet.columns[name] != column:
            sentence = t("this column and {other} mean the same: {name}", other=sheet.columns[name], name=name)
            sheet.bad_header(column, sentence)
    return sheet


def _translated(
    table: Table, names: Mapping[str, str], mapping: ColumnMapping | None, by_label: Collection[str]
) -> Sequence[Row]:
    """The rows with the values of the mapping, and with the words that SPSS keeps beside numbers."""
    wanted: dict[str, dict[str, str]] = {}
    for column, labels in table.value_labels.items():
        if names.get(column) in by_label:
            wanted[column] = {_plain(value): label for value, label in labels.items()}
    by_name = {name_of(column): column for column in names}
    for column, values in (mapping.values if mapping else {}).items():
        if (found := by_name.get(name_of(column))) is not None:
            wanted[found] = wanted.get(found, {}) | {_plain(written): meant for written, meant in values.items()}
    if not wanted:
        return table.rows
    lines = Sheet(table, {}).lines
    places = [(lines.names.index(column), meant) for column, meant in wanted.items()]
    translated = []
    for number, cells in lines.lines:
        said = list(cells)
        for at, meant in places:
            said[at] = meant.get(_plain(said[at]), said[at])
        translated.append((number, said))
    return Lines(lines.names, translated)


def _plain(written: str) -> str:
    return written.strip().casefold()
