"""The tree of codes with a field to search in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from verhalen.i18n import t
from verhalen.model.codebook import Code
from verhalen.tui.codebook_lines import Row, tree_line
from verhalen.tui.coding_fuzzy import Entry, find
from verhalen.tui.coding_looks import CodeLook, look_of
from verhalen.tui.coding_panes import Lines
from verhalen.tui.fields import Field


def rows_of(codes: Sequence[Code]) -> list[Row]:
    """All codes with depth and number below, in the order of the tree."""
    depths: dict[str, int] = {}
    for code in codes:
        depths[code.key] = depths.get(code.parent or "", -1) + 1
    rows = []
    for place, code in enumerate(codes):
        depth = depths[code.key]
        rest = (number for number, other in enumerate(codes[place + 1 :]) if depths[other.key] <= depth)
        rows.append(Row(code, depth, next(rest, len(codes) - place - 1)))
    return rows


def shown(rows: Sequence[Row], *, folded: set[int], wanted: str) -> list[Row]:
    """What is visible: without what is folded away, or flat and best first where something is searched."""
    if wanted.strip():
        by_key = {row.code.key: row for row in rows}
        entries = [Entry(row.code.key, row.code.name, row.code.definition) for row in rows]
        return [Row(by_key[entry.key].code, 0, 0) for entry in find(wanted, entries)]
    found: list[Row] = []
    hidden_below: int | None = None
    for row in rows:
        if hidden_below is not None and row.depth > hidden_below:
            continue
        is_folded = row.below > 0 and row.code.id in folded
        hidden_below = row.depth if is_folded else None
        found.append(Row(row.code, row.depth, row.below, folded=is_folded))
    return found


class CodebookTree(Vertical):
    """Search field, head, and the codes. Left and right fold, Enter and a click do too."""

    class CodePicked(Message):
        """The cursor stands on another code, or on none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "fold(True)", show=False),
        Binding("right", "fold(False)", show=False),
    ]
    DEFAULT_CSS = """
    CodebookTree { width: 44; height: 1fr; border-right: solid $border-blurred; }
    CodebookTree .heads { height: 1; padding: 0 1; background: $panel; }
    CodebookTree Lines { height: 1fr; padding: 0; }
    CodebookTree #nothing { height: 1fr; padding: 1; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.folded: set[int] = set()
        self._rows: list[Row] = []
        self._visible: list[Row] = []
        self._looks: Mapping[str, CodeLook] = {}
        self._here: Mapping[str, int] | None = None
        self._digits: Mapping[str, str] = {}
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """Field, head, list."""
        yield Field(placeholder=t("Search in the codes"), key="find")
        yield Static(classes="heads", markup=False)
        yield Lines(id="codes")
        yield Static(id="nothing", markup=False)

    def show(
        self,
        codes: Sequence[Code],
        looks: Mapping[str, CodeLook],
        *,
        here: Mapping[str, int] | None,
        digits: Mapping[str, str],
    ) -> None:
        """Show these codes; the cursor stays on its code."""
        self._rows, self._looks, self._here, self._digits = rows_of(codes), looks, here, digits
        self._fill()

    # -- the cursor ----------------------------------------------------------------------------------------------------

    @property
    def row(self) -> Row | None:
        """The code under the cursor, with what stands below it."""
        return next((row for row in self._rows if row.code.id == self._chosen), None)

    @property
    def wanted(self) -> str:
        """What is searched for."""
        return self.query_one(Field).value

    @property
    def lines(self) -> Lines:
        """The codes."""
        return self.query_one(Lines)

    def choose(self, code_id: int) -> None:
        """Put the cursor on a code; what hides it opens."""
        self._chosen = code_id
        by_key = {row.code.key: row.code for row in self._rows}
        code = next((row.code for row in self._rows if row.code.id == code_id), None)
        while code is not None and code.parent is not None:
            code = by_key.get(code.parent)
            self.folded.discard(code.id if code else 0)
        if self.wanted and code_id not in [row.code.id for row in self._visible]:
            self.query_one(Field).value = ""
        self._fill()

    def search(self) -> None:
        """Go to the field."""
        self.query_one(Field).focus()

    def leave_search(self) -> None:
        """Empty the field and go back to the tree."""
        self.query_one(Field).value = ""
        self.lines.focus()

    # -- filling -------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        self._visible = shown(self._rows, folded=self.folded, wanted=self.wanted)
        room = max(24, self.size.width - 5)
        painted = {
            str(row.code.id): tree_line(
                row,
                look_of(self._looks, row.code.key),
                here=None if self._here is None else sum(self._here.get(each.key, 0) for each in self._counted(row)),
                total=sum(each.codings for each in self._counted(row)),
                digit=self._digits.get(row.code.key, ""),
                room=room,
            )
            for row in self._visible
        }
        place = self.lines.highlighted or 0
        self.lines.put(painted)
        ids = [row.code.id for row in self._visible]
        self.lines.highlighted = (
            ids.index(self._chosen) if self._chosen in ids else min(place, len(ids) - 1) if ids else None
        )
        self._take_cursor()
        self.lines.display = bool(ids)
        nothing = self.query_one("#nothing", Static)
        nothing.display = not ids
        nothing.update(t("Nothing fits. Try fewer letters.") if self.wanted else t("There is no code yet."))
        head, counts = t("Codes"), t("here / all") if self._here is not None else t("all")
        gap = " " * max(1, self.size.width - 3 - len(head) - len(counts))
        self.query_one(".heads", Static).update(f"{head}{gap}{counts}")

    def _counted(self, row: Row) -> list[Code]:
        """Whose codings the line of a code counts: its own, and while it is folded those of all below it."""
        if not row.folded:
            return [row.code]
        place = next(number for number, each in enumerate(self._rows) if each.code.id == row.code.id)
        return [each.code for each in self._rows[place : place + row.below + 1]]

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._fill()

    def _take_cursor(self) -> None:
        place = self.lines.highlighted
        chosen = self._visible[place].code.id if place is not None and place < len(self._visible) else 0
        self._chosen = chosen
        self.post_message(self.CodePicked())

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another code."""
        event.stop()
        if event.option.id is not None and int(event.option.id) in [row.code.id for row in self._visible]:
            self._chosen = int(event.option.id)
            self.post_message(self.CodePicked())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click folds, or opens."""
        event.stop()
        row = self.row
        if row is not None and not self.wanted:
            self.action_fold(row.code.id not in self.folded)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        event.stop()
        self._fill()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """To the first that fits."""
        event.stop()
        self.lines.focus()

    def on_key(self, event: Key) -> None:
        """Down goes from the field to the list."""
        if event.key == "down" and self.query_one(Field).has_focus:
            event.stop()
            self.lines.focus()

    def action_fold(self, fold: bool) -> None:
        """Hide or show what stands below; folding what is folded goes up a level."""
        row = self.row
        if row is None or self.query_one(Field).has_focus:
            return
        if fold and (not row.below or row.code.id in self.folded):
            parent = next((each.code.id for each in self._rows if each.code.key == row.code.parent), None)
            if parent is not None:
                self.choose(parent)
            return
        (self.folded.add if fold else self.folded.discard)(row.code.id)
        self._fill()

    def fold_all(self) -> None:
        """Only the top, or everything where it is like that already."""
        tops = {row.code.id for row in self._rows if row.below}
        row = self.row
        self.folded = set() if self.folded == tops else tops
        while row is not None and self.folded and row.code.parent is not None:
            parent = row.code.parent
            row = next((each for each in self._rows if each.code.key == parent), None)
        self._chosen = row.code.id if row is not None else self._chosen
        self._fill()
