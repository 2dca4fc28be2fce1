"""In and out, and how long: what happened to the support of families in the period of a report.

Starts and ends of one family hang together: it cannot leave before it came, and who is there in a year is who came before and
did not leave. So the parts of the period stand apart only where every number of them can be shown; else they go together, the
first step of the ladder (methods.md D6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from verhalen.i18n import mark, t
from verhalen.model.family import TrajectoryEnd
from verhalen.privacy.clearance import Cleared, own_words
from verhalen.privacy.disclosure import (
    NOT_SHOWN,
    MaskedTable,
    clear_cell,
    clear_count,
    clear_middle,
    clear_sentence,
    clear_table,
)
from verhalen.report.blocks import Block, Table
from verhalen.report.data import ReportData
from verhalen.report.fill_change import numbers_right
from verhalen.report.guarding import ALL, FAMILIES, note_masked, publish, publish_everybody, publish_share
from verhalen.report.log import Log
from verhalen.report.periods import Slice, slices
from verhalen.report.placeholders import Placeholder
from verhalen.report.reached import Reached, reached, there

Row = tuple[Cleared[str], ...]
Maker = Callable[[ReportData, Placeholder, Log], Sequence[Block]]
_ENDS = (
    (mark("ended as agreed"), TrajectoryEnd.DONE.value),
    (mark("ended: led on to another service"), TrajectoryEnd.REFERRED.value),
    (mark("ended: the family moved"), TrajectoryEnd.MOVED.value),
    (mark("ended: the family dropped out"), TrajectoryEnd.STOPPED.value),
    (mark("ended: the family did not want support"), TrajectoryEnd.REFUSED.value),
    (mark("ended, reason not noted"), ""),
)
_LEFT = (TrajectoryEnd.STOPPED.value, TrajectoryEnd.REFUSED.value)
_GAVE_UP = mark("ended: the family dropped out or did not want support")
_WENT_ON = mark("ended for another reason")


@dataclass(frozen=True, slots=True)
class Flow:
    """Families of the report by when they came and left, and what of it may be shown."""

    families: tuple[Reached, ...]
    parts: tuple[Slice, ...]
    """Years or half-years that may stand apart; empty where they go together."""
    started_families: frozenset[str]
    ended_families: frozenset[str]
    reasons: tuple[tuple[str, frozenset[str]], ...]
    """Why support ended, as finely as may be shown; empty where nothing of it may be."""
    reasons_table: Cleared[MaskedTable] | None
    started_shown: int | None
    ended_shown: int | None


def find_flow(data: ReportData) -> Flow:
    """Made once per report."""
    if "flow" not in data.remembered:
        data.remembered["flow"] = _flow(data)
    found: Flow = data.remembered["flow"]
    return found


def _flow(data: ReportData) -> Flow:
    starts = [each.start for family in data.families for each in family.trajectories]
    period = data.front.period or (min(starts, default=data.day), data.day)
    families = tuple(reached(data.families, period))
    started = frozenset(each.key for each in families if each.started)
    ended = frozenset(each.key for each in families if each.ended)
    parts = slices(period)
    n, k = len(families), data.k
    came = clear_table([[len(started), n - len(started)]], data.limits).value
    reasons, why, hidden = _why_ended(data, families, ended)
    left = clear_table([[len(ended), n - len(ended)]], data.limits, hidden=[(0, 1)] if hidden else []).value
    return Flow(
        families,
        parts if not (came.hidden or left.hidden) and _may_part(families, parts, k) else (),
        started,
        ended,
        reasons,
        why,
        came.cells[0][0],
        left.cells[0][0],
    )


def _why_ended(
    data: ReportData, families: Sequence[Reached], ended: frozenset[str]
) -> tuple[tuple[tuple[str, frozenset[str]], ...], Cleared[MaskedTable] | None, bool]:
    """Reasons that leave most of it visible, finely or in two classes, or none; and whether they hide who did not leave.

    Who did not leave stands beside the reasons, so that all families are in the row; the number of those who left is masked
    along with it.
    """
    by_reason = {each.key: each.ended.reason for each in families if each.ended}
    fine = [(label, (key,)) for label, key in _ENDS if key or "" in by_reason.values()]
    other = tuple(key for _, key in _ENDS if key not in _LEFT)
    for classes in (fine, [(_WENT_ON, other), (_GAVE_UP, _LEFT)]):
        sets = [(label, frozenset(key for key, why in by_reason.items() if why in keys)) for label, keys in classes]
        if sum(len(them) for _, them in sets) != len(ended):
            continue  # A reason that a table brought in its own words.
        stayed = len(families) - len(ended)
        alone = clear_table([[len(ended), stayed]], data.limits).value
        counts = [[*(len(them) for _, them in sets), stayed]]
        table = clear_table(counts, data.limits, words=True, hidden=[(0, len(sets))] if alone.hidden else [])
        filled = sum(bool(them) for _, them in sets)
        if filled and len(table.value.hidden - {(0, len(sets))}) * 2 <= filled:
            return tuple(sets), table, table.value.cells[0][-1] is None
    return (), None, False


def _may_part(families: Sequence[Reached], parts: Sequence[Slice], k: int) -> bool:
    """Whether years may stand beside each other: everything that follows from them is nobody, or at least k families."""

    def shows(*numbers: int) -> bool:
        return all(not 0 < number < k for number in numbers)

    n, left = len(families), 0
    came = sum(each.started is None for each in families)
    for part in parts:
        present = len(there(families, (part.first, part.last)))
        started = sum(each.started is not None and part.first <= each.started <= part.last for each in families)
        ended = sum(
            each.ended is not None and part.first <= (each.ended.end or part.first) <= part.last for each in families
        )
        came += started
        if not shows(present, n - present, started, ended, abs(came - left - present), came - left - ended):
            return False
        if n in (started, ended) or came - left == ended > 0:
            return False
        left += ended
    return True


def counted(data: ReportData, n: int) -> Cleared[str]:
    """A number of families on its own."""
    return clear_sentence(mark("{n}"), data.limits, counts={"n": n})


def flow_tables(placeholder: Placeholder) -> tuple[Maker, Maker]:
    """In and out, and how long."""
    return _in_and_out, _how_long


def _in_and_out(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Who came and who left, per year or half-year where that may be, and together."""
    flow = find_flow(data)
    parts = () if placeholder.arguments.get("perioden") == "samen" else flow.parts
    everybody = frozenset(each.key for each in flow.families)
    rows: list[Row] = []
    left_out: list[str] = []
    by_part = [there(flow.families, (each.first, each.last)) for each in parts]
    _line(data, log, placeholder, rows, t("Families with support"), FAMILIES, everybody, by_part, len(everybody))
    for label, kind, them, shown, day_of in (
        (mark("Support started"), "started", flow.started_families, flow.started_shown, _start_of),
        (mark("Support ended"), "ended", flow.ended_families, flow.ended_shown, _end_of),
    ):
        by_part = [
            frozenset(each.key for each in flow.families if (day := day_of(each)) and part.first <= day <= part.last)
            for part in parts
        ]
        if shown is None:
            left_out.append(t(label))
        else:
            _line(data, log, placeholder, rows, t(label), kind, them, by_part, shown)
        if kind == "started":
            left_out += _back(data, log, placeholder, rows, flow, len(parts))
    left_out += _reasons(data, log, placeholder, rows, flow, len(parts))
    header = [t("What happened"), *(each.name for each in parts), t("Together") if parts else t("Number")]
    notes = [t("Each row counts families: by their first start, their last end in the period.")]
    if parts:
        notes.append(t("A family with support in two years counts in both; together it counts once."))
    if left_out:
        notes.append(
            t("Not shown, since it would be too few families or all of them: {rows}.", rows="; ".join(left_out))
        )
    table = Table(
        header=tuple(own_words(word) for word in header),
        rows=tuple(rows),
        caption=own_words(t("In and out")),
        align=numbers_right(len(header)),
        note=own_words(" ".join(notes)),
    )
    return [table]


def _start_of(each: Reached) -> dt.date | None:
    return each.started


def _end_of(each: Reached) -> dt.date | None:
    return each.ended.end if each.ended else None


def _line(
    data: ReportData,
    log: Log,
    placeholder: Placeholder,
    rows: list[Row],
    label: str,
    kind: str,
    whole: frozenset[str],
    by_part: Sequence[frozenset[str]],
    shown: int,
) -> None:
    """A row with a number per part, where there are parts, and the whole."""
    cells = [*(len(them) for them in by_part), shown]
    if kind != FAMILIES:
        publish_share(data, log, kind, shown)
    for place, them in enumerate(by_part):
        publish_share(data, log, f"{kind} {place}", len(them))
    for place, them in enumerate([*by_part, whole]):
        said = clear_count(cells[place], data.limits).value
        publish(data, log, kind, ALL if them is whole else f"{place}", said, them)
    said_cells = [counted(data, n) for n in cells]
    for n, said_cell in zip(cells, said_cells, strict=True):
        log.number(said_cell.value, source=placeholder.source, suppressed=0 < n < data.k)
    rows.append((own_words(label), *said_cells))


def _back(data: ReportData, log: Log, placeholder: Placeholder, rows: list[Row], flow: Flow, parts: int) -> list[str]:
    """Who came back, of those who started; what is left out because it, or the rest, is too few."""
    back = frozenset(each.key for each in flow.families if each.back)
    table = clear_table([[len(back), len(flow.started_families - back)]], data.limits).value
    shown = table.cells[0][0]
    if flow.started_shown is None or shown is None:
        return [t("of whom came back")]
    publish(data, log, "back", ALL, shown, back)
    publish_share(data, log, "back", shown, flow.started_families)
    log.number(str(shown), source=placeholder.source, suppressed=False)
    rows.append((own_words(t("of whom came back")), *(own_words("") for _ in range(parts)), counted(data, shown)))
    return []


def _reasons(
    data: ReportData, log: Log, placeholder: Placeholder, rows: list[Row], flow: Flow, parts: int
) -> list[str]:
    """Why support ended, over the whole period."""
    if flow.reasons_table is None:
        return [t("why support ended")] if flow.ended_families else []
    table = flow.reasons_table
    for column, (label, them) in enumerate(flow.reasons):
        shown = table.value.cells[0][column]
        publish(data, log, "reason", label, shown, them)
        log.number(table.value.said(0, column), source=placeholder.source, suppressed=shown is None)
        rows.append((own_words(t(label)), *(own_words("") for _ in range(parts)), clear_cell(table, 0, column)))
    whys = [(label, shown) for (label, _), shown in zip(flow.reasons, table.value.cells[0], strict=False)]
    cells = [*whys, ("", table.value.cells[0][-1])]
    publish(data, log, "reason of", ALL, len(flow.families), [each.key for each in flow.families], cells=cells)
    _publish_coarse(data, log, cells, flow)
    note_masked(log, placeholder, t("In and out"), [table.value])
    return []


def _publish_coarse(data: ReportData, log: Log, cells: Sequence[tuple[str, int | None]], flow: Flow) -> None:
    """The two classes of reasons, for a report that gives them beside one that gives each reason."""
    gave_up = {_GAVE_UP, *(label for label, key in _ENDS if key in _LEFT)}
    sums: list[tuple[str, int | None]] = []
    for name, inside in (
        ("gave up", [n for label, n in cells if label in gave_up]),
        ("went on", [n for label, n in cells if label and label not in gave_up]),
    ):
        sums.append((name, None if None in inside else sum(n for n in inside if n is not None)))
    everybody = [each.key for each in flow.families]
    publish(data, log, "reason in two of", ALL, len(everybody), everybody, cells=[*sums, cells[-1]])


def _how_long(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    found, flow = data.reach, find_flow(data)
    everybody = frozenset(each.key for each in flow.families)
    still = frozenset(each.key for each in flow.families if each.support) - flow.ended_families
    met = frozenset(data.contacts) & everybody
    whys = flow.reasons_table
    refusals_stand = whys is not None and not whys.value.hidden and len(flow.reasons) > len((_WENT_ON, _GAVE_UP))
    # The number behind a middle is told only beside a number that stands there anyway, and never a few off it.
    left, came, n = flow.ended_shown, flow.started_shown, len(everybody)
    rows: list[Row] = []
    for label, kind, spread, places, behind, base in (
        (mark("Days of support that ended"), "lasted", found.lasted, 0, flow.ended_families,
         left if refusals_stand else None),
        (mark("Days of support that still runs"), "running", found.running, 0, still, None if left is None else n - left),
        (mark("Days from referral to start"), "waited", found.waited, 0, flow.started_families, came),
        (mark("Contacts per month and family"), "per month", found.per_month, 1, met or everybody, n),
    ):  # fmt: skip
        middle = clear_middle(spread.median.value, data.limits, n=spread.n, places=places)
        if data.audience.is_outside and base is None and spread.n < data.k:
            middle = own_words(t(NOT_SHOWN))
        log.number(middle.value, source=placeholder.source, suppressed=0 < spread.n < data.k, kind="statistic")
        shown = clear_count(spread.n, data.limits).value
        publish(data, log, f"middle {kind}", ALL, shown, behind if shown else ())
        rows.append((own_words(t(label)), middle, behind_middle(data, spread.n, base)))
    publish_everybody(data, log)
    if left is not None:
        publish_share(data, log, "ended", left)
    if came is not None:
        publish_share(data, log, "started", came)
    header = (mark("How long and how often"), mark("Middle"), mark("Number behind it"))
    note = t("The middle one: as many lie below it as above it. Support that was refused has no duration.")
    table = Table(
        header=tuple(own_words(t(word)) for word in header),
        rows=tuple(rows),
        caption=own_words(t("Duration, waiting and contacts")),
        align=numbers_right(len(header)),
        note=own_words(note),
    )
    return [table]


def behind_middle(data: ReportData, n: int, base: int | None) -> Cleared[str]:
    """The number behind a middle: exact only where it does not differ from the number beside it by a few."""
    if not data.audience.is_outside or (base is not None and not 0 < abs(base - n) < data.k):
        return counted(data, n)
    return own_words(t("{n} or more", n=data.k) if n >= data.k else t(NOT_SHOWN))
