"""Digits for codes: a code keeps its digit as long as it is used, so that fingers can learn it. Pure.

Codes are kept by their id: another key, its undo in whatever window, or a code that is gone and comes back change nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

DIGITS = "1234567890"
_FREE = 0
"""In the place of an id: nobody has the digit."""


@dataclass(slots=True)
class Slots:
    """Which code answers to which digit."""

    ids: list[int] = field(default_factory=list)
    """Codes in the order of the digits."""
    pinned: set[int] = field(default_factory=set)
    """Codes that keep their digit whatever happens."""
    recent: list[int] = field(default_factory=list)
    """Codes, the last used first."""
    keys: dict[int, str] = field(default_factory=dict)
    """What the codes that there are now are called."""

    def know(self, keys: Mapping[int, str]) -> None:
        """Which codes there are, key by id. One that is gone keeps its digit until another needs it."""
        self.keys = dict(keys)

    @property
    def used(self) -> list[str]:
        """Code keys, the last used first."""
        return [self.keys[each] for each in self.recent if each in self.keys]

    def use(self, key: str) -> None:
        """A code was used: it gets the first free digit, or that of the one not used for longest."""
        code = self._id(key)
        if code is None:
            return
        self.recent = [code, *(each for each in self.recent if each != code)][:50]
        if code in self.ids:
            return
        place = self._place()
        if place is not None:
            self._free(place)
            self.ids[place] = code

    def _id(self, key: str) -> int | None:
        return next((number for number, each in self.keys.items() if each == key), None)

    def _place(self) -> int | None:
        """Where a new code goes; None where all digits are pinned."""
        if _FREE in self.ids or len(self.ids) < len(DIGITS):
            return self.ids.index(_FREE) if _FREE in self.ids else len(self.ids)
        gone = [place for place, each in enumerate(self.ids) if each not in self.keys]
        loose = [place for place, each in enumerate(self.ids) if each not in self.pinned]
        return gone[0] if gone else max(loose, key=self._unused, default=None)

    def _unused(self, place: int) -> int:
        """How many codes were used since."""
        code = self.ids[place]
        return self.recent.index(code) if code in self.recent else len(self.recent)

    def _free(self, place: int) -> None:
        """Make room at a place, perhaps behind the last one."""
        self.ids.extend([_FREE] * (place + 1 - len(self.ids)))
        self.pinned.discard(self.ids[place])
        self.ids[place] = _FREE

    def pin(self, key: str) -> bool:
        """Pin a code to its digit, or let it go; say whether it is pinned now. All ten pinned: it is not."""
        code = self._id(key)
        if code in self.pinned:
            self.pinned.remove(code)
            return False
        self.use(key)
        if code is not None and code in self.ids:
            self.pinned.add(code)
        return code in self.pinned

    def pin_at(self, key: str, digit: str) -> bool:
        """Pin a code to this very digit, or let it go where it is; say whether it is pinned now.

        A code that had the digit takes the one that this code leaves.
        """
        place, code = DIGITS.index(digit), self._id(key)
        if code is None:
            return False
        if self.at(digit) == key and code in self.pinned:
            self.pinned.remove(code)
            return False
        self.ids.extend([_FREE] * (place + 1 - len(self.ids)))
        other = self.ids[place]
        if code in self.ids:
            self.ids[self.ids.index(code)] = other
        self.ids[place] = code
        self.pinned = (self.pinned & set(self.ids)) | {code}
        return True

    def at(self, digit: str) -> str | None:
        """The code behind a digit."""
        place = DIGITS.index(digit)
        return self.keys.get(self.ids[place]) if place < len(self.ids) else None

    def digits(self) -> dict[str, str]:
        """Digit by code key; a pinned one has a mark."""
        return {
            self.keys[code]: DIGITS[place] + ("•" if code in self.pinned else "")
            for place, code in enumerate(self.ids)
            if code in self.keys
        }

    def lend(self, ids: Sequence[int]) -> Slots:
        """The first digits for these codes, pinned, and the others as they stand behind them: for one visit to a text."""
        first = list(dict.fromkeys(ids))[: len(DIGITS)]
        rest = [each for each in self.ids if each not in first]
        pinned = set(first) | (self.pinned - {_FREE})
        return Slots([*first, *rest][: len(DIGITS)], pinned, list(self.recent), dict(self.keys))

    def dump(self) -> str:
        """As kept in the project's view state."""
        return json.dumps({"codes": self.ids, "pinned": sorted(self.pinned), "used": self.recent})


def load(kept: str, keys: Mapping[int, str]) -> Slots:
    """From the view state, `keys` being those of the codes that there are; anything unreadable gives empty slots."""
    try:
        found = json.loads(kept)
        by_id = "codes" in found
        parts = (found["codes" if by_id else "keys"], found["pinned"], found["used"])
        ids, pinned, recent = (_numbers(each) if by_id else _of_keys(each, keys) for each in parts)
    except (ValueError, KeyError, TypeError):
        return Slots(keys=dict(keys))
    ids = [each if each not in ids[:place] else _FREE for place, each in enumerate(ids)][: len(DIGITS)]
    return Slots(ids, set(pinned) & set(ids) - {_FREE}, [each for each in recent if each], dict(keys))


def _numbers(values: list[Any]) -> list[int]:
    return [int(each) for each in values]


def _of_keys(values: list[Any], keys: Mapping[int, str]) -> list[int]:
    """Digits were kept by key at first."""
    known = {key: number for number, key in keys.items()}
    return [known.get(each, _FREE) for each in values]
