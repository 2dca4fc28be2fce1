"""Agreement between coders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from verhalen.analysis.agreeing import AgreementTable, agreement
from verhalen.analysis.agreement_units import UnitOf
from verhalen.exchange.agreement_tables import Written, write_agreement
from verhalen.statistics.agreement import Level
from verhalen.store import sources as source_store
from verhalen.store.project import ProjectFile


class Agreement:
    """`project.agreement`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def table(
        self,
        *,
        codes: Sequence[str] = (),
        group: str = "",
        unit: UnitOf | str = UnitOf.TURN,
        coders: Sequence[str] = (),
        sources: Sequence[int] = (),
        level: Level | str = Level.NOMINAL,
        intervals: bool = False,
    ) -> AgreementTable:
        """Compare coders per code, or the codes below `group` as values that exclude each other.

        `coders` are names or identities, `sources` ids; without them all that two coders share. `level` is for a group whose codes
        stand in order. Raises UnknownCode, BadInput.
        """
        return agreement(
            self._file,
            codes=codes,
            group=group,
            unit=UnitOf(unit),
            coders=coders,
            sources=sources,
            level=Level(level),
            intervals=intervals,
        )

    def source_numbers(self) -> dict[int, int]:
        """Id of a source -> its number, for lists of places."""
        return {each.id: each.number for each in source_store.all_sources(self._file)}

    def write(self, path: Path, found: AgreementTable) -> Written:
        """Write a table as CSV, or as XLSX with the places where coders differ and how was counted. Raises BadInput, CannotWrite."""
        return write_agreement(path, found, self.source_numbers())
