"""Most Significant Change stories: one change, told by one or more voices (methods.md A2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark
from verhalen.model.consent import Answer, Consent, Purpose


class StoryAnswer(StrEnum):
    """What kind of change the story tells. `geen` is an answer, not a gap."""

    POSITIVE = "positief"
    NEGATIVE = "negatief"
    NONE = "geen"
    OPEN = "open"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "positief": mark("positive"),
            "negatief": mark("negative"),
            "geen": mark("no change"),
            "open": mark("open"),
        }[self]


class Moment(StrEnum):
    """When in the trajectory the story was told."""

    START = "start"
    HALFWAY = "halfweg"
    CLOSING = "afronding"
    FOLLOW_UP = "opvolging"
    LONG_AFTER = "lang_na"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "start": mark("at the start"),
            "halfweg": mark("halfway"),
            "afronding": mark("at the end"),
            "opvolging": mark("follow-up"),
            "lang_na": mark("long after"),
        }[self]


@dataclass(frozen=True, slots=True)
class Voice:
    """One teller of the story. The text of the first voice is a source and can be coded."""

    role: str
    member: str = ""
    """Key part of the person, `moeder`; empty for somebody outside the family."""
    language: str = "nl"
    form: str = "getypt"


@dataclass(frozen=True, slots=True)
class Story:
    """One story with its MSC fields."""

    key: str
    """`V07`."""
    family: str
    text: str
    answer: StoryAnswer
    voice: Voice
    title: str = ""
    moment: Moment | None = None
    trajectory: int | None = None
    asked_positive: bool = True
    asked_negative: bool = True
    not_asked_reason: str = ""
    recorder: str = ""
    told: dt.date | None = None
    recorded: dt.date | None = None
    before: str = ""
    now: str = ""
    how: str = ""
    why: str = ""
    shares: tuple[str, ...] = ()
    """Who or what had a part in the change."""
    domains: tuple[str, ...] = ()
    """Life-domain keys; `AND` may be among them; empty is not the same as `AND`."""
    main_domain: str = ""
    emoticon: int | None = None
    read_back: str = ""
    consents: tuple[Consent, ...] = ()
    id: int = 0
    source_id: int = 0

    def consent(self, purpose: Purpose) -> Answer:
        """The answer for a purpose; `niet_gevraagd` where nobody asked."""
        return next((each.answer for each in self.consents if each.purpose is purpose), Answer.NOT_ASKED)

    @property
    def is_thin(self) -> bool:
        """An anecdote without its mechanism: nobody said how it came about (methods.md A4)."""
        return not self.how.strip()
