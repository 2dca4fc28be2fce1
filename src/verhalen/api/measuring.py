"""What the scores say: change, rules, windows, the poverty index. Nothing is written here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.instrument import DomainList, Instrument
from verhalen.store import scores as store
from verhalen.store.project import ProjectFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from verhalen.analysis.baseline import Baseline
    from verhalen.analysis.change_table import ChangeTable, Per, RuleRow
    from verhalen.analysis.poverty import Poverty
    from verhalen.analysis.scoring import Scored, Settings
    from verhalen.exchange.finding_tables import Written
    from verhalen.scores.windows import WindowRow


class Measuring:
    """The half of `project.scores` that only reads."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def domains(self) -> DomainList:
        """The life domains in their groups."""
        return store.domain_list(self._file)

    def instruments(self) -> list[Instrument]:
        """All instruments with their items."""
        return store.instruments(self._file)

    def instrument(self, key: str) -> Instrument:
        """One instrument; raises UnknownInstrument."""
        found = next((each for each in self.instruments() if each.key == key), None)
        if found is None:
            raise errors.UnknownInstrument(key=key)
        return found

    def change(
        self,
        instrument: str,
        *,
        settings: Settings | None = None,
        per: Per | str = "item",
        apart: bool = False,
        by: str = "",
        tests: bool = False,
        threshold: int | None = None,
        loaded: Scored | None = None,
    ) -> ChangeTable:
        """Who went up, stayed or went down, per item, life domain, group or the whole instrument; for the team, unmasked.

        `loaded` are scores that were read before for the same instrument and the same two moments: then only the rule counts.
        Raises UnknownInstrument, and BadInput for an attribute that no family has.
        """
        from verhalen.analysis.change_table import Per, change_table

        with self._file.steady():
            scored = self._scored(instrument, settings) if loaded is None else loaded
            return change_table(
                self._file,
                scored if settings is None else replace(scored, settings=settings),
                self.domains(),
                per=Per(per),
                apart=apart,
                by=by,
                tests=tests,
                threshold=threshold,
            )

    def rules(self, instrument: str, *, settings: Settings | None = None) -> list[RuleRow]:
        """Items that come out otherwise under another rule for families."""
        from verhalen.analysis.change_table import rule_rows

        with self._file.steady():
            return rule_rows(self._scored(instrument, settings))

    def windows(
        self, instrument: str, *, settings: Settings | None = None, windows: Sequence[int] = ()
    ) -> tuple[WindowRow, ...]:
        """How many families another window around the day of follow-up would move."""
        from verhalen.analysis.scoring import load_moments
        from verhalen.scores.windows import WINDOWS, window_rows
        from verhalen.store.families import families

        with self._file.steady():
            known, periods, given = load_moments(
                self._file, self.instrument(instrument), families=families(self._file), settings=settings
            )
        return window_rows(
            known,
            periods,
            assessor=given.assessor,
            days=given.settings.days,
            window=given.settings.window,
            at=given.settings.at,
            windows=windows or WINDOWS,
        )

    def baseline(self, instrument: str, *, settings: Settings | None = None) -> Baseline:
        """Every family at its first registration, also those that were never followed: items first, then own domains.

        Raises UnknownInstrument, BadInput.
        """
        from verhalen.analysis.baseline import baseline
        from verhalen.store.families import families

        with self._file.steady():
            return baseline(self._file, self._asked(instrument), families=families(self._file), settings=settings)

    def write_change(self, path: Path, found: ChangeTable, *, per: Per | str = "item") -> Written:
        """Write a table of change as CSV, or as XLSX with its pairs and its method; `tests=True` gives it the tests."""
        from verhalen.analysis.change_table import Per
        from verhalen.exchange.finding_tables import write_change

        return write_change(path, found, Per(per))

    def write_baseline(self, path: Path, found: Baseline) -> Written:
        """Write a table of baselines as CSV or XLSX."""
        from verhalen.exchange.finding_tables import write_baseline

        return write_baseline(path, found)

    def write_poverty(self, path: Path, found: Poverty) -> Written:
        """Write the approximation of the poverty index as CSV, or as XLSX with its transitions and families."""
        from verhalen.exchange.finding_tables import write_poverty

        return write_poverty(path, found)

    def poverty(self, *, settings: Settings | None = None, threshold: int | None = None) -> Poverty:
        """An approximation of the poverty index, at baseline and at follow-up.

        Raises UnknownInstrument where the project has no index, BadInput for a threshold that it cannot have.
        """
        from verhalen.analysis.poverty import poverty
        from verhalen.store.families import families

        with self._file.steady():
            return poverty(
                self._file, self.instruments(), families=families(self._file), settings=settings, threshold=threshold
            )

    def _scored(self, instrument: str, settings: Settings | None) -> Scored:
        from verhalen.analysis.scoring import load_scored
        from verhalen.store.families import families

        return load_scored(self._file, self._asked(instrument), families=families(self._file), settings=settings)

    def _asked(self, key: str) -> Instrument:
        return with_scores(self.instrument(key))


def with_scores(asked: Instrument) -> Instrument:
    """The instrument, where it has scores of its own. Raises BadInput for one that is derived."""
    if asked.kind == "afgeleid":
        raise errors.BadInput(reason=t("{name} has no scores of its own: see verhalen scores poverty", name=asked.name))
    return asked
