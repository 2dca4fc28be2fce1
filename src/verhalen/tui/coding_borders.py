"""Moving the borders of a coding, from either end, and seeing it before it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import t
from verhalen.model.coding import Coding
from verhalen.tui.coding_here import short
from verhalen.tui.coding_units import Selection

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen


class Borders:
    """The coding of one coding screen whose borders are moved, if any.

    Meanwhile the fragment is the selection of the text, and whatever moves the cursor moves that end.
    """

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._coding: Coding | None = None

    @property
    def moving(self) -> bool:
        """Whether borders are moved now."""
        return self._coding is not None

    def ask(self) -> None:
        """Begin with the coding under the cursor; ask which where several overlap."""
        self._screen.acts.choose(t("Which coding gets other borders?"), lambda codings: self.begin(codings[0]))

    def begin(self, coding: Coding, *, at_start: bool = False) -> None:
        """Hold the last border of this coding, or the first."""
        screen = self._screen
        screen.focus_text()
        self._coding = coding
        screen.the_desk.last = coding.id
        screen.view.holding = True
        ends = (coding.stop, coding.start) if at_start else (coding.start, coding.stop)
        screen.view.select(Selection(*ends))
        self._explain()
        screen.refresh_bindings()

    def _explain(self) -> None:
        other, keep, leave = (
            self._screen.key_text(self._screen.commands[each]) for each in ("move-borders", "keep-borders", "let-go")
        )
        self._screen.tell(
            t(
                "Move with arrows, s, t or a click · {other}: other end · {keep}: keep · {leave}: leave",
                other=other,
                keep=keep,
                leave=leave,
            )
        )

    def turn(self) -> None:
        """Go to the other end."""
        now = self._screen.view.selection
        self._screen.view.select(Selection(now.cursor, now.anchor))

    def show(self) -> None:
        """The cursor moved: so did the border, on the screen."""
        if self._coding is None:
            return
        desk, span = self._screen.the_desk, self._screen.view.selection.span
        if span is None:
            desk.moved.pop(self._coding.id, None)
        else:
            desk.moved[self._coding.id] = span
        self._screen.view.show_marks(desk.marks())

    def keep(self) -> None:
        """Store the borders as they are shown."""
        coding, screen = self._coding, self._screen
        span = screen.view.selection.span
        if coding is None:
            return
        if span is None:
            screen.tell(t("A coding needs at least one character. Move the end further."))
            return
        if (span.start, span.stop) == (coding.start, coding.stop):
            self.leave()
            screen.tell(t("Nothing changed."))
            return
        version = screen.the_desk.source.version
        self._let_go()
        screen.acts.change(
            coding,
            lambda project: project.codings.resize(coding.id, start=span.start, stop=span.stop, version=version),
            t("Other borders: {code}", code=short(coding.code)),
        )

    def leave(self) -> None:
        """Leave the coding as it was, and stand on it."""
        coding = self._coding
        if coding is None:
            return
        self.drop()
        self._screen.view.select(Selection(coding.start, coding.stop))
        self._screen.show_marks()
        self._screen.tell("")

    def drop(self) -> None:
        """Stop moving, for something else comes up."""
        if self._coding is not None and self._screen.desk is not None:
            self._screen.desk.moved.pop(self._coding.id, None)
        self._let_go()

    def _let_go(self) -> None:
        self._coding = None
        self._screen.view.holding = False
        self._screen.refresh_bindings()
