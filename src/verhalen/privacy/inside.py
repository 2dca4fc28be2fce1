"""Two small doors of the gate: codes of families for the team only, and a number of families as it stands before its noun."""

from __future__ import annotations

from collections.abc import Iterable

from verhalen.i18n import mark, t
from verhalen.privacy.clearance import _SEAL, Audience, Cleared, Readers
from verhalen.privacy.wording import allowed, number_word

NONE = mark("not any")
"""Before a noun: no families."""
FEW = mark("a few")


def clear_codes(keys: Iterable[str], audience: Audience) -> Cleared[str] | None:
    """Codes of families in a row; None for everybody outside the team, to whom a code is a family."""
    return Cleared(", ".join(keys), _SEAL) if audience is Audience.INTERNAL else None


def clear_before_noun(count: int, readers: Readers) -> Cleared[str]:
    """Below the threshold "a few"; then in words below ten, and in digits from there on (methods.md D5).

    Where nothing is masked it is the number and nothing else.
    """
    k = readers.threshold()
    if k == 1:
        return Cleared(str(count), _SEAL)
    if count == 0:
        return Cleared(t(NONE), _SEAL)
    if count < k:
        return Cleared(t(FEW), _SEAL)
    return Cleared(number_word(count) if allowed(count, k=k).in_words else str(count), _SEAL)
