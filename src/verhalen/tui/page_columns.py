"""Two texts beside each other on one page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import zip_longest

from rich.cells import cell_len

from verhalen.tui.page import MUTED, Line

NARROWEST = 32
"""Cells that a column needs to be read with ease."""
_GAP = " │ "
_BLANK = "\u00a0"
"""A page breaks lines and drops blanks at their begin; this one stays."""


def side_by_side(left: tuple[str, str], right: tuple[str, str], width: int) -> list[Line]:
    """Title and text each; empty where two columns find no room in `width` cells."""
    room = (width - len(_GAP)) // 2
    if room < NARROWEST:
        return []
    titles = [_row(one, other, room, MUTED) for one, other in _pairs(left[0], right[0], room)]
    return [*titles, *(_row(one, other, room, "") for one, other in _pairs(left[1], right[1], room))]


def _pairs(left: str, right: str, room: int) -> Iterator[tuple[str, str]]:
    yield from zip_longest(_wrapped(left, room), _wrapped(right, room), fillvalue="")


def _wrapped(text: str, room: int) -> list[str]:
    return [part for piece in text.split("\n") for part in (textwrap.wrap(piece, room) or [""])]


def _row(left: str, right: str, room: int, style: str) -> Line:
    padded = left + " " * max(0, room - cell_len(left))
    return Line(f"{padded}{_GAP}{right}".replace(" ", _BLANK), style)
