"""What comes in from another copy of a project, and what people must decide about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from verhalen.i18n import t, tn

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
    twice: tuple[int, ...] = ()
    """Numbers of texts that were read from one file in two copies: each stands here with its own codes."""
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


def to_look_at(taken: Taken) -> list[str]:
    """What a person must look at after something came in, in finished sentences."""
    said = []
    if taken.twice:
        numbers = ", ".join(map(str, taken.twice))
        said.append(
            t(
                "One file was read in twice, in different copies: texts {numbers}. Go on with one of them.",
                numbers=numbers,
            )
        )
    if taken.dropped:
        said.append(
            tn(
                "{n} correction of yours met a name that was masked elsewhere and is gone: look at it once more.",
                "{n} corrections of yours met names that were masked elsewhere and are gone: look at them once more.",
                taken.dropped,
            )
        )
    return said
