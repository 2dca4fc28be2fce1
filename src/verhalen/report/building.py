"""From a Markdown source to a Word file: read, check every name, fill through the gate, write whole or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from verhalen import errors
from verhalen.analysis.consensus_notes import consensus_notes
from verhalen.i18n import speaking
from verhalen.model.text import Notice
from verhalen.privacy.clearance import Audience
from verhalen.report.accessibility import check_file
from verhalen.report.always import asked_names, with_always
from verhalen.report.blocks import Block
from verhalen.report.checks import problems, repeated
from verhalen.report.compose import compose
from verhalen.report.data import ReportData, load, today
from verhalen.report.docx_writer import write_docx
from verhalen.report.fill import answers
from verhalen.report.html_page import write_page
from verhalen.report.ledger import must_be_kept, record
from verhalen.report.lint import lint, open_places
from verhalen.report.log import Log, MaskedEntry, NumberEntry, QuoteEntry, RefusedEntry
from verhalen.report.source import ReportSource, read_report, refuse
from verhalen.report.trace import Stamps
from verhalen.report.trace_marks import Manifest
from verhalen.report.tracing import Tracer, manifest_of, prefix_of
from verhalen.report.typed_names import typed_names
from verhalen.report.typed_quotes import typed_quotes
from verhalen.store.project import ProjectFile

REPORT_LANGUAGE = "nl"
"""A report to a Flemish council is Dutch, whatever language the coordinator's screens speak."""
PAGE = ".html"
"""What a page ends on; anything else is written as Word."""


@dataclass(frozen=True, slots=True)
class Built:
    """A report that was built."""

    path: Path
    numbers: tuple[NumberEntry, ...]
    quotes: tuple[QuoteEntry, ...]
    warnings: tuple[Notice, ...]
    refused: tuple[RefusedEntry, ...] = ()
    """Tables and numbers that the ledger of released reports keeps out."""
    masked: tuple[MaskedEntry, ...] = ()
    """Tables with hidden numbers, each with what can be done about it."""


def build(
    project: ProjectFile,
    source: Path,
    out: Path,
    *,
    audience: Audience | None = None,
    template: Path | None = None,
    day: dt.date | None = None,
) -> Built:
    """Build a report, as Word or as a page (`.html`). Raises BadReport (with lines), BadTemplate, CannotWrite; then nothing is written."""
    report = read_report(source)
    refuse(source.name, problems(report, project, beside=source.parent))
    log = Log()
    with speaking(report.front.language or REPORT_LANGUAGE):
        nodes, added = with_always(report.nodes)
        day = day or today()
        data = load(
            project,
            report.front,
            audience or report.front.audience or Audience.COUNCIL,
            day=day,
            asked=asked_names(nodes),
            report=source.name,
        )
        tracer = Tracer(Stamps(project.setting("secret")), prefix=prefix_of(project, source.name, day, data.audience))
        try:
            blocks = compose(nodes, tracer.answers(answers(data, log), log))
        except errors.BadReport as error:
            raise errors.BadReport(**{**error.values, "file": source.name}) from error
        title = report.front.title or source.stem
        must_be_kept(project, data)
        style = template or (source.parent / report.front.style if report.front.style else None)
        manifest = manifest_of(project, tracer, data, source=source, template=style is not None)
        found = _write(
            blocks, out, title=title, subtitle=report.front.subtitle, day=day, style=style, manifest=manifest
        )
    record(project, data, log, report=source.name, title=title, day=day)
    warnings = (*added, *found, *log.warnings, *remarks(report, data))
    return Built(out, tuple(log.numbers), tuple(log.quotes), warnings, tuple(log.refused), tuple(log.masked))


def _write(
    blocks: tuple[Block, ...],
    out: Path,
    *,
    title: str,
    subtitle: str,
    day: dt.date,
    style: Path | None,
    manifest: Manifest,
) -> tuple[Notice, ...]:
    """Write the page or the Word file; what is to be said of how it looks."""
    if out.suffix.lower() == PAGE:
        write_page(blocks, out, title=title, subtitle=subtitle, today=day)
        return ()
    lacks = write_docx(blocks, out, title=title, subtitle=subtitle, today=day, template=style, manifest=manifest)
    return (*lacks, *check_file(out))


def remarks(report: ReportSource, data: ReportData) -> tuple[Notice, ...]:
    """What its writer should look at again: names and words of families, wording, places that are not filled in."""
    found = [
        *typed_names(report, data.project, data.audience),
        *typed_quotes(report.nodes, data.project, data.saying, data.audience),
        *repeated(report.nodes),
        *open_places(report.nodes),
        *lint(report.nodes),
        *consensus_notes(data.project),
    ]
    return tuple(sorted(found, key=lambda each: each.line or 0))
