"""Choose quotes: families' own words about a life domain, long enough to mean something, never the same family twice in a row."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from verhalen.analysis.tally import Piece
from verhalen.model.coding import Valence

SHORTEST, LONGEST = 40, 320
"""Characters of a quote that stands by itself and still fits in a report."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which quote is asked for."""

    domains: frozenset[str]
    valence: Valence | None = None


def candidates(pieces: Iterable[Piece], wanted: Wanted, *, used: Collection[int] = ()) -> list[Piece]:
    """Fitting pieces, best first: own words before words about, middle length before extremes; the order is stable."""
    fitting = [
        piece
        for piece in pieces
        if piece.domain in wanted.domains
        and piece.coding_id not in used
        and SHORTEST <= piece.stop - piece.start <= LONGEST
        and (wanted.valence is None or piece.valence is wanted.valence)
        and (piece.family is not None or piece.about)
    ]
    return sorted(
        fitting,
        key=lambda piece: (
            piece.family is None,
            abs(piece.stop - piece.start - 150) // 40,
            piece.source_id,
            piece.start,
        ),
    )
