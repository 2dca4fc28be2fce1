"""Correcting whole turns, and reading in a newer version of a file: what would happen first, then one change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.api.sources import Reference, Sources
from verhalen.coding import correcting, renewing
from verhalen.coding.anchoring import Found
from verhalen.coding.differing import Edits, differences, merged
from verhalen.model.text import Reading
from verhalen.store.project import ProjectFile

if TYPE_CHECKING:
    from verhalen.privacy.review import Review

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

    def review_newer(self, reference: Reference, path: Path) -> Review | None:
        """The names of a newer file, to decide about; None where those of the source were never masked. Raises NoKey."""
        from verhalen.api.masking import Masking
        from verhalen.exchange.intake import draft_of
        from verhalen.readers import read_source

        source = self._sources.get(reference)
        return Masking(self._file).review_draft(draft_of(read_source(path))) if source.masked else None

    def newer(self, reference: Reference, path: Path, *, names: Review | None = None) -> Renewal:
        """Read a newer version of the file of a source and say what it would do; nothing is stored.

        Where names of the source were masked, those of the file are too: as `names` (of `review_newer`) says, else all
        that are found.
        """
        from verhalen.readers import read_source

        source = self._sources.get(reference)
        names = names or self.review_newer(reference, path)
        reading = read_source(path)
        return renewing.plan(self._file, source.id, reading if names is None else _masked(reading, names), names=names)

    def renew(self, renewal: Renewal, *, drop: Collection[int] = ()) -> Renewed:
        """Store it in one change; codings and mentions in `drop` (ids) end. Raises StaleRenewal."""
        names = renewal.names
        if names is not None:
            names.settle()
            if names.masked() != renewal.reading.text:  # another window took the number of a replacement first
                raise errors.StaleRenewal(number=renewal.source.number)
        done = renewing.apply(self._file, renewal, drop=drop)
        if names is not None:
            from verhalen.api.masking import Masking

            Masking(self._file).remember_key()
        return done


def _masked(reading: Reading, names: Review) -> Reading:
    """What was read, with its names replaced; its bytes stay, for their digest only."""
    from verhalen.privacy.swaps import carry_landmarks, carry_turns

    moved, mask = names.map(), names.label_mask()
    return replace(
        reading,
        title=mask(reading.title),
        text=names.masked(),
        turns=carry_turns(reading.turns, moved, mask=mask),
        landmarks=carry_landmarks(reading.landmarks, moved),
    )
