"""Put replacements in the place of names, and carry along whatever points into the text."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from verhalen.model.text import Correction, Landmark, Span, Turn

Swap = tuple[Span, str]
"""A place and what comes there: a replacement in square brackets, which no accent behind it can join."""


def apply_swaps(text: str, swaps: Sequence[Swap]) -> str:
    """The text with every place replaced; `swaps` in order and not overlapping. What is outside them stays as it is."""
    pieces, at = [], 0
    for span, replacement in swaps:
        pieces += [text[at : span.start], replacement]
        at = span.stop
    return "".join([*pieces, text[at:]])


def whole_letters(text: str, span: Span) -> Span:
    """The span with the loose accents of its last letter, so that none is left hanging on a bracket."""
    stop = span.stop
    while stop < len(text) and unicodedata.category(text[stop])[0] == "M":
        stop += 1
    return Span(span.start, stop)


@dataclass(frozen=True, slots=True)
class SwapMap:
    """Where places of the text lie after the swaps; the rule is that of corrections."""

    starts: tuple[int, ...]
    stops: tuple[int, ...]
    shifts: tuple[int, ...]
    """By how much everything behind so many swaps has moved; one more than there are swaps."""

    @classmethod
    def of(cls, swaps: Sequence[Swap]) -> SwapMap:
        """From swaps in order, not overlapping."""
        moves = (len(replacement) - len(span) for span, replacement in swaps)
        return cls(
            tuple(span.start for span, _ in swaps),
            tuple(span.stop for span, _ in swaps),
            tuple(accumulate(moves, initial=0)),
        )

    def move(self, span: Span) -> Span:
        """Where `span` lies afterwards: a border inside a name moves out to the border of its replacement."""
        return Span(self._move_start(span.start), self._move_stop(span.stop))

    def _move_start(self, position: int) -> int:
        before = bisect_right(self.stops, position)
        inside = before < len(self.starts) and self.starts[before] < position
        return (self.starts[before] if inside else position) + self.shifts[before]

    def _move_stop(self, position: int) -> int:
        begun = bisect_left(self.starts, position)
        return max(position, self.stops[begun - 1] if begun else 0) + self.shifts[begun]

    @property
    def corrections(self) -> list[Correction]:
        """The same as corrections, last place first: each fits the text that the one before it leaves."""
        lengths = [stop - start for start, stop in zip(self.starts, self.stops, strict=True)]
        new = [
            length + after - before
            for length, before, after in zip(lengths, self.shifts, self.shifts[1:], strict=False)
        ]
        return [Correction(*each) for each in zip(self.starts, lengths, new, strict=True)][::-1]


def carry_turns(turns: Sequence[Turn], moved: SwapMap, *, mask: Callable[[str], str]) -> tuple[Turn, ...]:
    """The turns after the swaps; `mask` says what becomes of a speaker's name."""
    found = []
    for turn in turns:
        span = moved.move(turn.span)
        speaker = mask(turn.speaker) if turn.speaker is not None else None
        found.append(replace(turn, speaker=speaker, start=span.start, stop=span.stop))
    return tuple(found)


def carry_landmarks(landmarks: Sequence[Landmark], moved: SwapMap) -> tuple[Landmark, ...]:
    """Pages and moments after the swaps."""
    spans = [moved.move(each.span) for each in landmarks]
    return tuple(replace(each, start=span.start, stop=span.stop) for each, span in zip(landmarks, spans, strict=True))
