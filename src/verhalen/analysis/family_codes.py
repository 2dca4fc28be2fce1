"""How many fragments of each code are a family's own words, and how many are about it: words as numbers, per family."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from verhalen.analysis.meeting import runs_of
from verhalen.store import families
from verhalen.store import relating as store
from verhalen.store.project import ProjectFile
from verhalen.store.relating import Placed

Counts = Mapping[str, Mapping[int, int]]
"""Key of a family to id of a code to fragments; without zeros."""


@dataclass(frozen=True, slots=True)
class FamilyCodes:
    """A fragment counts once however many coders marked it."""

    own: Counts
    """In the family's own words: its story, or somebody of it who speaks."""
    about: Counts
    """In the words of others, where somebody marked that they are about the family."""
    with_words: frozenset[str]
    """Families of whom there are words at all. Of the others nothing is known: they have no zero."""


def family_codes(project: ProjectFile) -> FamilyCodes:
    """Count, over all codings that are seen."""
    keys = {number: key for key, number in families.family_ids(project).items()}
    rows = store.placed_codings(project)
    own, about = store.family_of_codings(project), store.families_of_mentions(project)
    return FamilyCodes(
        own=_counted(rows, lambda coding: (own[coding],) if coding in own else (), keys),
        about=_counted(rows, lambda coding: about.get(coding, ()), keys),
        with_words=frozenset(store.families_with_words(project)),
    )


def _counted(
    rows: Collection[Placed], families_of: Callable[[int], Collection[int]], keys: Mapping[int, str]
) -> dict[str, Counter[int]]:
    texts: dict[tuple[int, int], list[Placed]] = {}
    for row in rows:
        for family in families_of(row[4]):
            texts.setdefault((row[0], family), []).append(row)
    found: dict[str, Counter[int]] = {}
    for (_, family), placed in texts.items():
        found.setdefault(keys[family], Counter()).update(run[2] for run in runs_of(placed))
    return found
