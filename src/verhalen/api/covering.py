"""Whose stories are heard, and whose are not."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from verhalen.store.project import ProjectFile

if TYPE_CHECKING:
    from verhalen.analysis.guard import Guard
    from verhalen.analysis.scoring import Settings


class Covering:
    """`project.covering`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def guard(
        self,
        *,
        period: tuple[dt.date, dt.date] | None = None,
        instrument: str = "",
        settings: Settings | None = None,
        draw: int = 5,
        seed: int | None = None,
    ) -> Guard:
        """Families with and without a story along several lines, the balance of good and bad news, whom to invite.

        For the team: nothing is masked. `seed` None takes one at random and gives it back. Raises UnknownInstrument,
        BadInput for a draw below 0.
        """
        from verhalen.analysis.guard import guard

        return guard(self._file, period=period, instrument=instrument, settings=settings, draw=draw, seed=seed)
