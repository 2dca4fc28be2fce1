"""Consent as data: per purpose, dated, never remembered by heart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from verhalen import errors
from verhalen.i18n import mark, t


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


def answer_of(consents: Iterable[Consent], purpose: Purpose, side: str = "") -> Consent | None:
    """What one side answered to a purpose; None where nothing was ever written down."""
    return next((each for each in consents if each.purpose is purpose and each.side == side), None)


def refuse_future(consents: Iterable[Consent], today: dt.date) -> None:
    """An answer cannot be given tomorrow. Raises BadInput."""
    for each in consents:
        if each.day is not None and each.day > today:
            written = f"{each.day:%d/%m/%Y}"
            raise errors.BadInput(
                reason=t(
                    "a consent cannot be of {day}, a day to come; write the day on which it was given", day=written
                )
            )


class Asked(StrEnum):
    """About what somebody may answer."""

    STORY = "verhaal"
    """The words of the first teller of a story."""
    VOICE = "stem"
    """The words of a further voice in a story."""
    PERSON = "persoon"
    """What somebody says in transcripts."""
    ATTACHMENT = "bijlage"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "verhaal": mark("story"),
            "stem": mark("further voice"),
            "persoon": mark("person in conversations"),
            "bijlage": mark("attachment"),
        }[self]


WHOLE = (Purpose.TEAM, Purpose.REPORT, Purpose.FOLLOW_UP, Purpose.RESEARCH)
"""What is asked of everybody who tells; image or sound only where there is any."""


@dataclass(frozen=True, slots=True)
class Consented:
    """Something that may be used or not, with every answer about it."""

    key: str
    """`V07`, `V07.2`, `G012.moeder`, or `V07/` and the id of an attachment."""
    kind: Asked
    family: str
    who: str
    """Member or role of whoever answers, or the name of an attachment."""
    is_child: bool
    """Whether a parent answers too."""
    consents: tuple[Consent, ...] = ()
    has_image: bool = False
    """Whether there is an image or a sound to ask about."""
    is_used: bool = True
    """Whether there are words or a file; of a person who is in no transcript nothing is asked."""
    id: int = 0

    @property
    def sides(self) -> tuple[str, ...]:
        """Who answers: the teller, and for a child a parent."""
        return ("", PARENT) if self.is_child else ("",)

    @property
    def purposes(self) -> tuple[Purpose, ...]:
        """What can be answered."""
        return (Purpose.MEDIA,) if self.kind is Asked.ATTACHMENT else tuple(Purpose)

    @property
    def to_ask(self) -> tuple[Purpose, ...]:
        """What nobody asked yet, by one side or the other."""
        if not self.is_used:
            return ()
        wanted = [each for each in self.purposes if each in WHOLE or self.has_image]
        return tuple(each for each in wanted if self.answer(each) is Answer.NOT_ASKED)

    def answer(self, purpose: Purpose) -> Answer:
        """The answer that counts."""
        return answer_for(self.consents, purpose, child=self.is_child)


@dataclass(frozen=True, slots=True)
class Written:
    """One answer in the course of time: what was written down, when, and by which coder."""

    consent: Consent
    time: str
    """ISO, UTC; empty where the history no longer knows."""
    coder: str


KEY_STAYS = mark("The key still holds names of them ({n}×). It lies outside the project: take them out of it yourself.")
"""Said at a withdrawal, by the command line and the app."""
