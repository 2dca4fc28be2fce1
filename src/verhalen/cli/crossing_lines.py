"""Crosstabs and quote matrices as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from verhalen.cli.output import table
from verhalen.cli.tables import dropped, terminal_width
from verhalen.i18n import t, tn
from verhalen.model.crosstable import Measure, Rows, Unit

if TYPE_CHECKING:
    from verhalen.analysis.crossing_tests import RowTest
    from verhalen.analysis.quote_matrix import QuoteMatrix
    from verhalen.model.crosstable import CrossTable, Line


_NAMED = 8
"""Columns that are named where they do not fit."""


def table_lines(found: CrossTable, measure: Measure) -> list[str]:
    """Rows with something in them, totals, n; as many columns as fit, the last ones go first."""
    shown = [index for index, total in enumerate(found.row_totals) if total]
    if not shown:
        return [t("Nothing was coded that this asks for.")]
    # What is empty goes first, then what stands last. A column takes three places at least: of many the rest need not be tried.
    order = sorted(range(len(found.columns)), key=lambda at: (not found.column_totals[at], at))
    tried = sorted(order[: max(1, terminal_width() // 3)])
    header = ["", *(found.columns[at].name for at in tried), t("total")]
    rows: list[list[object]] = [
        [
            _label(found.rows[index], found.lines),
            *(_said(found.shown(index, at, measure), measure) for at in tried),
            found.row_totals[index],
        ]
        for index in shown
    ]
    rows += [[name, *(numbers[at] for at in tried), whole] for name, numbers, whole in _below(found)]
    optional = [tried.index(at) + 1 for at in reversed(order[1 : len(tried)])]
    gone = {tried[at - 1] for at in dropped(header, rows, optional)} | set(order[len(tried) :])
    return [
        *([] if measure is Measure.COUNT else [t("In the cells: {measure}.", measure=t(measure.label))]),
        *table(header, rows, optional=optional),
        *_left_out([found.columns[at].name for at in sorted(gone)], len(found.rows) - len(shown)),
    ]


def _below(found: CrossTable) -> Iterator[tuple[str, Sequence[int], int | None]]:
    """Totals, and what could stand in each column. Of fragments the n is the total; families and texts say more."""
    yield t("total"), found.column_totals, found.total
    if found.unit is Unit.CODINGS:
        yield t("families"), [column.families for column in found.columns], None
        yield t("texts"), [column.sources for column in found.columns], None
    else:
        yield "n", [column.n for column in found.columns], None


def _label(row: Line, lines: str) -> str:
    """Codes by their key, by which one asks for them; the rest by name."""
    return row.key if lines in (Rows.CODE, Rows.GROUP) else row.name


def _said(value: float | None, measure: Measure) -> str:
    from verhalen.scores.wording import decimals

    if value is None:
        return "-"
    if measure is Measure.COUNT:
        return str(value) if value else "."
    return decimals(value, 1 if measure is Measure.PER_1000_WORDS else 0)


def _left_out(columns: Sequence[str], rows: int) -> Iterator[str]:
    if columns:
        yield tn(
            "{n} column does not fit on this screen: {names}. All of it: --json, or -o FILE.",
            "{n} columns do not fit on this screen: {names}. All of it: --json, or -o FILE.",
            len(columns),
            names=", ".join([*columns[:_NAMED], *(["…"] if len(columns) > _NAMED else [])]),
        )
    if rows:
        yield tn("{n} row without anything is left out.", "{n} rows without anything are left out.", rows)


def test_lines(found: CrossTable, tested: Sequence[RowTest]) -> list[str]:
    """The rows that could be tested, and why the others could not."""
    if not tested:
        return []
    rows = [
        [_label(row, found.lines), _p(each.test.p.value), _p(each.holm_p), t(each.test.method)]
        for row, each in zip(found.rows, tested, strict=True)
        if each.test.p.value is not None
    ]
    reasons = dict.fromkeys(each.test.p.reason for each in tested if each.test.p.value is None)
    drawn = next((each.test for each in tested if each.test.draws), None)
    said = ["", *table(["", "p", "Holm", t("test")], rows)] if rows else []
    if drawn is not None:
        said.append(t("Random draws: {draws}, seed {seed}.", draws=drawn.draws, seed=drawn.seed))
    for reason in reasons:
        n = sum(each.test.p.reason == reason for each in tested)
        said.append(t("Not tested ({n}): {reason}.", n=n, reason=t(reason)))
    return said


def _p(value: float | None) -> str:
    from verhalen.scores.wording import decimals

    return "-" if value is None else decimals(value, 4)


def quote_lines(found: QuoteMatrix) -> Iterator[str]:
    """Code by code and column by column, with the n of each."""
    from verhalen.exchange.crossing_tables import attribution, said_once

    for row in found.rows:
        yield f"{row.key}: {row.name}"
        for column in found.columns:
            told = found.cell(row.key, column.key)
            codings = tn("{n} coding", "{n} codings", len(told))
            of = tn("{n} family in this column", "{n} families in this column", column.families)
            yield ""
            yield f"  {column.name or column.key} ({codings}; {of})"
            for each in said_once(told):
                yield f"    “{' '.join(each.text.split())}” {attribution(each)}"
        yield ""
