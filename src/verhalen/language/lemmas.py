"""Search words of Dutch texts: a lemma for each word, in order, so that "gezin" finds "gezinnen".

simplemma was the best of what a package registry offers (docs/architecture.md); never a stemmer: it turns "gezin" into "zin".
"""

from __future__ import annotations

import functools
import re

WORD = re.compile(r"\w+")
"""A word as the search index cuts it; the n-th lemma belongs to the n-th match of this in the text."""


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    return WORD.findall(text)


def lemma_text(text: str) -> str:
    """One lemma per word, in order, joined by blanks: what the search index stores beside the text."""
    return " ".join(lemma(word) for word in words(text))


@functools.lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """The lemma of one word, lower case; a word that is not known is its own lemma."""
    import simplemma

    found: str = simplemma.lemmatize(word, lang="nl").lower()
    return found if WORD.fullmatch(found) else word.lower()
