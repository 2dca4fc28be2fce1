"""JSON from strangers: sizes, depth and numbers are bounded, and no error of the library gets out."""

from __future__ import annotations

import json

from verhalen.errors import NotWhatItSays, TooLarge
from verhalen.i18n import mark, t
from verhalen.readers.content import Tally

DOUBLED = mark("Names that stand twice in one place of the file: the last was read ({n}×).")

_MOST_BRACKETS = 1_000_000
"""Each may be a list or an object of some 200 bytes in memory; an hour of talk with a time for each word has 12,000."""
_DIGITS = 30


def parse_json(text: str, tally: Tally) -> object:
    """What `text` holds. Raises NotWhatItSays for what is no JSON, TooLarge for more parts than any transcript has."""
    brackets = text.count("[") + text.count("{")
    if brackets > _MOST_BRACKETS:
        raise TooLarge(size=t("{n} parts", n=brackets), limit=t("{n} parts", n=_MOST_BRACKETS))

    def made(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            tally.add(DOUBLED, None, len(pairs) - len(found))
        return found

    try:
        found: object = json.loads(text, object_pairs_hook=made, parse_int=_number)
    except (ValueError, RecursionError):
        raise NotWhatItSays from None
    return found


def _number(digits: str) -> int | float:
    """Python refuses to read integers of thousands of digits; none of those is a time."""
    return int(digits) if len(digits) < _DIGITS else float(digits)
