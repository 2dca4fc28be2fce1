"""A coding: this coder says that this piece of text is about that code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark


class Valence(StrEnum):
    """Colour of a fragment: good news, bad news, both, or not said."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    MIXED = "mixed"
    NONE = "none"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return VALENCE_LABELS[self]

    @property
    def sign(self) -> str:
        """One character, so that nothing depends on colour alone."""
        return {"positive": "+", "negative": "-", "mixed": "±", "none": " "}[self]


VALENCE_LABELS = {
    Valence.POSITIVE: mark("positive"),
    Valence.NEGATIVE: mark("negative"),
    Valence.MIXED: mark("mixed"),
    Valence.NONE: mark("none"),
}


@dataclass(frozen=True, slots=True)
class Coding:
    """One coding, as a screen shows it. Offsets are into the current version of the source's text."""

    id: int
    source_id: int
    start: int
    stop: int
    code_id: int
    code: str
    """Key of the code."""
    coder_id: int
    coder: str
    valence: Valence
    memo: str
    created: str
    """ISO time, UTC."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A coding with its text and the family it belongs to, as lists and reports use it."""

    coding: Coding
    source_number: int
    source_title: str
    text: str
    speaker: str | None
    speaker_role: str
    family: str | None
    """Family whose words these are (by speaker or story)."""
    about: tuple[str, ...]
    """Families that the fragment is about (by mention)."""


@dataclass(frozen=True, slots=True)
class Coder:
    """Somebody who codes. Names may repeat; the identity tells them apart."""

    id: int
    name: str
    identity: str
