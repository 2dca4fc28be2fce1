"""Answers to choose from, side by side and over more lines where they do not fit: one of them, or several.

The number before an answer chooses it. Enter takes the answer under the cursor and goes to the next question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from verhalen.tui.commands.keys import digit_of

_GAP = 3
"""Cells between two answers."""
_IN_COLUMNS = 10
"""From so many answers on they stand in columns, and have no numbers."""
_WIDEST = 36
"""Cells of one column; longer answers are cut there."""


class Answers(Widget, can_focus=True):
    """Some answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("up", "line(-1)", show=False),
        Binding("down", "line(1)", show=False),
        Binding("space", "choose", show=False),
        Binding("enter", "go_on", show=False),
    ]
    DEFAULT_CSS = """
    Answers { height: auto; width: 1fr; }
    """
    several: ClassVar[bool] = False

    def __init__(
        self,
        answers: Sequence[tuple[str, str]],
        chosen: Sequence[str] = (),
        *,
        key: str,
        first: int = 1,
        cursor: str = "",
        heard: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(id=key)
        self._heard = heard
        """Called when another answer is chosen; at once, so that a question that hangs on it is there for the next key."""
        self._answers = list(answers)
        """Value and finished words."""
        self._first = first
        """The number of the first one."""
        self._cursor = cursor
        """On which the cursor begins where none is chosen."""
        self.chosen: tuple[str, ...] = self._known(chosen)
        self._at = self._beginning()
        self._places: list[tuple[int, int, int]] = []
        """Line, first cell and one past the last cell of each answer, as painted."""

    @property
    def value(self) -> str:
        """The one answer; empty where none was given."""
        return self.chosen[0] if self.chosen else ""

    def set_answers(self, answers: Sequence[tuple[str, str]]) -> None:
        """Other answers; what was chosen stays where it is among them."""
        self._answers = list(answers)
        self.chosen = self._known(self.chosen)
        self._at = self._beginning()
        self.refresh(layout=True)

    def choose(self, value: str) -> None:
        """Choose an answer from outside: nobody is told."""
        self.chosen = self._known([value])
        self._at = self._beginning()
        self.refresh()

    def _known(self, chosen: Sequence[str]) -> tuple[str, ...]:
        return tuple(value for value, _ in self._answers if value in chosen)

    def _beginning(self) -> int:
        wanted = self.value or self._cursor
        return next((at for at, (value, _) in enumerate(self._answers) if value == wanted), 0)

    # -- looks -----------------------------------------------------------------------------------------------------

    def _words(self, at: int) -> Content:
        value, words = self._answers[at]
        mark = ("[x]" if value in self.chosen else "[ ]") if self.several else "(●)" if value in self.chosen else "( )"
        number = f"{self._first + at} " if self._has_numbers else ""
        whole = Content(f"{mark} {number}{words}")
        return whole if self._has_numbers else whole.truncate(_WIDEST, ellipsis=True)

    @property
    def _has_numbers(self) -> bool:
        return self._first + len(self._answers) <= 10

    def _placed(self, width: int) -> list[tuple[int, int, int]]:
        lengths = [self._words(at).cell_length for at in range(len(self._answers))]
        if len(lengths) >= _IN_COLUMNS:
            column = max(lengths) + _GAP
            count = max(1, (width + _GAP) // column)
            return [
                (at // count, at % count * column, at % count * column + min(length, width))
                for at, length in enumerate(lengths)
            ]
        places, line, start = [], 0, 0
        for length in lengths:
            if start and start + length > width:
                line, start = line + 1, 0
            places.append((line, start, start + length))
            start += length + _GAP
        return places

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the answers need."""
        places = self._placed(width)
        return places[-1][0] + 1 if places else 1

    def render(self) -> Content:
        """The answers; the cursor shows only where the keys go here."""
        self._places = self._placed(self.size.width or 80)
        lines: dict[int, list[Content]] = {}
        ends: dict[int, int] = {}
        for at, (line, start, stop) in enumerate(self._places):
            words = self._words(at)
            if self.has_focus and at == self._at:
                words = words.stylize("$block-cursor-foreground on $block-cursor-background")
            elif self._answers[at][0] in self.chosen:
                words = words.stylize("bold")
            gap = Content(" " * (start - ends.get(line, 0)))
            lines.setdefault(line, []).extend([gap, words])
            ends[line] = stop
        return Content("\n").join(Content.assemble(*parts) for parts in lines.values())

    def watch_has_focus(self, has_focus: bool) -> None:
        """The cursor comes or goes; it comes to what is chosen."""
        if has_focus:
            self._at = self._beginning()
        super().watch_has_focus(has_focus)
        self.refresh()

    # -- keys and mouse --------------------------------------------------------------------------------------------

    def action_step(self, step: int) -> None:
        """The cursor to the one before or behind."""
        self._move((self._at + step) % max(1, len(self._answers)))

    def action_line(self, step: int) -> None:
        """The cursor a line up or down; on one line to the one before or behind."""
        places = self._places or self._placed(self.size.width or 80)
        if not places or places[-1][0] == 0:
            self.action_step(step)
            return
        line, start, _ = places[self._at]
        there = [(abs(each[1] - start), at) for at, each in enumerate(places) if each[0] == line + step]
        if there:
            self._move(min(there)[1])

    def _move(self, at: int) -> None:
        self._at = at
        self.refresh()

    def action_choose(self) -> None:
        """Choose what is under the cursor; of several, tick it or not any more."""
        if self._answers:
            self._choose(self._answers[self._at][0])

    def action_go_on(self) -> None:
        """Take what is under the cursor, and on to the next question. Of several, what is ticked stays as it is."""
        if not self.several:
            self.action_choose()
        self.screen.focus_next()

    def on_key(self, event: events.Key) -> None:
        """A number chooses its answer; where there are none, a letter goes to the next one that begins with it."""
        digit = digit_of(event.key)
        if self._has_numbers and digit is not None:
            at = int(digit) - self._first
            if 0 <= at < len(self._answers):
                event.stop()
                self._at = at
                self.action_choose()
        elif not self._has_numbers and event.character and event.character.isalpha():
            event.stop()
            self._to_letter(event.character.casefold())

    def _to_letter(self, letter: str) -> None:
        count = len(self._answers)
        for step in range(1, count + 1):
            at = (self._at + step) % count
            if self._answers[at][1].casefold().startswith(letter):
                self._move(at)
                return

    def on_click(self, event: events.Click) -> None:
        """A click chooses."""
        event.stop()
        for at, (line, start, stop) in enumerate(self._places):
            if event.y == line and start <= event.x < stop:
                self._at = at
                self.action_choose()
                return

    def _choose(self, value: str) -> None:
        before = self.chosen
        if self.several:
            self.chosen = self._known(tuple({*before} ^ {value}))
        else:
            self.chosen = (value,)
        self.refresh()
        if self.chosen != before and self._heard is not None:
            self._heard()


class OneOf(Answers):
    """One answer."""


class SomeOf(Answers):
    """As many as fit, also none."""

    several = True
