"""From where somebody speaks: the family itself, its coach, a coordinator, a partner (the facet of methods.md C)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple, TypeVar

from verhalen.i18n import mark
from verhalen.model.story import Story
from verhalen.store.coded import CodedColumn
from verhalen.store.evidence import EvidenceColumn


class Perspective(StrEnum):
    """Who names something. A researcher who asks is none of these."""

    FAMILY = "gezin"
    COACH = "gezinscoach"
    COORDINATOR = "coordinator"
    PARTNER = "partner"
    OTHER = "andere"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "gezin": mark("family"),
            "gezinscoach": mark("coach"),
            "coordinator": mark("coordinator"),
            "partner": mark("partner service"),
            "andere": mark("others"),
        }[self]


FAMILY_ROLES = frozenset({"ouder", "kind", "partner", "grootouder", "naaste", "moeder", "vader", "gezin", "gezinslid"})
"""Who tells as one of the family, or near to it."""
SPOKEN_FOR = "tolk"
"""An interpreter says the family's words."""
_ROLES = {
    **dict.fromkeys(("gezinscoach", "coach", "begeleider"), Perspective.COACH),
    **dict.fromkeys(("coordinator", "coördinator"), Perspective.COORDINATOR),
    **dict.fromkeys(("partnerdienst", "hulpverlener", "dienst"), Perspective.PARTNER),
}
_ASKING = frozenset({"onderzoeker", "interviewer"})


def perspective_of(role: str, *, is_person: bool = False) -> Perspective | None:
    """By the role of a speaker or voice; somebody who is linked to a family speaks for it. None: he or she asks."""
    written = role.strip().casefold()
    if is_person or written in FAMILY_ROLES:
        return Perspective.FAMILY
    if written in _ASKING:
        return None
    return _ROLES.get(written, Perspective.OTHER)


def tells_itself(story: Story) -> bool:
    """Whether one of its voices is of the family, be it through an interpreter: else it is told about the family."""
    roles = {voice.role for voice in (story.voice, *story.others)}
    return bool(roles & FAMILY_ROLES) or roles == {SPOKEN_FOR}


class Teller(NamedTuple):
    """Whose text of a story this is."""

    story: str
    family: str
    role: str
    member: str

    @property
    def is_of_family(self) -> bool:
        """Whether these are the family's own words."""
        return self.role in FAMILY_ROLES or self.role == SPOKEN_FOR


def tellers(stories: Iterable[Story]) -> Mapping[int, Teller]:
    """Source of every voice of every story to who tells there."""
    found = {}
    for story in stories:
        found[story.source_id] = Teller(story.key, story.family, story.voice.role, story.voice.member)
        for voice in story.others:
            found[voice.source_id] = Teller(story.key, story.family, voice.role, voice.member)
    return found


Column = TypeVar("Column", EvidenceColumn, CodedColumn)


def attributed(rows: Iterable[Column], told: Mapping[int, Teller]) -> list[Column]:
    """Give what stands in a story to the voice that says it; texts of stories that are not in `told` are left out.

    A story belongs to a family whoever tells it: of a voice that is not the family's, these are words about it.
    """
    return [given for row in rows if (given := _attributed(row, told)) is not None]


def _attributed(row: Column, told: Mapping[int, Teller]) -> Column | None:
    if row.kind != "story":
        return row
    teller = told.get(row.source_id)
    if teller is None:
        return None
    if teller.is_of_family:
        return row._replace(role=teller.role, person=f"{teller.family}.{teller.member}" if teller.member else None)
    about = tuple(sorted({*row.about, teller.family}))
    return row._replace(role=teller.role, family=None, person=None, about=about)
