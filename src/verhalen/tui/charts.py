"""Bars and tables in characters: every part has its own sign and its number, so that nothing hangs on colour."""

from __future__ import annotations

from collections.abc import Sequence

FILLS = ("█", "▒", "·", "▚", "░")
"""Signs of the parts of a stacked bar, in order; more parts than signs begin again."""


def stacked_bar(counts: Sequence[int], width: int) -> list[str]:
    """The parts of a bar, each beginning with its number and with at least one sign; a part of nothing is empty."""
    total = sum(counts)
    parts = []
    for at, count in enumerate(counts):
        if not count:
            parts.append("")
            continue
        cells = max(len(str(count)) + 1, round(count / total * width))
        parts.append(str(count) + FILLS[at % len(FILLS)] * (cells - len(str(count))))
    while sum(map(len, parts)) > width and (longest := max(parts, key=len)) and longest[-1] == longest[-2]:
        parts[parts.index(longest)] = longest[:-1]
    return parts


def matrix_lines(names: Sequence[str], counts: Sequence[Sequence[int]], *, corner: str, width: int) -> list[str]:
    """A table from where (rows) to where (columns), one column per name; a dot stands for nobody.

    `names` begin with what the columns are called by: their first word.
    """
    heads = [name.split(" ", 1)[0] for name in names]
    cell = max(4, *(len(head) + 2 for head in heads), *(len(str(each)) + 2 for row in counts for each in row))
    room = max(8, min(max(map(len, (corner, *names))), width - cell * len(names)))
    lines = [_cut(corner, room) + "".join(head.rjust(cell) for head in heads)]
    for name, row in zip(names, counts, strict=True):
        lines.append(_cut(name, room) + "".join((str(each) if each else "·").rjust(cell) for each in row))
    return lines


def _cut(words: str, room: int) -> str:
    return (words if len(words) <= room else f"{words[: room - 1]}…").ljust(room)
