"""What one does with suggestions: accept, refuse, tick, and write the patterns of a code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.i18n import t, tn
from verhalen.model.patterns import Pattern
from verhalen.model.suggestion import Suggestion
from verhalen.tui.code_picker import Picker, code_detail
from verhalen.tui.coding_fuzzy import Entry, recent_first
from verhalen.tui.coding_here import code_line
from verhalen.tui.coding_looks import looks
from verhalen.tui.patterns_dialog import PatternsDialog

if TYPE_CHECKING:
    from verhalen.api.project import Project
    from verhalen.tui.suggestions_screen import SuggestionsScreen


class SuggestionActs:
    """The acts of one screen of suggestions."""

    def __init__(self, screen: SuggestionsScreen) -> None:
        self._screen = screen

    def accept(self, suggestions: Sequence[Suggestion]) -> None:
        """Give these places their codes, in one step."""
        screen, chosen = self._screen, list(suggestions)
        screen.take_out(chosen)

        def done(_: object) -> None:
            codes = ", ".join(dict.fromkeys(each.code for each in chosen))
            said = tn(
                "{n} place got its code: {codes}.", "{n} places got their code: {codes}.", len(chosen), codes=codes
            )
            screen.tell(said + " " + t("ctrl+z takes it back."))

        screen.tell(t("Being stored…"))
        screen.write(lambda project: project.suggestions.accept(chosen), done, self._failed)

    def reject(self, each: Suggestion) -> None:
        """Do not suggest it again."""
        screen = self._screen
        screen.take_out([each])
        said = t("{code} will not be suggested for these words again.", code=each.code)
        screen.write(lambda project: project.suggestions.reject([each]), lambda _: screen.tell(said), self._failed)

    def _failed(self, error: errors.VerhalenError) -> None:
        self._screen.look_again()
        self._screen.tell(str(error))

    # -- patterns ----------------------------------------------------------------------------------------------------

    def choose_code(self) -> None:
        """Ask of which code; the one of the cursor stands first."""
        screen = self._screen
        codes = {code.key: code for code in screen.project.codes.book() if not code.deprecated}
        entries = [Entry(code.key, code.name, f"{code.definition} {code.include}") for code in codes.values()]
        first = [key for key in (screen.here.code if screen.here else None, screen.only) if key]
        shown = looks(tuple(codes.values()))
        picker = Picker(
            recent_first(entries, first),
            lambda entry: code_line(entry, shown),
            placeholder=t("Patterns of which code? A few letters of it"),
            detail=lambda key: code_detail(codes[key]),
        )
        screen.app.push_screen(picker, lambda keys: self._ask(keys[0]) if keys else None)

    def _ask(self, key: str) -> None:
        code = self._screen.project.codes.book().find(key)
        if code is None:
            return

        def written(patterns: tuple[Pattern, ...] | None) -> None:
            if patterns is not None and patterns != code.patterns:
                self._keep(key, patterns)

        self._screen.app.push_screen(PatternsDialog(key, code.patterns), written)

    def _keep(self, key: str, patterns: tuple[Pattern, ...]) -> None:
        screen = self._screen
        said = t("Patterns of {code} are kept.", code=key)

        def act(project: Project) -> None:
            # Read anew where it is written: another window may have changed its name meanwhile.
            code = project.codes.book().find(key)
            if code is None:
                raise errors.UnknownCode(key=key)
            project.codes.change(replace(code, patterns=patterns))

        screen.write(act, lambda _: screen.tell(said), self._failed)
