"""What a row is after several copies wrote it: each column on its own, by who had seen whose writing. Pure.

A writing counts where nobody who had seen it wrote the same column later. Of several that count and say the same there
is no quarrel; where they differ the earliest holds until a person decides, and both are told.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from verhalen.store.exchange_log import Data, Stamp, Write

Before = Callable[[Stamp, Stamp], bool]
"""Whether whoever made the second had seen the first."""
Age = Callable[[Stamp], int]
"""Orders changes of all copies in time: their id."""
QUIET = frozenset({"position", "number", "imported", "created", "coder_id", "colour", "ordinal"})
"""Columns about which nobody is asked: the earliest holds."""


@dataclass(frozen=True, slots=True)
class FieldClash:
    """Values of one column that count beside each other: the first one holds."""

    column: str
    sides: tuple[tuple[Stamp, Any], ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """A row, as all its writings make it."""

    data: Data | None
    """All columns that were ever written, but the place of a span; None where it is gone."""
    places: tuple[tuple[Stamp, Data], ...] = ()
    """Of a span: `start`, `stop` and `version` of each writing of its place that counts, the earliest first."""
    by_hand: bool = False
    """Whether a person put the places there; else the span moved with its text."""
    versions: tuple[tuple[Stamp, str], ...] = ()
    """Of a source: the text versions that count beside each other, the earliest first."""
    clashes: tuple[FieldClash, ...] = ()
    removed: tuple[Stamp, ...] = ()
    """Who removed it, though somebody else wrote to it meanwhile."""
    written: tuple[Stamp, ...] = field(default=())
    """Who wrote to it, not knowing that it was removed."""


PLACE = ("start", "stop", "version")


def fold(writes: Sequence[Write], before: Before, age: Age, *, is_span: bool, revive: bool = False) -> Folded:
    """Take all writings of one row together; `revive` looks away from its removals."""
    if len(writes) == 1 and writes[0].op == "i":
        return _made(writes[0], is_span=is_span)
    words = [each for each in writes if each.op in ("i", "u")]
    removals = [] if revive else [each for each in writes if each.op == "d"]
    living = [each for each in words if not any(before(each.stamp, gone.stamp) for gone in removals)]
    if not living:
        return Folded(None)
    in_vain = [gone.stamp for gone in removals if not any(before(gone.stamp, each.stamp) for each in living)]
    columns: dict[str, list[tuple[Stamp, Any]]] = defaultdict(list)
    for each in words:
        for name, value in each.data.items():
            columns[name].append((each.stamp, value))
    data: Data = {}
    clashes: list[FieldClash] = []
    versions: tuple[tuple[Stamp, str], ...] = ()
    for name, found in columns.items():
        if is_span and name in PLACE:
            continue
        counting = _counting(found, before, age)
        data[name] = counting[0][1]
        if name == "version" and "original_sha256" in columns:  # of a source, not of a snapshot or an instrument
            versions = tuple(counting)
        elif len(counting) > 1 and name not in QUIET:
            clashes.append(FieldClash(name, tuple(counting)))
    places, by_hand = _places(writes, before, age) if is_span else ((), False)
    return Folded(
        data, places, by_hand, versions, tuple(clashes), tuple(in_vain),
        tuple(each.stamp for each in living) if in_vain else (),
    )  # fmt: skip


def _made(one: Write, *, is_span: bool) -> Folded:
    """A row that was written once: most are."""
    if is_span:
        data = {name: value for name, value in one.data.items() if name not in PLACE}
        return Folded(data, ((one.stamp, {name: one.data[name] for name in PLACE}),), by_hand=True)
    versions = ((one.stamp, one.data["version"]),) if "original_sha256" in one.data else ()
    return Folded(dict(one.data), versions=versions)


def _counting(found: Sequence[tuple[Stamp, Any]], before: Before, age: Age) -> list[tuple[Stamp, Any]]:
    """The writings that nobody wrote over, one for each value, the earliest first."""
    if len(found) == 1:
        return list(found)
    top = [each for each in found if not any(before(each[0], other[0]) for other in found)]
    values: dict[str, tuple[Stamp, Any]] = {}
    for stamp, value in sorted(top, key=lambda each: (age(each[0]), each[0])):
        values.setdefault(json.dumps(value), (stamp, value))
    return list(values.values())


def _places(writes: Sequence[Write], before: Before, age: Age) -> tuple[tuple[tuple[Stamp, Data], ...], bool]:
    found = [each for each in writes if "start" in each.data]
    top = [each for each in found if not any(before(each.stamp, other.stamp) for other in found)]
    hands = [each for each in top if each.op != "m"]
    chosen = sorted(hands or top, key=lambda each: (age(each.stamp), each.stamp))
    return tuple((each.stamp, {name: each.data[name] for name in PLACE}) for each in chosen), bool(hands)
