"""A matrix that went through the gate as a table and as stacked bars: from where to where, or at least how many at each moment."""

from __future__ import annotations

from dataclasses import dataclass

from verhalen.i18n import mark, t
from verhalen.privacy.clearance import Cleared, enumeration, own_words, phrase, sentences
from verhalen.privacy.disclosure import (
    MaskedTable,
    clear_bar,
    clear_cell,
    clear_column_totals,
    clear_grand_total,
    clear_number,
    clear_row_total,
    clear_row_totals,
)
from verhalen.report.blocks import Chart, Look, Series, Table
from verhalen.report.data import ReportData
from verhalen.report.fill_change import log_row, numbers_right
from verhalen.report.guarding import ALL, publish
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder

Sets = tuple[tuple[frozenset[str], ...], ...]
_TOO_FEW = mark("Who went from where to where is not shown: the numbers are too small.")


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix that went through the gate, and the words around it."""

    table: Cleared[MaskedTable]
    names: tuple[str, ...]
    """Of rows and columns alike."""
    heads: tuple[str, ...]
    """The same, short enough to stand above a column."""
    caption: str
    note: Cleared[str]
    looks: tuple[Look, ...] = ()
    kind: str = ""
    """What is counted, for the ledger of released tables."""
    families: Sets = ()
    """Keys of the families in each cell."""

    def publish(self, data: ReportData, log: Log, *, sensitive: bool = False) -> None:
        """Write down what the report gives out: who went from where to where, and who was where at each moment."""
        table, places = self.table.value, range(len(self.names))
        everybody = frozenset(key for row in self.families for them in row for key in them)
        for i in places:
            before = frozenset(key for them in self.families[i] for key in them)
            after = frozenset(key for row in self.families for key in row[i])
            for moment, total, them in (
                ("start", table.row_totals[i], before),
                ("later", table.column_totals[i], after),
            ):
                publish(data, log, f"{self.kind} {moment}", self.names[i], total, them, sensitive=sensitive)
            for j in places:
                label, own = f"{self.names[i]} > {self.names[j]}", self.families[i][j]
                publish(data, log, f"{self.kind} cell", label, table.cells[i][j], own, sensitive=sensitive)
        for moment in ("start", "later", "cell"):
            publish(data, log, f"{self.kind} {moment}", ALL, table.total, everybody, sensitive=sensitive)


def shows_nothing(table: MaskedTable) -> bool:
    """Whether the mask leaves nothing that is worth a table."""
    return not any(count for row in table.cells for count in row) and not _only_totals(table)


def _only_totals(table: MaskedTable) -> bool:
    """Whether the mask leaves nothing but how many there were at each moment."""
    return all(not count for row in table.cells for count in row) and None not in (
        *table.row_totals,
        *table.column_totals,
    )


def as_table(grid: Grid, placeholder: Placeholder, log: Log) -> Table:
    """From where (rows) to where (columns); where all of that is hidden, how many there were at each moment."""
    table, places = grid.table, range(len(grid.names))
    for row in places:
        log_row(log, table.value, row, placeholder)
    if _only_totals(table.value):
        for n in (*table.value.row_totals, *table.value.column_totals):
            log.number(str(n), source=placeholder.source, suppressed=False)
        header = [t("When"), *grid.names, t("Together")]
        rows = [
            (own_words(t(when)), *map(clear_number, totals), clear_grand_total(table))
            for when, totals in _moments(table)
        ]
        note = sentences([own_words(t(_TOO_FEW)), grid.note])
    else:
        header = [t("At the start"), *(t("later: {value}", value=head) for head in grid.heads), t("Together")]
        rows = [
            (
                own_words(grid.names[row]),
                *(clear_cell(table, row, column) for column in places),
                clear_row_total(table, row),
            )
            for row in places
        ]
        totals = tuple(map(clear_number, clear_column_totals(table)))
        rows.append((own_words(t("Together")), *totals, clear_grand_total(table)))
        note = grid.note
    return Table(
        header=tuple(own_words(word) for word in header),
        rows=tuple(rows),
        caption=own_words(grid.caption),
        align=numbers_right(len(header)),
        note=note,
    )


def _moments(table: Cleared[MaskedTable]) -> tuple[tuple[str, tuple[Cleared[int | None], ...]], ...]:
    return (
        (mark("At the start"), clear_row_totals(table)),
        (mark("About six months later"), clear_column_totals(table)),
    )


def as_chart(grid: Grid) -> Chart:
    """A bar per value at the start, its parts are the values later; or a bar per moment, as in the table."""
    table, places = grid.table, range(len(grid.names))
    plain: tuple[Look, ...] = tuple("" for _ in places)
    if _only_totals(table.value):
        bars = [(t(when), totals) for when, totals in _moments(table)]
        named = grid.names
    else:
        bars = [
            (name, tuple(clear_bar(table, row, column) for column in places)) for row, name in enumerate(grid.names)
        ]
        bars = [(t("{value} at the start", value=name), values) for name, values in bars]
        named = tuple(t("later: {value}", value=name) for name in grid.names)
    said = [
        phrase(
            mark("{bar}: {parts}."),
            bar=own_words(bar),
            parts=enumeration([_part(name, value) for name, value in zip(named, values, strict=True)]),
        )
        for bar, values in bars
    ]
    return Chart(
        categories=tuple(own_words(bar) for bar, _ in bars),
        series=tuple(
            Series(own_words(name), tuple(values[place] for _, values in bars), look)
            for place, (name, look) in enumerate(zip(named, grid.looks or plain, strict=True))
        ),
        caption=own_words(grid.caption),
        alt_text=sentences([own_words(t("Stacked bars of counts.")), *said]),
        note=own_words(t(_TOO_FEW)) if _only_totals(table.value) else None,
    )


def _part(name: str, value: Cleared[int | None]) -> Cleared[str]:
    return phrase(mark("{name} {n}"), name=own_words(name), n=clear_number(value))
