"""Families, their people and their periods of support. A family has a code, never a name."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark


class Level(StrEnum):
    """About whom an item asks."""

    FAMILY = "gezin"
    ADULT = "volwassene"
    CHILD = "kind"


GROWN_UP = 18
"""Years."""


def is_minor(role: str, age_group: str) -> bool:
    """By the first number of the age group (`12-17`), or by the role where there is none."""
    years = re.search(r"\d+", age_group)
    return int(years.group()) < GROWN_UP if years else role == "kind"


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

    @property
    def is_minor(self) -> bool:
        """Whether a parent must agree too: below eighteen by age group, or a child whose age nobody wrote down."""
        return is_minor(self.role, self.age_group)

    def was_there(self, first: dt.date, last: dt.date) -> bool:
        """Whether the person belonged to the family on some day of a period; the day of leaving itself no longer counts."""
        return (self.joined is None or self.joined <= last) and (self.left is None or self.left > first)


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

    def days_until(self, last: dt.date) -> int:
        """How long support lasted: to its end, and to `last` where it went on then; the last day counts."""
        until = min(self.end, last) if self.end else last
        return max(0, (until - self.start).days + 1)

    def running_on(self, day: dt.date) -> bool:
        """Whether support was given on a day."""
        return self.start <= day and (self.end is None or self.end >= day)


class ContactKind(StrEnum):
    """What a contact was. A table may hold other words; they are kept as they are."""

    VISIT = "huisbezoek"
    OUTING = "uitstap"
    MESSAGE = "bericht"
    MEETING = "overleg"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "huisbezoek": mark("home visit"),
            "uitstap": mark("outing"),
            "bericht": mark("message"),
            "overleg": mark("meeting with others"),
        }[self]


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact: a visit, an outing, a message, a meeting."""

    day: dt.date
    kind: str
    """One of `ContactKind`, or another word that a table used."""
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
    def latest(self) -> Trajectory | None:
        """The trajectory that started last."""
        return max(self.trajectories, key=lambda each: each.start, default=None)

    @property
    def coach(self) -> str:
        """Coach of the latest trajectory."""
        return self.latest.coach if self.latest else ""

    def there_on(self, day: dt.date) -> tuple[Person, ...]:
        """Who belonged to the family on a day."""
        return tuple(person for person in self.persons if person.was_there(day, day))


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
    """The family dropped out along the way."""
    MOVED = "verhuisd"
    REFERRED = "doorverwezen"
    REFUSED = "geweigerd"
    """The family did not want support: it was referred and never really began."""

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "afgerond": mark("finished"),
            "gestopt": mark("stopped"),
            "verhuisd": mark("moved away"),
            "doorverwezen": mark("referred on"),
            "geweigerd": mark("did not want support"),
        }[self]


class Known(StrEnum):
    """Whether the service knew a family when support began."""

    KNOWN = "gekend"
    NEW = "nieuw"
    LONG_AGO = "ooit"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "gekend": mark("known to the service"),
            "nieuw": mark("new to the service"),
            "ooit": mark("known long ago"),
        }[self]


ROLES: dict[str, str] = {
    "ouder": mark("parent"),
    "partner": mark("partner"),
    "grootouder": mark("grandparent"),
    "kind": mark("child"),
    "andere": mark("somebody else"),
}
"""Role of a person to its marked word for people."""
