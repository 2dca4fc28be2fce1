"""A text as its words: where each begins, whether a sentence begins with it, and what stands between two."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from verhalen.language.naming.lists import LONGEST, fold, is_common, is_spelled, word_set

_LETTERS = r"(?:[^\W_]++[\u0300-\u036f]*+)++"
WORD = re.compile(rf"{_LETTERS}(?:[-‑'’]{{1,2}}{_LETTERS})*+")
"""A word; a hyphen or an apostrophe inside belongs to it. Possessive repetitions, so that no text is slow."""
_OPENERS = frozenset('.!?…:\n"“”„«»([|•*_>\t–—')
_SHORTENED = word_set("mevr mw dhr mr mnr mme dr prof ir drs ing st zr jr sr br b.v bv nr tel vb bijv incl ca ong")
_WRAPPED = 50
"""A line of at least so many characters that ends without a point may have been broken by a program."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A text cut into words once, for all recognisers."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    stops: tuple[int, ...]
    keys: tuple[str, ...]
    """The words as the lists know them, without a possessive ending behind an apostrophe; empty for what is no word of a name."""
    joined: tuple[bool, ...]
    """Whether only blanks on one line stand before the word, or the point of an initial or a title."""
    written_small: frozenset[str]
    """All words that stand somewhere without a capital."""

    @classmethod
    def of(cls, text: str) -> Talk:
        """Cut a text."""
        found = [(match.group(), match.start(), match.end()) for match in WORD.finditer(text)]
        words, starts, stops = zip(*found, strict=True) if found else ((), (), ())
        keys = tuple(bare(word) if len(word) <= LONGEST else "" for word in words)
        joined = [False]
        for at in range(1, len(words)):
            before, start = stops[at - 1], starts[at]
            short = start - before <= 3
            joined.append(short and (text[before:start] == " " or _is_join(text[before:start], words[at - 1])))
        small = frozenset(word for word in words if word[0].islower())
        return cls(text, words, starts, stops, keys, tuple(joined), small)

    def __len__(self) -> int:
        return len(self.words)

    def key(self, at: int) -> str:
        """The word as the lists know it; empty beyond the ends."""
        return self.keys[at] if 0 <= at < len(self.keys) else ""

    def joins(self, at: int) -> bool:
        """Whether the word belongs to the one before it: see `joined`."""
        return 0 < at < len(self.joined) and self.joined[at]

    def end(self, at: int) -> int:
        """Where the word ends, without a possessive ending behind an apostrophe."""
        word = self.words[at]
        return self.stops[at] - 2 if word[-2:].lower() in ("'s", "’s") and len(word) > 3 else self.stops[at]

    def is_common(self, at: int) -> bool:
        """Whether the word is Dutch for something, and not only somebody's name."""
        return bool(self.key(at)) and (is_common(self.keys[at]) or is_spelled(self.words[at]))

    def is_capital(self, at: int) -> bool:
        """Whether the word begins with a capital and could be part of a name."""
        return 0 <= at < len(self.words) and has_capital(self.words[at])

    def gap(self, at: int) -> str:
        """What stands between the word before and this one; at most some signs of it are of interest."""
        before = self.stops[at - 1] if at else 0
        return self.text[before : min(self.starts[at], before + 20)]

    def opens(self, at: int) -> bool:
        """Whether a capital says nothing here: the beginning of a sentence, a line or a quotation."""
        if at == 0:
            return True
        gap = self.gap(at)
        if gap == " ":
            return False
        if _OPENERS.isdisjoint(gap):
            return " - " in gap
        if gap.startswith(".") and "\n" not in gap and is_shortened(self.words[at - 1]):
            return False
        return not (gap == "\n" and self._is_wrapped(at))

    def _is_wrapped(self, at: int) -> bool:
        end = self.stops[at - 1]
        return "\n" not in self.text[max(0, end - _WRAPPED) : end]

    def starts_line(self, at: int) -> bool:
        """Whether it is the first word of a line."""
        return at == 0 or "\n" in self.gap(at)

    def follows(self, at: int) -> str:
        """The sign behind the word; empty at the end."""
        return self.text[self.stops[at] : self.stops[at] + 1]


def _is_join(gap: str, before: str) -> bool:
    if gap in ("\u00a0", "  ", " '", " ’"):
        return True
    return gap in (".", ". ", ".\u00a0") and is_shortened(before)


@functools.lru_cache(maxsize=100_000)
def has_capital(word: str) -> bool:
    """Whether a word begins with a capital and could be part of a name."""
    if not word[0].isupper() or len(word) > LONGEST:
        return False
    return not _is_short_for(word) if word.isalpha() and len(word) > 1 else _may_be_name(word)


def _may_be_name(word: str) -> bool:
    """No digits, and no abbreviation before a hyphen ("OKAN-klas")."""
    first = word.split("-", maxsplit=1)[0]
    return not any(letter.isdigit() for letter in word) and not (
        len(first) > 2 and first != word and first.isupper() and not word.isupper()
    )


def _is_short_for(word: str) -> bool:
    """Capitals in the middle of a short word: "HvhK", "GoTeam", but not "DeSmet" or "McDermott"."""
    return (
        not word.isupper()
        and not word[1:].islower()
        and not word.startswith(("De", "Mc", "Mac", "Van", "Le", "La", "Di", "O'", "D'", "O’", "D’"))
    )


@functools.lru_cache(maxsize=100_000)
def bare(word: str) -> str:
    """A word folded, without a possessive ending behind an apostrophe."""
    key = fold(word)
    return key[:-2] if key.endswith("'s") and len(key) > 3 else key


def is_shortened(word: str) -> bool:
    """Whether a point behind the word ends no sentence: an initial, or a shortened title."""
    return (len(word) == 1 and word.isupper()) or word in ("Th", "Ch", "Fr", "Ph") or word.lower() in _SHORTENED
