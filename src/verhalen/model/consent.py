"""Consent as data: per purpose, dated, never remembered by heart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark


class Purpose(StrEnum):
    """What the teller agreed to (methods.md G3)."""

    TEAM = "intern_intervisie"
    REPORT = "anoniem_in_rapport"
    MEDIA = "beeld_of_audio"
    FOLLOW_UP = "opvolging_later"
    RESEARCH = "hergebruik_onderzoek"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "intern_intervisie": mark("team meeting"),
            "anoniem_in_rapport": mark("anonymous in reports"),
            "beeld_of_audio": mark("image or sound"),
            "opvolging_later": mark("later follow-up"),
            "hergebruik_onderzoek": mark("reuse in research"),
        }[self]


class Answer(StrEnum):
    """The state of one consent."""

    YES = "ja"
    NO = "nee"
    WITHDRAWN = "ingetrokken"
    NOT_ASKED = "niet_gevraagd"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "ja": mark("yes"),
            "nee": mark("no"),
            "ingetrokken": mark("withdrawn"),
            "niet_gevraagd": mark("not asked yet"),
        }[self]


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer to one purpose."""

    purpose: Purpose
    answer: Answer
    day: dt.date | None = None
    by: str = ""
