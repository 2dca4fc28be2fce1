"""Words of the trade and of the office, with plainer ones beside them: read from `plain_words.json` (methods.md F)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "plain_words.json"
PlainWords = tuple[re.Pattern[str], Callable[[str], str]]


@lru_cache(maxsize=1)
def plain_words() -> PlainWords:
    """An expression that finds any of them as whole words, and what to say instead of one.

    A word of the list that ends in `*` stands for all words that begin so.
    """
    listed: dict[str, str] = json.loads(_FILE.read_text("utf-8"))
    whole = {word.casefold(): plain for word, plain in listed.items() if not word.endswith("*")}
    stems = {word[:-1].casefold(): plain for word, plain in listed.items() if word.endswith("*")}
    longest_first = sorted((*whole, *stems), key=len, reverse=True)
    parts = (re.escape(word).replace(r"\ ", r"\s+") + (r"\w*" if word in stems else "") for word in longest_first)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)

    def instead(found: str) -> str:
        word = " ".join(found.casefold().split())
        stem = next((each for each in longest_first if each in stems and word.startswith(each)), "")
        return whole.get(word) or stems.get(stem, "")

    return pattern, instead
