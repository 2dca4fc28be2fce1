"""Criteria with their weight, one line each: space, Enter or a click makes it weigh more; a digit says how much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from verhalen.i18n import t
from verhalen.msc.selecting import WEIGHTS
from verhalen.tui.commands.keys import with_azerty

_DIGITS = [
    Binding(key, f"weigh({digit})", show=False)
    for digit in range(max(WEIGHTS) + 1)
    for key in with_azerty((str(digit),))
]


class WeightList(OptionList):
    """A list of criteria; each weighs nothing until somebody says so."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "turn", show=False), *_DIGITS]
    DEFAULT_CSS = """
    WeightList { height: auto; max-height: 12; }
    """

    def __init__(self, names: Iterable[str], weights: Mapping[str, int], *, key: str) -> None:
        self._weights = {name: weights.get(name, 0) for name in (*names, *weights)}
        super().__init__(*(Option(self._line(name)) for name in self._weights), id=key)

    @property
    def weighed(self) -> tuple[tuple[str, int], ...]:
        """What counted, and how much."""
        return tuple((name, weight) for name, weight in self._weights.items() if weight)

    def add(self, name: str) -> None:
        """One more, which counts quite a bit; where it is there already it counts now."""
        new = name not in self._weights
        self._weights[name] = self._weights.get(name) or 2
        if new:
            self.add_option(Option(self._line(name)))
        else:
            self._paint(list(self._weights).index(name))

    def _line(self, name: str) -> Content:
        weight = self._weights[name]
        said = f"[{'•' * weight:<{max(WEIGHTS)}}] {name}"
        return Content(f"{said} · {t(WEIGHTS[weight])}" if weight else said)

    def _paint(self, at: int) -> None:
        self.replace_option_prompt_at_index(at, self._line(list(self._weights)[at]))

    def action_turn(self) -> None:
        """More, and after the most nothing again."""
        at = self.highlighted
        if at is not None:
            self.action_weigh((self._weights[list(self._weights)[at]] + 1) % (max(WEIGHTS) + 1))

    def action_weigh(self, weight: int) -> None:
        """So much."""
        at = self.highlighted
        if at is not None:
            self._weights[list(self._weights)[at]] = weight
            self._paint(at)

    def action_select(self) -> None:
        """Enter, or a click on a line."""
        self.action_turn()
