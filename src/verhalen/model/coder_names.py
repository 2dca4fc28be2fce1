"""Names of coders where several are called the same: two Jans are two people, on two computers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from verhalen.model.coding import Coder

SHOWN = 8
"""Signs of an identity that tell coders of one name apart."""


def told_apart(coders: Collection[Coder]) -> dict[int, str]:
    """Id of each coder -> its name; those who are called the same with the beginning of their identity."""
    often = Counter(each.name for each in coders)
    return {
        each.id: each.name if often[each.name] == 1 else f"{each.name} ({each.identity[:SHOWN]})" for each in coders
    }
