"""Scores in words: the label of a value, as some programs write it in place of the number."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from verhalen.model.instrument import Instrument, InstrumentVersion, Item

_NUMBERED = re.compile(r"(\d{1,3})\s*[-–—.:)=]\s*(.+)", re.DOTALL)
"""A number with its label behind it, as in `3 - rarely`."""


class Labels:
    """The values by their labels. Words of an earlier version count where today's do not say otherwise."""

    def __init__(self, versions_of: Callable[[Instrument], Sequence[InstrumentVersion]]) -> None:
        self._versions_of = versions_of
        self._known: dict[int, dict[str, Mapping[str, int]]] = {}

    def value(self, instrument: Instrument, item: Item, written: str) -> int | None:
        """The value that a cell means; None where it is no label of the item, or one that several values share."""
        if instrument.id not in self._known:
            self._known[instrument.id] = _by_item(instrument, self._versions_of(instrument))
        known = self._known[instrument.id].get(item.key, {})
        numbered = _NUMBERED.fullmatch(written)
        if numbered and known.get(_plain(numbered[2])) == int(numbered[1]):
            return int(numbered[1])
        return known.get(_plain(written))


def _by_item(instrument: Instrument, older: Sequence[InstrumentVersion]) -> dict[str, Mapping[str, int]]:
    return {
        item.key: {
            label: value
            for labels, low in (
                *((each.labels.get(item.key, ()), each.low) for each in older),
                (item.labels, instrument.low),
            )
            for label, value in _values(labels, low).items()
        }
        for item in instrument.items
    }


def _values(labels: Sequence[str], low: int) -> dict[str, int]:
    plain = [_plain(label) for label in labels]
    return {label: value for value, label in enumerate(plain, low) if plain.count(label) == 1}


def _plain(text: str) -> str:
    """Without capitals, double blanks, and the stop at the end."""
    return " ".join(text.split()).casefold().rstrip(". ")
