"""Where the codings of another program lie in a text as we keep it: checked word by word, and never shifted in silence.

Every coding of QualCoder and RQDA carries its words. So each way to count places (`refi_qda/offsets.py`) is tried on all
codings of a text and the one under which most words stand where they should is taken. A coding whose words stand
elsewhere is put there when the words leave no doubt; else it is lost, and listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from verhalen.exchange.refi_qda.offsets import MODELS, Text
from verhalen.model.text import Span, normal_text

NEAR = 1_000
"""Characters before and behind in which the words of a coding are looked for."""
TELLING = 12
"""Words as long as this are known wherever they stand in the text, if they stand there once."""
_SHORTEST = 3
_MOST_SEARCHES = 2_000
"""Looks through a whole text: where so many codings are lost, the text is another one."""
_BREAKS = "\u2028\u2029"
"""Qt gives the ends of lines and paragraphs in what was selected by signs of their own."""


class Found(Enum):
    """How a coding was found."""

    THERE = auto()
    """Its words stand there."""
    MOVED = auto()
    """Its words stand elsewhere, once."""
    UNCHECKED = auto()
    """It has no words to check by; its place lies in the text."""
    LOST = auto()
    """Nowhere, or in more places than one."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A coding in our text."""

    found: Found
    span: Span | None
    """None where it is lost."""
    meant: int
    """Where it would begin by the way its program counts, as far as the text goes."""


@dataclass(frozen=True, slots=True)
class Model:
    """The way to count places that was taken for a text."""

    name: str
    checked: int
    """Codings with words."""
    fits: int
    """Codings whose words stand there."""
    same: tuple[str, ...] = MODELS
    """Ways that come to the same in this text, this one among them."""

    @property
    def share(self) -> float | None:
        """Of the codings with words; None where there are none."""
        return self.fits / self.checked if self.checked else None


class Places:
    """The text of another program, and how it counts places in it."""

    def __init__(self, raw: str) -> None:
        self._text = Text(raw)
        self.text = self._text.text
        """As we keep it."""
        self.model = Model(MODELS[0], 0, 0)
        self._searches = 0

    def choose(self, codings: Iterable[tuple[int, int, str]], *, only: str = "") -> Model:
        """Try every way on each (start, stop, words), take the best and give it; the standard's where none is better.

        `only`: somebody knows better.
        """
        fits = dict.fromkeys([only] if only else [first for first, _ in self._text.groups], 0)
        checked = 0
        for start, stop, quote in codings:
            words = quoted(quote)
            if not words:
                continue
            checked += 1
            for first in fits:
                span = self._text.mappings[first].span(start, stop)
                fits[first] += span is not None and _same(self.text[span[0] : span[1]], words)
        best = max(fits, key=lambda each: (fits[each], not each.endswith("-bom")))
        same = next((models for first, models in self._text.groups if first == best), (best,))
        self.model = Model(best, checked, fits[best], same)
        return self.model

    @property
    def everything(self) -> Span:
        """The whole text."""
        return Span(0, len(self.text))

    def is_whole(self, start: int, stop: int) -> bool:
        """Whether a place is the whole text, in whichever way it was counted: no words say which."""
        lengths = [mapping.length for mapping in self._text.mappings.values()]
        return start == 0 and (stop == 0 or min(lengths) - 1 <= stop <= max(lengths) + 1)

    def span(self, start: int, stop: int) -> Span | None:
        """A place without words to check it by; None outside the text."""
        found = self._text.mappings[self.model.name].span(start, stop)
        return Span(*found) if found else None

    def place(self, start: int, stop: int, quote: str) -> Placed:
        """Where a coding lies."""
        mapping = self._text.mappings[self.model.name]
        meant = mapping.at(min(max(start, 0), mapping.length), up=False)
        found, words = mapping.span(start, stop), quoted(quote)
        if not words:
            return Placed(Found.UNCHECKED, Span(*found), meant) if found else Placed(Found.LOST, None, meant)
        if found and _same(self.text[found[0] : found[1]], words):
            return Placed(Found.THERE, Span(*found), meant)
        elsewhere = self._elsewhere(words, meant)
        return Placed(Found.MOVED, elsewhere, meant) if elsewhere else Placed(Found.LOST, None, meant)

    def _elsewhere(self, words: str, meant: int) -> Span | None:
        """The one place near where it should be that has these very words, else the one place in the text."""
        if len(words.strip()) < _SHORTEST:
            return None
        near = _places(self.text, words, max(0, meant - NEAR), min(len(self.text), meant + NEAR + len(words)))
        if not near and len(words.strip()) >= TELLING and self._searches < _MOST_SEARCHES:
            self._searches += 1
            near = _places(self.text, words, 0, len(self.text))
        return Span(near[0], near[0] + len(words)) if len(near) == 1 else None


def quoted(quote: str) -> str:
    """The words of a coding in our form."""
    for sign in _BREAKS:
        quote = quote.replace(sign, "\n")
    return normal_text(quote)


def _same(ours: str, theirs: str) -> bool:
    """Whether the words are the same; how they are set apart does not matter."""
    return ours == theirs or (len(theirs) < 2 * len(ours) + 8 and ours.split() == theirs.split())


def _places(text: str, words: str, low: int, high: int) -> list[int]:
    """Where these words begin, two places at most: whoever asks wants to know whether it is one."""
    found: list[int] = []
    at = text.find(words, low, high)
    while at >= 0 and len(found) < 2:
        if not _inside_word(text, at, at + len(words)):
            found.append(at)
        at = text.find(words, at + 1, high)
    return found


def _inside_word(text: str, start: int, stop: int) -> bool:
    """Whether a place cuts through a word."""
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return before or (stop < len(text) and text[stop].isalnum() and text[stop - 1].isalnum())
