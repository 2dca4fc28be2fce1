"""Patterns of a code: words, forms of words and phrases at which a fragment may get that code. Only ever a suggestion."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from verhalen.model.text import normal_text

WORD = re.compile(r"\w+")
"""A word, as the search index cuts it."""
LEMMA = "lemma:"
_WRITTEN = re.compile(r'\s*(?:"([^"]*)"|([^",]*))\s*(?:,|$)')


class PatternKind(StrEnum):
    """How a pattern is looked for. The values are stored: never change one."""

    WORD = "word"
    """The word as it is written; capitals do not count."""
    LEMMA = "lemma"
    """Every form of the word: `slapen` finds "sliep"."""
    PHRASE = "phrase"
    """Words one after the other."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern of a code."""

    kind: PatternKind
    text: str

    def __post_init__(self) -> None:
        count = len(WORD.findall(self.text))
        fits = count > 0 if self.kind is PatternKind.PHRASE else count == 1 and bool(WORD.fullmatch(self.text))
        if not fits or self.text != tidy(self.text):
            raise ValueError(f"no pattern: {self.kind} {self.text!r}")

    @property
    def written(self) -> str:
        """As it stands in a codebook file: `huur`, `lemma:slapen`, `"op straat"`."""
        if self.kind is PatternKind.PHRASE:
            return f'"{self.text}"'
        return LEMMA + self.text if self.kind is PatternKind.LEMMA else self.text


def tidy(words: str) -> str:
    """One blank between words, none around them, no quotation mark: that is what ends a phrase in a file."""
    return " ".join(normal_text(words).replace('"', " ").split())


def write_patterns(patterns: Iterable[Pattern]) -> str:
    """Patterns on one line: `huur, lemma:slapen, "op straat"`."""
    return ", ".join(each.written for each in patterns)


def read_patterns(written: str) -> tuple[Pattern, ...]:
    """What stands on such a line; more than one word without quotation marks is a phrase too. Raises BadPattern."""
    found: dict[Pattern, None] = {}
    place = 0
    while place < len(written):
        piece = _WRITTEN.match(written, place)
        if piece is None:
            raise BadPattern(tidy(written[place:]))
        phrase, bare = piece.groups()
        if phrase is not None or tidy(bare):
            found[_pattern(bare if phrase is None else phrase, is_phrase=phrase is not None)] = None
        place = piece.end()
    return tuple(found)


class BadPattern(ValueError):
    """A piece of the line that is no pattern; its first argument is the piece."""


def _pattern(piece: str, *, is_phrase: bool) -> Pattern:
    words = tidy(piece)
    kind = PatternKind.PHRASE
    if not is_phrase and words.startswith(LEMMA):
        kind, words = PatternKind.LEMMA, words.removeprefix(LEMMA).strip()
    elif not is_phrase and WORD.fullmatch(words):
        kind = PatternKind.WORD
    try:
        return Pattern(kind, words)
    except ValueError:
        raise BadPattern(tidy(piece)) from None
