"""What was withdrawn in another copy of the project goes here too, and never comes back."""

from __future__ import annotations

from verhalen.store.package import Package
from verhalen.store.project import ProjectFile
from verhalen.store.schema import JOURNALED


def withdrawn_elsewhere(project: ProjectFile, package: Package) -> dict[str, set[int]]:
    """Rows that were withdrawn there and are still here, or in the history here, by table."""
    known = {row[0] for row in project.rows("select row_id from tombstone")}
    found: dict[str, set[int]] = {}
    for row, table, *_ in package.rows("tombstone"):
        name, number = str(table), int(str(row))
        if number not in known and name in JOURNALED and _is_here(project, name, number):
            found.setdefault(name, set()).add(number)
    return found


def _is_here(project: ProjectFile, table: str, row: int) -> bool:
    if project.row(f"select 1 from {table} where id = ?", (row,)):
        return True
    sql = """
        select 1 from change_row where row_id = ?1 and tbl = ?2
        union all select 1 from foreign_row where row_id = ?1 and tbl = ?2 limit 1"""
    return project.row(sql, (row, table)) is not None


def bury(project: ProjectFile, package: Package) -> None:
    """Take over the tombstones of another copy: so that what they stand for is refused here too, in every form."""
    known = {(row[0], row[1]) for row in project.rows("select row_id, fingerprint from tombstone")}
    new = [row for row in package.rows("tombstone") if (row[0], row[2]) not in known]
    if new:
        with project.note() as writing:
            writing.executemany("insert or replace into tombstone values (?, ?, ?, ?)", new)
