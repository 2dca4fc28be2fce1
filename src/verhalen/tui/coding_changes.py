"""When something was stored, here or in another window: the coding screen reads again what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.act import Act, Change
from verhalen.tui import coding_desk as desks
from verhalen.tui.coding_desk import Desk
from verhalen.tui.coding_units import Selection
from verhalen.tui.words import capital

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen


class Changes:
    """Keeps one coding screen up to date."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen

    def show(self, desk: Desk, changes: tuple[Change, ...]) -> None:
        """Single codings where only those changed, else the source; no changes means that anything may have."""
        self._tell(changes)
        ids = desks.touched(changes, desk.source.id) if changes else None
        if ids is None:
            self._read_source(desk)
        elif desk.take(self._screen.project, ids):
            self._screen.show_marks()

    def _tell(self, changes: tuple[Change, ...]) -> None:
        """Say what was undone, or what somebody else did."""
        if not changes:
            return
        screen, newest = self._screen, changes[0]
        if newest.coder_id != screen.project.coder_id:
            screen.tell(t("{coder}: {what}", coder=newest.coder, what=screen.project.history.label(newest)))
        elif newest.act in (Act.UNDO, Act.REDO):
            screen.tell(capital(screen.project.history.label(newest)))

    def _read_source(self, desk: Desk) -> None:
        try:
            source = self._screen.project.sources.get(desk.source.id)
        except errors.UnknownSource:
            self._screen.source_is_gone()
            return
        if source.version == desk.source.version:
            desk.source = source
            desk.read_codings(self._screen.project)
            if desk.read_turns(self._screen.project):
                self._screen.show_desk(desk, self._screen.view.selection)
            else:
                self._screen.show_marks()
        else:
            self._text_changed(desk)

    def _text_changed(self, desk: Desk) -> None:
        """The text was corrected: show the new one, the cursor at the same words."""
        screen = self._screen
        fresh = desks.open_desk(screen.project, desk.source.number)
        place: Selection = desks.carried(screen.view.selection, desk.text, fresh.text)
        screen.finder.clear()
        screen.show_desk(fresh, place)
        screen.tell(t("This text was corrected; you are at the same words."))
