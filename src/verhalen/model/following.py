"""What follows from stories: what went back to the tellers, and barriers that no family can lift alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Feedback:
    """What was, or is still to be, told about a story or a round, to whom."""

    whom: str
    body: str
    """What goes back."""
    day: dt.date | None = None
    """None while it is still to be done."""
    how: str = ""
    reaction: str = ""
    story: str = ""
    """Key; empty where it is about a round alone."""
    round: str = ""
    """Key; empty where no round led to it."""
    id: int = 0


@dataclass(frozen=True, slots=True)
class SignalPlace:
    """Where a signal was seen: one of a fragment, a story, a snapshot or a family."""

    family: str = ""
    """Key; empty where the fragment belongs to no family."""
    story: str = ""
    snapshot_id: int | None = None
    source_id: int | None = None
    start: int = 0
    """Of a fragment, in code points; half-open."""
    stop: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class Signal:
    """A barrier that is not one family's problem: who was told, what was answered, what came of it."""

    key: str
    """`S1`."""
    barrier: str
    noted: dt.date
    service: str = ""
    """Where the barrier lies: a service, a rule, a waiting list."""
    domain: str = ""
    """Life-domain key."""
    whom: str = ""
    """Who was told."""
    told: dt.date | None = None
    answer: str = ""
    answered: dt.date | None = None
    result: str = ""
    resulted: dt.date | None = None
    places: tuple[SignalPlace, ...] = ()
    id: int = 0

    @property
    def families(self) -> frozenset[str]:
        """Those who meet it: counted anew from the places each time, so that a withdrawal counts."""
        return frozenset(each.family for each in self.places if each.family)
