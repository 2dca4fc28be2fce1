"""Families, their people and their periods of support. A family has a code, never a name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark


class Level(StrEnum):
    """About whom an item asks."""

    FAMILY = "gezin"
    ADULT = "volwassene"
    CHILD = "kind"


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a family, named by a role and never by a name."""

    key: str
    """`G012.moeder`."""
    role: str
    """`ouder`, `partner`, `grootouder`, `andere` or `kind`."""
    age_group: str = ""
    joined: dt.date | None = None
    left: dt.date | None = None
    id: int = 0

    @property
    def member(self) -> str:
        """The part behind the family's key: `moeder`."""
        return self.key.partition(".")[2]

    @property
    def level(self) -> Level:
        """Which items ask about this person."""
        return Level.CHILD if self.role == "kind" else Level.ADULT


@dataclass(frozen=True, slots=True)
class Trajectory:
    """One period of support. A family may stop and come back: each start has its own baseline."""

    ordinal: int
    start: dt.date
    referred: dt.date | None = None
    end: dt.date | None = None
    reason: str = ""
    coach: str = ""
    project: str = ""
    referrer: str = ""
    known: str = ""
    """`gekend`, `nieuw` or `ooit`."""
    referred_on: str = ""
    """Where the family was led on to when support ended."""
    id: int = 0
    family_id: int = 0

    @property
    def days_waited(self) -> int | None:
        """From referral to start; None where the referral has no day."""
        return (self.start - self.referred).days if self.referred else None


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact: a visit, an outing, a message, a meeting."""

    day: dt.date
    kind: str
    with_whom: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Family:
    """A family with everything that lists show."""

    key: str
    municipality: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    persons: tuple[Person, ...] = ()
    trajectories: tuple[Trajectory, ...] = ()
    contacts: int = 0
    snapshots: int = 0
    stories: int = 0
    last_snapshot: dt.date | None = None
    id: int = 0

    def attribute(self, name: str) -> str:
        """Value of an attribute; empty where it was not filled in."""
        return dict(self.attributes).get(name, "")

    @property
    def coach(self) -> str:
        """Coach of the latest trajectory."""
        return max(self.trajectories, key=lambda each: each.start).coach if self.trajectories else ""


class ValueKind(StrEnum):
    """What the values of an attribute are."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes_no"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "text": mark("free text"),
            "choice": mark("one of a list"),
            "number": mark("number"),
            "day": mark("day"),
            "yes_no": mark("yes or no"),
        }[self]


@dataclass(frozen=True, slots=True)
class AttributeKind:
    """What a project says of an attribute that its families have."""

    name: str
    kind: ValueKind = ValueKind.TEXT
    choices: tuple[str, ...] = ()
    """The list, for `choice`; empty elsewhere."""
    id: int = 0


class TrajectoryEnd(StrEnum):
    """Why support ended."""

    DONE = "afgerond"
    STOPPED = "gestopt"
    MOVED = "verhuisd"
    REFERRED = "doorverwezen"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "afgerond": mark("finished"),
            "gestopt": mark("stopped"),
            "verhuisd": mark("moved away"),
            "doorverwezen": mark("referred on"),
        }[self]
