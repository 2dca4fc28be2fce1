"""What comes in from another copy of a project, and what people must decide about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ClashKind = Literal["field", "removed", "text", "same_key"]
"""Two values of one thing; removed there and changed or used here; two corrections of the same words; two families with
one code."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that were said in different copies."""

    who: str
    """Name of the coder."""
    time: str
    """ISO time, UTC."""
    value: str
    """What he or she made of it, as text; empty where it was removed or emptied."""


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """Two copies said different things, and nobody chose yet. Until then the first side holds."""

    key: str
    kind: ClashKind
    what: str
    """In finished words: `code 'rol.vertrouwen'`."""
    field: str
    """In finished words: `definition`; empty where it is about the thing as a whole."""
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Came:
    """What one person did in the changes that came in."""

    name: str
    changes: int
    codings: int
    stories: int
    snapshots: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What a bundle brings, or brought."""

    changes: int
    sources: int
    codings: int
    stories: int
    snapshots: int
    others: int
    """Rows of other tables."""
    withdrawn: int
    """Rows that were withdrawn elsewhere and went here too, with all that hung on them."""
    people: tuple[Came, ...]
    decisions: tuple[OpenDecision, ...]
    """Those that are new."""
    ended: int = 0
    """Fragments whose words were corrected away elsewhere."""
    same_names: tuple[str, ...] = ()
    """Names that two different coders bear now."""
    dropped: int = 0
    """Corrections of one's own that met names which were masked elsewhere: to be done again."""
    left: tuple[str, ...] = ()
    """Files beside the project that still hold words of what was withdrawn, by path from the workspace."""
    clean: bool = True
    """False where another window must close before what was withdrawn has left the file."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A bundle that was made."""

    file: str
    changes: int
    sources: int
    codings: int
    stories: int
    snapshots: int
    since: str | None
    """ISO time of the last bundle that came from the one it is for; None where it holds everything."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Another copy of the project of which something came in."""

    replica: int
    name: str
    """Who sent it."""
    time: str
    """ISO time, UTC, of what came last."""
