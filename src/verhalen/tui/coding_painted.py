"""A text painted line by line in a window: layout, margin, cursor and selection. What moves them is `TranscriptView`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from verhalen.model.text import Landmark, Turn
from verhalen.tui import coding_units as units
from verhalen.tui.coder_looks import CoderLooks
from verhalen.tui.coding_looks import CodeLook
from verhalen.tui.coding_marks import Mark, Marks
from verhalen.tui.coding_stamps import Stamps, beside
from verhalen.tui.coding_strips import Page, Styles, paint
from verhalen.tui.coding_units import Selection, Spans, Unit
from verhalen.tui.layout import HANGING, Layout

WIDEST = 100
"""Longer lines are hard to read."""
COMFORT = 64
"""Times and pages may not leave less than this for the words."""
CONTEXT = 2
"""Lines that stay visible above and below the cursor."""


class PaintedText(ScrollView):
    """One text with its marks, cursor and selection."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "transcript--label",
        "transcript--selection",
        "transcript--cursor",
        "transcript--hit",
        "transcript--under",
        "transcript--edge",
    }
    DEFAULT_CSS = """
    PaintedText { width: 1fr; height: 1fr; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
        background: $background; color: $foreground;
        & > .transcript--label { color: $primary; text-style: bold; }
        & > .transcript--selection { text-style: reverse; }
        & > .transcript--cursor { text-style: reverse; }
        & > .transcript--hit { color: $warning; text-style: bold underline; }
        & > .transcript--under { text-style: underline; }
        & > .transcript--edge { color: $text-muted; }
        &:focus > .transcript--cursor { background: $block-cursor-foreground; color: $block-cursor-background;
            text-style: bold reverse underline; }
        &:focus > .transcript--edge { color: $primary; text-style: bold; }
    }
    """

    class Moved(Message):
        """The cursor or the selection is elsewhere."""

        def __init__(self, selection: Selection) -> None:
            super().__init__()
            self.selection = selection

    def __init__(self) -> None:
        super().__init__()
        layout = Layout("", WIDEST)
        self.page = Page(layout, Marks((), layout), Spans(()), Spans(()), [])
        self.unit = Unit.CHARACTER
        self.column: int | None = None
        """Where up and down want to be."""
        self._marks: Sequence[Mark] = ()
        self._stamps = Stamps()
        self._strips: dict[int, Strip] = {}
        self._styles: Styles | None = None

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The whole text."""
        return self.page.layout.text

    @property
    def selection(self) -> Selection:
        """Cursor and selection."""
        return self.page.selection

    def show_text(
        self,
        text: str,
        turns: Sequence[Turn],
        *,
        selection: Selection,
        marks: Sequence[Mark] = (),
        landmarks: Sequence[Landmark] = (),
    ) -> None:
        """Show another text, or another version of it."""
        self._marks = marks
        self._stamps = beside(turns, landmarks)
        self.page.mentions = []
        self.page.labels = units.labels(text, turns)
        self.page.hits = Spans(())
        self.page.layout = Layout(text, self._fit())
        self.page.selection = self._snapped(selection)
        self._laid_out()

    def show_marks(self, marks: Sequence[Mark], *, mentions: Sequence[tuple[int, int]] | None = None) -> None:
        """Show these stripes."""
        self._marks = marks
        self.page.marks.update(marks)
        if mentions is not None:
            self.page.mentions = list(mentions)
        self._find_under()
        self.repaint()

    def show_looks(self, looks: Mapping[str, CodeLook], coders: CoderLooks) -> None:
        """Letters and colours of codes and coders."""
        self.page.looks, self.page.coders = looks, coders
        self.repaint()

    def show_hits(self, hits: Iterable[tuple[int, int]]) -> None:
        """Mark what was searched for."""
        self.page.hits = Spans(hits)
        self.repaint()

    def repaint(self) -> None:
        """Paint all visible lines anew."""
        self._strips.clear()
        self.refresh()

    # -- laying out and painting -----------------------------------------------------------------------------------

    def _fit(self) -> int:
        """Cells for words, after giving the margin its lanes."""
        room = self.scrollable_content_region.width or self.app.size.width
        page, widest = self.page, max(map(len, self._stamps.labels.values()), default=0)
        page.lanes, page.stamp_room = 3 if room < 100 else 6, 0
        left = room - page.margin - HANGING
        if widest and left - widest - 1 >= COMFORT:
            page.stamp_room = widest + 1
        return min(left - page.stamp_room, WIDEST)

    def _stand_stamps(self) -> None:
        """Put each time and page beside its line; of two on one line the first stays."""
        found: dict[int, str] = {}
        for place, label in self._stamps.labels.items() if self.page.stamp_room else ():
            found.setdefault(self.page.layout.line_at(place), label)
        self.page.stamps = found

    def _laid_out(self) -> None:
        """After another layout: marks and scroll range follow, the cursor stays in sight."""
        self.page.marks = Marks(self._marks, self.page.layout)
        self._stand_stamps()
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.page.layout))
        self._find_under()
        self.repaint()
        self._show_cursor()

    def on_resize(self) -> None:
        """Another width, other lines; the top line stays."""
        self._strips.clear()
        if self._fit() != self.page.layout.width:
            top = self.page.layout.start(min(self.scroll_offset.y, len(self.page.layout) - 1))
            self.page.layout = Layout(self.text, self._fit())
            self._laid_out()
            self.scroll_to(y=self.page.layout.line_at(top), animate=False, immediate=True)
        self._show_cursor()

    def notify_style_update(self) -> None:
        """Another theme, or focus: other styles."""
        super().notify_style_update()
        self._styles = None
        self._strips.clear()

    def _look(self) -> Styles:
        if self._styles is None:
            base = self.rich_style
            parts = ("label", "selection", "cursor", "hit", "under", "edge")
            found = {part: self.get_component_rich_style(f"transcript--{part}", partial=True) for part in parts}
            self._styles = Styles(text=base, **found)
        return self._styles

    def render_line(self, y: int) -> Strip:
        """One visible line."""
        line = y + self.scroll_offset.y
        if line not in self._strips:
            self._strips[line] = paint(self.page, line, self._look(), width=self.size.width)
        return self._strips[line]

    def _refresh_between(self, start: int, stop: int) -> None:
        first, last = self.page.layout.line_at(start), self.page.layout.line_at(stop)
        top = self.scroll_offset.y
        first, last = max(first, top), min(last, top + self.size.height)
        for line in range(first, last + 1):
            self._strips.pop(line, None)
        # What lies outside the window is dropped too: it is painted when it comes into sight.
        self._strips = {line: strip for line, strip in self._strips.items() if top <= line <= top + self.size.height}
        if last >= first:
            self.refresh_lines(first, last - first + 1)

    # -- cursor and selection ---------------------------------------------------------------------------------------

    def select(self, selection: Selection, *, unit: Unit = Unit.CHARACTER, center: bool = False) -> None:
        """Put cursor and selection somewhere; both snap to clusters."""
        before, self.page.selection = self.page.selection, self._snapped(selection)
        old_under, now = self.page.under, self.page.selection
        self.unit, self.column = unit, None
        self._find_under()
        self._refresh_between(before.start, before.stop)
        self._refresh_between(now.start, now.stop)
        if self.page.under != old_under:
            for begin, stop in (*old_under, *self.page.under):
                self._refresh_between(begin, stop)
        self._show_cursor(center=center)
        self.post_message(self.Moved(now))

    def _snapped(self, wanted: Selection) -> Selection:
        layout = self.page.layout
        end = len(self.text)
        anchor, cursor = min(max(wanted.anchor, 0), end), min(max(wanted.cursor, 0), end)
        if anchor <= cursor:
            return Selection(layout.floor(anchor), layout.ceiling(cursor) if anchor < cursor else layout.floor(cursor))
        return Selection(layout.ceiling(anchor), layout.floor(cursor))

    def _find_under(self) -> None:
        """A selection shows what it is about; a bare cursor shows how far the codings around it reach."""
        bare = self.selection.span is None
        self.page.under = [(mark.start, mark.stop) for mark in self.under_cursor()] if bare else []

    def under_cursor(self) -> list[Mark]:
        """Marks at the cursor, or in the selection; the shortest first."""
        now = self.selection
        return self.page.marks.within(now.start, now.stop if now.span else now.cursor + 1)

    def _show_cursor(self, *, center: bool = False) -> None:
        """Scroll so that the cursor, and if it fits the selection, is in sight."""
        now, height = self.selection, self.scrollable_content_region.height
        if not height:
            return
        first, last = (self.page.layout.line_at(place) for place in (now.start, max(now.stop - 1, now.start)))
        if last - first >= height - 2 * CONTEXT:
            first = last = self.page.layout.line_at(now.cursor)
        top = self.scroll_offset.y
        slack = min(CONTEXT, (height - 1) // 2)
        if center and not top <= first <= last < top + height:
            top = first - height // 3
        top = min(max(top, last - height + 1 + slack), first - slack)
        top = min(max(top, 0), max(len(self.page.layout) - height, 0))
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, immediate=True, force=True)
