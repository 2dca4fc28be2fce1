"""The monthly sheet: what runs, what began and ended, what was told and registered, and what waits."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from verhalen.analysis.reach import reach
from verhalen.i18n import mark, t
from verhalen.model.consent import Answer, Purpose
from verhalen.model.family import Family
from verhalen.model.story import Story, StoryAnswer
from verhalen.msc.candidates import story_day
from verhalen.privacy.clearance import Audience, Cleared, own_words, phrase
from verhalen.privacy.disclosure import NOT_SHOWN, clear_number_of_texts
from verhalen.privacy.inside import clear_before_noun, clear_codes
from verhalen.report.blocks import Block, ListBlock, ListItem, Note, Table
from verhalen.report.data import ReportData
from verhalen.report.fill_change import numbers_right
from verhalen.report.fill_flow import behind_middle, counted, find_flow
from verhalen.report.guarding import publish_share
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder
from verhalen.report.scope import families_in_scope, stories_in_scope
from verhalen.store.following import signals
from verhalen.store.study import snapshot_days

Period = tuple[dt.date, dt.date]
WAITS = 92
"""Days without a snapshot after which a family waits for one: a quarter."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row: what is counted, and how many in each period."""

    label: str
    """Marked."""
    counts: tuple[int, ...]
    of_families: bool = True
    """Numbers of families are masked; stories, snapshots and signals are texts."""


def month_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """The period; inside the team beside the one before it. Outside that would give small numbers away by subtraction."""
    now = data.front.period or _whole(data)
    periods = [now]
    if data.audience is Audience.INTERNAL and data.front.period is not None:
        periods.insert(0, before(now))
    lines = list(_lines(data, periods))
    _publish(data, log)
    for line in lines:
        for count in line.counts:
            said = _said(data, line, count).value
            log.number(said, source=placeholder.source, suppressed=line.of_families and not said.isdigit())
    return [
        Table(
            header=(own_words(t("What")), *(own_words(name_of(each)) for each in periods)),
            rows=tuple(
                (own_words(t(line.label)), *(_said(data, line, count) for count in line.counts)) for line in lines
            ),
            caption=own_words(t("The figures of this period")),
            align=numbers_right(len(periods) + 1),
        )
    ]


def _said(data: ReportData, line: _Line, count: int) -> Cleared[str]:
    if not line.of_families:
        return clear_number_of_texts(count)
    if not data.audience.is_outside:
        return counted(data, count)
    flow = find_flow(data)
    if line.label == _ON_LAST_DAY:
        left = flow.ended_shown
        return behind_middle(data, count, None if left is None else len(flow.families) - left)
    shown = flow.started_shown if line.label == _STARTED else flow.ended_shown
    return own_words(t(NOT_SHOWN)) if shown is None else counted(data, shown)


def _publish(data: ReportData, log: Log) -> None:
    """Outside the team the numbers are those of in and out, under the same mask, and stand in the ledger as there."""
    if not data.audience.is_outside:
        return
    flow = find_flow(data)
    publish_share(data, log, "started", flow.started_shown)
    publish_share(data, log, "ended", flow.ended_shown)


_ON_LAST_DAY = mark("Families with support on the last day")
_STARTED = mark("Support started")


def _whole(data: ReportData) -> Period:
    days = [each.start for family in data.families for each in family.trajectories]
    return min(days, default=data.day), data.day


def before(period: Period) -> Period:
    """As long a period right before: the month before a month, else as many days."""
    first, last = period
    end = first - dt.timedelta(days=1)
    if _is_month(period):
        return end.replace(day=1), end
    if _is_year(period):
        return dt.date(end.year, 1, 1), end
    return end - (last - first), end


def name_of(period: Period) -> str:
    """`11/2026` for a month, `2026` for a year, both days for anything else."""
    first, last = period
    if _is_year(period):
        return f"{first:%Y}"
    return f"{first:%m/%Y}" if _is_month(period) else f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"


def _is_month(period: Period) -> bool:
    first, last = period
    return first.day == 1 and last == first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _is_year(period: Period) -> bool:
    return period == (dt.date(period[0].year, 1, 1), dt.date(period[0].year, 12, 31))


def _lines(data: ReportData, periods: Sequence[Period]) -> Iterator[_Line]:
    families = families_in_scope(data.project, data.front)
    reached = [reach(families, each, contacts=data.contacts, today=data.day) for each in periods]
    lasts = [min(last, data.day) for _, last in periods]
    yield _Line(_ON_LAST_DAY, tuple(_running(families, day) for day in lasts))
    yield _Line(_STARTED, tuple(each.started for each in reached))
    yield _Line(mark("Support ended"), tuple(each.ended for each in reached))
    stories = stories_in_scope(data.project, data.front)
    told = [[story for story in stories if _day_in(story, each)] for each in periods]
    for label, answers in _KINDS:
        yield _Line(label, tuple(sum(story.answer in answers for story in each) for each in told), of_families=False)
    days = snapshot_days(data.project, [family.id for family in families])
    yield _Line(
        mark("Snapshots taken"), tuple(sum(a <= day <= b for day in days) for a, b in periods), of_families=False
    )
    noted = [each.noted for each in signals(data.project)]
    yield _Line(mark("New signals"), tuple(sum(a <= day <= b for day in noted) for a, b in periods), of_families=False)


_KINDS: tuple[tuple[str, tuple[StoryAnswer, ...]], ...] = (
    (mark("New stories"), tuple(StoryAnswer)),
    (mark("of these: for the worse or no change"), (StoryAnswer.NEGATIVE, StoryAnswer.NONE)),
)


def _running(families: Sequence[Family], day: dt.date) -> int:
    return sum(any(each.running_on(day) for each in family.trajectories) for family in families)


def _day_in(story: Story, period: Period) -> bool:
    day = story_day(story)
    return day is not None and period[0] <= day <= period[1]


def waiting_families(families: Iterable[Family], day: dt.date) -> list[Family]:
    """Families in support without a snapshot for more than a quarter, those that wait longest first."""
    found = [
        family
        for family in families
        if any(each.running_on(day) for each in family.trajectories)
        and (family.last_snapshot is None or (day - family.last_snapshot).days > WAITS)
    ]
    return sorted(found, key=lambda family: (family.last_snapshot or dt.date.min, family.key))


def to_do(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """What waits now: families for a snapshot, stories for a question about consent. Codes of families stay in the team."""
    waiting = waiting_families(families_in_scope(data.project, data.front), data.day)
    stories = stories_in_scope(data.project, data.front)
    unasked = [story for story in stories if story.consent(Purpose.REPORT) is Answer.NOT_ASKED]
    if not waiting and not unasked:
        return [Note(own_words(t("Nothing waits: every family has a recent snapshot, every story its answer.")))]
    items = []
    if waiting:
        items.append(_item(data, _waiting_words(data, len(waiting)), [family.key for family in waiting]))
    if unasked:
        n = len(unasked)
        said = phrase(
            mark("Of {n} stories nobody has asked yet whether they may stand in reports."), n=clear_number_of_texts(n)
        )
        items.append(_item(data, said, sorted({story.family for story in unasked})))
    return [ListBlock(tuple(items))]


def _waiting_words(data: ReportData, n: int) -> Cleared[str]:
    message = mark("{n} families have had no snapshot for more than three months.")
    if n == 1 and data.audience is Audience.INTERNAL:
        message = mark("One family has had no snapshot for more than three months.")
    return phrase(message, n=clear_before_noun(n, data.limits))


def _item(data: ReportData, said: Cleared[str], keys: Sequence[str]) -> ListItem:
    codes = clear_codes(keys, data.audience)
    return ListItem(said if codes is None else phrase(mark("{said} Of: {codes}."), said=said, codes=codes))
