"""Lines on paper become paragraphs: a line ends where the paper ends, a paragraph where somebody wanted it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Literal

from verhalen.readers.pdf_lines import LABEL_REACH
from verhalen.readers.pdf_pages import Row

Break = Literal["none", "beside", "line", "gap"]
"""Between two lines: one sentence runs on; side by side; a line of its own; white between."""

_GAP = 1.2
"""So many times the line spacing is white between paragraphs."""
_INDENT = 0.8
"""So many sizes to the right or left is another margin."""
_OTHER_SIZE = 1.15
_BESIDE = 0.35
_COLUMN = 6
"""Lines that begin within so many steps of ten points to the left belong to the same column."""
_RAGGED = 40.0
"""How far from the margin a line of unjustified text still counts as reaching it; points."""
_FARTHEST = 4.0
"""More sizes than this are no step from line to line."""
_ENDS = frozenset(".?!…:")
_CLOSING = "\"”’')]"
_NAME = re.compile(r"[\s\W\d]{0,20}([^\W\d_][^:\n]{0,39}):(?=\s|$)")
_LONGEST_NAME = 40
_TIME = re.compile(r"[\[(#<]?\d{1,2}:\d{2}(?::\d{2})?\b")
_BULLET = re.compile("[•▪◦‣●○■□–*·-]\\s")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]\s")


def _is_bold(row: Row) -> bool:
    """Whether all of it is bold, as far as was looked."""
    return bool(row.bold and row.bold[0] == 0 and row.bold[1] >= min(len(row.words), LABEL_REACH))


def _opens_bold(row: Row) -> bool:
    return bool(row.bold and row.bold[0] == 0)


def _opening(row: Row) -> str:
    """What kind of beginning the line has, if any: a name that is bold or has a colon, a time, an item of a list."""
    words = row.words
    if row.bold and row.bold[0] == 0 and row.bold[1] <= _LONGEST_NAME:
        return f"name {words[: row.bold[1]].rstrip(' :').casefold()}"
    time = _TIME.match(words)
    if time:
        return "time"
    name = _NAME.match(words)
    if name:
        return f"name {name[1].casefold()}"
    return "bullet" if _BULLET.match(words) else "number" if _NUMBER.match(words) else ""


@dataclass(slots=True)
class Columns:
    """How far to the right lines reach that begin at about the same place."""

    rows: Sequence[Row]
    _rights: dict[int, list[float]] = field(default_factory=dict)
    _margins: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rights: dict[int, list[float]] = defaultdict(list)
        for row in self.rows:
            rights[int(row.left // 10)].append(row.right)
        self._rights = dict(rights)

    def margin(self, row: Row) -> float:
        """The right margin where `row` stands."""
        place = int(row.left // 10)
        if place not in self._margins:
            near = [right for at in range(place - _COLUMN, place + 2) for right in self._rights.get(at, ())]
            self._margins[place] = _margin(sorted(near, reverse=True))
        return self._margins[place]


def _margin(rights: list[float]) -> float:
    """The farthest place that a few lines reach; a title across the columns is not a few."""
    few = 1 if len(rights) < 6 else 2 if len(rights) < 25 else max(3, len(rights) // 33)
    pairs = zip(rights, rights[few - 1 :], strict=False)
    return next((right for right, other in pairs if right - other < _RAGGED), rights[0])


class Layout:
    """The rows of a whole text and what lies between each two; a place is the number of the first of them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.columns = Columns(rows)
        self.full = [self._is_full(one, two) for one, two in pairwise(rows)]
        self.wraps = self._wraps()

    def _is_full(self, one: Row, two: Row) -> bool:
        """Whether the first word of `two` would not have fitted on `one`."""
        room = self.columns.margin(one) - one.right
        word = two.words.split(None, 1)[0]
        width = (two.right - two.left) / len(two.words) * (len(word) + 1)
        sure = one.words.rstrip(_CLOSING)[-1:] in _ENDS and not two.words[0].islower()
        return room <= width * (1.05 if sure else 1.3) + 1

    def _wraps(self) -> bool:
        """Whether any line ends because the paper does: then the next one goes on in the middle of a sentence, often."""
        places = [at for at, full in enumerate(self.full) if full and self._same_column(at)]
        return 4 * sum(not self.rows[at + 1].words[0].isupper() for at in places) >= max(1, len(places))

    @cached_property
    def spacing(self) -> float:
        """From line to line inside a paragraph, in sizes of the letter."""
        within, every = [], []
        for at, (one, two) in enumerate(pairwise(self.rows)):
            step = (one.base - two.base) / one.size
            if one.page != two.page or not _BESIDE < step < _FARTHEST or one.size != two.size:
                continue
            every.append(step)
            if abs(one.left - two.left) < one.size / 2 and not self.is_wanted(at):
                within.append(step)
        # A full line may also be the last of its paragraph, so not the middle one.
        return sorted(within)[len(within) // 4] if within else min(every, default=1.2)

    def is_wanted(self, at: int) -> bool:
        """Whether the row ends before the paper does."""
        return not self.rows[at].hyphen and not (self.wraps and self.full[at])

    def breaks(self) -> list[Break]:
        """What lies between each row and the next."""
        found = [self._between(at) for at in range(len(self.rows) - 1)]
        self._indents(found)
        sure = [row for between, row in zip(["gap", *found], self.rows, strict=True) if between in ("line", "gap")]
        openings = Counter(kind for row in sure if (kind := _opening(row)))
        for at, between in enumerate(found):
            if between == "none" and self._begins(self.rows[at], self.rows[at + 1], openings):
                found[at] = "line" if self._same_column(at) else "gap"
        return found

    def _same_column(self, at: int) -> bool:
        one, two = self.rows[at], self.rows[at + 1]
        return one.page == two.page and one.base > two.base

    def _between(self, at: int) -> Break:
        one, two = self.rows[at], self.rows[at + 1]
        larger, smaller = max(one.size, two.size), min(one.size, two.size)
        same = self._same_column(at)
        step = one.base - two.base
        if one.page == two.page and abs(step) < _BESIDE * larger and two.left > one.left:
            return "beside"
        if larger > _OTHER_SIZE * smaller:
            return "gap"
        if same and step > _GAP * self.spacing * one.size:
            return "gap"
        if self.is_wanted(at):
            return "line" if same else "gap"
        return "none"

    def _indents(self, found: list[Break]) -> None:
        """First lines further in, or names further out: another margin than the lines before."""
        rows = self.rows
        margin: float | None = None
        for at, between in enumerate(found):
            one, two = rows[at], rows[at + 1]
            if between != "none" or not self._same_column(at):
                margin = None if between != "none" else margin
                continue
            step, far = two.left - one.left, _INDENT * one.size
            if margin is None:
                # The second line of a paragraph sets its margin, unless it is a first line itself.
                third = rows[at + 2] if at + 2 < len(rows) else None
                new = step > far and third is not None and third.left < two.left - far and self._same_column(at + 1)
                margin = None if new else two.left
            else:
                new = abs(two.left - margin) > far
            if new:
                found[at], margin = "line", None

    def _begins(self, one: Row, two: Row, openings: Counter[str]) -> bool:
        """Whether `two` begins as lines do that surely begin something: a bold name, or what begins other lines too."""
        if _is_bold(one) != _is_bold(two) and (_is_bold(one) or not _opens_bold(one)):
            return True
        if _opens_bold(two) and not _opens_bold(one) and ":" in two.words[: two.bold[1] + 2 if two.bold else 0]:
            return True
        kind = _opening(two)
        return bool(kind) and openings[kind] >= (1 if kind.startswith("name") else 2)


def paragraphs(rows: Sequence[Row]) -> Iterator[tuple[Row, Break]]:
    """Each row with what lies before it; single line ends count as such where the text also has white between paragraphs."""
    if not rows:
        return
    found = Layout(rows).breaks()
    gaps, lines = found.count("gap"), found.count("line")
    apart = gaps >= 2 and gaps * 4 >= lines
    yield rows[0], "gap"
    for row, between in zip(rows[1:], found, strict=True):
        yield row, "gap" if between == "line" and not apart else between
