"""All places where two coders differ, a line each: how far it is, its number, the code, who gave it, its words."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from verhalen.model.second_coder import Given
from verhalen.tui.coding_looks import CodeLook
from verhalen.tui.differences_desk import Desk
from verhalen.tui.differences_words import list_line, sign
from verhalen.tui.second_reading import Key, Place

_Shown = tuple[str, tuple[tuple[Given, ...], tuple[Given, ...]]]
"""What a line hangs on: how far the place is, and what was given."""


class DifferencesList(OptionList):
    """Paints only the lines that changed: there may be thousands."""

    def __init__(self) -> None:
        super().__init__()
        self._desk = Desk()
        self._looks: Mapping[str, CodeLook] = {}
        self._room = 0
        self._shown: dict[Key, _Shown] = {}

    def fill(self, desk: Desk, looks: Mapping[str, CodeLook], *, room: int) -> None:
        """Show these places in `room` cells; where they lie in several texts, each text has a heading."""
        now = {each.key: (sign(desk, each), each.judgement.given) for each in desk.places}
        stays = (room, looks) == (self._room, self._looks) and list(now) == list(self._shown)
        before, self._shown = self._shown, now
        self._desk, self._looks, self._room = desk, looks, room
        if stays:
            for at, place in enumerate(desk.places):
                if before[place.key] != now[place.key]:
                    self.replace_option_prompt(_option_id(place.key), self._prompt_of(at))
        else:
            self.clear_options().add_options(self._every_option())

    def _every_option(self) -> list[Option]:
        options: list[Option] = []
        several = len({each.text.id for each in self._desk.places}) > 1
        text = None
        for at, place in enumerate(self._desk.places):
            if several and place.text.id != text:
                text = place.text.id
                options.append(Option(Content(place.text.name).stylize("bold"), disabled=True))
            options.append(Option(self._prompt_of(at), id=_option_id(place.key)))
        return options

    def _prompt_of(self, at: int) -> Content:
        return list_line(self._desk, at, self._looks, self._room)

    def point(self, place: Place) -> None:
        """The cursor to this place; nobody hears of it."""
        if place.key in self._shown:
            with self.prevent(OptionList.OptionHighlighted):
                self.highlighted = self.get_option_index(_option_id(place.key))

    def place_of(self, option: Option) -> int | None:
        """The number of a place, from 0."""
        places = enumerate(self._desk.places)
        return next((at for at, each in places if _option_id(each.key) == option.id), None)


def _option_id(key: Key) -> str:
    return "-".join(map(str, key))
