"""Instruments and the life domains to which each of their items belongs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from verhalen.model.family import Level


@dataclass(frozen=True, slots=True)
class LifeDomain:
    """One of the life domains, the hinge between words and numbers."""

    key: str
    """`WON`."""
    name: str
    group: str
    """Key of its group, a row of a council report."""
    description: str = ""
    sensitive: bool = False
    """Stricter thresholds against recognition (methods.md D6)."""
    colourless: bool = False
    """More or less is neither better nor worse."""
    position: int = 0


@dataclass(frozen=True, slots=True)
class DomainGroup:
    """A group of life domains."""

    key: str
    name: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class DomainList:
    """All groups and life domains, in order. `AND` is outside the list and not the same as no domain."""

    groups: tuple[DomainGroup, ...]
    domains: tuple[LifeDomain, ...]

    def find(self, key: str) -> LifeDomain | None:
        """The domain with this key."""
        return next((domain for domain in self.domains if domain.key == key), None)

    def in_group(self, group: str) -> tuple[LifeDomain, ...]:
        """The domains of one group, in order."""
        return tuple(domain for domain in self.domains if domain.group == group)


@dataclass(frozen=True, slots=True)
class Item:
    """One question of an instrument. It belongs to exactly one life domain."""

    key: str
    """`volwassene.stress`, unique within its instrument."""
    name: str
    level: Level
    domain: str
    """Key of the life domain."""
    section: str = ""
    """Domain of the instrument itself, for reading."""
    labels: tuple[str, ...] = ()
    """One per value, lowest value first; empty for a scale without labels."""
    question: str = ""
    may_be_na: bool = False
    note: str = ""
    """Why a change of this item needs reading; empty for an item that is monotone."""
    id: int = 0
    retired: bool = False
    """No longer asked: a newer version of the instrument left it out; old scores stay readable."""
    higher_is_worse: bool = False
    """As with a count of quarrels. `store.scores.observation_rows` turns such values round, so that higher is better there."""

    @property
    def monotone(self) -> bool:
        """Whether higher is simply better."""
        return not self.note


@dataclass(frozen=True, slots=True)
class Indicator:
    """A yes/no that is derived from items: insufficient where an item is at or below its border."""

    key: str
    name: str
    domain: str
    borders: tuple[tuple[str, int], ...]
    """(item key, border) pairs."""
    rule: str = "laagste"
    """How persons make a family: `laagste` or `beste`."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument as data."""

    key: str
    name: str
    version: int
    wording: Literal["eigen", "officieel"]
    low: int
    high: int
    items: tuple[Item, ...]
    source: str = ""
    assessor: str = "coach"
    kind: Literal["vragen", "sjabloon", "afgeleid"] = "vragen"
    indicators: tuple[Indicator, ...] = ()
    thresholds: dict[str, int] = field(default_factory=dict)
    definition: str = ""
    """The file it was loaded from, kept word for word."""
    id: int = 0

    def find(self, key: str) -> Item | None:
        """The item with this key."""
        return next((item for item in self.items if item.key == key), None)

    @property
    def asked(self) -> tuple[Item, ...]:
        """The items that are asked today."""
        return tuple(item for item in self.items if not item.retired)


@dataclass(frozen=True, slots=True)
class InstrumentVersion:
    """An instrument as it was before a newer version came: by this wording older snapshots were judged."""

    version: int
    wording: str
    low: int
    high: int
    names: dict[str, str]
    """Name of each item by its key."""
    labels: dict[str, tuple[str, ...]]
    """Labels of each item by its key, lowest value first."""
