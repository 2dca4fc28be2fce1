"""What the columns of a table of scores mean: by their own names, or as a mapping says that is kept under a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from verhalen import errors
from verhalen.exchange.columns import Sheet, name_of
from verhalen.exchange.score_words import ANSWER, FOR_READING, HEAD, SYNONYMS, item_of
from verhalen.exchange.tables import Lines, Row, Table
from verhalen.i18n import t
from verhalen.model.instrument import Instrument
from verhalen.model.mapping import LEFT_OUT, ColumnMapping

_BY_LABEL = ("lid", "rol", "instrument", "beoordelaar", "item", "status", "reden")
"""Columns of which SPSS may keep a number with a word: the word is meant."""


def ours(name: str) -> str:
    """Our name for a column, of one of its names in Dutch or English; `-` stays what it is."""
    return LEFT_OUT if name.strip() == LEFT_OUT else SYNONYMS.get(name_of(name), name_of(name))


def fitting_mapping(tables: tuple[Table, ...], kept: Mapping[str, ColumnMapping]) -> str:
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


def refuse_odd_mapping(name: str, mapping: ColumnMapping, instruments: Sequence[Instrument]) -> None:
    """Refuse a mapping that could never be used: a name or column that is empty, or a meaning that nothing has."""
    if not name.strip() or not all(column.strip() for column in mapping.columns):
        raise errors.BadInput(reason=t("a name and a column must not be empty"))
    items = {name_of(item.key) for each in instruments for item in each.items}
    for wanted in mapping.columns.values():
        meaning = ours(wanted)
        if meaning not in (*HEAD, *ANSWER, LEFT_OUT) and item_of(meaning) not in items:
            known = ", ".join((*HEAD, *ANSWER))
            raise errors.BadInput(
                reason=t(
                    "{name} is no column of ours; there are {known}, the keys of items, and - to leave out",
                    name=wanted,
                    known=known,
                )
            )


def understood(table: Table, mapping: ColumnMapping | None, *, ours: Callable[[str], str] = ours) -> Sheet:
    """The table by our names of columns, with values in our words; `ours` gives our name for a column."""
    said = {name_of(column): ours(name) for column, name in mapping.columns.items()} if mapping else {}
    kept = tuple(column for column in table.header if said.get(name_of(column)) != LEFT_OUT)
    names = {column: said.get(name_of(column)) or ours(column) for column in kept}
    sheet = Sheet(
        replace(table, header=kept, rows=_translated(table, names, mapping)),
        {name_of(column): name for column, name in names.items()},
    )
    for column, name in names.items():
        if sheet.columns[name] != column:
            sentence = t("this column and {other} mean the same: {name}", other=sheet.columns[name], name=name)
            sheet.bad_header(column, sentence)
    return sheet


def _translated(table: Table, names: Mapping[str, str], mapping: ColumnMapping | None) -> Sequence[Row]:
    """The rows with the values of the mapping, and with the words that SPSS keeps beside numbers."""
    wanted: dict[str, dict[str, str]] = {}
    for column, labels in table.value_labels.items():
        if names.get(column) in _BY_LABEL:
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


def is_scores(sheet: Sheet) -> bool:
    """Whether a table can be one of scores: it says of which family and when."""
    return sheet.has("gezin", "datum")


def passed_over(sheet: Sheet, items: set[str]) -> list[str]:
    """Columns that mean nothing here, by our names; those of a wide table that are no items are refused elsewhere."""
    if sheet.has("item"):
        return sheet.others((*HEAD, *ANSWER, *FOR_READING))
    return [name for name in ("waarde", "status", "toelichting", "reden") if sheet.has(name) and name not in items]
