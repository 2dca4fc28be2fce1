"""A number, or the reason why there is none: undefined stays undefined."""

from __future__ import annotations

import math
from dataclasses import dataclass

from verhalen.i18n import mark

NO_FAMILIES = mark("no families to compare")
ONE_GROUP_EMPTY = mark("one of the two groups is empty, or everybody gave the same answer")
ONLY_ZEROS = mark("nothing changed, so there are no ranks")
TOO_FEW = mark("fewer than ten families: no interval")
TOO_MANY = mark("too many changed families for the exact test: use the sign test")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Either a value or a reason, never both, never NaN."""

    value: float | None
    reason: str = ""
    """Marked sentence: why there is no value; empty where there is one."""

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason == ""):
            raise ValueError("an outcome is a value or a reason")
        if self.value is not None and not math.isfinite(self.value):
            raise ValueError("a value is a finite number")


def undefined(reason: str) -> Outcome:
    """No value, because of `reason` (a marked sentence)."""
    return Outcome(None, reason)
