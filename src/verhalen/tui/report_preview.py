"""The preview beside a report's words: painted part by part, the part of the cursor marked and in sight."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from verhalen.i18n import t
from verhalen.tui.page import BLANK, MUTED, PLAIN, TITLE, Line, broken
from verhalen.tui.report_blocks import block_lines

if TYPE_CHECKING:
    from verhalen.report.previewing import Part, Preview

_MARK, _NONE = "▌ ", "  "
_CONTEXT = 3
"""Lines above the marked part that stay in sight."""


class ReportPreview(VerticalScroll):
    """What the report becomes."""

    DEFAULT_CSS = """
    ReportPreview { padding: 0 1 0 0; }
    ReportPreview #sheet { height: auto; max-width: 100; }
    """

    def __init__(self) -> None:
        super().__init__(id="preview")
        self._preview: Preview | None = None
        self._line = 1
        """Line of the source in which the cursor stands."""
        self._lines: list[tuple[int, Content]] = []
        """Part and painted line, of every line."""
        self._painted = 0

    def compose(self) -> ComposeResult:
        """One sheet."""
        yield Static(id="sheet")

    @property
    def text(self) -> str:
        """All lines without their looks, for tests and for a screen reader."""
        return "\n".join(content.plain for _, content in self._lines)

    def show(self, preview: Preview) -> None:
        """Another preview."""
        self._preview = preview
        self._break()
        self._paint()

    def follow(self, line: int) -> None:
        """The cursor stands in another line of the source."""
        before = self._part()
        self._line = line
        if self._preview is not None and self._part() != before:
            self._paint()

    def on_resize(self) -> None:
        """Another width."""
        if self._preview is not None and self.size.width != self._painted:
            self._break()
            self._paint()

    def _part(self) -> int:
        """The part that comes from the cursor's line; -1: none."""
        parts = self._preview.parts if self._preview is not None else ()
        return bisect_right([part.line for part in parts], self._line) - 1

    def _break(self) -> None:
        """Break all lines to the width."""
        assert self._preview is not None, "there is something to show"
        self._painted = self.size.width
        width = max(20, min(self.size.width, 100) - 4)
        self._lines = []
        for line in (Line(self._preview.title, TITLE), Line(self._preview.subtitle, MUTED), BLANK):
            self._lines += [(-1, part) for part in broken(line, width)]
        for at, part in enumerate(self._preview.parts):
            for line in _lines(part, width):
                self._lines += [(at, each) for each in broken(line, width)]

    def _paint(self) -> None:
        here = self._part()
        shown = [Content.assemble((_MARK if at == here else _NONE, "bold"), line) for at, line in self._lines]
        self.query_one("#sheet", Static).update(Content("\n").join(shown))
        first = next((row for row, (at, _) in enumerate(self._lines) if at == here), None)
        if first is not None:
            self.scroll_to(y=max(0, first - _CONTEXT), animate=False)


def _lines(part: Part, width: int) -> list[Line]:
    made = list(block_lines(part.blocks, width))
    return made or [Line(t("(nothing stands here: see the remarks)"), MUTED), Line("", PLAIN)]
