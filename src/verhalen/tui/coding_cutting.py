"""Cutting a turn in two at the cursor, where a reader took two speakers for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import t
from verhalen.model.text import Turn
from verhalen.tui.dialogs import AskLine, Choose

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen

_NEW = "*new"


class Cutting:
    """Cuts turns of one coding screen."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen

    def turn_here(self) -> Turn | None:
        """The turn in which the cursor stands behind the first letter."""
        place = self._screen.view.selection.start
        return next((each for each in self._screen.the_desk.turns if each.start < place < each.stop), None)

    def cut(self) -> None:
        """Ask who says the second part, and cut."""
        turn, at = self.turn_here(), self._screen.view.selection.start
        if turn is None:
            self._screen.tell(t("Put the cursor where the second speaker begins."))
            return
        names = list(dict.fromkeys(each.speaker for each in self._screen.the_desk.turns if each.speaker is not None))
        answers = [(f"={name}", name) for name in sorted(names, key=lambda name: name == turn.speaker)]
        answers.append((_NEW, t("Somebody who is not in the list")))

        def chosen(key: str | None) -> None:
            if key == _NEW:
                self._screen.app.push_screen(AskLine(t("Who says it?")), lambda name: self._store(turn, at, name))
            elif key is not None:
                self._store(turn, at, key[1:])

        self._screen.app.push_screen(Choose(t("Who speaks from here on?"), answers), chosen)

    def _store(self, turn: Turn, at: int, name: str | None) -> None:
        screen, source = self._screen, self._screen.the_desk.source
        if name is None:
            return
        undo = screen.key_text(screen.commands["undo"])
        said = t("{what} · stored · {key} takes it back", what=t("{name} speaks from here on", name=name), key=undo)
        screen.write(
            lambda project: project.speakers.split_turn(
                source.number, turn.id, at=at, speaker=name, version=source.version
            ),
            lambda _: screen.tell(said),
            lambda error: screen.tell(str(error)),
        )
