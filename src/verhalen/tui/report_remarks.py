"""What there is to say about a report while it is being written: what keeps it from being built, what is not shown and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verhalen.i18n import mark, t, tn
from verhalen.tui.words import day_text

if TYPE_CHECKING:
    from verhalen.report.previewing import Preview


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the list."""

    line: int | None
    """Of the source; None: about the whole."""
    words: str
    """Finished."""
    is_problem: bool = False
    """Whether the report cannot be built before it is solved."""

    @property
    def shown(self) -> str:
        """As it stands in the list."""
        sign = "✗" if self.is_problem else "·"
        return f"{sign} {t('line {n}: ', n=self.line) if self.line else ''}{self.words}"


def remarks_of(preview: Preview, text: str) -> list[Remark]:
    """What must be solved first, then what is hidden or refused, then the rest."""
    found = [Remark(each.line, str(each), is_problem=True) for each in preview.problems]
    found += _hidden(preview, text)
    found += _refused(preview, text)
    found += [Remark(each.line, str(each)) for each in preview.warnings]
    return found


def summary(preview: Preview) -> str:
    """All of it in one line."""
    hidden = sum(each.suppressed for each in preview.numbers)
    refused = sum(not each.shown for each in preview.quotes)
    parts = [
        t("For: {audience}", audience=t(preview.audience.label)),
        tn("{n} problem", "{n} problems", len(preview.problems)) if preview.problems else t("can be built"),
        tn("{n} number not shown", "{n} numbers not shown", hidden) if hidden else "",
        tn("{n} quote refused", "{n} quotes refused", refused) if refused else "",
        tn("{n} remark", "{n} remarks", len(preview.warnings)) if preview.warnings else t("no remarks"),
    ]
    return " · ".join(filter(None, parts))


def _hidden(preview: Preview, text: str) -> Iterator[Remark]:
    """Tables with hidden numbers and what can be done about each, then hidden numbers within sentences."""
    for entry in preview.masked:
        said = t("{what}: {hidden} of {all} numbers are not shown", what=entry.what, hidden=entry.hidden, all=entry.of)
        yield Remark(entry.line, "; ".join((said, *map(str, entry.steps))))
    for left in preview.refused:
        message = mark("{what}: left out; beside {report} of {day} it would tell of single families")
        yield Remark(
            left.line, t(message, what=left.what, report=left.report, day=day_text(dt.date.fromisoformat(left.day)))
        )
    told = {entry.source for entry in preview.masked} | {left.source for left in preview.refused}
    hidden = Counter(each.source for each in preview.numbers if each.suppressed and each.source not in told)
    for source, count in hidden.items():
        words = tn(
            "{source}: {n} number is not shown; somebody could recognise the family",
            "{source}: {n} numbers are not shown; somebody could recognise the family",
            count,
            source=source,
        )
        yield Remark(line_of(source, text), words)


def _refused(preview: Preview, text: str) -> Iterator[Remark]:
    refused = Counter((each.story, each.reason) for each in preview.quotes if not each.shown)
    for (story, reason), count in refused.items():
        what = t("Story {key}", key=story) if story else tn("{n} fragment", "{n} fragments", count)
        yield Remark(None, t("not quoted: {what}: {reason}", what=what, reason=reason))


def line_of(source: str, text: str) -> int | None:
    """The first line of the text in which a placeholder stands, however its blanks are typed."""
    wanted = "".join(source.split()).casefold()
    for number, line in enumerate(text.splitlines(), 1):
        if "{{" in line and wanted in "".join(line.split()).casefold():
            return number
    return None
