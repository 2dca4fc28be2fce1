"""Which pieces of text lie over, inside or near others. Pure; one source at a time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


# A tuple and no dataclass: a question may make a million of them.
class Place(NamedTuple):
    """A numbered piece; what is counted may be characters, words, turns."""

    id: int
    first: int
    last: int
    """The last one that belongs to it."""


_NONE = (-(1 << 62), 0)
"""Ends before anything."""

Reach = Callable[[Place], tuple[int, int]]
"""Of a place: a partner must begin no later than the one, and end no sooner than the other."""


def partnered(places: Iterable[Place], others: Iterable[Place], reach: Reach) -> set[int]:
    """Ids of the places that have a partner among the others, itself not counted."""
    coming = sorted(others, key=lambda each: each.first)
    firsts = [each.first for each in coming]
    ending = _ending_last(coming)
    found: set[int] = set()
    for place in places:
        begins, ends = reach(place)
        index = bisect_right(firsts, begins) - 1
        if index >= 0:
            (last, number), (second, _) = ending[index]
            if (second if number == place.id else last) >= ends:
                found.add(place.id)
    return found


def _ending_last(places: Sequence[Place]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Up to each place the two that end last, as (last, id): the one that asks for a partner may be one of them."""
    best = second = _NONE
    found = []
    for place in places:
        here = (place.last, place.id)
        if here > best:
            best, second = here, best
        elif here > second:
            second = here
        found.append((best, second))
    return found


def overlapping(place: Place) -> tuple[int, int]:
    """A partner shares something with it."""
    return place.last, place.first


def containing(place: Place) -> tuple[int, int]:
    """A partner holds all of it."""
    return place.first, place.last


def within(distance: int) -> Reach:
    """A partner is at most this far away."""
    return lambda place: (place.last + distance, place.first - distance)


def counted(places: Iterable[Place], units: Sequence[tuple[int, int]]) -> list[Place]:
    """The same places, counted in units such as words; each unit is a start and a stop in characters."""
    starts, stops = [start for start, _ in units], [stop for _, stop in units]
    return [
        Place(each.id, bisect_right(stops, each.first), max(bisect_left(starts, each.last + 1) - 1, 0))
        for each in places
    ]


def holding(places: Iterable[Place], pieces: Sequence[Place]) -> set[int]:
    """Ids of the places that hold a whole piece; the pieces begin and end in the same order."""
    starts = [each.first for each in pieces]
    found = set()
    for place in places:
        index = bisect_left(starts, place.first)
        if index < len(pieces) and pieces[index].last <= place.last:
            found.add(place.id)
    return found


def lines(text: str) -> list[tuple[int, int]]:
    """The paragraphs of a text: every line with something on it."""
    return [match.span() for match in re.finditer(r"[^\n]+", text)]
