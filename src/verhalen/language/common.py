"""Words that carry no subject, so that two sentences are not alike because both say "and then I said"."""

from __future__ import annotations

import functools
from importlib import resources

from verhalen.language.lemmas import lemma, words

SHORTEST = 3
"""Letters; shorter words tell nothing."""


@functools.cache
def common_lemmas() -> frozenset[str]:
    """The list, as written and as lemmas."""
    text = resources.files("verhalen.language").joinpath("data/common_words.txt").read_text("utf-8")
    found = [word for line in text.splitlines() if not line.startswith("#") for word in words(line)]
    return frozenset([*found, *(lemma(word) for word in found)])


def telling_lemmas(text: str) -> frozenset[str]:
    """The lemmas of a text that say what it is about: no common words, no numbers, nothing very short."""
    found = set(map(lemma, words(text))) - common_lemmas()
    return frozenset(each for each in found if len(each) >= SHORTEST and not each[0].isdigit())
