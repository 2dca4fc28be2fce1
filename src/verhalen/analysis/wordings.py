"""By which words families were scored: the instrument as it is now, and older versions of which snapshots are left."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from verhalen.model.instrument import Instrument
from verhalen.scores.versions import words_at
from verhalen.store.project import ProjectFile
from verhalen.store.revisions import versions_of
from verhalen.store.scores import judged_versions


@dataclass(frozen=True, slots=True)
class UsedWording:
    """One version of an instrument, and what was judged by its words."""

    version: int
    wording: Literal["eigen", "officieel"]
    families: tuple[str, ...]
    """Those with a snapshot by these words."""
    snapshots: int
    differ: tuple[str, ...]
    """Keys of the items that are called otherwise today, or whose values are."""


def used_wordings(project: ProjectFile, instrument: Instrument, families: Collection[str]) -> tuple[UsedWording, ...]:
    """Today's words first, then the older ones that were used, newest first.

    Snapshots of which nobody noted the version, or of one that is not known any more, print with today's words and count there.
    """
    older = {each.version: each for each in versions_of(project, instrument.id)}
    now = words_at(instrument, (), instrument.version)
    found: dict[int, tuple[list[str], int]] = {instrument.version: ([], 0)}
    for family, version, n in judged_versions(project, instrument.key):
        if family in families:
            by = version if version in older else instrument.version
            them, count = found.get(by, ([], 0))
            found[by] = (them if family in them else [*them, family], count + n)
    used = []
    for version, (them, count) in sorted(found.items(), key=lambda each: (each[0] != instrument.version, -each[0])):
        words = words_at(instrument, older.values(), version)
        wording = instrument.wording if version == instrument.version else older[version].wording
        used.append(
            UsedWording(
                version,
                "officieel" if wording == "officieel" else "eigen",
                tuple(sorted(them)),
                count,
                tuple(item.key for item in instrument.items if words[item.key] != now[item.key]),
            )
        )
    return tuple(used)
