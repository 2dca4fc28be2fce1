"""From where to where: per question a table of first answers by later ones, and a bar of how many moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from verhalen.analysis.service import CLASSES, matrix_of
from verhalen.i18n import mark, t, tn
from verhalen.model.instrument import Instrument, Item
from verhalen.scores.change import item_change
from verhalen.scores.pairs import Pairs, Rule
from verhalen.tui.charts import FILLS, matrix_lines, stacked_bar
from verhalen.tui.page import HEADING, MUTED, TITLE, Line
from verhalen.tui.words import capital

WIDTH = 74
"""Cells of a table or a bar, in a window at 80 cells."""
READ_IT = mark("Rows: at the start. Columns: at the second moment. On the line from top left: the same.")
_DIRECTIONS = (mark("forward"), CLASSES[1], CLASSES[2], mark("backward"))
"""Of an item that is not simply better when higher, too: words that judge nothing."""


def matrix_page(title: str, instrument: Instrument, pairs: Pairs, items: Iterable[Item]) -> list[Line]:
    """The tables of some items, one after the other."""
    lines = [Line(title, TITLE), Line(t(READ_IT), MUTED)]
    per_person = pairs.rule is Rule.PER_PERSON
    for item in items:
        matrix = matrix_of(instrument, pairs, item)
        n = matrix.n
        many = (
            tn("{n} person", "{n} persons", n)
            if per_person and item.level != "gezin"
            else tn("{n} family", "{n} families", n)
        )
        lines += [Line(""), Line(f"{capital(item.name)} ({many})", HEADING)]
        if item.note:
            lines.append(Line(t("Read this one: {note}", note=item.note), MUTED))
        if n:
            change = item_change(pairs, instrument, item)
            parts = (change.up, change.same - change.same_carried, change.same_carried, change.down)
            lines += [*table_lines(matrix.names, matrix.counts), *bar_lines(parts, _DIRECTIONS)]
    return lines


def table_lines(names: Sequence[str], counts: Sequence[Sequence[int]], *, corner: str = "") -> Iterator[Line]:
    """A table whose blanks are never taken for places to break a line."""
    for line in matrix_lines(names, counts, corner=corner or t("start"), width=WIDTH):
        yield Line(line.replace(" ", "\u00a0"))


def bar_lines(counts: Sequence[int], names: Sequence[str], width: int = WIDTH) -> Iterator[Line]:
    """A bar and, below it, the sign, number and words of every part that is not empty; `names` are marked."""
    if any(counts):
        yield Line("".join(stacked_bar(counts, width)))
        parts = zip(FILLS, counts, names, strict=False)
        yield Line("  ".join(f"{sign}\u00a0{n}\u00a0{t(name)}" for sign, n, name in parts if n), MUTED)
