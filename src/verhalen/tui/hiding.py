"""Coding blind in the app: the choice is read at the start and kept, and every screen follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verhalen.tui.app import VerhalenApp


class Hiding:
    """Whether one app shows the codings of other coders. Screens read through its project, so they need not know."""

    def __init__(self, app: VerhalenApp) -> None:
        self._app = app

    def choose(self, hides: bool) -> bool:
        """Hide the codings of others on every screen, or show them again; it stays so until it is chosen again.

        False where there is no choice: whoever has a text as second coder sees only his or her own.
        """
        if not hides and self._app.project.second_coding.is_blind():
            return False
        self._look(hides)
        if not self._app.project.read_only_reason:
            self._app.write(lambda project: project.keep_hiding(hides))
        return True

    def follow(self) -> None:
        """Another window of the same coder may have chosen otherwise."""
        if not self._app.unstored and not self._app.project.read_only_reason:
            self._look(self._app.project.keeps_hiding())

    def _look(self, hides: bool) -> None:
        if hides != self._app.hides_others:
            self._app.project.hide_others(hides)
            self._app.hides_others = hides
            self._app.refresh_screens(())
