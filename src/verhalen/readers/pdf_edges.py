"""Running heads and feet and page numbers: what comes back at the edges of the pages is no part of the talk."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verhalen.i18n import mark
from verhalen.readers.content import Tally
from verhalen.readers.pdf_pages import Page, Row

LEFT_OUT = mark("Headers, footers and page numbers were left out ({n}×; page {places}).")

_DEEP = 4
"""A header or footer has at most so many lines."""
_NEAR = 6.0
"""What comes back stands at the same height on each page; points."""
_SURE = 4
"""On so many pages behind each other it needs no white space to be told from the talk."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[\s\-–—|]*(?:pagina|page|pag\.?|blz\.?|p\.)?\s*(\d{1,4})\s*(?:(?:/|van|of|-|–)\s*\d{1,4})?[\s\-–—|]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Place:
    page: int
    """Index in the list of pages."""
    depth: int
    """How many lines lie between it and the edge."""
    top: bool
    row: Row
    space: float
    """White between it and the next line towards the middle, in sizes of the letter."""


def without_edges(pages: Sequence[Page], tally: Tally) -> list[Page]:
    """The pages without their running heads, feet and numbers; these are counted."""
    places = [place for index, page in enumerate(pages) for place in _edges(index, page)]
    gone: dict[int, set[int]] = defaultdict(set)
    running = _unbroken(_returning(places, len(pages)))
    if len({id(place.row) for place in running}) == sum(len(page.rows) for page in pages):
        # Cards, or slides: what comes back is all there is.
        return list(pages)
    for place in running:
        if id(place.row) not in gone[place.page]:
            gone[place.page].add(id(place.row))
            tally.add(LEFT_OUT, place.row.page)
    return [
        Page(page.number, [row for row in page.rows if id(row) not in gone[index]]) if gone[index] else page
        for index, page in enumerate(pages)
    ]


def _edges(index: int, page: Page) -> Iterable[_Place]:
    rows = sorted(page.rows, key=lambda row: -row.base)
    for top, line in ((True, rows), (False, rows[::-1])):
        for depth, row in enumerate(line[:_DEEP]):
            inner = next((one for one in line[depth + 1 :] if abs(one.base - row.base) > 1), None)
            space = abs(inner.base - row.base) / max(row.size, inner.size) if inner else 99.0
            yield _Place(index, depth, top, row, space)


def _returning(places: Iterable[_Place], pages: int) -> list[_Place]:
    """Those whose words come back at their height on pages behind each other, and numbers of pages."""
    groups: dict[tuple[bool, str], list[_Place]] = defaultdict(list)
    for place in places:
        groups[place.top, _DIGITS.sub("#", place.row.words).casefold()].append(place)
    found: list[_Place] = []
    for group in groups.values():
        for chain in _chains(group):
            if _is_running(chain, pages):
                found += chain
    return found


def _chains(group: list[_Place]) -> list[list[_Place]]:
    """Cut where the pages do not follow (left and right pages may differ) or the height is another."""
    chains: list[list[_Place]] = []
    for place in group:
        last = chains[-1][-1] if chains else None
        if last and place.page - last.page <= 2 and abs(place.row.base - last.row.base) <= _NEAR:
            chains[-1].append(place)
        else:
            chains.append([place])
    return chains


def _is_running(chain: list[_Place], pages: int) -> bool:
    if len(chain) >= _SURE:
        return True
    number = _PAGE_NUMBER.fullmatch(chain[0].row.words)
    if number and (len(chain) > 1 or int(number[1]) == chain[0].row.page):
        return True
    return len(chain) >= min(3, max(2, pages)) and ":" not in chain[0].row.words


def _unbroken(places: list[_Place]) -> list[_Place]:
    """Only what reaches from the edge inward without a gap, and is apart from the talk by some white."""
    stacks: dict[tuple[int, bool], list[_Place]] = defaultdict(list)
    for place in places:
        stacks[place.page, place.top].append(place)
    counts: dict[tuple[bool, str], int] = defaultdict(int)
    for place in places:
        counts[place.top, _DIGITS.sub("#", place.row.words)] += 1
    kept: list[_Place] = []
    for stack in stacks.values():
        run = [place for depth, place in enumerate(sorted(stack, key=lambda one: one.depth)) if place.depth == depth]
        sure = run and counts[run[-1].top, _DIGITS.sub("#", run[-1].row.words)] >= _SURE
        if run and (sure or run[-1].space > 1.6):
            kept += run
    return kept
