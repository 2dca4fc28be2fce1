"""Where the coder was in each source, and which code has which digit: kept with the project, outside its history."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from verhalen.model.codebook import Code
from verhalen.tui import coding_slots
from verhalen.tui.coding_desk import Desk
from verhalen.tui.coding_slots import Slots
from verhalen.tui.coding_units import Selection

if TYPE_CHECKING:
    from verhalen.api.project import Project
    from verhalen.tui.coding_screen import CodingScreen

KEEP_EVERY = 2.0
"""Seconds between two looks whether the place moved and should be remembered."""


def view_key(project: Project, what: str) -> str:
    """The key under which the coder's view state is kept."""
    return f"coding.{what}.{project.coder_id}"


class Places:
    """What one coder's screen remembers."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._kept = ""

    def _key(self, what: str) -> str:
        return view_key(self._screen.project, what)

    def _read(self, what: str) -> str:
        return self._screen.project.view(self._key(what))

    def _keep(self, what: str, value: str) -> None:
        key = self._key(what)
        if not self._screen.project.read_only_reason:
            self._screen.write(lambda project: project.keep_view(key, value))

    # -- sources -------------------------------------------------------------------------------------------------------

    def last_source(self) -> int:
        """Number of the source that was open last; 0 where there was none."""
        kept = self._read("source")
        return int(kept) if kept.isdecimal() else 0

    def opened(self, desk: Desk) -> None:
        """This source is open now, at the place that is shown."""
        self._kept = self._text(desk)
        number = str(desk.source.number)
        if self._read("source") != number:
            self._keep("source", number)

    # -- places --------------------------------------------------------------------------------------------------------

    def _text(self, desk: Desk) -> str:
        now = self._screen.view.selection
        return json.dumps([desk.source.version, now.anchor, now.cursor])

    def keep(self) -> None:
        """Remember the place in the open source, if it moved; later, while what was done cannot be stored either."""
        desk = self._screen.desk
        if desk is not None and not self._screen.frame.is_held_up and (place := self._text(desk)) != self._kept:
            self._kept = place
            self._keep(f"place.{desk.source.id}", place)

    def place_of(self, desk: Desk) -> Selection:
        """Where the coder was in a source; at first, where the talking begins."""
        try:
            version, anchor, cursor = json.loads(self._read(f"place.{desk.source.id}"))
            kept = Selection(int(anchor), int(cursor))
        except (ValueError, TypeError):
            version, kept = 0, Selection(0, 0)
        if version != desk.source.version:
            # The text was corrected since; what was selected may be other words now.
            kept = Selection(kept.start, kept.start)
        if kept.stop:
            return kept
        first = desk.turns[0].start if desk.turns else 0
        return Selection(first, first)

    # -- digits --------------------------------------------------------------------------------------------------------

    def slots(self, codes: Iterable[Code]) -> Slots:
        """The digits of last time, of the codes that there are."""
        return coding_slots.load(self._read("digits"), {code.id: code.key for code in codes})

    def keep_slots(self, slots: Slots) -> None:
        """Remember the digits."""
        self._keep("digits", slots.dump())
