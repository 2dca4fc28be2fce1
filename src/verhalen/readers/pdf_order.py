"""The order in which a person reads a page, where the file holds its lines in another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from verhalen.readers.pdf_pages import Page, Row

_COLUMN_LINES = 4
"""Fewer lines beside each other are no column."""
_GUTTER = 8.0
"""White between columns, points."""


def in_reading_order(page: Page) -> Page:
    """The page as it is where its lines go down (and up again for a next column); else ordered by their places."""
    if not _is_jumbled(page.rows):
        return page
    gutter = _gutter(page.rows)
    if gutter is None:
        return Page(page.number, _downwards(page.rows))
    left = [row for row in page.rows if row.left < gutter]
    right = [row for row in page.rows if row.left >= gutter]
    return Page(page.number, [*_downwards(left), *_downwards(right)])


def _is_jumbled(rows: Sequence[Row]) -> bool:
    """Whether a line stands above the one before it without being in a column further right."""
    right = 0.0
    for one, two in pairwise(rows):
        right = max(right, one.right)
        if two.base > one.base + one.size:
            if two.left < right - _GUTTER:
                return True
            right = 0.0
    return False


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
