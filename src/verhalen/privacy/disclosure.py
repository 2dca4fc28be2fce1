"""Small cells: mask a table of families, say in words what may be said, and clear the result (methods.md D6).

Makes `Cleared[...]`: the only way out for a number. Everything that is derived from a table (percentages, bars, alternative
texts, footnotes) is made from the `MaskedTable`, so that it follows the same mask.

The audit reads intervals from what is printed. It does not hold against a reader who also replays our rules, or
who subtracts another table: that is what the ledger of released tables is for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from verhalen.i18n import language, mark, t, tn
from verhalen.privacy.bounds import Cell, Range
from verhalen.privacy.cells import Grid, cells_to_hide, first_betrayed, make_grid
from verhalen.privacy.clearance import _SEAL, Cleared, Readers
from verhalen.privacy.wording import allowed, coarse_word, say_count, whole_percent

_T = TypeVar("_T")
NOT_SHOWN = mark("not shown")
A_FEW = mark("a few")
ALMOST_ALL = mark("almost all")
PART_OF_FAMILIES = mark("{words} of the families")
HIDDEN_FAMILIES = mark("a number of families that we do not show")
ALSO_WORSE = mark("Among a few families things also got worse.")


@dataclass(frozen=True, slots=True)
class MaskedTable:
    """What is published of a table, and nothing else: None where a number is hidden."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    """None in all places where the table has no column totals."""
    total: int | None
    words: tuple[tuple[str, ...], ...]
    """Coarse words for hidden cells, marked; empty where there are none."""
    also_worse: tuple[bool, ...]
    """Per row: the worsening is hidden, and there is some, which is always said."""
    joined: tuple[int | None, ...] = ()
    """Per row the sum of two columns that were masked as one; empty where each was masked for itself."""

    @property
    def hidden(self) -> frozenset[Cell]:
        """The hidden places among rows and columns, without totals."""
        return frozenset((i, j) for i, row in enumerate(self.cells) for j, count in enumerate(row) if count is None)

    def said(self, row: int, column: int) -> str:
        """What stands in a cell: the number, coarse words, or that it is not shown."""
        count = self.cells[row][column]
        return str(count) if count is not None else t(self.words[row][column] or NOT_SHOWN)

    def share(self, row: int, column: int) -> int | None:
        """Whole percentage of its row; None where it or its total is hidden, or n is below ten (methods.md D5)."""
        count, n = self.cells[row][column], self.row_totals[row]
        if count is None or not n or not allowed(n, k=1).percentages:
            return None
        return whole_percent(count, n)

    def dominance(self, row: int, *, up: int, down: int) -> float | None:
        """(up - down) / n from the visible columns `up` and `down`; None where a part is hidden or n is below ten (D4, D5)."""
        better, worse, n = self.cells[row][up], self.cells[row][down], self.row_totals[row]
        if better is None or worse is None or not n or not allowed(n, k=1).percentages:
            return None
        return (better - worse) / n

    def together(self, row: int, columns: Collection[int]) -> int | None:
        """The sum of some hidden cells, where every reader can take it from the rest of the row; None elsewhere."""
        counts, n = self.cells[row], self.row_totals[row]
        if self.joined:
            return self.joined[row]
        if n is None or {j for j, count in enumerate(counts) if count is None} != set(columns):
            return None
        return n - sum(count for count in counts if count is not None)

    def worsening(self, row: int) -> str:
        """The sentence that keeps a hidden worsening from vanishing; empty where it is visible or there is none."""
        return t(ALSO_WORSE) if self.also_worse[row] else ""


def mask_table(
    rows: Sequence[Sequence[int]],
    *,
    k: int | Sequence[int],
    worse: int | None = None,
    column_totals: bool = True,
    words: bool = False,
    hidden: Collection[Cell] = (),
    most: Sequence[Sequence[int]] = (),
) -> MaskedTable:
    """Hide what could single out a family: primary, secondary, then an exact audit of every hidden cell.

    Rows are groups of families, columns the classes in which each family falls once. `k` may differ per row (sensitive life
    domains); 1 masks nothing. `worse` is the column of families for whom it went worse. Without `column_totals` (families
    recur in several rows) only the row totals are printed and audited. `hidden` adds cells that must stay hidden. `most` says per
    cell how many it can hold at most, where readers know that from elsewhere (how many families a municipality has).
    """
    if not rows or not rows[0]:
        return MaskedTable((), (), (), None, (), ())
    grid = make_grid(rows, _per_row(k, len(rows)), worse=worse, column_totals=column_totals, most=most)
    out = cells_to_hide(grid, hidden) | grid.absent
    coarse = _words(grid, out) if words else {}
    inner = [[None if (i, j) in out else count for j, count in enumerate(row)] for i, row in enumerate(grid.values)]
    return MaskedTable(
        cells=tuple(tuple(row[:-1]) for row in inner[:-1]),
        row_totals=tuple(row[-1] for row in inner[:-1]),
        column_totals=tuple(inner[-1][:-1]),
        total=inner[-1][-1],
        words=tuple(tuple(coarse.get((i, j), "") for j in range(grid.columns)) for i in range(grid.rows)),
        also_worse=tuple(worse is not None and (i, worse) in out for i in range(grid.rows)),
    )


def _per_row(k: int | Sequence[int], rows: int) -> Sequence[int]:
    if isinstance(k, int):
        return [k] * rows
    if len(k) != rows:
        raise ValueError(f"{len(k)} thresholds for {rows} rows")
    return k


def _words(grid: Grid, hidden: frozenset[Cell]) -> dict[Cell, str]:
    """Coarse words, row by row; a row in which one cell has none, or which they would betray, keeps "not shown" throughout."""
    said: dict[Cell, str] = {}
    known: dict[Cell, Range] = {}
    for i in range(grid.rows):
        places = [(i, j) for j in range(grid.columns) if (i, j) in hidden]
        found = {place: coarse_word(grid.value(place), grid.values[i][-1], k=grid.k[i]) for place in places}
        ranges: dict[Cell, Range] = {place: (each.low, each.high) for place, each in found.items() if each}
        row_total_shown = (i, grid.columns) not in hidden
        if row_total_shown and len(ranges) == len(places) and not first_betrayed(grid, hidden, known | ranges):
            known |= ranges
            said |= {place: each.words for place, each in found.items() if each}
    return said


def clear_table(
    rows: Sequence[Sequence[int]],
    audience: Readers,
    *,
    sensitive: bool | Sequence[bool] = False,
    worse: int | None = None,
    column_totals: bool = True,
    words: bool = False,
    hidden: Collection[Cell] = (),
    at_least: int = 1,
    most: Sequence[Sequence[int]] = (),
) -> Cleared[MaskedTable]:
    """Mask a table for an audience and clear it. `sensitive` is per row, or for all; `at_least` may raise the threshold."""
    flags = [sensitive] * len(rows) if isinstance(sensitive, bool) else sensitive
    k = [max(audience.threshold(sensitive=flag), at_least) for flag in flags]
    masked = mask_table(rows, k=k, worse=worse, column_totals=column_totals, words=words, hidden=hidden, most=most)
    return Cleared(masked, _SEAL)


def clear_count(count: int, audience: Readers, *, sensitive: bool = False) -> Cleared[int | None]:
    """A number of families on its own; None where it is above zero and below the threshold."""
    return Cleared(None if 0 < count < audience.threshold(sensitive=sensitive) else count, _SEAL)


def clear_statistic(
    value: float | None, audience: Readers, *, n: int, sensitive: bool = False
) -> Cleared[float | None]:
    """A median or a share of n families; None where it is undefined or n is below the threshold.

    Statistics made from the counts of a table (dominance, percentages) pass only where all these counts are visible: ask
    `clear_table` first.
    """
    return Cleared(value if n >= audience.threshold(sensitive=sensitive) else None, _SEAL)


def clear_middle(value: float | None, audience: Readers, *, n: int, at_least: int = 1, places: int = 0) -> Cleared[str]:
    """A median of n families as it is written, by the rule of `clear_statistic`; a dash where there is none."""
    if n < max(audience.threshold(), at_least) and n:
        return Cleared(t(NOT_SHOWN), _SEAL)
    said = "–" if value is None else f"{value:.{places}f}"
    return Cleared(said.replace(".", ",") if language() == "nl" else said, _SEAL)


def clear_sentence(
    message: str,
    audience: Readers,
    *,
    counts: Mapping[str, int],
    sensitive: bool = False,
    at_least: int = 1,
    **words: str,
) -> Cleared[str]:
    """A marked sentence with numbers of families in it; a number that may not be shown becomes "a few".

    `words` fill its other places and hold nothing of a family (names of domains, classes, instruments).
    """
    k = max(audience.threshold(sensitive=sensitive), at_least)
    said = {name: t(A_FEW) if 0 < count < k else str(count) for name, count in counts.items()}
    return Cleared(t(message, **said, **words), _SEAL)


def clear_number_of_texts(count: int) -> Cleared[str]:
    """How many stories or fragments were told with consent: k counts families behind an attribute, never these (D6)."""
    return Cleared(str(count), _SEAL)


def clear_cell(table: Cleared[MaskedTable], row: int, column: int) -> Cleared[str]:
    """What stands in a cell of a cleared table."""
    return Cleared(table.value.said(row, column), _SEAL)


def clear_share(table: Cleared[MaskedTable], row: int, column: int, *, k: int) -> Cleared[str]:
    """A cell as it stands in a sentence: `five of the eleven families`, with a percentage from ten families on (D5)."""
    count, n = table.value.cells[row][column], table.value.row_totals[row]
    if count is None or n is None:
        words = table.value.words[row][column]
        return Cleared(t(PART_OF_FAMILIES, words=t(words)) if words else t(HIDDEN_FAMILIES), _SEAL)
    return Cleared(say_count(count, n, k=k), _SEAL)


def clear_bar(table: Cleared[MaskedTable], row: int, column: int) -> Cleared[int | None]:
    """The number of a cell for a chart; None where it is hidden."""
    return Cleared(table.value.cells[row][column], _SEAL)


def clear_together(table: Cleared[MaskedTable], row: int, columns: Collection[int]) -> Cleared[int | None]:
    """The number behind some hidden cells as a whole, where what is printed gives it anyway; None elsewhere."""
    return Cleared(table.value.together(row, columns), _SEAL)


def clear_split(table: Cleared[MaskedTable], column: int) -> Cleared[MaskedTable]:
    """The same with a column that was masked as one shown as two: neither of them, and their sum where it is visible."""
    old = table.value

    def wider(row: tuple[_T, ...], second: _T) -> tuple[_T, ...]:
        return (*row[: column + 1], second, *row[column + 1 :])

    split = replace(
        old,
        cells=tuple(wider((*row[:column], None, *row[column + 1 :]), None) for row in old.cells),
        words=tuple(wider(row, "") for row in old.words),
        column_totals=wider(old.column_totals, None),
        joined=tuple(row[column] for row in old.cells),
    )
    return Cleared(split, _SEAL)


def clear_without(table: Cleared[MaskedTable], rows: Collection[int]) -> Cleared[MaskedTable]:
    """The same with nothing at all of some rows: neither numbers nor words, nor whether some went worse.

    For a table whose rows were masked each for itself (`column_totals=False`).
    """
    old = table.value

    def bare(i: int, row: tuple[_T, ...], nothing: _T) -> tuple[_T, ...]:
        return tuple(nothing for _ in row) if i in rows else row

    left = replace(
        old,
        cells=tuple(bare(i, row, None) for i, row in enumerate(old.cells)),
        row_totals=tuple(None if i in rows else n for i, n in enumerate(old.row_totals)),
        words=tuple(bare(i, row, "") for i, row in enumerate(old.words)),
        also_worse=tuple(i not in rows and worse for i, worse in enumerate(old.also_worse)),
        joined=tuple(None if i in rows else n for i, n in enumerate(old.joined)),
    )
    return Cleared(left, _SEAL)


def clear_part(count: int, n: int, audience: Readers, *, sensitive: bool = False) -> Cleared[str]:
    """So many of n families where both classes may be shown; else that it is a few of them, or almost all."""
    part = mask_table([[count, n - count]], k=audience.threshold(sensitive=sensitive), column_totals=False)
    if part.row_totals[0] is None:
        return Cleared(t(HIDDEN_FAMILIES), _SEAL)
    said = count if part.cells[0][0] is not None else t(A_FEW if 2 * count <= n else ALMOST_ALL)
    return Cleared(tn("{count} of one family", "{count} of the {all} families", n, count=said, all=n), _SEAL)


def clear_turned(table: Cleared[MaskedTable]) -> Cleared[MaskedTable]:
    """A table of one row as one of one column: the same cells, hidden in the same places."""
    (cells,), (words,), (total,) = table.value.cells, table.value.words, table.value.row_totals
    turned = MaskedTable(
        cells=tuple((count,) for count in cells),
        row_totals=cells,
        column_totals=(total,),
        total=total,
        words=tuple((word,) for word in words),
        also_worse=tuple(False for _ in cells),
    )
    return Cleared(turned, _SEAL)


def clear_row_totals(table: Cleared[MaskedTable]) -> tuple[Cleared[int | None], ...]:
    """The totals of all rows for a chart; None where one is hidden."""
    return tuple(Cleared(count, _SEAL) for count in table.value.row_totals)


def clear_column_totals(table: Cleared[MaskedTable]) -> tuple[Cleared[int | None], ...]:
    """The totals of all columns for a chart; None where one is hidden."""
    return tuple(Cleared(count, _SEAL) for count in table.value.column_totals)


def clear_number(number: Cleared[int | None]) -> Cleared[str]:
    """A number that went through the gate, as it is written."""
    return _total(number.value)


def clear_row_total(table: Cleared[MaskedTable], row: int) -> Cleared[str]:
    """The n of a row, where it may be shown."""
    return _total(table.value.row_totals[row])


def clear_grand_total(table: Cleared[MaskedTable]) -> Cleared[str]:
    """The n of the whole table, where it may be shown."""
    return _total(table.value.total)


def _total(count: int | None) -> Cleared[str]:
    return Cleared(t(NOT_SHOWN) if count is None else str(count), _SEAL)
