"""Which fragments: the plain filters that every list understands. The query language grows from here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FragmentQuery:
    """Every filter that is set must hold."""

    code: str | None = None
    """Key; codes below it in the tree count too."""
    source_id: int | None = None
    family: str | None = None
    """Words of this family or about it."""
    coder: str | None = None
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A place where the words searched for stand."""

    source_id: int
    source_number: int
    source_title: str
    start: int
    stop: int
    before: str
    match: str
    after: str
