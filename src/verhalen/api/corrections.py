"""Correcting whole turns, and reading in a newer version of a file: what would happen first, then one change."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from verhalen.api.sources import Reference, Sources
from verhalen.coding import correcting, renewing
from verhalen.coding.anchoring import Found
from verhalen.coding.differing import Edits, differences, merged
from verhalen.store.project import ProjectFile

Corrected = correcting.Corrected
Touched = correcting.Touched
Proposal = renewing.Proposal
Renewal = renewing.Renewal
Renewed = renewing.Renewed
touched = correcting.touched

__all__ = [
    "Corrected",
    "Corrections",
    "Edits",
    "Found",
    "Proposal",
    "Renewal",
    "Renewed",
    "Touched",
    "differences",
    "merged",
    "touched",
]


class Corrections:
    """`project.corrections`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file
        self._sources = Sources(file)

    def turn(self, reference: Reference, turn_id: int, *, before: str, after: str) -> Corrected | None:
        """Give a turn other words in one change, however many places differ; None where none does.

        `before` are its words as they were seen. Raises StaleTurn, UnknownTurn, EmptyTurn.
        """
        source = self._sources.get(reference)
        return correcting.correct_turn(self._file, source.id, turn_id, before=before, after=after)

    def newer(self, reference: Reference, path: Path) -> Renewal:
        """Read a newer version of the file of a source and say what it would do; nothing is stored."""
        from verhalen.readers import read_source

        source = self._sources.get(reference)
        return renewing.plan(self._file, source.id, read_source(path))

    def renew(self, renewal: Renewal, *, drop: Collection[int] = ()) -> Renewed:
        """Store it in one change; codings and mentions in `drop` (ids) end. Raises StaleRenewal."""
        return renewing.apply(self._file, renewal, drop=drop)
