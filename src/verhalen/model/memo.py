"""Memos: what a researcher thinks about a source, a code, a family or the project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MemoTarget = Literal["project", "source", "code", "family", "story"]


@dataclass(frozen=True, slots=True)
class Memo:
    """A note of a coder at a target."""

    id: int
    target: MemoTarget
    target_id: int
    """0 for the project."""
    text: str
    coder: str
    created: str
