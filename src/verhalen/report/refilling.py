"""What the project of today says at each place of a report that was built before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from verhalen import errors
from verhalen.i18n import t
from verhalen.privacy.clearance import Audience
from verhalen.report.always import asked_names
from verhalen.report.blocks import Block, Filled
from verhalen.report.compose import Answers
from verhalen.report.data import ReportData, load
from verhalen.report.docx_writer import draft
from verhalen.report.fill import KNOWN, answers
from verhalen.report.front import FENCE, Front, split_front
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder, check_names
from verhalen.report.source import InsertNode
from verhalen.report.trace import Entry, Manifest, Stamps
from verhalen.report.trace_marks import Body
from verhalen.report.tracing import Asked, Tracer, quote_stamp, restored, source_stamp
from verhalen.report.word_file import WordFile
from verhalen.report.word_ranges import Seen, Words
from verhalen.store import releases
from verhalen.store.project import ProjectFile


@dataclass(frozen=True, slots=True)
class Refilled:
    """One placeholder, asked again."""

    entry: Entry
    source: str
    """The placeholder as it is written."""
    problem: str = ""
    """Why it could not be asked; then all else is empty."""
    text: str = ""
    """Within a sentence."""
    pieces: tuple[Seen, ...] = ()
    """Alone in a paragraph."""
    asked: Asked | None = None

    def shown(self, stamps: Stamps) -> tuple[str, ...]:
        """Stamps of the quotes that stand there now."""
        quotes = self.asked.quotes if self.asked else ()
        return tuple(quote_stamp(quote, stamps) for quote in quotes if quote.shown)

    def refused(self, stamps: Stamps) -> dict[str, str]:
        """Why quotes may not stand there, by their stamps."""
        quotes = self.asked.quotes if self.asked else ()
        return {quote_stamp(quote, stamps): quote.reason for quote in quotes if not quote.shown}


@dataclass(frozen=True, slots=True)
class Refill:
    """All of them, and the Word that they make."""

    entries: tuple[Refilled, ...]
    body: Body
    words: Words
    data: ReportData
    log: Log
    report: str
    """Name of the report in the ledger; empty where it is not there."""


def refill(project: ProjectFile, file: WordFile, *, day: dt.date) -> Refill:
    """Ask every placeholder again, with the settings that the file remembers. Raises UnknownInstrument, BadReport."""
    stamps, manifest = Stamps(project.setting("secret")), file.manifest
    wanted = restored([entry.asks for entry in manifest.entries], project, stamps)
    log = Log()
    report = _name_in_ledger(project, manifest, stamps)
    data = load(
        project,
        front_of(file),
        Audience(manifest.audience),
        day=day,
        asked=asked_names(InsertNode(each) for each in wanted if each is not None),
        report=report,
    )
    tracer = Tracer(stamps, prefix=manifest.prefix)
    ask = _Asking(tracer.answers(answers(data, log), log), tracer, log, stamps, manifest)
    found = [ask.again(entry, placeholder) for entry, placeholder in zip(manifest.entries, wanted, strict=True)]
    body = draft([filled for _, filled in found if filled is not None], today=day)
    words = Words(body.xml)
    pieces = words.pieces(manifest.prefix)
    whole = tuple(
        Refilled(each.entry, each.source, each.problem, each.text, tuple(pieces.get(each.entry.id, ())), each.asked)
        for each, _ in found
    )
    return Refill(whole, body, words, data, log, report)


def _name_in_ledger(project: ProjectFile, manifest: Manifest, stamps: Stamps) -> str:
    """What this very report gave out before does not stand in its own way."""
    names = {each.report for each in releases.releases(project)}
    return next((name for name in sorted(names) if source_stamp(stamps, name) == manifest.source), "")


def front_of(file: WordFile) -> Front:
    """The settings that the file remembers. Raises BadReport where one of them means nothing any more."""
    lines = [FENCE, *(f"{key}: {value}" for key, value in file.manifest.settings.items()), FENCE]
    front, _, problems = split_front(lines)
    if problems:
        raise errors.BadReport(file=file.path.name, line=problems[0].line or 1, problem=str(problems[0]))
    return replace(front, title=file.title) if file.manifest.titled else front


@dataclass(slots=True)
class _Asking:
    """Asks in the order of the report; a quote that stood there is tried first."""

    answers: Answers
    tracer: Tracer
    log: Log
    stamps: Stamps
    manifest: Manifest

    def again(self, entry: Entry, placeholder: Placeholder | None) -> tuple[Refilled, Filled | None]:
        if placeholder is None:
            problem = t("it names something that is no longer in the project")
            return Refilled(entry, entry.asks.partition(" #")[0].split("=")[0], problem), None
        wrong = check_names([placeholder], KNOWN)
        if wrong:
            return Refilled(entry, placeholder.source, str(wrong[0])), None
        here = frozenset(entry.quotes)
        elsewhere = frozenset(stamp for each in self.manifest.entries for stamp in each.quotes) - here
        self.log.before = lambda name: _rank(self.stamps.of(name), here, elsewhere)
        try:
            text, blocks = self._ask_by_todays_name(placeholder, alone=entry.alone)
        except errors.BadReport as error:
            return Refilled(entry, placeholder.source, str(error.values["problem"])), None
        except errors.Unknown as error:
            return Refilled(entry, placeholder.source, str(error)), None
        filled = Filled("", tuple(blocks), trace=f"{self.manifest.prefix}_{entry.id}") if blocks else None
        return Refilled(entry, placeholder.source, text=text, asked=self.tracer.asked[-1]), filled

    def _ask_by_todays_name(self, placeholder: Placeholder, *, alone: bool) -> tuple[str, Sequence[Block]]:
        """A code or family that got another name, or went into another code, is asked for by the name of today."""
        try:
            return self._ask(placeholder, alone=alone)
        except (errors.RenamedCode, errors.RenamedFamily) as error:
            key, now = error.values["key"], str(error.values["now"])
            followed = {name: now if value == key else value for name, value in placeholder.arguments.items()}
            if followed == placeholder.arguments:
                raise
            return self._ask(replace(placeholder, arguments=followed), alone=alone)

    def _ask(self, placeholder: Placeholder, *, alone: bool) -> tuple[str, Sequence[Block]]:
        if alone:
            return "", self.answers.alone(placeholder)
        return self.answers.within(placeholder).value, ()


def _rank(stamp: str, here: frozenset[str], elsewhere: frozenset[str]) -> int:
    return 0 if stamp in here else 2 if stamp in elsewhere else 1
