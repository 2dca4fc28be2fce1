"""A suggestion: this place may get that code, for these reasons. Nothing comes of it until a person accepts it."""

from __future__ import annotations

from dataclasses import dataclass

from verhalen.model.patterns import Pattern


@dataclass(frozen=True, slots=True)
class ByPattern:
    """A pattern of the code stands there."""

    pattern: Pattern
    start: int
    """Where it stands in the text."""
    stop: int


@dataclass(frozen=True, slots=True)
class Alike:
    """A fragment that has the code already shares these words."""

    coding_id: int
    lemmas: tuple[str, ...]
    """The most telling first."""


Reason = ByPattern | Alike


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence and the code that it may get. Offsets are into `version` of the source's text."""

    source_id: int
    version: int
    start: int
    stop: int
    code: str
    """Key of the code."""
    score: float
    """From 0 to 1, to put the best first; 1 where a pattern stands there. It is no probability."""
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A fragment that has a code, as something to be like."""

    coding_id: int
    code: str
    source_id: int
    start: int
    stop: int
    text: str
