"""Consent as data: per purpose, dated, never remembered by heart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
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


PARENT = "ouder"
"""The side of a parent who answers for a child, beside the child's own answer."""
_STRICTEST_FIRST = (Answer.WITHDRAWN, Answer.NO, Answer.NOT_ASKED, Answer.YES)


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer to one purpose."""

    purpose: Purpose
    answer: Answer
    day: dt.date | None = None
    by: str = ""
    """Who wrote the answer down, or gave it."""
    side: str = ""
    """Empty: the teller answered; `ouder`: a parent, for a child that tells."""


def strictest(first: Answer, *others: Answer) -> Answer:
    """One answer for words that need several, such as the parent's and the child's own."""
    return min((first, *others), key=_STRICTEST_FIRST.index)


def answer_for(consents: Iterable[Consent], purpose: Purpose, *, child: bool) -> Answer:
    """What was answered to a purpose; `niet_gevraagd` where nobody asked.

    The words of a child need two answers, its own and a parent's (methods.md G3): the stricter of both counts.
    """
    given = {each.side: each.answer for each in consents if each.purpose is purpose}
    own = given.get("", Answer.NOT_ASKED)
    return strictest(own, given.get(PARENT, Answer.NOT_ASKED)) if child else own
