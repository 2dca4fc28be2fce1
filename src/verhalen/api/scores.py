"""Instruments, life domains and scores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.api.measuring import Measuring
from verhalen.model.act import Act
from verhalen.model.instrument import DomainList, Instrument
from verhalen.store import scores as store

if TYPE_CHECKING:
    import datetime as dt

    from verhalen.api.score_forms import FormRequest
    from verhalen.exchange.score_tables import ScoreImport
    from verhalen.scores.form_words import FormWords


class Scores(Measuring):
    """`project.scores`: instruments and score sheets come in; what the numbers say is in `Measuring`."""

    def import_domains(self, path: Path) -> DomainList:
        """Load a list of life domains."""
        from verhalen.scores.instruments import read_domains

        domains = read_domains(path)
        with self._file.change(Act.IMPORT_DOMAINS) as writing:
            store.put_domains(writing, domains)
        return domains

    def import_instruments(self, *paths: Path) -> list[Instrument]:
        """Load instruments, ours or the organisation's official wording, in one change; items keep their old scores."""
        from verhalen.scores.instruments import read_instrument

        known = self.instruments()
        domains = self.domains()
        read = [read_instrument(path, domains, known=known) for path in paths]
        with self._file.change(Act.IMPORT_INSTRUMENTS) as writing:
            writing.targets.extend(store.put_instrument(writing, each) for each in read)
        return [self.instrument(each.key) for each in read]

    def import_file(self, path: Path, *, instrument: str | None = None, skip_bad_rows: bool = False) -> ScoreImport:
        """Import a score sheet, long or wide: any error in a row and nothing is stored, unless bad rows are skipped."""
        from verhalen.exchange.score_tables import import_scores

        return import_scores(self._file, path, instrument=instrument, skip_bad_rows=skip_bad_rows)

    def form_words(self, key: str) -> dict[str, FormWords]:
        """The words of an instrument's form, by language."""
        from verhalen.api.score_forms import form_words

        return form_words(self.instrument(key))

    def form(self, key: str, path: Path, request: FormRequest, *, day: dt.date | None = None) -> FormWords:
        """Write the form that a parent fills in, as Word; give its words. `import_file` reads a filled one back.

        Raises UnknownInstrument, BadInput for a language or module that is not there, UnknownFormat, CannotWrite.
        """
        from verhalen.api.score_forms import write_form
        from verhalen.exchange.columns import today

        return write_form(self.instrument(key), path, request, today=day or today())
