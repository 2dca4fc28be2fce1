"""Tests beside a crosstab of families, for researchers: per row whether the groups tell of it equally often."""

from __future__ import annotations

from dataclasses import dataclass

from verhalen.analysis.crossing_axes import NO_FAMILY
from verhalen.analysis.crossing_change import NOT_PAIRED
from verhalen.i18n import mark
from verhalen.model.crosstable import Axis, AxisKind, CrossTable, Unit
from verhalen.statistics.contingency import GroupTest, compare_groups
from verhalen.statistics.multiple import holm
from verhalen.statistics.outcome import ONE_GROUP_EMPTY, undefined

ONLY_FAMILIES = mark("tests are for families: fragments and texts of one family are not independent")
IN_SEVERAL = mark("no test: a family may stand in several columns")


@dataclass(frozen=True, slots=True)
class RowTest:
    """The test of one row, with Holm's correction over all rows of the table that have one."""

    key: str
    """Of the row."""
    test: GroupTest
    holm_p: float | None


def row_tests(table: CrossTable, axis: Axis) -> tuple[RowTest, ...]:
    """A test per row. Families without a value, or without two moments, stand in the table and take no part in the tests.

    Rows that depend on each other (a code and what stands above it) are corrected as if they did not: Holm's correction
    holds for any dependence.
    """
    reason = _why_not(table, axis)
    if reason:
        none = GroupTest(undefined(reason), "")
        return tuple(RowTest(row.key, none, None) for row in table.rows)
    groups = [index for index, each in enumerate(table.columns) if each.key not in ("", NO_FAMILY, NOT_PAIRED)]
    of = [table.columns[index].n for index in groups]
    told = [[row[index] for index in groups] for row in table.counts]
    found = [GroupTest(undefined(ONE_GROUP_EMPTY), "")] * len(told)
    # Rows of which as many families tell have the same tables; one behind the other they are made once.
    for index in sorted(range(len(told)), key=lambda row: sum(told[row])):
        found[index] = compare_groups(told[index], of)
    adjusted = holm([each.p.value for each in found])
    return tuple(RowTest(row.key, test, p) for row, test, p in zip(table.rows, found, adjusted, strict=True))


def _why_not(table: CrossTable, axis: Axis) -> str:
    if table.unit is not Unit.FAMILIES:
        return ONLY_FAMILIES
    return "" if axis.kind is AxisKind.FAMILY else IN_SEVERAL
