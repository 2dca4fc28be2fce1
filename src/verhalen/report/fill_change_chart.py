"""Change as stacked bars: from the same masked table as the table, so that the same numbers are missing."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen.i18n import mark, t
from verhalen.privacy.clearance import Cleared, own_words, phrase, sentences
from verhalen.privacy.disclosure import MaskedTable, clear_bar, clear_together
from verhalen.report.blocks import Block, Chart, Look, Series
from verhalen.report.data import ReportData
from verhalen.report.fill_change import (
    DOWN,
    NAMES,
    SAME,
    UNCHANGED,
    UNSEEN,
    UP,
    change_rows,
    in_words,
    masked_change,
    publish_change,
    worsening_hidden,
)
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder

_TOGETHER = mark("Same or not looked at again")


def change_chart(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """The same table as a stacked bar; hidden cells are not drawn."""
    rows, table = change_rows(data), masked_change(data)
    if not rows:
        return []
    publish_change(data, placeholder, log)
    if len(data.remembered["withheld"]) == len(rows):
        return []
    worse = worsening_hidden(data)
    every = range(len(rows))
    looks: tuple[tuple[int, Look], ...] = ((UP, "better"), (SAME, "same"), (UNSEEN, "unseen"), (DOWN, "worse"))
    series = [
        Series(own_words(t(NAMES[column])), tuple(clear_bar(table, row, column) for row in every), look)
        for column, look in looks
        if not (table.value.joined and column in UNCHANGED)
    ]
    both = [clear_together(table, row, UNCHANGED) for row in every]
    apart = [] if table.value.joined else [row for row in every if both[row].value is None]
    if len(apart) < len(rows):
        series.insert(1 if table.value.joined else SAME + 1, Series(own_words(t(_TOGETHER)), tuple(both), "together"))
    return [
        Chart(
            categories=tuple(own_words(row.name) for row, _ in rows),
            series=tuple(series),
            caption=own_words(
                t("Better, same, not looked at again and worse per group of life domains, in numbers of families")
            ),
            alt_text=_chart_in_words([row.name for row, _ in rows], table, worse),
            note=worse,
            lacks=any(_lacks(table.value, row, apart=row in apart) for row in every),
        )
    ]


def _lacks(table: MaskedTable, row: int, *, apart: bool) -> bool:
    """Whether a part of the bar is not drawn."""
    cells = table.cells[row]
    if apart:
        return None in cells
    return None in (cells[UP], cells[DOWN], table.together(row, UNCHANGED))


def _chart_in_words(names: Sequence[str], table: Cleared[MaskedTable], worse: Cleared[str] | None) -> Cleared[str]:
    """The chart for who cannot see it, from the numbers that are drawn."""
    bars = [
        phrase(mark("{bar}: {parts}."), bar=own_words(name), parts=in_words(table, row))
        for row, name in enumerate(names)
    ]
    return sentences([own_words(t("Stacked bars of counts.")), *bars, *([worse] if worse is not None else [])])
