"""The words of a turn between two margins: codings of one coder at the left, of the other at the right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from verhalen.tui.coding_looks import CodeLook, look_of
from verhalen.tui.coding_marks import Mark, Marks, Placed
from verhalen.tui.layout import HANGING, Layout

WIDEST = 100
"""Longer lines are hard to read."""
LANE = 2
"""Cells of a lane: letter and sign."""
GAP = 1
"""Cells between a margin and the words; at the left a sign stands where the turn begins."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is shown: a piece of a text, and where both coders have codings in it, counted from its beginning."""

    words: str = ""
    left: tuple[Mark, ...] = ()
    right: tuple[Mark, ...] = ()
    about: tuple[tuple[int, int], ...] = ()
    """The places of which coders differ: they are underlined."""
    labels: tuple[tuple[int, int], ...] = ()
    """Names of who speaks."""
    turn: tuple[int, int] = (0, 0)
    """The turn itself; what stands around it is there to understand it, and painted faintly."""
    looks: Mapping[str, CodeLook] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Styles:
    """What the theme says."""

    text: Style
    label: Style
    about: Style
    around: Style


@dataclass(frozen=True, slots=True)
class Page:
    """One piece at one width."""

    shown: Beside
    layout: Layout
    left: Marks
    right: Marks
    lanes: int

    @property
    def margin(self) -> int:
        """Cells at each side of the words."""
        return self.lanes * LANE + GAP


def page_of(shown: Beside, width: int) -> Page:
    """Lay it out in `width` cells, with as many lanes at each side as are needed and fit."""
    most = 2 if width < WIDEST else 4
    layout = Layout(shown.words, WIDEST)
    needed = max(len(Marks(marks, layout).lanes) for marks in (shown.left, shown.right))
    lanes = min(max(needed, 1), most)
    layout = Layout(shown.words, min(width - 2 * (lanes * LANE + GAP) - HANGING, WIDEST))
    return Page(shown, layout, Marks(shown.left, layout), Marks(shown.right, layout), lanes)


def paint(page: Page, line: int, styles: Styles, *, width: int) -> Strip:
    """A line of `width` cells; behind the last line, nothing."""
    if line >= len(page.layout):
        return Strip.blank(width, styles.text)
    left = [*reversed(list(_margin(page, page.left, line, styles)))]
    words = list(_words(page, line, styles))
    used = sum(cell_len(each.text) for each in words)
    room = page.layout.width + HANGING
    here = Segment("▸" if page.layout.line_at(page.shown.turn[0]) == line else " ", styles.text + styles.label)
    rest = Segment(" " * (max(0, room - used) + GAP), styles.text)
    parts = [*left, here, *words, rest, *_margin(page, page.right, line, styles)]
    return Strip(parts).adjust_cell_length(width, styles.text)


def _margin(page: Page, marks: Marks, line: int, styles: Styles) -> Iterator[Segment]:
    """The lanes beside a line, the one next to the words first."""
    placed = {each.lane: each for each in marks.on_line(line)}
    hidden = any(lane >= page.lanes for lane in placed)
    for lane in range(page.lanes):
        if hidden and lane == page.lanes - 1:
            yield Segment("…".ljust(LANE), styles.text)
        elif lane in placed:
            yield _stripe(placed[lane], page.shown.looks)
        else:
            yield Segment(" " * LANE, styles.text)


def _stripe(placed: Placed, looks: Mapping[str, CodeLook]) -> Segment:
    look = look_of(looks, placed.mark.code)
    words = look.chip(placed.mark.sign) if placed.first else "╵ " if placed.last else "│ "
    return Segment(words, look.style)


def _words(page: Page, line: int, styles: Styles) -> Iterator[Segment]:
    layout, shown = page.layout, page.shown
    start = layout.start(line)
    end = start + len(layout.words(line))
    around = ((0, shown.turn[0]), (shown.turn[1], len(shown.words)))
    layers = [(a, b, styles.around) for a, b in around]
    layers += [(a, b, styles.label) for a, b in shown.labels] + [(a, b, styles.about) for a, b in shown.about]
    borders = {start, end, *(place for a, b, _ in layers for place in (a, b) if start < place < end)}
    for begin, stop in pairwise(sorted(borders)):
        style = Style.combine([styles.text, *(each for a, b, each in layers if a <= begin < b)])
        yield Segment(_shown(layout, line, begin, stop), style)


def _shown(layout: Layout, line: int, start: int, stop: int) -> str:
    """What a terminal may be given for [start, stop)."""
    clusters = layout.clusters(line)
    if clusters is None:
        return layout.text[start:stop]
    return "".join(each.shown for each in clusters if start <= each.start < stop)


def piece(marks: Iterable[Mark], start: int, stop: int) -> tuple[Mark, ...]:
    """The marks that touch [start, stop), cut to it and counted from its beginning."""
    return tuple(
        Mark(max(each.start, start) - start, min(each.stop, stop) - start, each.code, each.sign, each.mine, each.coding)
        for each in marks
        if each.start < stop and start < each.stop
    )


class BesideText(ScrollView, can_focus=True):
    """The painted piece. It knows no project: the screen feeds it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"beside--label", "beside--about", "beside--around"}
    DEFAULT_CSS = """
    BesideText { width: 1fr; height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
        background: $background; color: $foreground;
        & > .beside--label { color: $primary; text-style: bold; }
        & > .beside--about { text-style: bold underline; }
        & > .beside--around { color: $text-muted; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._page = page_of(Beside(), WIDEST)
        self._styles: Styles | None = None

    @property
    def page(self) -> Page:
        """What is shown, laid out."""
        return self._page

    def show(self, shown: Beside) -> None:
        """Show another piece, from the place that it is about."""
        self._lay_out(shown)
        self.scroll_to(y=self._top(), animate=False, immediate=True)

    def _top(self) -> int:
        """The first line in sight: a little before the turn, or before what it is about in a long one."""
        layout, shown, height = self._page.layout, self._page.shown, self.size.height
        first = layout.line_at(shown.turn[0])
        about = layout.line_at(min((start for start, _ in shown.about), default=shown.turn[0]))
        last = layout.line_at(max(shown.turn[1] - 1, 0))
        room = max(0, height - (last - first + 1))
        top = first - min(first, room * 2 // 3)
        return top if about - top < height - 1 else about - height // 3

    def _lay_out(self, shown: Beside) -> None:
        width = self.size.width or self.app.size.width
        self._page = page_of(shown, width - 1)
        self.virtual_size = Size(width - 1, len(self._page.layout))
        self.refresh()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._lay_out(self._page.shown)
        self.scroll_to(y=self._top(), animate=False, immediate=True)

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self._styles = None

    def render_line(self, y: int) -> Strip:
        """One visible line."""
        if self._styles is None:
            parts = ("label", "about", "around")
            found = {part: self.get_component_rich_style(f"beside--{part}", partial=True) for part in parts}
            self._styles = Styles(text=self.rich_style, **found)
        return paint(self._page, y + self.scroll_offset.y, self._styles, width=self.size.width)
