"""What a report gave out goes into the ledger when it is built for people outside the team."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from verhalen import errors
from verhalen.i18n import speaking
from verhalen.model.act import Act
from verhalen.privacy.clearance import Audience
from verhalen.report.compose import compose
from verhalen.report.data import ReportData, load
from verhalen.report.fill import KNOWN, answers
from verhalen.report.log import Log, MaskedEntry
from verhalen.report.placeholders import check_names
from verhalen.report.source import load_report, placeholders, refuse
from verhalen.store import releases
from verhalen.store.project import ProjectFile


def look(project: ProjectFile, source: Path, *, audience: Audience | None = None) -> tuple[MaskedEntry, ...]:
    """The tables of a report that hide numbers, each with its ladder; nothing is written. Raises BadReport with the line."""
    report = load_report(source)
    asked = placeholders(report.nodes)
    refuse(source.name, check_names(asked, KNOWN))
    log = Log()
    names = frozenset(each.name for each in asked)
    with speaking("nl"):
        reader = audience or report.front.audience or Audience.COUNCIL
        data = load(project, report.front, reader, asked=names, report=source.name)
        try:
            compose(report.nodes, answers(data, log))
        except errors.BadReport as error:
            raise errors.BadReport(**{**error.values, "file": source.name}) from error
    return tuple(log.masked)


def must_be_kept(project: ProjectFile, data: ReportData) -> None:
    """Raise ReadOnlyProject where a report for outsiders could not be written down: what nobody remembers protects nobody."""
    if data.audience.is_outside and project.read_only_reason:
        raise errors.ReadOnlyProject(reason=project.read_only_reason)


def record(project: ProjectFile, data: ReportData, log: Log, *, report: str, title: str, day: dt.date) -> None:
    """Remember its tables under the name of the report; what the same building showed already is not written again."""
    if not data.audience.is_outside:
        return
    rows = tuple(each.row for each in log.rows.values())
    period = "..".join(map(str, data.front.period)) if data.front.period else ""
    found = releases.releases(project)
    own = [each for each in found if each.report == report]
    if any((each.audience, each.period, each.rows) == (data.audience, period, rows) for each in own[-1:]):
        return
    with project.change(Act.RELEASE) as writing:
        number = releases.add_release(
            writing, report=report, title=title, audience=data.audience, period=period, built=day, rows=rows
        )
        writing.targets.append(number)
