"""What a change did to its rows: how many of each kind, and of the first ones how they were before and after it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from verhalen.store.project import ProjectFile
from verhalen.store.schema import JOURNALED, SPANS
from verhalen.store.sight import seen_row


@dataclass(frozen=True, slots=True)
class KindCount:
    """Rows of one table that a change touched."""

    table: str
    made: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after a change; None where it was not there. Spans name their `version` of the text."""

    table: str
    row_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


_ROWS = """from change join change_row on change_row.id between change.first_row and change.last_row
    and change_row.change_id = change.id where change.id = ?1 and tbl <> 'withdrawn'"""


def _range(project: ProjectFile) -> str:
    return f"{_ROWS} and {seen_row(project)}"


def counts(project: ProjectFile, change: int) -> list[KindCount]:
    """Per table; a row that was made and removed in one change counts as nothing."""
    sql = f"""
        with touched as (select tbl, min(change_row.id) as first, max(change_row.id) as last {_range(project)}
                         group by tbl, row_id)
        select touched.tbl, sum(one.op = 'i' and two.op <> 'd'), sum(one.op <> 'i' and two.op <> 'd'),
            sum(one.op <> 'i' and two.op = 'd')
        from touched join change_row one on one.id = first join change_row two on two.id = last
        group by touched.tbl"""
    found = {row[0]: KindCount(*row) for row in project.rows(sql, (change,))}
    return [found[table] for table in JOURNALED if table in found]


def row_changes(project: ProjectFile, change: int, *, most: int) -> list[RowChange]:
    """The first rows of a change, in the order in which it touched them."""
    sql = f"""
        with touched as (select tbl, row_id, min(change_row.id) as first {_range(project)} group by tbl, row_id)
        select touched.tbl, touched.row_id, change_row.image, change.last_row
        from touched join change_row on change_row.id = touched.first join change on change.id = ?1
        order by touched.first limit ?2"""
    return [
        RowChange(table, row, json.loads(image) if image else None, _after(project, table, row, last=last))
        for table, row, image, last in project.rows(sql, (change, most))
    ]


def _after(project: ProjectFile, table: str, row: int, *, last: int) -> dict[str, Any] | None:
    """The next image that was taken of the row; else what stands in its table now."""
    sql = "select op, image from change_row where row_id = ? and tbl = ? and id > ? order by id limit 1"
    later = project.row(sql, (row, table, last))
    if later is not None:
        return json.loads(later[1]) if later[0] != "i" and later[1] else None
    columns = [each[1] for each in project.rows(f"pragma table_info({table})")]
    version = ", (select version from source where source.id = source_id)" if table in SPANS else ""
    found = project.row(f"select {', '.join(columns)}{version} from {table} where id = ?", (row,))
    return dict(zip((*columns, "version") if version else columns, found, strict=True)) if found else None
