"""Snapshots: the state of a family's items on a day, with who judged it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark


class Assessor(StrEnum):
    """Who judged. Different assessors are never paired as change."""

    COACH = "coach"
    TOGETHER = "samen"
    PARENT = "ouder"
    CHILD = "kind"
    SERVICE = "dienst"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "coach": mark("coach"),
            "samen": mark("together with the family"),
            "ouder": mark("parent"),
            "kind": mark("child"),
            "dienst": mark("another service"),
        }[self]


class State(StrEnum):
    """State of one observation. *Carried* is derived from the one before and never stored."""

    SCORED = "gescoord"
    CONFIRMED = "bevestigd"
    CONFIRMED_IN_BULK = "bevestigd_in_blok"
    NOT_APPLICABLE = "nvt"
    UNKNOWN = "niet_gekend"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "gescoord": mark("scored"),
            "bevestigd": mark("confirmed unchanged"),
            "bevestigd_in_blok": mark("confirmed in bulk"),
            "nvt": mark("not applicable"),
            "niet_gekend": mark("unknown"),
        }[self]


@dataclass(frozen=True, slots=True)
class Observation:
    """One item of one person (or the family) at one snapshot."""

    item: str
    """Key of the item."""
    person: str | None
    """Key of the person; None for an item about the family."""
    state: State
    value: int | None = None
    """Only with `gescoord`; None elsewhere, never a number that stands for a gap."""
    note: str = ""
    id: int = 0

    def __post_init__(self) -> None:
        if (self.value is not None) != (self.state is State.SCORED):
            raise ValueError(f"a value belongs to {State.SCORED} and only there")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A registration: a family, a day, an instrument, an assessor, and what was looked at."""

    family: str
    day: dt.date
    instrument: str
    assessor: Assessor
    observations: tuple[Observation, ...]
    id: int = 0
    trajectory_id: int | None = None
