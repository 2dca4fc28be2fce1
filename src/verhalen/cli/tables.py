"""Plain tables for a terminal. Where it is narrow, columns go, remarks move below their row, and long words are wrapped."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterable, Sequence

from verhalen.i18n import t

_GAP = "  "
_WIDEST = 60
_NARROWEST = 10
_KEY = 34
"""Columns go before keys of this length are wrapped: a row on two lines reads badly."""
_ANY = 10_000
"""Width where nobody looks at a terminal: a file or another program gets whole lines."""


def terminal_width() -> int:
    """Columns of the terminal; `COLUMNS` says otherwise where it is set."""
    return shutil.get_terminal_size(fallback=(_ANY, 24)).columns


class Verbatim(str):
    """A line for another program, which is never broken: a name of a file in it may hold blanks."""

    __slots__ = ()


def read_by(lines: Sequence[str]) -> list[str]:
    """The lines that read a written table in another program, under a word that says so; nothing where there are none."""
    return [t("To read it as it is:"), *(Verbatim(f"  {line}") for line in lines)] if lines else []


def folded(line: str) -> str:
    """A line broken between words where the terminal is narrower; nothing is broken within a word or a path."""
    width = terminal_width()
    if len(line) <= width or isinstance(line, Verbatim):
        return line
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.fill(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )


def dropped(
    header: Sequence[str], rows: Iterable[Sequence[object]], optional: Sequence[int], *, below: bool = False
) -> list[int]:
    """Which of the `optional` columns, least needed first, must go for the table to fit."""
    cells = _cells(header, rows)
    kept = list(range(len(header) - (below and _overflows(cells))))
    gone: list[int] = []
    for column in optional:
        if _total(_least([[line[each] for each in kept] for line in cells])) <= terminal_width():
            break
        kept.remove(column)
        gone.append(column)
    return gone


def table(
    header: Sequence[str], rows: Iterable[Sequence[object]], *, optional: Sequence[int] = (), below: bool = False
) -> list[str]:
    """Lines of a table; empty cells stay empty.

    Where the terminal is too narrow: with `below` the last column stands under its row, then the `optional` columns go, and
    the widest of what is left is wrapped.
    """
    listed = list(rows)
    cells = _cells(header, listed)
    below = below and _overflows(cells)
    gone = dropped(header, listed, optional, below=below)
    notes = [line[-1] for line in cells] if below else [""] * len(cells)
    keep = [column for column in range(len(header) - below) if column not in gone]
    kept = [[line[column] for column in keep] for line in cells]
    widths = _fitted(kept)
    lines: list[str] = []
    for number, (line, note) in enumerate(zip(kept, notes, strict=True)):
        lines += _wrapped(line, widths)
        if note and number:
            lines += textwrap.wrap(note, terminal_width(), initial_indent="    ", subsequent_indent="    ")
        if not number:
            lines.append(_GAP.join("-" * width for width in widths))
    return lines


def _cells(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[list[str]]:
    return [
        list(header),
        *([("" if value is None else str(value)).replace("\n", " ") for value in row] for row in rows),
    ]


def _wanted(cells: Sequence[Sequence[str]]) -> list[int]:
    """Widths in which nothing is wrapped, up to what is reasonable."""
    return [min(max(map(len, column)), _WIDEST) for column in zip(*cells, strict=True)]


def _least(cells: Sequence[Sequence[str]]) -> list[int]:
    """Widths in which headers may be wrapped between words, and the longest keys between their parts."""
    columns = list(zip(*cells, strict=True))
    least = [
        min(max(*map(len, column[1:]), *map(len, column[0].split()), 1), _WIDEST) if len(column) > 1 else len(column[0])
        for column in columns
    ]
    least[0] = min(least[0], _KEY)
    return least


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _overflows(cells: Sequence[Sequence[str]]) -> bool:
    return _total(_wanted(cells)) > terminal_width()


def _fitted(cells: Sequence[Sequence[str]]) -> list[int]:
    """Widths of all columns. What is too wide loses first where only a header is wrapped, then in the widest column."""
    widths, least = _wanted(cells), _least(cells)
    for column in (*range(1, len(widths)), 0):
        over = _total(widths) - terminal_width()
        if over > 0:
            widths[column] = max(least[column], widths[column] - over)
    while _total(widths) > terminal_width() and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _wrapped(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    """One row, on as many lines as its longest cell needs."""
    cells = [_broken(cell, width) for cell, width in zip(line, widths, strict=True)]
    height = max(map(len, cells))
    return [
        _GAP.join(
            (cell[at] if at < len(cell) else "").ljust(width) for cell, width in zip(cells, widths, strict=True)
        ).rstrip()
        for at in range(height)
    ]


def _parts(text: str) -> list[str]:
    """Words; a key may be broken behind a dot or an underscore."""
    return re.findall(r"[^\s._]*(?:[._]+|\s+|$)", text)[:-1] or [text]


def _broken(text: str, width: int) -> list[str]:
    """Lines of at most `width`."""
    lines = [""]
    for part in _parts(text):
        if lines[-1] and len(lines[-1]) + len(part.rstrip()) > width:
            lines.append("")
        lines[-1] += part
        while len(lines[-1].rstrip()) > width:
            lines[-1], rest = lines[-1][:width], lines[-1][width:]
            lines.append(rest)
    return [each.rstrip() for each in lines]
