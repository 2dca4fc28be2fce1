"""Hyphens at line ends: which only break a word, and which belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from verhalen.readers.pdf_pages import Row

Ending = Literal["broken", "belongs", "hangs"]
"""`gezins-/coach` is one word; `auto-/ongeluk` keeps its hyphen; `mama-/en papagroep` keeps hyphen and space."""

_LAST = re.compile(r"[^\W_]+(?:[-\u2010'’][^\W_]+)*$")
_FIRST = re.compile(r"[^\W_]+(?:[-\u2010'’][^\W_]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_JOINERS = frozenset({"en", "of", "én", "tot", "dan", "noch", "and", "or"})
_CLASH = re.compile("a[aeiu]|e[eiu]|i[ej]|o[eiou]|u[iu]", re.IGNORECASE)
"""Vowels that would be read as one sound: Dutch writes a hyphen between the parts of such a word."""
_INSIDE_ADDRESS = "/?&=_%"
_BEFORE_HYPHEN = frozenset({"niet", "ex"})


def goes_on(before: str, after: str) -> bool:
    """Whether an address on the web was cut between two lines, where it has a sign of its own."""
    if not is_address(before) or after.startswith(("http", "www.")):
        return False
    return before[-1] in _INSIDE_ADDRESS or after[0] in _INSIDE_ADDRESS


def is_address(words: str) -> bool:
    """Whether the last word is an address on the web: it is broken without a hyphen, and its hyphens are its own."""
    last = words.rsplit(None, 1)[-1]
    return "://" in last or last.startswith("www.")


@dataclass(frozen=True, slots=True)
class Hyphens:
    """Decides by the two halves and by the words that stand elsewhere in the same text."""

    words: frozenset[str]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Hyphens:
        """Collect words where they may decide: none where no line ends with a hyphen."""
        rows = list(rows)
        if not any(row.hyphen for row in rows):
            return cls(frozenset())
        # The ends of broken lines are halves of words and prove nothing.
        whole = (_LAST.sub("", row.words) if row.hyphen else row.words for row in rows)
        return cls(frozenset(word.casefold() for words in whole for word in _WORD.findall(words)))

    def ending(self, before: str, after: str) -> Ending:
        """What the hyphen between the end of one line and the beginning of the next is."""
        last, first = _LAST.search(before), _FIRST.match(after)
        if not first or before.endswith(" ") or first.group().casefold() in _JOINERS:
            return "hangs"
        if not last or is_address(before):
            return "belongs"
        one, two = last.group(), first.group()
        if two.casefold().startswith(one.casefold()) and len(one) < len(two):
            # Somebody stammers: "da- dat".
            return "hangs"
        if not (one[-1].islower() and two[0].islower()) or "-" in one + two:
            # A word with hyphens of its own is broken at one of those.
            return "belongs"
        if f"{one}-{two}".casefold() in self.words:
            return "belongs"
        if f"{one}{two}".casefold() in self.words:
            return "broken"
        if one.casefold() in _BEFORE_HYPHEN and two.casefold() in self.words:
            return "belongs"
        return "belongs" if _CLASH.fullmatch(one[-1] + two[0]) else "broken"
