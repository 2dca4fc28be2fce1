"""Find names again: whatever their case, accents and inner blanks, and only as whole words."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from verhalen.model.masking import NameKind

WORD = re.compile(r"[^\W_]++(?:[\u0300-\u036f]++[^\W_]*+)*+")
"""Letters and digits with their loose accents. An underscore parts words, as in names of files.

Possessive repetitions: else a word of five million letters takes half a gigabyte to go back through.
"""
_GAP = re.compile(r"[\s_\-\u00ad]{1,3}")
_NUMBERS = frozenset({NameKind.PHONE, NameKind.REGISTER, NameKind.ACCOUNT})
_SHORT = 3
"""A name of fewer letters (An, Bo, Jo) is found only in its own case: else it would be half of the language."""
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """A word without its accents and in one case."""
    if word.isascii():
        return word.lower()
    return bare(word).casefold()


def bare(word: str) -> str:
    """A word without its accents."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(each for each in apart if unicodedata.category(each) != "Mn"))


@lru_cache(maxsize=50_000)
def fold(name: str, kind: NameKind | None = None) -> str:
    """The form in which two ways to write one name are the same. Numbers are compared by their digits."""
    if kind in _NUMBERS:
        return _fold_number(name, kind)
    return " ".join(bare(name.translate(_QUOTES)).casefold().split())


def _fold_number(name: str, kind: NameKind) -> str:
    plain = re.sub(r"[\W_]", "", name).casefold()
    if kind is not NameKind.PHONE:
        return plain
    # +32 471 12 34 56 and 0471 12 34 56 are one telephone; Excel takes the first nought of a number away.
    international = name.strip().startswith("+32") or plain.startswith("0032")
    return (plain.lstrip("0")[2:] if international else plain).lstrip("0")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in a text."""

    start: int
    stop: int
    name: str
    """As it was given to the index."""


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    words: tuple[str, ...]
    """Folded."""
    gaps: tuple[str, ...]
    """What stands between the words of the name itself."""
    exact: str
    """The words without accents where case matters; empty where it does not."""


class NameIndex:
    """Names by their first word: a text is looked through once, however many names there are."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[_Known]] = defaultdict(list)
        for name in dict.fromkeys(unicodedata.normalize("NFC", each) for each in names):
            if known := self._known(name):
                self._by_first[known.words[0]].append(known)
        for known_names in self._by_first.values():
            known_names.sort(key=lambda each: -len(each.words))

    def _known(self, name: str) -> _Known | None:
        found = list(WORD.finditer(name))
        if not found:
            return None
        words = tuple(fold_word(each.group()) for each in found)
        gaps = tuple(name[one.end() : other.start()] for one, other in pairwise(found))
        short = sum(map(len, words)) < _SHORT
        return _Known(name, words, gaps, "".join(bare(each.group()) for each in found) if short else "")

    def find(self, text: str) -> Iterator[Hit]:
        """Every place where one of the names stands, in order and none overlapping; the longest name wins."""
        found = list(WORD.finditer(text))
        at = 0
        while at < len(found):
            hit = self._at(text, found, at)
            if hit is None:
                at += 1
                continue
            yield hit
            while at < len(found) and found[at].start() < hit.stop:
                at += 1

    def _at(self, text: str, found: list[re.Match[str]], at: int) -> Hit | None:
        word = fold_word(found[at].group())
        candidates = [*self._by_first.get(word, ()), *self._by_first.get(word[:-1] if word[-1:] == "s" else "", ())]
        for known in candidates:
            stop = _matches(known, text, found[at : at + len(known.words)])
            if stop is not None:
                return Hit(found[at].start(), stop, known.name)
        return None


def _matches(known: _Known, text: str, found: list[re.Match[str]]) -> int | None:
    """Where the name ends; None where it does not stand here. A possessive s ("Miekes") is left outside."""
    if len(found) < len(known.words):
        return None
    if known.exact:
        whole = "".join(bare(each.group()) for each in found) == known.exact
        return found[-1].end() if whole else None
    *before, last = [fold_word(each.group()) for each in found]
    if tuple(before) != known.words[:-1] or not _gaps_fit(known, text, found):
        return None
    if last == known.words[-1]:
        return found[-1].end()
    possessive = last == known.words[-1] + "s" and found[-1].group()[-1] in "sS" and last[-2:-1].isalpha()
    return found[-1].end() - 1 if possessive else None


def _gaps_fit(known: _Known, text: str, found: list[re.Match[str]]) -> bool:
    for gap, one, other in zip(known.gaps, found, found[1:], strict=False):
        between = text[one.end() : other.start()]
        if between.translate(_QUOTES) == gap.translate(_QUOTES):
            continue
        if (gap and not _GAP.fullmatch(gap)) or not _GAP.fullmatch(between):
            return False
    return True
