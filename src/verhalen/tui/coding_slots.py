"""Digits for codes: a code keeps its digit as long as it is used, so that fingers can learn it. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

DIGITS = "1234567890"


@dataclass(slots=True)
class Slots:
    """Which code answers to which digit."""

    keys: list[str] = field(default_factory=list)
    """Code keys in the order of the digits."""
    pinned: set[str] = field(default_factory=set)
    """Codes that keep their digit whatever happens."""
    used: list[str] = field(default_factory=list)
    """Code keys, the last used first."""

    def use(self, key: str) -> None:
        """A code was used: it gets the first free digit, or that of the one not used for longest."""
        self.used = [key, *(each for each in self.used if each != key)][:50]
        if key in self.keys:
            return
        if len(self.keys) < len(DIGITS):
            self.keys.append(key)
            return
        free = [each for each in self.keys if each not in self.pinned]
        if free:
            oldest = max(free, key=lambda each: self.used.index(each) if each in self.used else len(self.used))
            self.keys[self.keys.index(oldest)] = key

    def pin(self, key: str) -> bool:
        """Pin a code to its digit, or let it go; say whether it is pinned now. All ten pinned: it is not."""
        if key in self.pinned:
            self.pinned.remove(key)
            return False
        self.use(key)
        if key in self.keys:
            self.pinned.add(key)
        return key in self.pinned

    def at(self, digit: str) -> str | None:
        """The code behind a digit."""
        place = DIGITS.index(digit)
        return self.keys[place] if place < len(self.keys) else None

    def digits(self) -> dict[str, str]:
        """Digit by code key; a pinned one has a mark."""
        return {key: DIGITS[place] + ("•" if key in self.pinned else "") for place, key in enumerate(self.keys)}

    def keep_only(self, known: set[str]) -> None:
        """Forget codes that are gone."""
        self.keys = [key for key in self.keys if key in known]
        self.used = [key for key in self.used if key in known]
        self.pinned &= set(self.keys)

    def dump(self) -> str:
        """As kept in the project's view state."""
        return json.dumps({"keys": self.keys, "pinned": sorted(self.pinned), "used": self.used})


def load(kept: str) -> Slots:
    """From the view state; anything unreadable gives empty slots."""
    try:
        found = json.loads(kept)
        parts = [[str(each) for each in found[name]] for name in ("keys", "pinned", "used")]
    except (ValueError, KeyError, TypeError):
        return Slots()
    keys = list(dict.fromkeys(parts[0]))[: len(DIGITS)]
    return Slots(keys, set(parts[1]) & set(keys), parts[2])
