"""How much one search for names takes on: a talk of two hours has 25,000 words and some hundreds of names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verhalen.errors import TooLarge
from verhalen.i18n import t
from verhalen.model.masking import Finding

MOST_WORDS = 1_000_000
MOST_PLACES = 20_000
MOST_NAMES = 5_000
"""Different ones. Each gets a row in the key, which must stay a table that people open."""
FIRST_PART = 1_000_000
"""Characters in which names are only counted, where nothing is masked."""

_WORD = re.compile(r"\w+")


def refuse_endless(text: str, *, file: str, speakers: int = 0) -> None:
    """Raise TooLarge for a text in which looking for names would take minutes."""
    if speakers > MOST_NAMES:
        raise TooLarge(file=file, size=t("{n} names", n=speakers), limit=t("{n} names", n=MOST_NAMES))
    words = sum(1 for _ in _WORD.finditer(text))
    if words > MOST_WORDS:
        raise TooLarge(file=file, size=t("{n} words", n=words), limit=t("{n} words", n=MOST_WORDS))


def refuse_too_many(text: str, findings: Sequence[Finding], *, file: str) -> None:
    """Raise TooLarge for more names than anybody would look through."""
    if len(findings) > MOST_PLACES:
        raise TooLarge(file=file, size=t("{n} places", n=len(findings)), limit=t("{n} places", n=MOST_PLACES))
    names = len({text[each.span.start : each.span.stop] for each in findings})
    if names > MOST_NAMES:
        raise TooLarge(file=file, size=t("{n} names", n=names), limit=t("{n} names", n=MOST_NAMES))
