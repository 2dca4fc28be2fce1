"""Commands of the coding screen. Arrows and page keys belong to the text itself (`TranscriptView`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from verhalen.i18n import mark
from verhalen.tui.coding_units import Unit
from verhalen.tui.commands.base import AnyCommand, Command
from verhalen.tui.commands.coding_pieces import PIECES
from verhalen.tui.commands.everywhere import Undo
from verhalen.tui.commands.find import FindEverywhere
from verhalen.tui.commands.matrix import CodesInNumbers
from verhalen.tui.commands.on_text import OnCoding, OnText, WithText
from verhalen.tui.commands.second import SecondCoder

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen


# -- moving ----------------------------------------------------------------------------------------------------------


class NextSentence(WithText):
    """Sentence by sentence."""

    id = "next-sentence"
    key = "s"
    title = mark("Sentence")
    help = mark("Select this sentence, or the next one. Shift with an arrow makes it longer or shorter by a sentence.")

    def run(self, screen: CodingScreen) -> None:
        """Select it."""
        screen.walking.step(Unit.SENTENCE, 1)


class PreviousSentence(WithText):
    """And back."""

    id = "previous-sentence"
    key = "S"
    title = mark("Sentence back")
    help = mark("Select this sentence, or the one before.")
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Select it."""
        screen.walking.step(Unit.SENTENCE, -1)


class NextTurn(WithText):
    """Turn by turn."""

    id = "next-turn"
    key = "t"
    title = mark("Turn")
    help = mark(
        "Select this turn of a speaker, or the next one. Shift with an arrow makes it longer or shorter by a turn."
    )

    def run(self, screen: CodingScreen) -> None:
        """Select it."""
        screen.walking.step(Unit.TURN, 1)


class PreviousTurn(WithText):
    """And back."""

    id = "previous-turn"
    key = "T"
    title = mark("Turn back")
    help = mark("Select this turn, or the one before.")
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Select it."""
        screen.walking.step(Unit.TURN, -1)


class NextUncoded(OnText):
    """What was left out."""

    id = "next-uncoded"
    key = "u"
    title = mark("Uncoded")
    help = mark("Go to the next turn in which nothing is coded yet.")

    def run(self, screen: CodingScreen) -> None:
        """Select it."""
        screen.walking.to_uncoded(1)


class PreviousUncoded(OnText):
    """And back."""

    id = "previous-uncoded"
    key = "U"
    title = mark("Uncoded back")
    help = mark("Go to the turn before in which nothing is coded yet.")
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Select it."""
        screen.walking.to_uncoded(-1)


# -- coding ----------------------------------------------------------------------------------------------------------


class PickCode(OnText):
    """The way to any code."""

    id = "pick-code"
    key = "c"
    title = mark("Code")
    help = mark("Give the selection a code: type a few letters of it. Where nothing is selected, the sentence gets it.")

    def run(self, screen: CodingScreen) -> None:
        """Open the list."""
        screen.picking.pick_code()


class RepeatCode(OnText):
    """The same once more."""

    id = "repeat-code"
    key = "r"
    title = mark("Same code")
    help = mark("Give the selection the code that you used last.")

    def possible(self, screen: CodingScreen) -> bool:
        """Only after a first one."""
        return super().possible(screen) and bool(screen.slots.used)

    def run(self, screen: CodingScreen) -> None:
        """Apply it."""
        screen.acts.apply(screen.slots.used[:1])


class ApplyDigit(OnText):
    """The code behind a digit."""

    digit: ClassVar[str]
    help = mark("Give the selection the code that stands beside this digit in the list of codes.")
    shown = False

    def possible(self, screen: CodingScreen) -> bool:
        """Only where a code has this digit."""
        return super().possible(screen) and screen.slots.at(self.digit) is not None

    def run(self, screen: CodingScreen) -> None:
        """Apply it."""
        code = screen.slots.at(self.digit)
        if code is not None:
            screen.acts.apply([code])


def _digit(digit: str, title: str) -> type[ApplyDigit]:
    return type(f"Apply{digit}", (ApplyDigit,), {"id": f"apply-{digit}", "key": digit, "digit": digit, "title": title})


DIGIT_COMMANDS = (
    _digit("1", mark("Code at 1")),
    _digit("2", mark("Code at 2")),
    _digit("3", mark("Code at 3")),
    _digit("4", mark("Code at 4")),
    _digit("5", mark("Code at 5")),
    _digit("6", mark("Code at 6")),
    _digit("7", mark("Code at 7")),
    _digit("8", mark("Code at 8")),
    _digit("9", mark("Code at 9")),
    _digit("0", mark("Code at 0")),
)


class PinCode(OnText):
    """A code may keep its digit."""

    id = "pin-code"
    key = "l"
    title = mark("Fix digit")
    help = mark(
        "Let the code keep its digit for good: the one in the list of codes, or the one used last. Again lets it go."
    )
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Pin or unpin."""
        screen.picking.pin_code()


class RemoveCoding(OnCoding):
    """Uncode."""

    id = "remove-coding"
    key = "x"
    title = mark("Uncode")
    help = mark("Take away the coding under the cursor; where several overlap, you choose which.")

    def run(self, screen: CodingScreen) -> None:
        """Remove it."""
        screen.acts.remove()


class TurnValence(OnCoding):
    """Good or bad news."""

    id = "valence"
    key = "v"
    title = mark("Valence")
    help = mark("Say of the coding under the cursor: good news (+), bad news (-), both (±), or nothing said.")

    def run(self, screen: CodingScreen) -> None:
        """The next one."""
        screen.acts.turn_valence()


class WriteMemo(OnCoding):
    """A thought."""

    id = "coding-memo"
    key = "m"
    title = mark("Memo")
    help = mark("Write what you think at the coding under the cursor.")

    def run(self, screen: CodingScreen) -> None:
        """Open the window."""
        screen.acts.write_memo()


class AboutFamily(OnText):
    """A coach speaks of families."""

    id = "about-family"
    key = "g"
    title = mark("About family")
    help = mark(
        "Say which families the selection is about: space ticks several, and takes a tick away. A sign @ in the margin "
        "shows it."
    )

    def run(self, screen: CodingScreen) -> None:
        """Choose the families."""
        screen.picking.pick_family()


class WhoSpeaks(OnText):
    """The people behind the names."""

    id = "who-speaks"
    key = "w"
    title = mark("Who speaks?")
    help = mark("See who speaks in this text and how much, say who they are, and put names right that were read wrong.")

    def run(self, screen: CodingScreen) -> None:
        """Open the screen of speakers."""
        screen.open_speakers()


class SeeSuggestions(OnText):
    """What may get a code."""

    id = "suggestions"
    key = "j"
    title = mark("Suggestions")
    help = mark("See which sentences may get a code, and why: by its patterns, or like what has the code already.")

    def run(self, screen: CodingScreen) -> None:
        """Open the screen of suggestions."""
        screen.open_suggestions()


class CutTurn(OnText):
    """Two speakers in one turn."""

    id = "cut-turn"
    title = mark("Cut the turn here")
    help = mark("Somebody else speaks from the cursor on: cut the turn in two and say who.")
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Ask who."""
        screen.cutting.cut()


# -- searching -------------------------------------------------------------------------------------------------------


class Search(OnText):
    """Find words."""

    id = "search"
    key = "f"
    title = mark("Search")
    help = mark(
        "Search words: in this text while you type, with Enter in all sources. F4 changes the way: any form of the word, "
        "just as written, inside longer words, or by regular expression."
    )

    def run(self, screen: CodingScreen) -> None:
        """Open the line."""
        screen.open_search()


class OtherWay(Command["CodingScreen"]):
    """How the words are compared."""

    id = "other-way"
    key = "f4"
    title = mark("Other way")
    help = mark("While you type what to search: any form, as written, inside words, or by regular expression.")

    def possible(self, screen: CodingScreen) -> bool:
        """While the line is open."""
        return screen.finder.is_open

    def run(self, screen: CodingScreen) -> None:
        """The next one."""
        screen.finder.next_way()


class NextHit(OnText):
    """The next one."""

    id = "next-hit"
    key = "n"
    title = mark("Next hit")
    help = mark("Go to the next place that was found, also in the next source.")

    def possible(self, screen: CodingScreen) -> bool:
        """Only after a search."""
        return super().possible(screen) and screen.finder.found is not None

    def run(self, screen: CodingScreen) -> None:
        """Go there."""
        screen.finder.step(1)


class PreviousHit(NextHit):
    """And back."""

    id = "previous-hit"
    key = "p"
    title = mark("Previous hit")
    help = mark("Go to the place found before this one.")

    def run(self, screen: CodingScreen) -> None:
        """Go there."""
        screen.finder.step(-1)


# -- panes -----------------------------------------------------------------------------------------------------------


class ShowSources(Command["CodingScreen"]):
    """The left pane."""

    id = "sources"
    key = "o"
    title = mark("Sources")
    help = mark("Go to the list of sources and families, or close it.")

    def run(self, screen: CodingScreen) -> None:
        """Show, enter or close it."""
        screen.panes.toggle("left")


class ShowCodes(Command["CodingScreen"]):
    """The right pane."""

    id = "codes"
    key = "k"
    title = mark("Codes")
    help = mark("Go to the list of codes, or close it. Enter or a click gives the selection that code.")

    def run(self, screen: CodingScreen) -> None:
        """Show, enter or close it."""
        screen.panes.toggle("right")


class OpenCodebook(Command["CodingScreen"]):
    """All about the codes."""

    id = "codebook"
    key = "B"
    title = mark("Codebook")
    help = mark("See and change the codes: what they mean, where they stand, their colour, merge and split them.")
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Open it at the code of the list, or at the one used last."""
        screen.panes.open_codebook()


class ReadMore(Command["CodingScreen"]):
    """Files."""

    id = "read-in"
    title = mark("Read in")
    help = mark("Read conversations or notes in from files.")
    shown = False  # by palette: its key is that of a code from the words themselves

    def run(self, screen: CodingScreen) -> None:
        """Choose files."""
        screen.frame.open_files()


class MaskNames(OnText):
    """Names of this text."""

    id = "mask-names"
    key = "a"
    title = mark("Replace names")
    help = mark(
        "Look at the names in this text and replace them for good, as at reading in. Codes stay on their words."
    )
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Begin to review."""
        screen.mask_names()


class ShowMemos(Command["CodingScreen"]):
    """All memos."""

    id = "memos"
    key = "M"
    title = mark("Memos")
    help = mark("Read all memos and the journal of the analysis, and write one about this turn, this text or a code.")
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Open the list."""
        screen.open_memos()


class CorrectTurn(OnText):
    """A typing error."""

    id = "correct-turn"
    key = "e"
    title = mark("Correct")
    help = mark("Correct the words of the turn at the cursor. You see what it does to the codings; all of them follow.")

    def run(self, screen: CodingScreen) -> None:
        """Open the window."""
        screen.correcting.edit()


class NewerVersion(OnText):
    """The file came in again, corrected."""

    id = "newer-version"
    key = "N"
    title = mark("Read in a newer version")
    help = mark("Read in a newer version of the file of this text. You see first what becomes of each coding.")
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Choose the file."""
        screen.correcting.choose_newer()


class CopyWords(OnText):
    """To the clipboard."""

    id = "copy"
    key = "ctrl+c"
    title = mark("Copy")
    help = mark("Copy the selected words, to paste them elsewhere.")
    shown = False

    def possible(self, screen: CodingScreen) -> bool:
        """Only with a selection."""
        return super().possible(screen) and screen.view.selection.span is not None

    def run(self, screen: CodingScreen) -> None:
        """Copy."""
        screen.copy_words()


class FocusMode(OnText):
    """Less around the text."""

    id = "focus-mode"
    key = "b"
    title = mark("Calm")
    help = mark("Show only the text and the codes; the same key brings the rest back.")
    shown = False

    def run(self, screen: CodingScreen) -> None:
        """Switch."""
        screen.toggle_calm()


class SecondCoderHere(SecondCoder):
    """From a text, by a key."""

    key = "V"


class LetGo(Command["CodingScreen"]):
    """Escape, step by step."""

    id = "let-go"
    key = "escape"
    title = mark("Let go")
    help = mark("Close what is open over the text, then the search, then the selection. After that the key goes back.")

    def possible(self, screen: CodingScreen) -> bool:
        """Only where something can be let go."""
        return screen.can_let_go

    def run(self, screen: CodingScreen) -> None:
        """One step."""
        screen.let_go()


CODING: tuple[type[AnyCommand], ...] = (
    NextSentence,
    NextTurn,
    PickCode,
    RepeatCode,
    RemoveCoding,
    TurnValence,
    Undo,
    Search,
    OtherWay,
    NextHit,
    PreviousHit,
    ShowSources,
    ShowCodes,
    WriteMemo,
    CorrectTurn,
    AboutFamily,
    WhoSpeaks,
    SeeSuggestions,
    NextUncoded,
    FindEverywhere,
    LetGo,
    PreviousSentence,
    PreviousTurn,
    PreviousUncoded,
    CutTurn,
    PinCode,
    ShowMemos,
    NewerVersion,
    CopyWords,
    FocusMode,
    OpenCodebook,
    CodesInNumbers,
    SecondCoderHere,
    ReadMore,
    MaskNames,
    *PIECES,
    *DIGIT_COMMANDS,
)
"""In the order of the key bar."""
