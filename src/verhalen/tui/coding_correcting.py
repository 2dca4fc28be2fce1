"""Correcting on the coding screen: the words of a turn, and a newer version of the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.api.corrections import Renewal
from verhalen.api.project import Project
from verhalen.api.sources import SourceText
from verhalen.i18n import t
from verhalen.model.text import Turn
from verhalen.privacy.review import Review

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen


class Correcting:
    """The corrections of one coding screen."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen

    def turn_here(self) -> Turn | None:
        """The turn at the cursor, or the one whose label it stands in."""
        desk, place = self._screen.the_desk, self._screen.view.selection.start
        inside = next((each for each in desk.turns if each.start <= place <= each.stop), None)
        if inside is not None:
            return inside
        following = next((each for each in desk.turns if each.start > place), None)
        if following is not None and "\n" not in desk.text[place : following.start]:
            return following
        return None

    def edit(self) -> None:
        """Open the window with the words of the turn."""
        from verhalen.tui.turn_editor import TurnEditor

        screen, desk, turn = self._screen, self._screen.the_desk, self.turn_here()
        if turn is None:
            screen.tell(t("Put the cursor in the turn that you want to correct."))
            return
        source = SourceText(desk.source, desk.text, "", desk.turns)
        screen.app.push_screen(TurnEditor(source, turn, list(desk.codings.values())), self._stored)

    def _stored(self, what: str | None) -> None:
        screen = self._screen
        if what is None:
            return
        undo = screen.key_text(screen.commands["undo"])
        sentence = t("{what} · stored · {key} takes it back", what=what, key=undo)
        # The screen first shows the new text, and says so.
        screen.call_after_refresh(lambda: screen.call_after_refresh(screen.tell, sentence))

    def choose_newer(self) -> None:
        """Ask for the file, then show what it would do to the codings, of all coders."""
        from verhalen.tui.newer_file import NewerFileScreen

        if self._screen.project.hides_others:
            key = self._screen.key_text(self._screen.commands["hide-others"])
            self._screen.frame.say(
                t(
                    "For a newer version somebody must look at the codings of all coders, and you hide those of others. "
                    "Ask somebody else, or show them with {key} first.",
                    key=key,
                )
            )
            return
        self._screen.app.push_screen(NewerFileScreen(self._screen.the_desk.source.number, self._read))

    def _read(self, path: Path) -> None:
        number = self._screen.the_desk.source.number
        self._screen.tell(t("Comparing with {file}…", file=path.name))
        if self._screen.the_desk.source.masked:
            self._screen.app.run_worker(self._mask_first(number, path), group="newer", exclusive=True)
        else:
            self._compare(number, path, None)

    async def _mask_first(self, number: int, path: Path) -> None:
        """The names of this text were masked: look at those of the file before anything is compared."""
        from verhalen.tui.mask_screen import MaskScreen
        from verhalen.tui.reviewing import begin_review

        screen = self._screen

        def make(project: Project) -> Review:
            names = project.corrections.review_newer(number, path)
            assert names is not None, "the source was masked a moment ago"
            return names

        try:
            names = await begin_review(screen, make, may_go_on=False)
        except errors.VerhalenError as error:
            screen.tell("")
            screen.frame.say_error(error)
            return
        screen.tell("")
        if not isinstance(names, Review):
            return
        if await screen.app.push_screen_wait(MaskScreen(names, path.stem)):
            self._compare(number, path, names)

    def _compare(self, number: int, path: Path, names: Review | None) -> None:
        self._screen.write(
            lambda project: project.corrections.newer(number, path, names=names),
            lambda plan: self._review(plan, path),
        )

    def _review(self, plan: Renewal, path: Path) -> None:
        from verhalen.tui.newer_screen import NewerScreen

        self._screen.tell("")
        self._screen.app.push_screen(NewerScreen(plan, path))
