"""Further commands of the coding screen: what becomes of codings that are there, and who is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand
from verhalen.tui.commands.on_text import OnCoding, OnText, WithText
from verhalen.tui.commands.signals import NoteSignal, SignalLogHere

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen


class CodeFromWords(OnText):
    """In vivo."""

    id = "code-from-words"
    key = "i"
    title = mark("Code from words")
    help = mark("Make a new code out of the selected words themselves, and give it to them. You may change its name.")
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Ask the name."""
        screen.words_as_code.ask()


class MoveBorders(WithText):
    """From either end."""

    id = "move-borders"
    key = "d"
    title = mark("Borders")
    help = mark(
        "Make the coding under the cursor longer or shorter: the arrows, s, t or a click move its end, the same key "
        "goes to its other end, Enter keeps it. With the mouse: drag the first or last line of its stripe."
    )
    shown = False

    def possible(self, screen: CodingScreen) -> bool:
        """Where a coding stands, and to change ends."""
        return super().possible(screen) and (screen.borders.moving or screen.stands_on_coding)

    def run(self, screen: CodingScreen) -> None:
        """Begin, or go to the other end."""
        if screen.borders.moving:
            screen.borders.turn()
        else:
            screen.borders.ask()


class KeepBorders(WithText):
    """The end of moving."""

    id = "keep-borders"
    key = "enter"
    title = mark("Keep borders")
    help = mark("Keep the borders of the coding as you moved them.")

    def possible(self, screen: CodingScreen) -> bool:
        """Only while they are moved."""
        return screen.borders.moving

    def run(self, screen: CodingScreen) -> None:
        """Store them."""
        screen.borders.keep()


class OtherCode(OnCoding):
    """In place."""

    id = "other-code"
    key = "h"
    title = mark("Other code")
    help = mark("Give the coding under the cursor another code; its borders, valence and memo stay.")
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Pick it."""
        screen.picking.pick_other_code()


class CodesOfTurnBefore(OnText):
    """The same again, for an answer that goes on."""

    id = "codes-of-turn-before"
    key = "R"
    title = mark("Codes of the turn before")
    help = mark(
        "Give the selection all codes that you gave in the turn before. Where nothing is selected, the turn gets them."
    )
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Apply them."""
        screen.picking.codes_of_turn_before()


class NextCoding(OnText):
    """Fragment by fragment."""

    id = "next-coding"
    key = "q"
    title = mark("Next coding")
    help = mark("Select the next fragment that has a code.")
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Select it."""
        screen.walking.to_coding(1)


class PreviousCoding(OnText):
    """And back."""

    id = "previous-coding"
    key = "Q"
    title = mark("Coding before")
    help = mark("Select the fragment before that has a code.")
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Select it."""
        screen.walking.to_coding(-1)


class HideOthers(OnText):
    """Blind coding."""

    id = "hide-others"
    key = "y"
    title = mark("Hide others' codings")
    help = mark(
        "See only your own codings, on every screen and in every count, so that you code without knowing what others "
        "chose; again shows all. The app remembers it for you in this project. Reports and the command line count all. "
        "While you have a text as second coder it stays on."
    )
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Switch."""
        screen.toggle_others()


PIECES: tuple[type[AnyCommand], ...] = (
    KeepBorders,
    MoveBorders,
    OtherCode,
    CodeFromWords,
    CodesOfTurnBefore,
    NextCoding,
    PreviousCoding,
    HideOthers,
    NoteSignal,
    SignalLogHere,
)
"""In the order of the key bar."""
