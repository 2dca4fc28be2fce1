"""Wrap a long text at a width in terminal cells. Pure: offsets in code points in, lines and columns out.

A line is a half-open piece of the text. The lines partition it, so every offset has one line and one column.
Two cells to the right of `width` stay free for what hangs there: one space at which a line was broken, and its newline.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex
from rich.cells import cell_len

HANGING = 2
"""Cells beside the width that a caret may need: behind a hanging space, and on the newline."""
TAB = 4
NARROWEST = 8

# Letters, digits and punctuation that fill one cell and never melt with a neighbour of their own kind: everything in
# an ordinary Dutch, Polish, Turkish, Russian or Arabic text. Whatever is not here goes through the slow, exact way.
_ONE_CELL = (
    r" -~\xa1-\xa8\xaa-\xac\xaf-\u017f\u0384-\u0481\u05d0-\u05ea\u0620-\u063a\u0641-\u064a\u0660-\u066d‘’‚“”„–—…•€"
)
_SIMPLE = regex.compile(f"[{_ONE_CELL}]*")
# A word of simple characters with the space behind it, or one grapheme cluster. A simple character before an
# unusual one may take it along (e + accent), so it is left to the cluster.
_TOKEN = regex.compile(rf"(?:(?! )[{_ONE_CELL}](?![^{_ONE_CELL}]))+(?: (?![^{_ONE_CELL}]))?|\X")
_CLUSTER = regex.compile(r"\X")
_BLANKS = frozenset(" \t\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000")


@dataclass(frozen=True, slots=True)
class Cluster:
    """One grapheme cluster on its line."""

    start: int
    stop: int
    column: int
    width: int
    shown: str
    """What a terminal may be given: as wide as `width`, never a control character."""


class Layout:
    """The lines of one text at one width. Made whole at once: 300,000 characters take some 20 ms."""

    def __init__(self, text: str, width: int) -> None:
        self.text = text
        self.width = max(width, NARROWEST)
        self.starts = list(_line_starts(text, self.width))
        self._clusters = lru_cache(maxsize=512)(self._cluster_line)

    def __len__(self) -> int:
        return len(self.starts)

    def line_at(self, offset: int) -> int:
        """The line on which the character at `offset` stands; the end of the text is on the last."""
        return bisect_right(self.starts, offset) - 1

    def start(self, line: int) -> int:
        """First character of a line."""
        return self.starts[line]

    def stop(self, line: int) -> int:
        """One past the last character of a line, its newline included."""
        return self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)

    def words(self, line: int) -> str:
        """The text of a line without its newline."""
        return self.text[self.start(line) : self.stop(line)].removesuffix("\n")

    def clusters(self, line: int) -> tuple[Cluster, ...] | None:
        """The clusters of a line; None where every character simply is one cell."""
        return self._clusters(line)

    def _cluster_line(self, line: int) -> tuple[Cluster, ...] | None:
        words = self.words(line)
        if _SIMPLE.fullmatch(words):
            return None
        return tuple(_clusters(words, self.start(line), self.width))

    def column(self, offset: int) -> int:
        """The cell, from 0, at which the cluster of `offset` begins on its line."""
        line = self.line_at(offset)
        clusters = self.clusters(line)
        if clusters is None:
            return offset - self.start(line)
        inside = next((each for each in clusters if each.start <= offset < each.stop), None)
        return inside.column if inside else clusters[-1].column + clusters[-1].width

    def offset(self, line: int, column: int) -> int:
        """The border of the cluster that covers a cell; behind the last one, the end of the line."""
        clusters = self.clusters(line)
        if clusters is None:
            return self.start(line) + min(max(column, 0), self._last(line))
        inside = next((each for each in clusters if column < each.column + each.width), None)
        return inside.start if inside else self.start(line) + self._last(line)

    def _last(self, line: int) -> int:
        """The farthest place of a caret on a line, from its start; on the last line that is the end of the text."""
        last = self.stop(line) - self.start(line)
        if line == len(self) - 1 and not self.text.endswith("\n"):
            return last
        clusters = self.clusters(line)
        if clusters is None or self.text[self.stop(line) - 1] == "\n":
            return max(last - 1, 0)
        return clusters[-1].start - self.start(line)

    def floor(self, offset: int) -> int:
        """The nearest cluster border at or before `offset`."""
        line = self.line_at(offset)
        clusters = self.clusters(line)
        inside = next((each for each in clusters or () if each.start <= offset < each.stop), None)
        return inside.start if inside else offset

    def ceiling(self, offset: int) -> int:
        """The nearest cluster border at or after `offset`."""
        line = self.line_at(offset)
        clusters = self.clusters(line)
        inside = next((each for each in clusters or () if each.start < offset < each.stop), None)
        return inside.stop if inside else offset

    def after(self, offset: int) -> int:
        """The next cluster border."""
        return self.ceiling(min(offset + 1, len(self.text)))

    def before(self, offset: int) -> int:
        """The previous cluster border."""
        return self.floor(max(offset - 1, 0))


def _line_starts(text: str, width: int) -> Iterator[int]:
    offset = 0
    for paragraph in text.split("\n"):
        if offset == len(text) and offset:
            return  # the newline at the end closes the last line and opens none
        yield offset
        if len(paragraph) > width or not paragraph.isascii():
            breaks = _break_simple if _SIMPLE.fullmatch(paragraph) else _break_exact
            for place in breaks(paragraph, width):
                yield offset + place
        elif "\t" in paragraph:
            for place in _break_exact(paragraph, width):
                yield offset + place
        offset += len(paragraph) + 1


def _break_simple(paragraph: str, width: int) -> Iterator[int]:
    """Where new lines begin in a paragraph in which every character is one cell."""
    start, end = 0, len(paragraph)
    while end - start > width:
        cut = paragraph.rfind(" ", start, start + width + 1) + 1
        start = cut if cut > start else start + width
        if start < end:
            yield start


def _break_exact(paragraph: str, width: int) -> Iterator[int]:
    """Where new lines begin in any paragraph."""
    column = 0
    line = 0
    space, space_column = 0, 0  # the last place behind a space on this line
    for match in _TOKEN.finditer(paragraph):
        token, start = match.group(), match.start()
        size = _token_width(token, column)
        needed = size - 1 if token[-1] in _BLANKS and len(token) > 1 else size
        blank = token in _BLANKS
        while column and column + needed > width and not (blank and column <= width):
            line, column = (space, column - space_column) if space > line else (start, 0)
            space_column = 0
            yield line
        while needed > width and len(token) > 1 and _SIMPLE.fullmatch(token):
            token, size, needed, line = token[width:], size - width, needed - width, start + width
            start = line
            yield line
        column += min(size, width + 1 - column) if blank else size
        if token[-1] in _BLANKS:
            space, space_column = match.end(), column


def _token_width(token: str, column: int) -> int:
    return len(token) if len(token) > 1 and _SIMPLE.fullmatch(token) else _width(token, column)


def _width(cluster: str, column: int) -> int:
    """Cells of one cluster. Nothing is invisible: what has no width of its own is shown by a mark of one cell."""
    return TAB - column % TAB if cluster == "\t" else max(cell_len(cluster), 1)


def _shown(cluster: str, width: int) -> str:
    if cluster in _BLANKS:
        return " " * width
    if cell_len(cluster) == width and cluster.isprintable():
        return cluster
    # Emoji with joiners are not "printable" to Python, yet are safe; lone marks and control characters are not.
    if cell_len(cluster) == width and not any(_is_control(letter) for letter in cluster):
        return cluster
    return "·" * width


def _is_control(letter: str) -> bool:
    return letter < " " or "\x7f" <= letter < "\xa0" or letter in "\u2028\u2029" or "\u202a" <= letter <= "\u202e"


def _clusters(words: str, offset: int, width: int) -> Iterator[Cluster]:
    column = 0
    for match in _CLUSTER.finditer(words):
        cluster = match.group()
        size = _width(cluster, column)
        if cluster in _BLANKS:
            size = max(min(size, width + 1 - column), 1)
        yield Cluster(offset + match.start(), offset + match.end(), column, size, _shown(cluster, size))
        column += size
