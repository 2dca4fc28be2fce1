"""Digits for codes: a code keeps its digit as long as it is used, so that fingers can learn it. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

DIGITS = "1234567890"


@dataclass(slots=True)
class Slots:
    """Which code answers to which digit."""

    keys: list[str] = field(default_factory=list)
    """Code keys in the order of the digits; empty where a digit is free."""
    pinned: set[str] = field(default_factory=set)
    """Codes that keep their digit whatever happens."""
    used: list[str] = field(default_factory=list)
    """Code keys, the last used first."""

    def use(self, key: str) -> None:
        """A code was used: it gets the first free digit, or that of the one not used for longest."""
        self.used = [key, *(each for each in self.used if each != key)][:50]
        if key in self.keys:
            return
        if "" in self.keys:
            self.keys[self.keys.index("")] = key
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

    def pin_at(self, key: str, digit: str) -> bool:
        """Pin a code to this very digit, or let it go where it is; say whether it is pinned now.

        A code that had the digit takes the one that this code leaves.
        """
        place = DIGITS.index(digit)
        if self.at(digit) == key and key in self.pinned:
            self.pinned.remove(key)
            return False
        self.keys.extend([""] * (place + 1 - len(self.keys)))
        other = self.keys[place]
        if key in self.keys:
            self.keys[self.keys.index(key)] = other
        self.keys[place] = key
        self.pinned = (self.pinned & set(self.keys)) | {key}
        return True

    def rename(self, keys: Mapping[str, str]) -> None:
        """Codes have other keys now, old to new; they keep their digits."""
        self.keys = [keys.get(key, key) for key in self.keys]
        self.used = [keys.get(key, key) for key in self.used]
        self.pinned = {keys.get(key, key) for key in self.pinned}

    def at(self, digit: str) -> str | None:
        """The code behind a digit."""
        place = DIGITS.index(digit)
        return (self.keys[place] or None) if place < len(self.keys) else None

    def digits(self) -> dict[str, str]:
        """Digit by code key; a pinned one has a mark."""
        return {key: DIGITS[place] + ("•" if key in self.pinned else "") for place, key in enumerate(self.keys) if key}

    def keep_only(self, known: set[str]) -> None:
        """Forget codes that are gone; the others keep their digits."""
        self.keys = [key if key in known else "" for key in self.keys]
        while self.keys and not self.keys[-1]:
            self.keys.pop()
        self.used = [key for key in self.used if key in known]
        self.pinned &= known & set(self.keys)

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
    keys = [key if key not in parts[0][:place] else "" for place, key in enumerate(parts[0])][: len(DIGITS)]
    return Slots(keys, set(parts[1]) & set(keys) - {""}, parts[2])
