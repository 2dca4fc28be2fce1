"""Numbers of lines in the margin, as word processors print them for those who discuss a text: they are no words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from verhalen.i18n import mark
from verhalen.readers.content import Tally
from verhalen.readers.pdf_pages import Page, Row

LINE_NUMBERS = mark("Numbers of lines in the margin were left out ({n}×; page {places}).")

_FEW = 5
"""Fewer in the whole text are no numbers of lines."""
_MOST = 0.9
_STEPS = (1, 2, 5, 10)
_NUMBER = re.compile(r"\d{1,5}")
_NUMBERED = re.compile(r"(\d{1,5})\s+(?=\S)")


def without_line_numbers(pages: Sequence[Page], tally: Tally) -> list[Page]:
    """The pages without them; they stand apart from the lines, or in front of every one."""
    apart = [_apart(page) for page in pages]
    if sum(map(len, apart)) >= _FEW:
        for page, numbers in zip(pages, apart, strict=True):
            if numbers:
                tally.add(LINE_NUMBERS, page.number, len(numbers))
        gone = {id(row) for numbers in apart for row in numbers}
        return [Page(page.number, [row for row in page.rows if id(row) not in gone]) for page in pages]
    return [_without_first(page, tally) for page in pages]


def _apart(page: Page) -> list[Row]:
    """Rows with only a number, beside all others, that count on downwards."""
    numbers = [row for row in page.rows if _NUMBER.fullmatch(row.words)]
    others = [row for row in page.rows if not _NUMBER.fullmatch(row.words)]
    if not numbers or not others:
        return []
    left, right = min(row.left for row in others), max(row.right for row in others)
    beside = [row for row in numbers if row.right <= left or row.left >= right]
    beside.sort(key=lambda row: -row.base)
    return beside if _counts_on([int(row.words) for row in beside]) else []


def _counts_on(values: Sequence[int]) -> bool:
    steps = [two - one for one, two in pairwise(values)]
    return bool(values) and (
        not steps or (int(median(steps)) in _STEPS and steps.count(int(median(steps))) >= _MOST * len(steps))
    )


def _without_first(page: Page, tally: Tally) -> Page:
    """A page where every row begins with the next number loses these."""
    found = [_NUMBERED.match(row.words) for row in page.rows]
    values = [int(match[1]) for match in found if match]
    if len(values) < max(_FEW, _MOST * len(found)) or any(two - one != 1 for one, two in pairwise(values)):
        return page
    tally.add(LINE_NUMBERS, page.number, len(values))
    rows = [_cut(row, match.end()) if match else row for row, match in zip(page.rows, found, strict=True)]
    return Page(page.number, rows)


def _cut(row: Row, at: int) -> Row:
    bold = (max(0, row.bold[0] - at), row.bold[1] - at) if row.bold and row.bold[1] > at else None
    return row._replace(words=row.words[at:], bold=bold)
