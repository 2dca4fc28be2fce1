"""What a check and a refresh say, in lines: on the command line and in the app alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from verhalen.i18n import t, tn
from verhalen.report.checking import SENTENCES, Changed, Checked, Finding
from verhalen.report.refreshing import Refreshed

_MOST = 12
"""Places told one by one."""


def checked_lines(checked: Checked) -> Iterator[str]:
    """Of every place that no longer holds what it is, then whether all does."""
    manifest = checked.manifest
    day = dt.date.fromisoformat(manifest.day)
    yield t("Built on {day}, version {version}.", day=f"{day:%d/%m/%Y}", version=manifest.program)
    yield from _lines(checked.findings)
    right = sum(each.state == "right" for each in checked.findings)
    yield tn("{n} place is still right.", "{n} places are still right.", right)
    if checked.holds:
        yield t("Everything in the report still holds.")
    else:
        yield t("To bring it up to date: verhalen report refresh {file}", file=checked.path)


def _lines(findings: Sequence[Finding]) -> Iterator[str]:
    for each in findings:
        if each.state == "right" and not each.edited:
            continue
        why = f" ({each.reason})" if each.reason else ""
        yield f"{each.source}: {t(SENTENCES[each.state])}{why}"
        told = [change for change in each.changes if change.now is not None]
        yield from (f"  {_place(change)}{change.was or '?'} → {change.now}" for change in told[:_MOST])
        more = len(each.changes) - len(told[:_MOST])
        if more:
            yield "  " + tn("{n} more place", "{n} more places", more)
        if each.edited and each.state != "edited":
            yield "  " + tn("{n} place was edited by hand", "{n} places were edited by hand", each.edited)


def _place(change: Changed) -> str:
    if change.row is None:
        return ""
    if change.table is None:
        return t("bar {row}, part {column}: ", row=change.row, column=change.column)
    return t("table {table}, row {row}, column {column}: ", table=change.table, row=change.row, column=change.column)


def refreshed_lines(done: Refreshed) -> Iterator[str]:
    """What was replaced, taken out or left, and where the version of before stands."""
    yield from _lines(done.replaced)
    if done.removed:
        yield tn("{n} quote was taken out.", "{n} quotes were taken out.", done.removed)
    yield from (t("Not replaced: {source}: {reason}.", source=each.source, reason=each.why) for each in done.left)
    yield from done.warnings
    if not done.written:
        yield t("Everything still holds; nothing was changed.")
        return
    yield t(
        "The report in {file} is up to date. What is new stands there as a tracked change of verhalen.", file=done.path
    )
    if done.kept is not None:
        yield t("The version of before stands in {file}.", file=done.kept.name)
