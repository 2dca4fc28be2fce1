"""Picking on the coding screen: a code, a family, a code that keeps its digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import t
from verhalen.tui import coding_here as lines
from verhalen.tui.code_picker import Picker, code_detail
from verhalen.tui.coding_fuzzy import Entry, recent_first
from verhalen.tui.family_words import family_entry

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen


class Picking:
    """The windows of one coding screen."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen

    def pick_code(self) -> None:
        """Open the list of codes; the recent ones on top."""
        if self._screen.acts.place() is None:
            return
        codes = {code.key: code for code in self._screen.lists.codes if not code.deprecated}
        entries = [
            Entry(code.key, code.name, f"{code.definition} {code.include} {code.exclude}") for code in codes.values()
        ]
        picker = Picker(
            recent_first(entries, self._screen.slots.used[:10]),
            lambda entry: lines.code_line(entry, self._screen.lists.looks),
            placeholder=t("Which code? A few letters of its key, name or meaning"),
            detail=lambda key: code_detail(codes[key]),
            several=True,
        )
        self._screen.app.push_screen(picker, lambda keys: self._screen.acts.apply(keys) if keys else None)

    def pick_family(self) -> None:
        """Open the list of families; those the selection is about are ticked."""
        entries = [family_entry(self._screen.project, each) for each in self._screen.lists.families]
        if not entries:
            self._screen.tell(t("There are no families yet."))
            return
        if self._screen.acts.place() is None:
            return
        about = {each.family for each in self._screen.acts.mentions_here()}
        picker = Picker(
            [*(each for each in entries if each.key in about), *(each for each in entries if each.key not in about)],
            lines.family_line,
            placeholder=t("About which families? Space ticks several"),
            several=True,
            ticked=[each.key for each in entries if each.key in about],
        )
        self._screen.app.push_screen(picker, lambda keys: self._screen.acts.about(keys) if keys is not None else None)

    def pin_code(self) -> None:
        """Let a code keep its digit: the one of the list if the keys are there, else the one used last."""
        key = self._screen.panes.listed_code() or next(iter(self._screen.slots.used), None)
        if key is None:
            self._screen.tell(t("Use a code first, or choose one in the list of codes."))
            return
        pinned = self._screen.slots.pin(key)
        self._screen.slots_changed()
        said = (
            t("{code} keeps its digit.", code=key) if pinned else t("{code} may lose its digit to another.", code=key)
        )
        self._screen.tell(said)
