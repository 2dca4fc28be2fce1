"""Memos: what a researcher thinks about the project, a text, a turn, a fragment, a code, a family or a story."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, cast, get_args

MemoTarget = Literal["project", "source", "turn", "coding", "code", "family", "story"]
"""As the tables are named; those at the project are the journal of the analysis."""


def memo_target(text: str) -> MemoTarget:
    """The target as it is stored; ValueError for anything else."""
    if text not in get_args(MemoTarget):
        raise ValueError(f"no memo is ever at a {text}")
    return cast("MemoTarget", text)


@dataclass(frozen=True, slots=True)
class MemoPlace:
    """Where in the project the target of a memo is now."""

    gone: bool = False
    """The target was removed; the memo stays."""
    source_id: int | None = None
    source: int | None = None
    """Number of the text of a source, turn, fragment or story."""
    start: int | None = None
    """Of a turn or fragment."""
    stop: int | None = None
    key: str = ""
    """Of a code (also that of a fragment), family or story."""


@dataclass(frozen=True, slots=True)
class Memo:
    """A note of a coder at a target."""

    id: int
    """Its own; of the one memo that a coding carries itself, the coding's."""
    target: MemoTarget
    target_id: int
    """0 for the project."""
    text: str
    coder: str
    created: str
    """ISO time, UTC."""
    coder_id: int = 0
    place: MemoPlace = field(default_factory=MemoPlace)

    @property
    def is_diary(self) -> bool:
        """Whether it is an entry in the journal of the analysis."""
        return self.target == "project"

    @property
    def is_of_coding(self) -> bool:
        """Whether it is the memo that a coding carries itself: written with the coding, one at most."""
        return self.id == self.target_id
