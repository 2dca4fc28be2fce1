"""The text in the middle of the coding screen: moved through by keys and mouse, selected by whole clusters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from verhalen.model.text import Landmark, Turn
from verhalen.tui import coding_units as units
from verhalen.tui.coding_marks import Mark
from verhalen.tui.coding_mouse import Mouse
from verhalen.tui.coding_painted import PaintedText
from verhalen.tui.coding_units import Selection, Spans, Unit
from verhalen.tui.layout import HANGING


def _keys(keys: str, action: str) -> Binding:
    return Binding(keys, action, show=False)


class TranscriptView(PaintedText, can_focus=True):
    """A text to work in. It knows no project: the screen feeds it and hears `Moved`."""

    # The view selects by itself, by clusters and units, so Textual's own selecting stays out.
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        _keys("left", "move('character', -1)"),
        _keys("right", "move('character', 1)"),
        _keys("ctrl+left", "move('word', -1)"),
        _keys("ctrl+right", "move('word', 1)"),
        _keys("shift+left", "stretch(-1)"),
        _keys("shift+right", "stretch(1)"),
        _keys("ctrl+shift+left", "stretch_word(-1)"),
        _keys("ctrl+shift+right", "stretch_word(1)"),
        _keys("up", "lines(-1)"),
        _keys("down", "lines(1)"),
        _keys("shift+up", "lines(-1, True)"),
        _keys("shift+down", "lines(1, True)"),
        _keys("pageup", "pages(-1)"),
        _keys("pagedown", "pages(1)"),
        _keys("shift+pageup", "pages(-1, True)"),
        _keys("shift+pagedown", "pages(1, True)"),
        _keys("home", "border(-1)"),
        _keys("end", "border(1)"),
        _keys("shift+home", "border(-1, True)"),
        _keys("shift+end", "border(1, True)"),
        _keys("ctrl+home", "ends(-1)"),
        _keys("ctrl+end", "ends(1)"),
        _keys("ctrl+shift+home", "ends(-1, True)"),
        _keys("ctrl+shift+end", "ends(1, True)"),
        _keys("ctrl+a", "everything"),
        # Second keys of commands, which the key bar need not name.
        _keys("delete", "screen.run_command('remove-coding')"),
        _keys("ctrl+f", "screen.run_command('search')"),
    ]

    class MarkClicked(Message):
        """A stripe in the margin was clicked."""

        def __init__(self, mark: Mark) -> None:
            super().__init__()
            self.mark = mark

    class BorderTaken(Message):
        """The first or last line of a stripe is being dragged."""

        def __init__(self, mark: Mark, *, at_start: bool) -> None:
            super().__init__()
            self.mark = mark
            self.at_start = at_start

    class BorderLeft(Message):
        """It was let go."""

    def __init__(self) -> None:
        super().__init__()
        self.turns = Spans(())
        self._turns: Sequence[Turn] = ()
        self._words: Spans | None = None
        self._sentences: Spans | None = None
        self.holding = False
        """Whether whatever moves the cursor moves one end of the selection, as while borders are moved."""
        self._mouse = Mouse(self)

    # -- words, sentences, turns -----------------------------------------------------------------------------------

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
        self._turns = turns
        self.turns = Spans((turn.start, turn.stop) for turn in turns)
        self._sentences = self._words = None
        super().show_text(text, turns, selection=selection, marks=marks, landmarks=landmarks)

    @property
    def words(self) -> Spans:
        """The words, found when they are first needed."""
        if self._words is None:
            self._words = units.words(self.text)
        return self._words

    @property
    def sentences(self) -> Spans:
        """The sentences; by punctuation alone until better ones come."""
        if self._sentences is None:
            self._sentences = units.sentences(units.rough_sentences(self.text), self._turns)
        return self._sentences

    def take_units(self, *, words: Spans, sentences: Spans) -> None:
        """Words and sentences of this text that were found elsewhere, perhaps better ones."""
        self._words, self._sentences = words, sentences

    # -- moving and selecting --------------------------------------------------------------------------------------

    def _go(self, place: int, *, extend: bool = False, unit: Unit = Unit.CHARACTER) -> None:
        anchor = self.selection.anchor if extend or self.holding else place
        self.select(Selection(anchor, place), unit=unit)

    def go(self, place: int, *, extend: bool = False) -> None:
        """Put the cursor; with `extend`, the other end of the selection stays."""
        self._go(place, extend=extend)

    def spans_of(self, unit: Unit) -> Spans:
        """The pieces of a unit."""
        if unit is Unit.TURN:
            return self.turns
        return self.words if unit is Unit.WORD else self.sentences

    def select_next(self, unit: Unit) -> bool:
        """Select the sentence or turn here, or the next one; say whether there is one."""
        return self._select_piece(self.spans_of(unit).next(self.selection), unit)

    def select_previous(self, unit: Unit) -> bool:
        """Select the sentence or turn here, or the one before."""
        return self._select_piece(self.spans_of(unit).previous(self.selection), unit)

    def select_uncoded(self, step: int) -> bool:
        """Select the next (1) or previous (-1) turn on which no coding lies."""
        now, marks = self.selection, self.page.marks
        pairs = list(zip(self.turns.starts, self.turns.stops, strict=True))[::step]
        for start, stop in pairs:
            ahead = start > now.start or (start == now.start and now.span is None)
            if (ahead if step > 0 else start < now.start) and not marks.within(start, stop):
                self.select(Selection(start, stop), unit=Unit.TURN, center=True)
                return True
        return False

    def select_coded(self, step: int) -> bool:
        """Select the next (1) or previous (-1) fragment that has a code; of two from one place the longer comes first."""
        now = self.selection
        here = (now.start, -now.stop if now.span else -len(self.text) - 1)
        places = {(mark.start, -mark.stop) for mark in self._marks}
        found = min((each for each in places if each > here), default=None)
        if step < 0:
            found = max((each for each in places if each < here), default=None)
        if found is not None:
            self.select(Selection(found[0], -found[1]), center=True)
        return found is not None

    def turn_and_before(self) -> tuple[Selection, Selection] | None:
        """The turn at the cursor, or whose label it stands on, and the turn before; None where there are no two."""
        index = bisect_right(self.turns.stops, self.selection.start)
        index = min(index, len(self.turns) - 1)
        if index < 1:
            return None
        before, here = (Selection(self.turns.starts[each], self.turns.stops[each]) for each in (index - 1, index))
        return here, before

    def _select_piece(self, piece: Selection | None, unit: Unit) -> bool:
        if piece is not None:
            self.select(piece, unit=unit)
        return piece is not None

    def action_move(self, unit: str, step: int) -> None:
        """Left and right, by character or word; a selection is left at its border."""
        now = self.selection
        if Unit(unit) is Unit.WORD:
            place = self.words.onward(now.cursor) if step > 0 else self.words.backward(now.cursor)
            self._go(place if place is not None else (len(self.text) if step > 0 else 0))
        elif now.span and not self.holding:
            self._go(now.stop if step > 0 else now.start)
        else:
            layout = self.page.layout
            self._go(layout.after(now.cursor) if step > 0 else layout.before(now.cursor))

    def action_stretch(self, step: int) -> None:
        """Extend or shrink the selection by what was moved by last."""
        if self.unit is not Unit.CHARACTER:
            self.select(self.spans_of(self.unit).stretch(self.selection, step), unit=self.unit)
            return
        layout, cursor = self.page.layout, self.selection.cursor
        self._go(layout.after(cursor) if step > 0 else layout.before(cursor), extend=True)

    def action_stretch_word(self, step: int) -> None:
        """Extend or shrink the selection by words."""
        self.select(self.words.stretch(self.selection, step))

    def action_lines(self, step: int, extend: bool = False) -> None:
        """Up and down, in the same column; a selected sentence or turn grows by its own kind."""
        if extend and self.unit in (Unit.SENTENCE, Unit.TURN):
            self.action_stretch(1 if step > 0 else -1)
            return
        layout, cursor = self.page.layout, self.selection.cursor
        column = self.column if self.column is not None else layout.column(cursor)
        line = layout.line_at(cursor) + step
        if not 0 <= line < len(layout):
            self._go(0 if step < 0 else len(self.text), extend=extend)
        else:
            self._go(layout.offset(line, column), extend=extend)
            self.column = column

    def action_pages(self, step: int, extend: bool = False) -> None:
        """A window up or down."""
        lines = max(self.scrollable_content_region.height - 1, 1)
        last = len(self.page.layout) - 1
        here = self.page.layout.line_at(self.selection.cursor)
        unit, self.unit = self.unit, Unit.CHARACTER
        self.action_lines(min(max(here + step * lines, 0), last) - here or step, extend)
        self.unit = unit if extend else Unit.CHARACTER

    def action_border(self, step: int, extend: bool = False) -> None:
        """To the beginning or the end of the line."""
        layout = self.page.layout
        line = layout.line_at(self.selection.cursor)
        self._go(layout.offset(line, 0 if step < 0 else layout.width + HANGING), extend=extend)

    def action_ends(self, step: int, extend: bool = False) -> None:
        """To the beginning or the end of the text."""
        self._go(0 if step < 0 else len(self.text), extend=extend)

    def action_everything(self) -> None:
        """Select all."""
        if not self.holding:
            self.select(Selection(0, len(self.text)))

    # -- the mouse -------------------------------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor; with Shift, stretch the selection. On a stripe, take its fragment."""
        if event.button == 1:
            self.focus(scroll_visible=False)
            self._mouse.down(event)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the other end, or the end of a stripe."""
        self._mouse.move(event)

    def on_mouse_up(self) -> None:
        """The selection stands."""
        self.release_mouse()
        self._mouse.up()

    def on_click(self, event: events.Click) -> None:
        """Twice takes the word, three times the sentence, four times the turn."""
        unit = {2: Unit.WORD, 3: Unit.SENTENCE, 4: Unit.TURN}.get(event.chain)
        if unit is None or self.holding or self._mouse.stripe(event) is not None:
            return
        piece = self.spans_of(unit).at(self._mouse.place(event))
        if piece is not None:
            self.select(piece, unit=unit)
