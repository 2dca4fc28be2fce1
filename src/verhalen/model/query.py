"""Which fragments: the plain filters that every list understands. The query language grows from here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class FragmentQuery:
    """Every filter that is set must hold."""

    code: str | None = None
    """Key; codes below it in the tree count too."""
    source_id: int | None = None
    family: str | None = None
    """Words of this family or about it."""
    coder: str | None = None
    expression: str | None = None
    """A question in the query language (docs/queries.md)."""
    limit: int | None = None
    offset: int = 0


class SearchMode(StrEnum):
    """How words are compared with those of a text. Capitals and marks never count."""

    LEMMA = "lemma"
    """"gezin" finds "gezinnen"."""
    EXACT = "exact"
    INSIDE = "inside"
    """Also within longer words: "zorg" finds "gezinszorg"."""
    REGEX = "regex"
    """A regular expression; here only capitals do not count."""


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
