"""Which snapshot is meant, what this coder chose before, and what is kept of one that is not finished."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from verhalen.model.snapshot import Assessor


@dataclass(frozen=True, slots=True)
class Form:
    """Which snapshot: of whom, with which instrument, judged by whom, on which day."""

    family: str
    instrument: str
    assessor: Assessor
    day: dt.date

    @property
    def key(self) -> str:
        """All of it in one word: `G012:sociale_balans:coach:2026-03-12`."""
        return f"{self.family}:{self.instrument}:{self.assessor.value}:{self.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A snapshot that somebody left halfway."""

    form: Form
    answers: int


@dataclass(frozen=True, slots=True)
class Judged:
    """When one kind of assessor last judged a family with an instrument."""

    assessor: Assessor
    day: dt.date


@dataclass(frozen=True, slots=True)
class Remembered:
    """What this coder chose before."""

    instrument: str = ""
    """Key of the instrument used last; empty before the first time."""
    assessors: Mapping[str, Assessor] = field(default_factory=dict)
    """Who judged last, by instrument."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is kept of an unfinished snapshot; its answers stand in the snapshot itself."""

    form: Form
    changes: tuple[int, ...] = ()
    """What was stored for it, oldest first; answers join the newest."""

    def dump(self) -> str:
        """As the project keeps it."""
        form = self.form
        kept = {"family": form.family, "instrument": form.instrument, "assessor": form.assessor.value}
        return json.dumps({**kept, "day": form.day.isoformat(), "changes": self.changes})


def load_draft(kept: str) -> Draft:
    """The same, read back."""
    found = json.loads(kept)
    day = dt.date.fromisoformat(found["day"])
    form = Form(found["family"], found["instrument"], Assessor(found["assessor"]), day)
    return Draft(form, tuple(found["changes"]))
