"""Purposes by answers as a small grid: arrows and digits, or a click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from verhalen.i18n import mark, t
from verhalen.model.consent import Answer, Consented, Purpose, answer_of
from verhalen.tui.words import capital

ANSWERS = (Answer.YES, Answer.NO, Answer.NOT_ASKED, Answer.WITHDRAWN)
"""In the order of their digits."""
SHORT = {
    Answer.YES: mark("yes"),
    Answer.NO: mark("no"),
    Answer.NOT_ASKED: mark("to ask"),
    Answer.WITHDRAWN: mark("withdrawn"),
}
_LABEL, _WHO = 26, 6
"""Cells of the first column, and of who answers where a child and a parent do."""
_MARK = 4
"""Cells of a mark with its blank."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer to give."""

    purpose: Purpose
    side: str


class ConsentGrid(Static, can_focus=True):
    """Shows what was answered; says which answer somebody chooses."""

    DEFAULT_CSS = """
    ConsentGrid { height: auto; width: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1, 0)", show=False),
        Binding("down", "go(1, 0)", show=False),
        Binding("left", "go(0, -1)", show=False),
        Binding("right", "go(0, 1)", show=False),
    ]

    class Answered(Message):
        """An answer was chosen."""

        def __init__(self, row: Row, answer: Answer) -> None:
            super().__init__()
            self.row = row
            self.answer = answer

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._about: Consented | None = None
        self._rows: list[Row] = []
        self._at = (0, 0)
        """Row and column of the cursor."""

    def fill(self, about: Consented) -> None:
        """Show the answers about one; the cursor stays where it was, or begins at the first that is still to ask."""
        is_new = self._about is None or self._about.key != about.key
        self._about = about
        self._rows = [Row(purpose, side) for purpose in about.purposes for side in about.sides]
        if is_new:
            open_ = [at for at, row in enumerate(self._rows) if row.purpose in about.to_ask]
            at = open_[0] if open_ else 0
            self._at = (at, ANSWERS.index(self._given(self._rows[at])))
        self._paint()

    def _given(self, row: Row) -> Answer:
        assert self._about is not None, "it is filled before it is painted"
        found = answer_of(self._about.consents, row.purpose, row.side)
        return found.answer if found else Answer.NOT_ASKED

    def on_focus(self) -> None:
        """Show the cursor."""
        self._paint()

    def on_blur(self) -> None:
        """Show none."""
        self._paint()

    def _paint(self) -> None:
        if self._about is None:
            return
        head = " " * self._left + "".join(f"{digit} {word}  " for digit, word in enumerate(self._words(), start=1))
        lines = [Content(head).stylize("bold"), *(self._line(at, row) for at, row in enumerate(self._rows))]
        self.update(Content("\n").join(lines))

    @property
    def _left(self) -> int:
        """Cells before the first answer."""
        return _LABEL + (_WHO if self._about is not None and self._about.is_child else 0)

    def _words(self) -> list[str]:
        return [t(SHORT[answer]) for answer in ANSWERS]

    def _line(self, at: int, row: Row) -> Content:
        assert self._about is not None, "it is filled before it is painted"
        label = capital(t(row.purpose.label)).ljust(_LABEL)[:_LABEL]
        if self._about.is_child:
            label = " " * _LABEL + t("parent") if row.side else label + t("child")
        given = self._given(row)
        parts: list[Content] = [Content(label.ljust(self._left)[: self._left])]
        for column, (answer, word) in enumerate(zip(ANSWERS, self._words(), strict=True)):
            cell = Content(("(●)" if answer is given else "( )").ljust(cell_len(word) + _MARK))
            if self.has_focus and self._at == (at, column):
                cell = cell.stylize("reverse", 0, 3)
            parts.append(cell)
        return Content.assemble(*parts)

    def action_go(self, rows: int, columns: int) -> None:
        """Move the cursor; it stops at the borders."""
        row = min(max(self._at[0] + rows, 0), len(self._rows) - 1)
        column = min(max(self._at[1] + columns, 0), len(ANSWERS) - 1)
        self._at = (row, column)
        self._paint()

    def on_click(self, event: Click) -> None:
        """A click on a mark chooses it; one on a label only puts the cursor there."""
        row, column, left = event.y - 1, None, self._left
        if not 0 <= row < len(self._rows):
            return
        for at, word in enumerate(self._words()):
            right = left + cell_len(word) + _MARK
            column = at if left <= event.x < right else column
            left = right
        self._at = (row, self._at[1] if column is None else column)
        self._paint()
        if column is not None:
            self.choose()

    def choose(self, answer: Answer | None = None) -> None:
        """Choose the answer at the cursor, or this one in its row."""
        if not self._rows:
            return
        if answer is not None:
            self._at = (self._at[0], ANSWERS.index(answer))
            self._paint()
        self.post_message(self.Answered(self._rows[self._at[0]], ANSWERS[self._at[1]]))
