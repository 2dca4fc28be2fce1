"""Instruments, life domains and scores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.api import column_mappings
from verhalen.api.measuring import Measuring
from verhalen.model.act import Act
from verhalen.model.instrument import DomainList, Instrument, InstrumentVersion
from verhalen.model.mapping import ColumnMapping
from verhalen.store import declared
from verhalen.store import scores as store
from verhalen.store.revisions import keep_version, versions_of

if TYPE_CHECKING:
    import datetime as dt

    from verhalen.api.score_forms import FormRequest
    from verhalen.exchange.score_export import ScoreExport
    from verhalen.exchange.score_preview import ScorePreview
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
        """Load instruments, ours or the organisation's official wording, in one change; items keep their old scores.

        What stands in the project already changes nothing. Words by which families were scored are kept beside newer
        ones. Raises BadInstrument with the line, and InstrumentClash for what would change the meaning of old scores.
        """
        from verhalen.scores.instruments import read_instruments
        from verhalen.scores.versions import plan_version

        read = read_instruments(paths, self.domains(), known=self.instruments())
        with self._file.change(Act.IMPORT_INSTRUMENTS) as writing:
            stored = {each.key: each for each in store.instruments(self._file)}
            judged = store.judged_instruments(writing)
            for each in read:
                there = stored.get(each.key)
                plan = plan_version(there, each, is_judged=there is not None and there.id in judged)
                if plan.unchanged:
                    continue
                if there is not None and plan.keeps_older:
                    keep_version(writing, there)
                writing.targets.append(store.put_instrument(writing, plan.instrument))
        return [self.instrument(each.key) for each in read]

    def versions(self, key: str) -> list[InstrumentVersion]:
        """The earlier words of an instrument by which families were scored, oldest first."""
        return versions_of(self._file, self.instrument(key).id)

    def export_instrument(self, key: str, path: Path) -> Path:
        """Write an instrument as YAML in our own form, to read, change and import again. Raises CannotWrite, FileExists."""
        from verhalen.scores.instrument_text import instrument_text
        from verhalen.scores.instruments import parse_derived

        found = parse_derived(self.instrument(key))
        own = found.definition and "versie_bestand" not in found.definition
        return _write_new(path, found.definition if own else instrument_text(found))

    def instrument_template(self, path: Path) -> Path:
        """Write a small instrument with explanations, to begin one's own with. Raises CannotWrite, FileExists."""
        from verhalen.scores.template import TEMPLATE

        return _write_new(path, TEMPLATE)

    def import_file(
        self, path: Path, *, instrument: str | None = None, mapping: str | None = None, skip_bad_rows: bool = False
    ) -> ScoreImport:
        """Import a score sheet, long or wide: any error in a row and nothing is stored, unless bad rows are skipped.

        `mapping` names columns that were kept (empty: none); without it columns that fit are used, and a warning says so.
        """
        from verhalen.exchange.score_tables import import_scores

        return import_scores(self._file, path, instrument=instrument, mapping=mapping, skip_bad_rows=skip_bad_rows)

    def preview(self, path: Path, *, instrument: str | None = None, mapping: str | None = None) -> ScorePreview:
        """What an import of a score sheet would do; nothing is stored."""
        from verhalen.exchange.score_preview import preview_scores

        return preview_scores(self._file, path, instrument=instrument, mapping=mapping)

    def export(self, path: Path, *, instrument: str | None = None, wide: bool = False) -> ScoreExport:
        """Write scores as CSV, XLSX or SAV, of one instrument or of all; an import of it changes nothing."""
        from verhalen.exchange.score_export import export_scores

        return export_scores(self._file, path, instrument=instrument, wide=wide)

    def mappings(self) -> dict[str, ColumnMapping]:
        """How other programs name the columns of their score sheets, by the name under which it is kept."""
        return declared.column_mappings(self._file, "scores")

    def keep_mapping(self, name: str, mapping: ColumnMapping) -> None:
        """Keep columns under a name, over earlier ones of that name. Raises BadInput for a name or column that cannot be."""
        from verhalen.exchange.score_columns import refuse_odd_mapping

        refuse_odd_mapping(name, mapping, self.instruments())
        column_mappings.keep(self._file, "scores", name, mapping)

    def forget_mapping(self, name: str) -> None:
        """Forget columns that were kept. Raises UnknownMapping."""
        column_mappings.forget(self._file, "scores", name)

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


def _write_new(path: Path, text: str) -> Path:
    """Write a file that is not there yet, whole or not at all."""
    from verhalen.store.whole_file import write_whole

    if path.exists():
        raise errors.FileExists(file=path.name)
    write_whole(path, text.encode("utf-8"))
    return path
