"""Picking on the coding screen: a code, a family, a code that keeps its digit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verhalen.i18n import t
from verhalen.model.coding import Coding
from verhalen.tui import coding_here as lines
from verhalen.tui.code_picker import Picker, code_detail
from verhalen.tui.coding_fuzzy import Entry, recent_first
from verhalen.tui.coding_units import Unit
from verhalen.tui.family_words import family_entry
from verhalen.tui.signal_noting import note_signal

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
        picker = self._codes(t("Which code? A few letters of its key, name or meaning"), several=True)
        source = self._screen.the_desk.source.id

        def picked(keys: tuple[str, ...] | None) -> None:
            desk = self._screen.desk
            if keys and desk is not None and desk.source.id == source:  # else another window took the text away
                self._screen.acts.apply(keys)

        self._screen.app.push_screen(picker, picked)

    def _codes(self, placeholder: str, *, several: bool) -> Picker:
        codes = {code.key: code for code in self._screen.lists.codes if not code.deprecated}
        entries = [
            Entry(code.key, code.name, f"{code.definition} {code.include} {code.exclude}") for code in codes.values()
        ]
        return Picker(
            recent_first(entries, self._screen.slots.used[:10]),
            lambda entry: lines.code_line(entry, self._screen.lists.looks),
            placeholder=placeholder,
            detail=lambda key: code_detail(codes[key]),
            several=several,
        )

    def pick_other_code(self) -> None:
        """Another code for the coding under the cursor; ask which where several overlap."""
        self._screen.acts.choose(t("Which coding gets another code?"), lambda codings: self._ask_other(codings[0]))

    def _ask_other(self, coding: Coding) -> None:
        picker = self._codes(t("Which code instead of {code}?", code=lines.short(coding.code)), several=False)
        self._screen.app.push_screen(picker, lambda keys: self._recode(coding, keys[0]) if keys else None)

    def _recode(self, coding: Coding, key: str) -> None:
        screen = self._screen
        if screen.desk is None:
            return
        if key == coding.code:
            screen.tell(t("Nothing changed."))
            return
        screen.slots.use(key)
        screen.slots_changed()
        what = t("{code} is now {other}", code=lines.short(coding.code, 16), other=lines.short(key, 16))
        screen.acts.change(coding, lambda project: project.codings.recode(coding.id, key), what)

    def codes_of_turn_before(self) -> None:
        """Give the selection, or else the turn at the cursor, what one coded in the turn before."""
        screen = self._screen
        turns = screen.view.turn_and_before()
        if turns is None:
            screen.tell(t("There is no turn before this one."))
            return
        here, before = turns
        desk = screen.the_desk
        mine = (each for each in desk.codings.values() if each.coder_id == desk.coder_id and each.id not in desk.going)
        there = [each for each in mine if each.start < before.stop and before.start < each.stop]
        keys = list(dict.fromkeys(each.code for each in sorted(there, key=lambda each: (each.start, each.id))))
        if not keys:
            screen.tell(t("You coded nothing in the turn before."))
            return
        if screen.view.selection.span is None:
            screen.view.select(here, unit=Unit.TURN)
        screen.acts.apply(keys)

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

    def note_signal(self) -> None:
        """The selection tells of a barrier that no family lifts alone: note it with its place and whose it is."""
        screen, span = self._screen, self._screen.acts.place()
        if span is None:
            return
        source = screen.the_desk.source
        here = screen.project.signals.place(f"{source.number}@{span.start}-{span.stop}")
        about = [replace(here, family=each) for each in dict.fromkeys(m.family for m in screen.acts.mentions_here())]
        # Words of a coach about a family count for that family.
        places = about if about and not here.family else [here]
        note_signal(screen, places, where=t("this fragment"), say=lambda said: screen.tell(said, whole=True))

    def pin_code(self) -> None:
        """Let a code keep its digit: the one of the list if the keys are there, else the one used last."""
        key = self._screen.panes.listed_code() or next(iter(self._screen.slots.used), None)
        if key is None:
            self._screen.tell(t("Use a code first, or choose one in the list of codes."))
            return
        pinned = self._screen.slots.pin(key)
        self._screen.slots_changed()
        said = (
            t("{code} keeps its digit.", code=lines.short(key))
            if pinned
            else t("{code} may lose its digit to another.", code=lines.short(key))
        )
        self._screen.tell(said)
