"""Moving and selecting by word, sentence and turn. Pure; offsets in code points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import regex

from verhalen.model.text import Span, Turn

_WORD = regex.compile(r"\w+(?:['’‑-]\w+)*")
# Good enough until the language room has loaded: up to closing marks, or the end of the line.
_SENTENCE = regex.compile(r"\S(?:[^.!?…\n]|[.!?…](?=[\w.!?…]))*+[.!?…]*[\"'”’)\]]*")


class Unit(StrEnum):
    """What the cursor last moved by; extending and shrinking go on by the same."""

    CHARACTER = "character"
    WORD = "word"
    SENTENCE = "sentence"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Selection:
    """From where the selecting began to where the cursor stands; empty where both are one place."""

    anchor: int
    cursor: int

    @property
    def start(self) -> int:
        """First selected character."""
        return min(self.anchor, self.cursor)

    @property
    def stop(self) -> int:
        """One past the last."""
        return max(self.anchor, self.cursor)

    @property
    def span(self) -> Span | None:
        """The selected piece; None where nothing is selected."""
        return Span(self.start, self.stop) if self.start < self.stop else None


class Spans:
    """Pieces that do not overlap, in order: the words, sentences or turns of one text."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        pairs = list(spans)
        self.starts = [start for start, _ in pairs]
        self.stops = [stop for _, stop in pairs]

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> Selection | None:
        """The piece in which `offset` lies; its end counts where no other piece begins."""
        index = bisect_right(self.starts, offset) - 1
        if index < 0 or offset > self.stops[index]:
            return None
        return self._piece(index)

    def _piece(self, index: int) -> Selection | None:
        return Selection(self.starts[index], self.stops[index]) if 0 <= index < len(self.starts) else None

    def next(self, now: Selection) -> Selection | None:
        """The piece around `now` if it is not yet selected, else the one behind it."""
        return self._around(now) or self._piece(bisect_left(self.starts, max(now.stop, now.start + 1)))

    def previous(self, now: Selection) -> Selection | None:
        """The piece around `now` if it is not yet selected, else the one before it."""
        return self._around(now) or self._piece(bisect_right(self.stops, now.start) - 1)

    def _around(self, now: Selection) -> Selection | None:
        piece = self.at(now.start)
        if piece is None or (piece.start, piece.stop) == (now.start, now.stop):
            return None
        return piece if now.stop <= piece.stop and (now.span is None or now.start < piece.stop) else None

    def onward(self, offset: int) -> int | None:
        """The nearest end behind `offset`."""
        index = bisect_right(self.stops, offset)
        return self.stops[index] if index < len(self) else None

    def backward(self, offset: int) -> int | None:
        """The nearest beginning before `offset`."""
        index = bisect_left(self.starts, offset) - 1
        return self.starts[index] if index >= 0 else None

    def stretch(self, now: Selection, step: int) -> Selection:
        """Let the cursor's end go one piece on (1) or back (-1); at the anchor the selection turns over."""
        grows = now.cursor > now.anchor or (now.cursor == now.anchor and step > 0)
        if grows == (step > 0):
            place = self.onward(now.cursor) if step > 0 else self.backward(now.cursor)
            return now if place is None else Selection(now.anchor, place)
        place = self._shrunk(now, step)
        if place is not None:
            return Selection(now.anchor, place)
        return self.stretch(Selection(now.stop, now.start) if step < 0 else Selection(now.start, now.stop), step)

    def _shrunk(self, now: Selection, step: int) -> int | None:
        """The end or beginning that the cursor goes back to; None where the anchor is nearer."""
        if step < 0:
            index = bisect_left(self.stops, now.cursor) - 1
            return self.stops[index] if index >= 0 and self.stops[index] > now.anchor else None
        index = bisect_right(self.starts, now.cursor)
        return self.starts[index] if index < len(self) and self.starts[index] < now.anchor else None


def words(text: str) -> Spans:
    """The words of a text; "ge's" and "half-open" are one."""
    return Spans(match.span() for match in _WORD.finditer(text))


def rough_sentences(text: str) -> list[Span]:
    """Sentences by punctuation alone."""
    return [Span(*match.span()) for match in _SENTENCE.finditer(text)]


def sentences(found: Iterable[Span], turns: Iterable[Turn]) -> Spans:
    """Sentences without the label of the speaker in front of them."""
    starts = [turn.start for turn in turns]
    pieces: list[tuple[int, int]] = []
    for span in found:
        index = bisect_right(starts, span.start)
        inside = index < len(starts) and starts[index] < span.stop
        pieces.append((starts[index] if inside else span.start, span.stop))
    return Spans(pieces)


def labels(text: str, turns: Iterable[Turn]) -> Spans:
    """The labels of the speakers: what stands before a turn on its line."""
    found = []
    for turn in turns:
        start = text.rfind("\n", 0, turn.start) + 1
        label = text[start : turn.start].rstrip()
        if turn.speaker and label and len(label) <= len(turn.speaker) + _BESIDE:
            found.append((start, start + len(label)))
    return Spans(found)


_BESIDE = 24
"""A label may hold a time and brackets beside the name; what is longer is text."""
