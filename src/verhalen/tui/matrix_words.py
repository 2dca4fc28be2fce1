"""The sentences around a crosstab: what it is, what a cell counts, what the cell of the cursor says, the legend."""

from __future__ import annotations

from collections.abc import Iterator

from verhalen.analysis.grid import SHADES, Grid, Paint, cell_words, unit_words, value_text
from verhalen.exchange.matrix_picture import Caption, step_words
from verhalen.i18n import mark, t, tn
from verhalen.model.crosstable import CrossTable, Measure, Rows, Unit, Whose
from verhalen.tui.matrix_asked import Asked
from verhalen.tui.words import capital

_COUNTS = {
    Unit.CODINGS: mark("A cell counts fragments; overlapping codings of one code in one text are one."),
    Unit.FAMILIES: mark("A cell counts families, each once."),
    Unit.SOURCES: mark("A cell counts texts, each once."),
}
_N = {
    Unit.CODINGS: mark("n: fragments that could stand in the column"),
    Unit.FAMILIES: mark("n: families that could stand in the column"),
    Unit.SOURCES: mark("n: texts that could stand in the column"),
}
MEETING = mark(
    "A cell counts how often two codes stand together ({how}); on the diagonal, how often a code occurs. "
    "Coefficient: together / (one + other - together), from 0 to 1."
)


def title_of(asked: Asked, by: str) -> str:
    """What the table is: `Codes by municipality`."""
    if asked.how is not None:
        return t("Codes that stand together: {how}", how=t(asked.how.label))
    return capital(t("{rows} by {columns}", rows=t(asked.rows.label), columns=by))


def about_words(table: CrossTable, asked: Asked, by: str, measure: Measure) -> str:
    """The line above the table: what it is, which unit and measure, of whose words, of which question."""
    parts = [title_of(asked, by), unit_words(table), t(measure.label)]
    if asked.how is None and asked.whose is not Whose.ALL:
        parts.append(t(asked.whose.label))
    if asked.query:
        parts.append(t("question: {query}", query=asked.query))
    return " · ".join(dict.fromkeys(parts))


def counts_words(asked: Asked) -> str:
    """What a cell counts, and what n is."""
    if asked.how is not None:
        return t(MEETING, how=t(asked.how.label))
    return f"{t(_COUNTS[asked.unit])} {capital(t(_N[asked.unit]))}."


def cell_line(grid: Grid, at: tuple[int, int], asked: Asked) -> str:
    """The cell of the cursor in words: row, column and every measure."""
    table, (row, column) = grid.table, at
    line, head = table.rows[row], table.columns[column]
    count = table.counts[row][column]
    parts = [_counted(table.unit, count)]
    measures = [Measure.ROW_PERCENT, Measure.COLUMN_PERCENT, Measure.PER_1000_WORDS]
    if asked.how is not None:
        measures, parts = [Measure.COEFFICIENT], [tn("{n} time together", "{n} times together", count)]
    return f"{line.name} × {head.name}: " + " · ".join([*parts, *cell_words(grid, row, column, measures)])


def _counted(unit: Unit, n: int) -> str:
    match unit:
        case Unit.FAMILIES:
            return tn("{n} family", "{n} families", n)
        case Unit.SOURCES:
            return tn("{n} source", "{n} sources", n)
    return tn("{n} fragment", "{n} fragments", n)


def column_line(grid: Grid, column: int) -> str:
    """What is known of the column of the cursor: how many families and texts could stand in it."""
    head = grid.table.columns[column]
    parts = []
    if head.families:
        parts.append(tn("{n} family", "{n} families", head.families))
    if head.sources:
        parts.append(tn("{n} text", "{n} texts", head.sources))
    if head.words:
        parts.append(tn("{n} word", "{n} words", head.words))
    return t("Column {name}: {parts}", name=head.name, parts=", ".join(parts)) if parts else ""


def legend_line(grid: Grid) -> str:
    """Signs and values, what is left out and in which order."""
    return "  ".join(_legend(grid))


def _legend(grid: Grid) -> Iterator[str]:
    if grid.look.paint is Paint.HEAT:
        for level, words in step_words(grid):
            yield f"{SHADES[level]}\u00a0{words.replace(' ', chr(160))}"
    elif grid.look.paint is Paint.BARS and grid.highest:
        yield t("A full bar: {value}.", value=value_text(grid.highest, grid.look.measure))
    rows, columns = grid.hidden
    if rows:
        yield tn("{n} empty row hidden", "{n} empty rows hidden", rows)
    if columns:
        yield tn("{n} empty column hidden", "{n} empty columns hidden", columns)
    if not grid.is_outline:
        yield t("order: {order}", order=t(grid.look.order.label))


def caption_of(table: CrossTable, asked: Asked, by: str, measure: Measure, day: str) -> Caption:
    """What stands above and below a picture."""
    about = about_words(table, asked, by, measure)
    first = t("{what}; {n} in all; {day}", what=about, n=f"{table.total} {unit_words(table)}", day=day)
    return Caption(title_of(asked, by), (first, counts_words(asked)), tuple(map(str, table.notes)))


def rows_are_codes(asked: Asked) -> bool:
    """Whether a row is a code, so that one may ask for its quotes and its families."""
    return asked.how is not None or asked.rows in (Rows.CODE, Rows.GROUP)
