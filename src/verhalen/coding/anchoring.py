"""Where a fragment of a text lies in a newer version of it, and how that was found. Pure; offsets in code points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verhalen.coding.differing import Edits
from verhalen.i18n import mark
from verhalen.model.text import Span, common_length


class Found(StrEnum):
    """How a fragment was found in the newer text."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    GONE = "gone"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return LABELS[self]


LABELS = {
    Found.SAME: mark("the same words"),
    Found.CHANGED: mark("words changed"),
    Found.MOVED: mark("elsewhere in the text"),
    Found.GONE: mark("gone"),
}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in the newer text."""

    found: Found
    span: Span | None
    """None where it is gone."""


LIKE = 0.5
"""So much of a fragment's words must be left for it to be the same fragment."""
_CONTEXT = 40
"""Characters on each side that may tell two places with the same words apart."""
_TELLING = 12
"""A fragment this long is known by its words alone; a shorter one ("ja") by what stands around it."""
_MOST = 200
"""Places with the same words that are compared."""


def anchor(span: Span, edits: Edits, *, old: str, new: str) -> Anchor:
    """Find the fragment: at its own place first, then elsewhere by its words."""
    quote = old[span.start : span.stop]
    there = edits.move(span)
    words = new[there.start : there.stop] if there else ""
    if there and words == quote:
        return Anchor(Found.SAME, there)
    likeness = _likeness(span, edits)
    elsewhere = _elsewhere(span, old=old, new=new) if likeness < LIKE else None
    if elsewhere is not None:
        return Anchor(Found.MOVED, elsewhere)
    if there and words.strip() and likeness >= LIKE:
        return Anchor(Found.CHANGED, there)
    return Anchor(Found.GONE, None)


def _likeness(span: Span, edits: Edits) -> float:
    """Which part of the fragment is left, of its old or its new length: whichever is longer."""
    gone = coming = 0
    for hunk in edits.hunks_in(span):
        gone += min(hunk.stop, span.stop) - max(hunk.start, span.start)
        coming += len(hunk.words)
    left = len(span) - gone
    return left / max(len(span), left + coming, 1)


def _elsewhere(span: Span, *, old: str, new: str) -> Span | None:
    """The one place with the very same words, told apart by what stands around it."""
    quote = old[span.start : span.stop]
    scored: list[tuple[int, int]] = []
    place = new.find(quote)
    while place >= 0 and len(scored) < _MOST:
        scored.append((_around(span, place, old=old, new=new), place))
        place = new.find(quote, place + 1)
    if not scored or len(scored) == _MOST:
        return None
    scored.sort(reverse=True)
    score, best = scored[0]
    alone = len(scored) == 1 and len(quote.strip()) >= _TELLING
    clear = score >= _TELLING and (len(scored) == 1 or score > scored[1][0])
    return Span(best, best + len(quote)) if alone or clear else None


def _around(span: Span, place: int, *, old: str, new: str) -> int:
    """How many characters before and behind are the same, `_CONTEXT` at most on each side."""
    before = common_length(
        old[max(0, span.start - _CONTEXT) : span.start][::-1], new[max(0, place - _CONTEXT) : place][::-1]
    )
    stop = place + len(span)
    return before + common_length(old[span.stop : span.stop + _CONTEXT], new[stop : stop + _CONTEXT])
