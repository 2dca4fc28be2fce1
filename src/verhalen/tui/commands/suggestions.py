"""Commands of the screen of suggestions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.suggestions_screen import SuggestionsScreen


class OnSuggestion(Command["SuggestionsScreen"]):
    """A command for the suggestion of the cursor."""

    def possible(self, screen: SuggestionsScreen) -> bool:
        """There must be one."""
        return screen.here is not None


class AcceptSuggestion(OnSuggestion):
    """Yes."""

    id = "accept-suggestion"
    key = "c"
    title = mark("Code")
    help = mark("Give this place the code that is suggested. ctrl+z takes it back.")

    def run(self, screen: SuggestionsScreen) -> None:
        """Code it."""
        if screen.here is not None:
            screen.acts.accept([screen.here])


class RejectSuggestion(OnSuggestion):
    """No."""

    id = "reject-suggestion"
    key = "x"
    title = mark("Not this")
    help = mark("Do not suggest this code for these words again. Others may still see the suggestion.")

    def run(self, screen: SuggestionsScreen) -> None:
        """Refuse it."""
        if screen.here is not None:
            screen.acts.reject(screen.here)


class TickSuggestion(OnSuggestion):
    """One of several."""

    id = "tick-suggestion"
    key = "space"
    title = mark("Tick")
    help = mark("Tick this suggestion, or take the tick away.")

    def run(self, screen: SuggestionsScreen) -> None:
        """Tick."""
        screen.tick_here()


class AcceptTicked(Command["SuggestionsScreen"]):
    """Several in one go."""

    id = "accept-ticked"
    key = "b"
    title = mark("Code ticked")
    help = mark("Give all ticked places their codes, in one step that ctrl+z takes back as a whole.")

    def possible(self, screen: SuggestionsScreen) -> bool:
        """There must be ticks."""
        return bool(screen.ready)

    def run(self, screen: SuggestionsScreen) -> None:
        """Code them."""
        screen.acts.accept(screen.ready)


class SuggestionInText(OnSuggestion):
    """In its place."""

    id = "suggestion-in-text"
    key = "t"
    title = mark("In the text")
    help = mark("Go to this place in the text; the words are selected there. Enter does the same.")

    def run(self, screen: SuggestionsScreen) -> None:
        """Leave for the text."""
        screen.read_in_text()


class EditPatterns(Command["SuggestionsScreen"]):
    """What to look for."""

    id = "edit-patterns"
    key = "p"
    title = mark("Patterns")
    help = mark("Choose a code and write the words at which it is suggested.")

    def run(self, screen: SuggestionsScreen) -> None:
        """Choose the code."""
        screen.acts.choose_code()


class OnlyThisCode(Command["SuggestionsScreen"]):
    """One code at a time."""

    id = "only-this-code"
    key = "k"
    title = mark("Only this code")
    help = mark("Show only suggestions for this code; once more: those for all codes.")

    def possible(self, screen: SuggestionsScreen) -> bool:
        """Where there is a code, or all but one are hidden."""
        return screen.here is not None or screen.only is not None

    def run(self, screen: SuggestionsScreen) -> None:
        """Switch."""
        screen.switch_code()


class AllTexts(Command["SuggestionsScreen"]):
    """Not only the open one."""

    id = "all-texts"
    key = "a"
    title = mark("All texts")
    help = mark("Look through all texts, or only through this one.")

    def run(self, screen: SuggestionsScreen) -> None:
        """Switch."""
        screen.switch_texts()


SUGGESTIONS: tuple[type[AnyCommand], ...] = (
    AcceptSuggestion,
    RejectSuggestion,
    TickSuggestion,
    AcceptTicked,
    SuggestionInText,
    EditPatterns,
    OnlyThisCode,
    AllTexts,
)
"""In the order of the key bar."""
