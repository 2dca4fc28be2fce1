"""Stories that a coach began to write down and left halfway: drafts, outside the history."""

from __future__ import annotations

import json
from dataclasses import dataclass

from verhalen.store import drafts
from verhalen.store.project import ProjectFile

PREFIX = "story-form"
"""Under which the form keeps its drafts, followed by the id of the coder and a number."""


@dataclass(frozen=True, slots=True)
class HalfTold:
    """One of them."""

    key: str
    """Of the draft."""
    family: str
    """Empty where none was chosen yet."""


def half_told(file: ProjectFile) -> list[HalfTold]:
    """Those of the coder at work, oldest first."""
    if file.read_only_reason:
        return []
    return [
        HalfTold(key, _family(kept)) for key, kept in drafts.keyed_below(file, f"{PREFIX} {file.coder_id} ").items()
    ]


def _family(kept: str) -> str:
    try:
        found = json.loads(kept)
    except ValueError:
        return ""
    return str(found.get("family", "")) if isinstance(found, dict) else ""
