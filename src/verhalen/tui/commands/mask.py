"""Commands of the screens on which names are reviewed before they are masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.mask_reading import MaskReadingScreen
    from verhalen.tui.mask_screen import MaskScreen


class FinishReview(Command["MaskScreen"]):
    """Go on with what was decided."""

    id = "finish-review"
    key = "b"
    title = mark("Go on")
    help = mark("Go on: the places with a cross in their box get their replacement, the others stay as they are.")

    def run(self, screen: MaskScreen) -> None:
        """Close with yes."""
        screen.finish()


class SwitchName(Command["MaskScreen"]):
    """Replace it or leave it."""

    id = "switch-name"
    key = "space"
    title = mark("Replace or leave")
    help = mark(
        "On the left: replace this name everywhere, or leave it everywhere. On the right: decide for this one place."
    )

    def possible(self, screen: MaskScreen) -> bool:
        """There must be a name."""
        return screen.has_names

    def run(self, screen: MaskScreen) -> None:
        """The other way round."""
        screen.switch()


class ReplaceAll(Command["MaskScreen"]):
    """Everything or nothing."""

    id = "replace-all-names"
    key = "a"
    title = mark("All or none")
    help = mark("Replace all names that were found; once more: none of them.")

    def possible(self, screen: MaskScreen) -> bool:
        """There must be a name."""
        return screen.has_names

    def run(self, screen: MaskScreen) -> None:
        """All, or none."""
        screen.switch_all()


class ReadAndAdd(Command["MaskScreen"]):
    """Read the whole text."""

    id = "read-and-add"
    key = "l"
    title = mark("Read and add")
    help = mark("Read the whole text with the found places marked, select what was missed, and add it.")

    def run(self, screen: MaskScreen) -> None:
        """Open the text."""
        screen.read()


class OtherReplacement(Command["MaskScreen"]):
    """Type what comes there."""

    id = "other-replacement"
    key = "v"
    title = mark("Other replacement")
    help = mark("Type what comes in the place of this name, for example [grandmother G012].")

    def possible(self, screen: MaskScreen) -> bool:
        """There must be a name."""
        return screen.has_names

    def run(self, screen: MaskScreen) -> None:
        """Ask it."""
        screen.ask_replacement()


class OtherNameKind(Command["MaskScreen"]):
    """A person, a place, a school."""

    id = "other-name-kind"
    key = "k"
    title = mark("Other kind")
    help = mark("Say what this name is: a person, a place, a school, a service and so on.")

    def possible(self, screen: MaskScreen) -> bool:
        """There must be a name."""
        return screen.has_names

    def run(self, screen: MaskScreen) -> None:
        """Ask it."""
        screen.ask_kind()


class UndoDecision(Command["MaskScreen"]):
    """Take the last decision back."""

    id = "undo"
    key = "ctrl+z"
    title = mark("Undo")
    help = mark("Take back your last decision on this screen.")

    def possible(self, screen: MaskScreen) -> bool:
        """Something must be decided."""
        return screen.review.is_changed

    def run(self, screen: MaskScreen) -> None:
        """One back."""
        screen.undo()


class LeaveReview(Command["MaskScreen"]):
    """Back, with nothing replaced."""

    id = "back"
    key = "escape"
    title = mark("Back")
    help = mark("Go back to the screen you came from; nothing is replaced yet.")

    def run(self, screen: MaskScreen) -> None:
        """Close without an answer."""
        screen.dismiss(None)


MASK: tuple[type[AnyCommand], ...] = (
    FinishReview,
    SwitchName,
    ReadAndAdd,
    OtherReplacement,
    OtherNameKind,
    ReplaceAll,
    UndoDecision,
    LeaveReview,
)


class AddName(Command["MaskReadingScreen"]):
    """What is selected is a name."""

    id = "add-name"
    key = "m,enter"
    title = mark("Replace this")
    help = mark("What you selected would give somebody away: replace it, here and wherever else it stands.")

    def possible(self, screen: MaskReadingScreen) -> bool:
        """Something must be selected, or the cursor be in a word."""
        return screen.selected is not None

    def run(self, screen: MaskReadingScreen) -> None:
        """Ask what it is."""
        screen.ask_kind()


class SwitchPlace(Command["MaskReadingScreen"]):
    """Replace the place at the cursor, or leave it."""

    id = "switch-place"
    key = "space"
    title = mark("Replace or leave")
    help = mark("Replace the marked place at the cursor, or leave it as it is.")

    def possible(self, screen: MaskReadingScreen) -> bool:
        """The cursor must be on one."""
        return screen.place_here is not None

    def run(self, screen: MaskReadingScreen) -> None:
        """The other way round."""
        screen.switch_here()


class NextPlace(Command["MaskReadingScreen"]):
    """To the next found place."""

    id = "next-place"
    key = "n"
    title = mark("Next place")
    help = mark("Go to the next place that was found.")

    def run(self, screen: MaskReadingScreen) -> None:
        """Go there."""
        screen.go(1)


class PreviousPlace(Command["MaskReadingScreen"]):
    """To the one before."""

    id = "previous-place"
    key = "p"
    title = mark("Previous place")
    help = mark("Go to the found place before this one.")
    shown = False

    def run(self, screen: MaskReadingScreen) -> None:
        """Go there."""
        screen.go(-1)


class SelectWord(Command["MaskReadingScreen"]):
    """The word at the cursor, then one more."""

    id = "select-word"
    key = "w"
    title = mark("Select a word")
    help = mark("Select the word at the cursor; once more: the next word too. Shift with the arrows selects as well.")

    def run(self, screen: MaskReadingScreen) -> None:
        """Select it."""
        screen.select_word()


class UndoAdding(Command["MaskReadingScreen"]):
    """Take the last decision back."""

    id = "undo"
    key = "ctrl+z"
    title = mark("Undo")
    help = mark("Take back your last decision on this screen.")

    def possible(self, screen: MaskReadingScreen) -> bool:
        """Something must be decided."""
        return screen.review.is_changed

    def run(self, screen: MaskReadingScreen) -> None:
        """One back."""
        screen.undo()


MASK_READING: tuple[type[AnyCommand], ...] = (AddName, SelectWord, SwitchPlace, NextPlace, PreviousPlace, UndoAdding)
