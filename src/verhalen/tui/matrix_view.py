"""A crosstab to walk through: names stay at the left, columns and totals stay in sight, the cursor is a cell."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from verhalen.analysis.grid import Grid
from verhalen.tui.matrix_strips import FOOT, LEVELS, Painter, Plan, Styles, plan_of

_MOST_HEADS, _FEW_HEADS, _LOW = 3, 2, 20
"""Lines for the names of columns; fewer of them in a window with so few lines."""
Cell = tuple[str, str]
"""Keys of row and column."""


def _keys(keys: str, action: str) -> Binding:
    return Binding(keys, action, show=False)


class CrossView(ScrollView, can_focus=True):
    """One grid. It knows no project: the screen feeds it and hears `Moved` and `Chosen`. Paints only what is in sight."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        _keys("left", "move(0, -1)"),
        _keys("right", "move(0, 1)"),
        _keys("up", "move(-1, 0)"),
        _keys("down", "move(1, 0)"),
        _keys("pageup", "pages(-1)"),
        _keys("pagedown", "pages(1)"),
        _keys("home", "move(0, -1000000)"),
        _keys("end", "move(0, 1000000)"),
        _keys("ctrl+home", "move(-1000000, -1000000)"),
        _keys("ctrl+end", "move(1000000, 1000000)"),
        _keys("enter", "choose"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"cross--{part}" for part in ("muted", "head", "cursor", "foot", "bar")),
        *(f"cross--level-{level}" for level in LEVELS),
    }
    DEFAULT_CSS = """
    CrossView { width: 1fr; height: 1fr; overflow-x: auto; overflow-y: auto; scrollbar-size: 1 1;
        background: $background; color: $foreground;
        & > .cross--muted { color: $text-muted; }
        & > .cross--head { text-style: bold underline; }
        & > .cross--foot { background: $panel; text-style: bold; }
        & > .cross--bar { color: $primary; }
        & > .cross--cursor { background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground; }
        & > .cross--level-1 { background: $primary 8%; }
        & > .cross--level-2 { background: $primary 17%; }
        & > .cross--level-3 { background: $primary 26%; }
        & > .cross--level-4 { background: $primary 36%; text-style: bold; }
        &:focus > .cross--cursor { background: $block-cursor-background; color: $block-cursor-foreground;
            text-style: bold; }
    }
    """

    class Moved(Message):
        """The cursor stands on another cell."""

    class Chosen(Message):
        """Enter, or a click on the cell of the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.grid: Grid | None = None
        self.cursor = (0, 0)
        """Row and column of the cursor, by their place in what is shown."""
        self._plan: Plan | None = None
        self._styles: Styles | None = None

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show(self, grid: Grid) -> None:
        """Show another grid; the cursor stays on its row and column, where they are still there."""
        row, column = self.cell or ("", "")
        self.grid = grid
        rows = [grid.table.rows[at].key for at in grid.rows]
        columns = [grid.table.columns[at].key for at in grid.columns]
        self.cursor = _place(rows, row, self.cursor[0]), _place(columns, column, self.cursor[1])
        self._lay_out()

    @property
    def at(self) -> tuple[int, int] | None:
        """Row and column of the cursor, by their place in the table; None where there is no cell."""
        grid = self.grid
        if grid is None or not grid.rows or not grid.columns:
            return None
        return grid.rows[self.cursor[0]], grid.columns[self.cursor[1]]

    @property
    def cell(self) -> Cell | None:
        """The same by their keys."""
        if self.grid is None or self.at is None:
            return None
        row, column = self.at
        return self.grid.table.rows[row].key, self.grid.table.columns[column].key

    # -- laying out and painting -----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        region = self.scrollable_content_region
        if self.grid is None or not region.width:
            return
        self._plan = plan_of(self.grid, region.width, heads=_MOST_HEADS if region.height > _LOW else _FEW_HEADS)
        beyond = (len(self.grid.columns) - self._plan.shown) * self._plan.cell
        below = len(self.grid.rows) - self._page
        # What fits is given no size at all, so that a bar that comes at one side never calls for one at the other.
        self.virtual_size = Size(region.width + beyond if beyond > 0 else 1, region.height + below if below > 0 else 1)
        self._show_cursor()
        self.refresh()

    @property
    def _page(self) -> int:
        """Rows that fit."""
        return max(1, self.scrollable_content_region.height - self._head - FOOT)

    @property
    def _head(self) -> int:
        """Lines above the rows."""
        return self._plan.head if self._plan else 1

    @property
    def _first(self) -> int:
        """First column in sight."""
        plan = self._plan
        if plan is None or self.grid is None:
            return 0
        return min(-(-self.scroll_offset.x // plan.cell), max(0, len(self.grid.columns) - plan.shown))

    def on_resize(self) -> None:
        """Another width, other columns."""
        self._lay_out()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Headings and totals stand still, so everything is painted anew."""
        super().watch_scroll_y(old_value, new_value)
        self.refresh()

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """As above."""
        super().watch_scroll_x(old_value, new_value)
        self.refresh()

    def notify_style_update(self) -> None:
        """Another theme, or focus: other styles."""
        super().notify_style_update()
        self._styles = None

    def _look(self) -> Styles:
        if self._styles is None:
            named = {part: self.get_component_rich_style(f"cross--{part}") for part in ("muted", "head", "foot", "bar")}
            levels = tuple(self.get_component_rich_style(f"cross--level-{level}") for level in LEVELS)
            cursor = self.get_component_rich_style("cross--cursor")
            self._styles = Styles(text=self.rich_style, cursor=cursor, levels=levels, **named)
        return self._styles

    def render_line(self, y: int) -> Strip:
        """One visible line: headings above, totals below, rows between."""
        width, height = self.scrollable_content_region.size
        styles = self._look()
        blank = Strip([Segment(" " * width, styles.text)], width)
        if self.grid is None or self._plan is None:
            return blank
        painter = Painter(self.grid, self._plan, styles, self.cursor, self._first)
        head = self._head
        row = self.scroll_offset.y + y - head
        if y < head:
            strip = painter.head(y)
        elif y == min(height - FOOT, head + len(self.grid.rows)):
            strip = painter.foot()
            return strip.adjust_cell_length(width, styles.foot)
        elif y < height - FOOT and row < len(self.grid.rows):
            strip = painter.row(row)
        else:
            return blank
        return strip.adjust_cell_length(width, styles.text)

    # -- moving ----------------------------------------------------------------------------------------------------------

    def go(self, row: int, column: int) -> None:
        """Put the cursor on a cell; beyond an edge it stays on the last one."""
        if self.grid is None or self.at is None:
            return
        wanted = (
            min(max(row, 0), len(self.grid.rows) - 1),
            min(max(column, 0), len(self.grid.columns) - 1),
        )
        if wanted != self.cursor:
            self.cursor = wanted
            self._show_cursor()
            self.refresh()
            self.post_message(self.Moved())

    def go_to(self, row: str, column: str = "") -> None:
        """Put the cursor on a cell by its keys; where one is not shown, it stays in its row or column."""
        if self.grid is not None:
            rows = [self.grid.table.rows[at].key for at in self.grid.rows]
            columns = [self.grid.table.columns[at].key for at in self.grid.columns]
            self.go(_place(rows, row, self.cursor[0]), _place(columns, column, self.cursor[1]))

    def _show_cursor(self) -> None:
        """Scroll so that the cell of the cursor is whole in sight."""
        plan, (row, column) = self._plan, self.cursor
        if plan is None:
            return
        top = min(max(self.scroll_offset.y, row - self._page + 1), row)
        first = min(max(self._first, column - plan.shown + 1), column)
        self.scroll_to(x=first * plan.cell, y=top, animate=False, immediate=True, force=True)

    def action_move(self, rows: int, columns: int) -> None:
        """Arrows, Home and End."""
        self.go(self.cursor[0] + rows, self.cursor[1] + columns)

    def action_pages(self, step: int) -> None:
        """A window up or down."""
        self.go(self.cursor[0] + step * max(1, self._page - 1), self.cursor[1])

    def action_choose(self) -> None:
        """Go behind this cell."""
        if self.at is not None:
            self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """Put the cursor; on the cell where it stands, go behind it."""
        grid, plan = self.grid, self._plan
        if grid is None or plan is None or self.at is None:
            return
        row = event.y - self._head + self.scroll_offset.y
        place = (event.x - plan.frozen) // plan.cell
        column = self._first + place if 0 <= place < plan.shown else self.cursor[1]
        if event.y < self._head or row >= len(grid.rows) or event.y >= self.scrollable_content_region.height - FOOT:
            row = self.cursor[0]
        elif (row, column) == self.cursor and 0 <= place < plan.shown:
            self.action_choose()
        self.go(row, column)


def _place(keys: list[str], wanted: str, before: int) -> int:
    """Where a key stands now; where it is gone, about where the cursor was."""
    return keys.index(wanted) if wanted in keys else max(0, min(before, len(keys) - 1))
