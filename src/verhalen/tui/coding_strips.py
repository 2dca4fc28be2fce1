"""Paint one line of a transcript: its margin with stripes, then its words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from verhalen.tui.coder_looks import NOBODY, CoderLooks
from verhalen.tui.coding_looks import CodeLook, look_of
from verhalen.tui.coding_marks import Marks, Placed
from verhalen.tui.coding_units import Selection, Spans
from verhalen.tui.layout import Layout

COUNT = 3
"""Cells for the number of marks that found no lane."""
EDGE = 2
"""Cells between margin and words: a fragment about a family, and the cursor's line."""
LANE = 2
"""Cells of a lane: letter and sign."""


@dataclass(frozen=True, slots=True)
class Styles:
    """What the theme says."""

    text: Style
    label: Style
    selection: Style
    cursor: Style
    hit: Style
    under: Style
    edge: Style


@dataclass(slots=True)
class Page:
    """Everything that a line shows."""

    layout: Layout
    marks: Marks
    labels: Spans
    hits: Spans
    mentions: list[tuple[int, int]]
    looks: Mapping[str, CodeLook] = field(default_factory=dict)
    coders: CoderLooks = field(default_factory=dict)
    selection: Selection = field(default_factory=lambda: Selection(0, 0))
    under: list[tuple[int, int]] = field(default_factory=list)
    """Fragments whose coding lies under the cursor."""
    lanes: int = 3
    """How many lanes fit."""
    stamps: Mapping[int, str] = field(default_factory=dict)
    """Time or page by the line beside which it stands; empty where there is no room for them."""
    stamp_room: int = 0
    """Cells for them, at the left of the margin."""

    def lane_at(self, cell: int) -> int | None:
        """The lane of a cell of the margin; the first lane lies next to the words."""
        place = (cell - self.stamp_room - COUNT) // LANE
        return self.lanes - 1 - place if 0 <= place < self.lanes else None

    @property
    def margin(self) -> int:
        """Cells before the words."""
        return self.stamp_room + self.lanes * LANE + COUNT + EDGE


def paint(page: Page, line: int, styles: Styles, *, width: int) -> Strip:
    """A line of `width` cells; behind the last line of the text, nothing."""
    if line >= len(page.layout):
        return Strip.blank(width, styles.text)
    segments = [*_margin(page, line, styles), *_words(page, line, styles)]
    return Strip(segments).adjust_cell_length(width, styles.text)


# -- the margin ------------------------------------------------------------------------------------------------------


def _margin(page: Page, line: int, styles: Styles) -> Iterator[Segment]:
    placed = {each.lane: each for each in page.marks.on_line(line)}
    edge = styles.text + styles.edge
    more = sum(lane >= page.lanes for lane in placed)
    if page.stamp_room:
        yield Segment(page.stamps.get(line, "").rjust(page.stamp_room - 1) + " ", styles.text + styles.label)
    yield Segment((f"+{min(more, 9)}" if more else "").ljust(COUNT), edge)
    for lane in reversed(range(page.lanes)):
        if lane in placed:
            yield from _stripe(page, placed[lane], styles)
        else:
            yield Segment(" " * LANE, styles.text)
    yield Segment(_edge(page, line).rjust(EDGE), edge)


def _stripe(page: Page, placed: Placed, styles: Styles) -> Iterator[Segment]:
    look = look_of(page.looks, placed.mark.code)
    if placed.first:
        yield Segment(look.chip(placed.mark.sign, mine=placed.mark.mine), look.style)
    else:
        yield Segment("╵" if placed.last else "│", look.style)
        yield Segment(placed.mark.initial.ljust(LANE - 1), styles.text + _coder_style(placed, page.coders))


def _coder_style(placed: Placed, coders: CoderLooks) -> Style:
    """A colour for each other coder, beside the initial."""
    coding = placed.mark.coding
    if coding is None or placed.mark.mine:
        return Style.null()
    return coders.get(coding.coder_id, NOBODY).style


def _edge(page: Page, line: int) -> str:
    start, stop = page.layout.start(line), page.layout.stop(line)
    about = any(begin < stop and start < end for begin, end in page.mentions)
    here = page.layout.line_at(page.selection.cursor) == line
    return ("@" if about else " ") + ("▸" if here else " ")


# -- the words -------------------------------------------------------------------------------------------------------


def _words(page: Page, line: int, styles: Styles) -> Iterator[Segment]:
    layout = page.layout
    start = layout.start(line)
    end = start + len(layout.words(line))
    layers = list(_layers(page, line, styles))
    borders = {start, end}
    for begin, stop, _ in layers:
        borders.update(place for place in (begin, stop) if start < place < end)
    places = sorted(borders)
    for begin, stop in pairwise(places):
        style = _combined(layers, begin, styles.text)
        for shown in _pieces(layout, line, begin, stop):
            yield Segment(shown, style)
    if any(begin <= end < stop for begin, stop, style in layers if style in (styles.selection, styles.cursor)):
        yield Segment(" ", _combined(layers, end, styles.text))


def _layers(page: Page, line: int, styles: Styles) -> Iterator[tuple[int, int, Style]]:
    """What lies over the words of a line, the uppermost last."""
    start, stop = page.layout.start(line), page.layout.stop(line)
    yield from ((a, b, styles.label) for a, b in _touching(page.labels, start, stop))
    yield from ((a, b, styles.under) for a, b in page.under if a < stop and start < b)
    yield from ((a, b, styles.hit) for a, b in _touching(page.hits, start, stop))
    now = page.selection
    if now.start < stop and start < now.stop:
        yield now.start, now.stop, styles.selection
    if page.layout.line_at(now.cursor) == line:
        yield now.cursor, max(page.layout.after(now.cursor), now.cursor + 1), styles.cursor


def _touching(spans: Spans, start: int, stop: int) -> Iterable[tuple[int, int]]:
    first, last = bisect_right(spans.stops, start), bisect_left(spans.starts, stop)
    return zip(spans.starts[first:last], spans.stops[first:last], strict=True)


def _combined(layers: list[tuple[int, int, Style]], place: int, text: Style) -> Style:
    return Style.combine([text, *(style for begin, stop, style in layers if begin <= place < stop)])


def _pieces(layout: Layout, line: int, start: int, stop: int) -> Iterator[str]:
    """What the terminal is given for [start, stop). An unusual cluster goes alone, so that its width is measured alone."""
    clusters = layout.clusters(line)
    if clusters is None:
        yield layout.text[start:stop]
        return
    plain = ""
    for cluster in clusters:
        if cluster.stop <= start or cluster.start >= stop:
            continue
        if len(cluster.shown) == cluster.width == 1:
            plain += cluster.shown
            continue
        if plain:
            yield plain
        plain = ""
        yield cluster.shown
    if plain:
        yield plain
