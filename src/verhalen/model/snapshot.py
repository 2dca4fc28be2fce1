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


class Reason(StrEnum):
    """Why an item looks worse than before: what a coach can say of it. Several may hold."""

    INCOMPLETE_BASELINE = "onvolledig_begin"
    CAME_TO_LIGHT = "later_gebleken"
    LATE_DIAGNOSIS = "late_diagnose"
    EVENT = "gebeurtenis"
    FLUCTUATING = "wisselend"
    SUPPORT_ENDED = "hulp_weggevallen"
    WAITING = "wachtlijst"
    COMPOSITION = "gezin_veranderd"
    OTHER = "andere"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "onvolledig_begin": mark("the first picture was incomplete"),
            "later_gebleken": mark("it was so before, and came to light later"),
            "late_diagnose": mark("a diagnosis came late"),
            "gebeurtenis": mark("something happened"),
            "wisselend": mark("income or costs go up and down"),
            "hulp_weggevallen": mark("other help fell away"),
            "wachtlijst": mark("it waits for another service"),
            "gezin_veranderd": mark("somebody came or left"),
            "andere": mark("another reason"),
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
    reasons: tuple[Reason, ...] = ()
    """Why it looks worse than before; several may hold."""

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
    version: int = 0
    """Version of the instrument by which it was judged; 0 where nobody noted it."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RevisedBaseline:
    """What the first snapshot would have said, had one known then what is known now. It stands beside the first, never over it."""

    snapshot_id: int
    item: str
    person: str | None
    value: int | None
    """None where the item was not applicable after all."""
    day: dt.date
    """When it was revised."""
    reason: Reason
    note: str = ""
    coder: str = ""
    id: int = 0
