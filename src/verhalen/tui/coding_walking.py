"""Going through the text on the coding screen: by sentence, turn, coded fragment, uncoded turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import t
from verhalen.tui.coding_units import Unit

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen


class Walking:
    """The steps of one coding screen."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen

    def step(self, unit: Unit, step: int) -> None:
        """Select the next or previous sentence or turn; of a coding whose borders are moved, move the end by it."""
        screen, view = self._screen, self._screen.view
        screen.focus_text()
        if screen.borders.moving:
            view.select(view.spans_of(unit).stretch(view.selection, step))
            return
        if not (view.select_next(unit) if step > 0 else view.select_previous(unit)):
            screen.tell(t("This is the end of the text.") if step > 0 else t("This is the beginning of the text."))

    def to_uncoded(self, step: int) -> None:
        """Select the next or previous turn without a coding."""
        self._screen.focus_text()
        if not self._screen.view.select_uncoded(step):
            all_done = t("Every turn from here on has a coding.")
            self._screen.tell(all_done if step > 0 else t("Every turn before this has a coding."))

    def to_coding(self, step: int) -> None:
        """Select the next or previous fragment that has a code."""
        self._screen.focus_text()
        if not self._screen.view.select_coded(step):
            none = t("No coding comes after this.")
            self._screen.tell(none if step > 0 else t("No coding comes before this."))
