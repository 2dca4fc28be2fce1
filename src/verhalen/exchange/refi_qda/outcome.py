"""What the caller of an import decides, and what the import did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from verhalen.exchange.refi_qda.offsets import Score

Progress = Callable[[int, int], None]
"""Called with selections done, and how many there are; 0 while nobody knows. It may raise Stopped."""


class Stopped(Exception):
    """Somebody wants no more of it; nothing is stored."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller decides."""

    model: str = ""
    """How places are counted; empty: find out."""
    cases: str = "families"
    speakers: bool = True
    """Find turns and speakers in the texts."""


@dataclass(slots=True)
class Imported:
    """What an import did."""

    file: str
    model: str
    sure: bool
    """Whether figures alone said so."""
    scores: list[Score]
    sources: list[int] = field(default_factory=list)
    """New ones."""
    known_sources: int = 0
    codes: int = 0
    changed_codes: int = 0
    codings: int = 0
    existed: int = 0
    coders: int = 0
    families: int = 0
    persons: int = 0
    mentions: int = 0
    memos: int = 0
    rows: int = 0
    """Rows of support, scores, stories and so on that came from the file beside it."""
    sidecar: bool = False
    discarded: Counter[str] = field(default_factory=Counter)
    """What could not be kept, by kind."""
