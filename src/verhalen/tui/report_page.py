"""What stands beside a report: where its files are, what was built, and what was left out and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.i18n import mark, t, tn
from verhalen.tui.page import BAD, BLANK, HEADING, MUTED, TITLE, Line, heading
from verhalen.tui.words import day_text

if TYPE_CHECKING:
    from verhalen.report.building import Built
    from verhalen.report.checking import Checked
    from verhalen.report.refreshing import Refreshed

SMALL = mark(
    "We do not show these: in a small town somebody could recognise the family. "
    "You can take towns together, or say it in words."
)


def source_page(source: Path, workspace: Path) -> Iterator[Line]:
    """A report that was not built in this session."""
    yield Line(source.stem, TITLE)
    yield BLANK
    yield Line(t("Your words: {file}", file=source.relative_to(workspace)))
    target = source.with_suffix(".docx")
    if target.exists():
        yield Line(t("Word document: {file}", file=target.relative_to(workspace)))
    else:
        yield Line(t("There is no Word document yet."))
    if target.exists() and target.stat().st_mtime < source.stat().st_mtime:
        yield Line(t("Your words are newer than the Word document. Build it again."))
    yield BLANK
    yield Line(t("Enter opens it to write on, B builds it."), MUTED)


def built_page(built: Built, target: Path, workspace: Path) -> Iterator[Line]:
    """What building gave."""
    yield Line(target.stem, TITLE)
    yield BLANK
    yield Line(t("The Word document stands in:"))
    yield Line(str(target.relative_to(workspace)), HEADING, 2)
    yield from _numbers(built)
    yield from _quotes(built)
    yield from _warnings(built)


def check_page(checked: Checked) -> Iterator[Line]:
    """What of a built report still holds."""
    from verhalen.report.check_words import checked_lines

    yield from _told(checked.path, checked_lines(checked))


def refresh_page(done: Refreshed) -> Iterator[Line]:
    """What a refresh did."""
    from verhalen.report.check_words import refreshed_lines

    yield from _told(done.path, refreshed_lines(done))


def _told(path: Path, lines: Iterable[str]) -> Iterator[Line]:
    yield Line(path.name, TITLE)
    yield BLANK
    for each in lines:
        yield Line(each.strip(), indent=len(each) - len(each.lstrip()))


def error_page(error: errors.VerhalenError) -> Iterator[Line]:
    """Why it could not be built."""
    yield Line(t("The report was not built."), BAD)
    yield BLANK
    yield Line(str(error))


def all_count() -> tuple[Line, Line]:
    """For who codes blind."""
    return BLANK, Line(t("Reports count the codings of all coders, also those that you hide on the screens."), MUTED)


def _numbers(built: Built) -> Iterator[Line]:
    hidden = Counter(each.source for each in built.numbers if each.suppressed)
    shown = len(built.numbers) - hidden.total()
    yield from heading(t("Numbers: {shown} shown, {hidden} not", shown=shown, hidden=hidden.total()))
    if hidden:
        yield Line(t(SMALL), MUTED, 2)
    for source, count in hidden.items():
        yield Line(f"· {source}: {count}", indent=2)
    for entry in built.masked:
        for step in entry.steps:
            yield Line(f"{entry.what}: {step}", MUTED, 4)
    for left in built.refused:
        message = mark("{what}: left out; beside {report} of {day} it would tell of single families")
        yield Line(
            "· " + t(message, what=left.what, report=left.report, day=day_text(dt.date.fromisoformat(left.day))),
            indent=2,
        )


def _quotes(built: Built) -> Iterator[Line]:
    refused = [each for each in built.quotes if not each.shown]
    shown = len(built.quotes) - len(refused)
    yield from heading(t("Quotes: {shown} shown, {refused} not", shown=shown, refused=len(refused)))
    reasons = Counter((each.story, each.reason) for each in refused)
    for (story, reason), count in reasons.items():
        what = t("Story {key}", key=story) if story else tn("{n} fragment", "{n} fragments", count)
        yield Line(f"· {what}: {reason}", indent=2)


def _warnings(built: Built) -> Iterator[Line]:
    if built.warnings:
        yield from heading(tn("{n} remark", "{n} remarks", len(built.warnings)))
    for each in built.warnings:
        where = t("line {n}: ", n=each.line) if each.line else ""
        yield Line(f"· {where}{each}", indent=2)
