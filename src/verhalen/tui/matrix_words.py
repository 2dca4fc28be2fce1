"""The sentences around a crosstab: what it is, what a cell counts, what the cell of the cursor says, the legend."""

from __future__ import annotations

from collections.abc import Iterator

from verhalen.analysis.crossing_axes import CHANGE
from verhalen.analysis.grid import SHADES, Grid, Order, Paint, cell_words, unit_words
from verhalen.exchange.matrix_picture import Caption, full_bar, step_words
from verhalen.i18n import mark, t, tn
from verhalen.model.cooccurrence import USUAL_DISTANCE, Gap, How
from verhalen.model.crosstable import Axis, Measure, Unit
from verhalen.tui.matrix_asked import Asked, Counted
from verhalen.tui.page import MUTED, TITLE, Line
from verhalen.tui.words import capital

_COUNTS = {
    Unit.CODINGS: mark("A cell: fragments (overlapping ones are one). n: all fragments of the column."),
    Unit.FAMILIES: mark("A cell: families, each once. n: families that could stand in the column."),
    Unit.SOURCES: mark("A cell: texts, each once. n: texts that could stand in the column."),
}
MEETING = mark("A cell: how often both stand together; the diagonal: how often a code occurs.")
COEFFICIENT = mark("Coefficient: together / (one + other - together), from 0 to 1.")


def title_of(counted: Counted) -> str:
    """What the table is: `Codes by municipality`."""
    asked = counted.asked
    if counted.axis is None:
        return t("Codes that stand together: {how}", how=how_words(asked))
    return capital(t("{rows} by {columns}", rows=t(asked.rows.label), columns=axis_name(counted.axis)))


def axis_name(axis: Axis) -> str:
    """What columns are called; of change one hears that it is about scores."""
    return t("change of the scores") if axis.key == CHANGE else axis.name


def how_words(asked: Asked) -> str:
    """When two codes stand together."""
    if asked.how is How.NEAR and asked.gap is Gap.CHARACTERS:
        n = USUAL_DISTANCE[Gap.CHARACTERS] if asked.distance is None else asked.distance
        return tn("at most {n} character apart", "at most {n} characters apart", n)
    return t(asked.how.label) if asked.how else ""


def about_words(counted: Counted, measure: Measure) -> str:
    """The line above the table: what it is, which unit and measure, of whose words, of which question."""
    asked = counted.asked
    shown = unit_words(counted.table) if measure is Measure.COUNT else t(measure.label)
    parts = [title_of(counted), shown]
    if counted.axis is not None:
        parts += [asked.change] if counted.axis.key == CHANGE and asked.change else []
        parts.append(t(counted.whose.label))
    if counted.only_own:
        parts.append(t("only your own codings"))
    if asked.query:
        parts.append(t("only: {query}", query=asked.query))
    return " · ".join(dict.fromkeys(parts))


def counts_words(asked: Asked, measure: Measure) -> str:
    """What a cell counts, and what n is."""
    if asked.how is None:
        return t(_COUNTS[asked.unit])
    return t(COEFFICIENT) if measure is Measure.COEFFICIENT else t(MEETING)


def cell_line(grid: Grid, at: tuple[int, int], asked: Asked) -> str:
    """The cell of the cursor in words: row, column and every measure."""
    table, (row, column) = grid.table, at
    line, head = table.rows[row], table.columns[column]
    count = table.counts[row][column]
    if grid.is_self(row, column):
        return tn("{name}: occurs {n} time", "{name}: occurs {n} times", count, name=line.name)
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


def row_line(grid: Grid, row: int) -> str:
    """A whole row in words."""
    table = grid.table
    return f"{table.rows[row].name}: {_counted(table.unit, table.row_totals[row])}"


def note_lines(counted: Counted, measure: Measure) -> list[Line]:
    """How was counted, to read."""
    about = [Line(title_of(counted), TITLE), Line(about_words(counted, measure), MUTED), Line("")]
    return [*about, Line(counts_words(counted.asked, measure)), *(Line(str(each)) for each in counted.table.notes)]


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
        yield full_bar(grid)
    rows, columns = grid.hidden
    hidden = [tn("{n} row", "{n} rows", rows)] if rows else []
    hidden += [tn("{n} column", "{n} columns", columns)] if columns else []
    if hidden:
        yield t("empty and hidden: {what}", what=", ".join(hidden)).replace(" ", "\u00a0")
    if grid.look.order is not Order.BOOK:
        yield t("order: {order}", order=t(grid.look.order.label))


def caption_of(counted: Counted, measure: Measure, day: str) -> Caption:
    """What stands above and below a picture."""
    table = counted.table
    about = about_words(counted, measure)
    first = t("{what}; {n} in all; {day}", what=about, n=f"{table.total} {unit_words(table)}", day=day)
    return Caption(title_of(counted), (first, counts_words(counted.asked, measure)), tuple(map(str, table.notes)))
