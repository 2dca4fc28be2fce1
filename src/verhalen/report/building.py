"""From a Markdown source to a Word file: read, check every name, fill through the gate, write whole or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from verhalen import errors
from verhalen.i18n import speaking
from verhalen.model.text import Notice
from verhalen.privacy.clearance import Audience
from verhalen.report.accessibility import check_file
from verhalen.report.compose import compose
from verhalen.report.data import load, today
from verhalen.report.docx_writer import write_docx
from verhalen.report.fill import KNOWN, answers
from verhalen.report.html_page import write_page
from verhalen.report.ledger import must_be_kept, record
from verhalen.report.lint import lint
from verhalen.report.log import Log, MaskedEntry, NumberEntry, QuoteEntry, RefusedEntry
from verhalen.report.placeholders import check_names
from verhalen.report.source import load_report, placeholders, refuse
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
    report = load_report(source)
    refuse(source.name, check_names(placeholders(report.nodes), KNOWN))
    log = Log()
    with speaking(REPORT_LANGUAGE):
        day = day or today()
        data = load(
            project,
            report.front,
            audience or report.front.audience or Audience.COUNCIL,
            day=day,
            asked=frozenset(each.name for each in placeholders(report.nodes)),
            report=source.name,
        )
        try:
            blocks = compose(report.nodes, answers(data, log))
        except errors.BadReport as error:
            raise errors.BadReport(
                file=source.name, line=error.values["line"], problem=error.values["problem"]
            ) from error
        title = report.front.title or source.stem
        must_be_kept(project, data)
        if out.suffix.lower() == PAGE:
            write_page(blocks, out, title=title, subtitle=report.front.subtitle, today=day)
            found: tuple[Notice, ...] = ()
        else:
            lacks = write_docx(blocks, out, title=title, subtitle=report.front.subtitle, today=day, template=template)
            found = (*lacks, *check_file(out))
    record(project, data, log, report=source.name, title=title, day=day)
    typed = typed_quotes(report.nodes, project, data.saying, data.audience)
    warnings = (*found, *log.warnings, *typed, *lint(report.nodes))
    return Built(out, tuple(log.numbers), tuple(log.quotes), warnings, tuple(log.refused), tuple(log.masked))


def first_version(path: Path, *, period: tuple[dt.date, dt.date] | None = None) -> None:
    """Write a complete first version for a city council. Raises CannotWrite; an existing file is never overwritten."""
    first, last = period or (dt.date(today().year, 1, 1), today())
    text = (Path(__file__).parent / "raad.md").read_text("utf-8").replace("{periode}", f"{first}..{last}")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise errors.FileExists(file=path.name) from None
    except OSError as error:
        raise errors.CannotWrite(file=path.name, reason=errors.why_not_written(error)) from error
