"""A report as it would be built now, part by part, while its words are being typed. Nothing is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from verhalen import errors
from verhalen.i18n import mark, speaking
from verhalen.model.text import Notice
from verhalen.privacy.clearance import Audience
from verhalen.report.always import asked_names, with_always
from verhalen.report.blocks import Block
from verhalen.report.building import REPORT_LANGUAGE, remarks
from verhalen.report.checks import problems as all_problems
from verhalen.report.compose import Answers, compose
from verhalen.report.data import ReportData, load, today
from verhalen.report.fill import answers
from verhalen.report.front import Front
from verhalen.report.log import Log, MaskedEntry, NumberEntry, QuoteEntry, RefusedEntry
from verhalen.report.source import Node, ReportSource, parse_report, placeholders
from verhalen.store.project import ProjectFile

_PROBLEM = mark("{problem}")


@dataclass(frozen=True, slots=True)
class Part:
    """What one paragraph, heading, list or placeholder of the source becomes."""

    line: int
    """Of the source, from 1."""
    blocks: tuple[Block, ...]
    """Empty where it could not be made: a problem of the preview says why."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A report as it would be built now."""

    parts: tuple[Part, ...]
    problems: tuple[Notice, ...]
    """What keeps it from being built."""
    warnings: tuple[Notice, ...]
    numbers: tuple[NumberEntry, ...]
    quotes: tuple[QuoteEntry, ...]
    refused: tuple[RefusedEntry, ...]
    """What the ledger of released reports keeps out."""
    masked: tuple[MaskedEntry, ...]
    """Tables with hidden numbers, each with the ladder."""
    audience: Audience
    title: str
    subtitle: str


class Previewer:
    """Makes previews of one source. What the project gives is loaded once, and again when the project has changed.

    It belongs to one thread, like the project file.
    """

    def __init__(self, project: ProjectFile, *, report: str = "") -> None:
        """`report` is the name of its source: what was only built under it does not stand in its way."""
        self._project = project
        self._report = report
        self._held: ReportData | None = None
        self._of: tuple[object, ...] = ()
        """What the loaded data hang on."""

    def preview(self, text: str, *, day: dt.date | None = None) -> Preview:
        """What `text` becomes. What is wrong with it is data, with its lines; raises what reading the project raises."""
        source = parse_report(text)
        problems = list(all_problems(source, self._project, beside=self._project.path.parent / "exports"))
        audience = source.front.audience or Audience.COUNCIL
        log = Log()
        parts: list[Part] = []
        warnings: list[Notice] = []
        with speaking(source.front.language or REPORT_LANGUAGE):
            nodes, added = with_always(source.nodes)
            try:
                data = self._data(source, audience, day or today())
            except errors.UnknownInstrument:
                pass  # said among the problems, with its line
            except errors.BadInput as error:
                problems.append(Notice(1, _PROBLEM, {"problem": str(error)}))
            else:
                fillers = answers(data, log)
                wrong = {each.line for each in problems}
                for node in nodes:
                    made, problem = _blocks(node, fillers, wrong)
                    parts.append(Part(node.line, made))
                    problems += [problem] if problem else []
                warnings = [*added, *log.warnings, *remarks(source, data)]
        return Preview(
            parts=tuple(parts),
            problems=_in_order(problems),
            warnings=_in_order(warnings),
            numbers=tuple(log.numbers),
            quotes=tuple(log.quotes),
            refused=tuple(log.refused),
            masked=tuple(log.masked),
            audience=audience,
            title=source.front.title,
            subtitle=source.front.subtitle,
        )

    def _data(self, source: ReportSource, audience: Audience, day: dt.date) -> ReportData:
        front, asked = source.front, asked_names(source.nodes)
        changes = self._project.number("select coalesce(max(id), 0) from change")
        of = (_what_counts(front), audience, day, changes)
        if self._held is None or of != self._of:
            self._held, self._of = self._load(front, audience, day, asked), of
        return replace(self._held, front=front, asked=asked)

    def _load(self, front: Front, audience: Audience, day: dt.date, asked: frozenset[str]) -> ReportData:
        return load(self._project, front, audience, day=day, asked=asked, report=self._report)


def _what_counts(front: Front) -> Front:
    """The front without what changes no number."""
    return replace(front, title="", subtitle="", coder="")


def _blocks(node: Node, fillers: Answers, wrong: set[int | None]) -> tuple[tuple[Block, ...], Notice | None]:
    """What a node becomes, or why it cannot become anything."""
    if any(each.line in wrong for each in placeholders([node])):
        return (), None  # said already
    try:
        return compose([node], fillers), None
    except errors.BadReport as error:
        line = error.values["line"]
        return (), Notice(
            line if isinstance(line, int) and line else node.line, _PROBLEM, {"problem": error.values["problem"]}
        )


def _in_order(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    return tuple(sorted(notices, key=lambda notice: notice.line or 0))
