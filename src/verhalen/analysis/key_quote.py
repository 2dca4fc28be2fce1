"""The fragment that stands for what is told: a rule chooses it, never somebody who looks for the finest one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from verhalen.analysis.tally import Piece
from verhalen.model.coding import Valence

IDEAL = 160
"""Characters: long enough to say something, short enough for a table (a decision of this project)."""
_COLOURS = {
    1: (Valence.POSITIVE, Valence.MIXED),
    -1: (Valence.NEGATIVE, Valence.MIXED),
    0: (Valence.MIXED, Valence.NONE),
}


@dataclass(frozen=True, slots=True)
class KeyQuote:
    """A fragment of a family's own words, with how many families tell the same: never a quote without its n."""

    coding_id: int
    source_id: int
    start: int
    stop: int
    valence: Valence
    family: str
    text: str
    families: int
    """Families whose words go the way of the majority."""
    of: int
    """Families that tell of it at all."""


def key_quote(
    candidates: Sequence[Piece], signs: dict[str, int], words: int | None, *, text_of: Callable[[Piece], str]
) -> KeyQuote | None:
    """Of the colour of the majority, from a family that goes with it, the fragment nearest to 160 characters; first come.

    Where no fragment has that colour, a mixed one. Where words go neither way or balance each other, a mixed one, else one
    without colour, of any family.
    `signs` is family to 1, 0 or -1; `words` is the way they go together.
    """
    if words is None:
        return None
    own = [each for each in candidates if each.family is not None]
    going = [each for each in own if signs.get(each.family or "", words) == words] if words else own
    for colour in _COLOURS[words]:
        of_colour = [each for each in going if each.valence is colour]
        if of_colour:
            best = min(of_colour, key=lambda each: (abs(each.stop - each.start - IDEAL), each.source_id, each.start))
            return KeyQuote(
                coding_id=best.coding_id,
                source_id=best.source_id,
                start=best.start,
                stop=best.stop,
                valence=best.valence,
                family=best.family or "",
                text=text_of(best),
                families=sum(sign == words for sign in signs.values()),
                of=len(signs),
            )
    return None
