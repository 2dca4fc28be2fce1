"""What rows of family tables say together: periods that overlap, days to come, and what would identify somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from verhalen.exchange.columns import Sheet
from verhalen.exchange.family_rows import TrajectoryRow
from verhalen.i18n import mark, t
from verhalen.model.family import Trajectory
from verhalen.model.family_rules import overlapping
from verhalen.model.text import Notice
from verhalen.privacy.identifying import is_telling_key, telling_kind

TELLING = mark(
    "{key} looks like somebody's name. Give families a code, as in G012, and people a role, as in moeder or kind1."
)
TELLING_VALUE = mark(
    "{where}: this looks like something by which somebody is recognised ({what}). Keep what is needed, and no names."
)
PLANNED = mark("{where}: {day} lies in the future; it was kept as planned.")
LATE_REFERRAL = mark("{where}: the referral lies after the start, so no waiting time is counted.")


def telling_keys(families: Iterable[str], members: Iterable[str]) -> list[Notice]:
    """Warn of keys that look like names: with a blank, one capitalised word, or in our lists. Each is told once."""
    return [Notice(None, TELLING, {"key": key}) for key in dict.fromkeys((*families, *members)) if is_telling_key(key)]


def telling_values(sheet: Sheet, names: Sequence[str]) -> list[Notice]:
    """Warn of values by which somebody would be recognised, by row and column and without the value; first of each column."""
    found: list[Notice] = []
    for name in names:
        for row in sheet.table.rows:
            kind = telling_kind(sheet.text(row, name))
            if kind is not None:
                found.append(
                    Notice(None, TELLING_VALUE, {"where": place_of(sheet, name, row.number), "what": t(kind.label)})
                )
                break
    return found


def place_of(sheet: Sheet, name: str, row: int) -> str:
    """Where something stands, as a message says it."""
    return t("row {row}, column {column}", row=row, column=sheet.columns.get(name, name))


def refuse_overlaps(sheet: Sheet, rows: Iterable[TrajectoryRow], there: Mapping[str, Sequence[Trajectory]]) -> None:
    """Note the rows whose period of support overlaps another one of the family, in the table or in the project."""
    by_family: dict[str, dict[int, Trajectory]] = {}
    places: dict[tuple[str, int], int] = {}
    for each in rows:
        own = by_family.setdefault(each.family, {old.ordinal: old for old in there.get(each.family, ())})
        own[each.trajectory.ordinal] = each.trajectory
        places[each.family, each.trajectory.ordinal] = each.row
    numbered = {row.number: row for row in sheet.table.rows}
    for family, trajectories in by_family.items():
        pair = overlapping(each for each in trajectories.values() if each.start != dt.date.min)
        if pair is None:
            continue
        before, after = pair
        place = places.get((family, after.ordinal))
        column, other = ("start", before) if place is not None else ("einde", after)
        row = numbered[place if place is not None else places[family, before.ordinal]]
        sheet.bad(row, column, t("this overlaps trajectory {n} of the family", n=other.ordinal))
    sheet.problems.sort(key=lambda problem: problem.row)


def trajectory_notices(sheet: Sheet, rows: Iterable[TrajectoryRow], *, today: dt.date) -> list[Notice]:
    """What is odd about periods of support and yet may be so: days to come, and a referral after the start."""
    found = []
    for each in rows:
        trajectory = each.trajectory
        for name, day in (("start", trajectory.start), ("einde", trajectory.end)):
            if day is not None and day > today:
                found.append(Notice(None, PLANNED, {"where": place_of(sheet, name, each.row), "day": day.isoformat()}))
        waited = trajectory.days_waited
        if waited is not None and waited < 0:
            found.append(Notice(None, LATE_REFERRAL, {"where": place_of(sheet, "aanmelding", each.row)}))
    return found
