"""The order in which a person reads a page, where the file holds its lines in another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from verhalen.readers.pdf_pages import Page, Row

_COLUMN_LINES = 4
"""Fewer lines beside each other are no column."""
_GUTTER = 8.0
"""White between columns, points."""
_NAMES_WIDTH = 130.0
"""A narrower column may hold the names of those who speak; points."""


def in_reading_order(page: Page) -> Page:
    """The page as it is where its lines go down (and up again for a next column); else ordered by their places."""
    kind = _kind(page.rows)
    if kind == "ordered":
        return page
    gutter = _gutter(page.rows) if kind == "jumbled" else None
    if gutter is None:
        return Page(page.number, _downwards(page.rows))
    left = [row for row in page.rows if row.left < gutter]
    right = [row for row in page.rows if row.left >= gutter]
    return Page(page.number, [*_downwards(left), *_downwards(right)])


def _kind(rows: Sequence[Row]) -> Literal["ordered", "jumbled", "names apart"]:
    """Whether the lines follow each other, and if not, whether only the names before them were written first."""
    start = 0
    for at, (one, two) in enumerate(pairwise(rows), 1):
        if two.base <= one.base + one.size:
            continue
        before = rows[start:at]
        if two.left < max(row.right for row in before) - _GUTTER:
            return "jumbled"
        if _are_names_of(before, rows[at:]):
            return "names apart"
        start = at
    return "ordered"


def _are_names_of(before: Sequence[Row], behind: Sequence[Row]) -> bool:
    """Whether the first column is narrow and stands line by line beside the next: names or times, no text."""
    if min(row.left for row in behind) - min(row.left for row in before) > _NAMES_WIDTH:
        return False
    heights = {round(row.base) for row in behind}
    beside = sum(round(row.base) in heights for row in before)
    return beside * 2 > len(before)


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where the second of two columns begins, if nothing lies across."""
    ordered = sorted(rows, key=lambda row: row.left)
    right = 0.0
    for at, row in enumerate(ordered):
        if at >= _COLUMN_LINES and len(ordered) - at >= _COLUMN_LINES and row.left > right + _GUTTER:
            return row.left
        right = max(right, row.right)
    return None


def _downwards(rows: Sequence[Row]) -> list[Row]:
    """From top to bottom; what stands on the same height from left to right."""
    ordered = sorted(rows, key=lambda row: -row.base)
    height = [0.0] * len(ordered)
    for at, row in enumerate(ordered):
        near = at > 0 and height[at - 1] - row.base < row.size / 3
        height[at] = height[at - 1] if near else row.base
    places = sorted(range(len(ordered)), key=lambda at: (-height[at], ordered[at].left))
    return [ordered[at] for at in places]
