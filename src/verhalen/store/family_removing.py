"""Rows of a family that go again, what hangs on them, and another code for a family."""

from __future__ import annotations

import re

from verhalen.model.family import Family, Person, Trajectory
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.verdicts import rename_family_in_verdicts


def hanging_on_person(project: ProjectFile, family: Family, person: Person) -> dict[str, int]:
    """What hangs on somebody, by table: only where there is something."""
    counts = {
        table: project.number(f"select count(*) from {table} where person_id = ?", (person.id,))
        for table in ("observation", "revised_baseline", "speaker", "consent")
    }
    counts["story"] = project.number(
        """select count(*) from story where family_id = ?1 and (voice_member = ?2 or exists
           (select 1 from voice where voice.story_id = story.id and voice.member = ?2))""",
        (family.id, person.member),
    )
    return {table: count for table, count in counts.items() if count}


def hanging_on_trajectory(project: ProjectFile, trajectory: Trajectory) -> dict[str, int]:
    """What hangs on a period of support, by table: only where there is something."""
    counts = {
        "snapshot": project.number("select count(*) from snapshot where trajectory_id = ?", (trajectory.id,)),
        "story": project.number(
            "select count(*) from story where family_id = ? and trajectory = ?",
            (trajectory.family_id, trajectory.ordinal),
        ),
    }
    return {table: count for table, count in counts.items() if count}


def remove_row(writing: Writing, table: str, number: int) -> None:
    """Take one person, trajectory or contact away."""
    writing.execute(f"delete from {table} where id = ?", (number,))


def remove_attribute(writing: Writing, name: str) -> int:
    """Take an attribute away from all families, and what is said of it; give how many families had it."""
    families: int = writing.rows("select count(distinct family_id) from attribute where name = ?", (name,))[0][0]
    writing.execute("delete from attribute where name = ?", (name,))
    writing.execute("delete from attribute_kind where name = ?", (name,))
    return families


def rename_attribute(writing: Writing, name: str, new: str) -> int:
    """Give an attribute another name, in all families and in what is said of it; give how many families have it."""
    families: int = writing.rows("select count(distinct family_id) from attribute where name = ?", (name,))[0][0]
    writing.execute("update attribute set name = ? where name = ?", (new, name))
    writing.execute("update attribute_kind set name = ? where name = ?", (new, name))
    return families


def rename_family(writing: Writing, family: Family, new: str) -> None:
    """Give a family another code: the keys of its people follow, and what is half-written or put off about it.

    What was put off is kept under the old code too: it stands outside the history, and an undo must find it.
    """
    writing.execute("update family set key = ? where id = ?", (new, family.id))
    for person in family.persons:
        writing.execute("update person set key = ? where id = ?", (f"{new}.{person.member}", person.id))
    rename_family_in_verdicts(writing, family.key, new)
    named = re.compile(rf"(?<![^\W_]){re.escape(family.key)}(?![^\W_])")
    for key, value in writing.rows("select key, value from draft"):
        if named.search(f"{key}\n{value}"):
            changed = (named.sub(new, key), named.sub(new, value), key)
            writing.execute("update draft set key = ?, value = ? where key = ?", changed)
    for key, value in writing.rows("select key, value from view_state"):
        if named.search(key):
            writing.execute("insert or replace into view_state values (?, ?)", (named.sub(new, key), value))


def former_codes(project: ProjectFile) -> dict[str, str]:
    """Codes that families had before, to what they are called now; a renaming that was undone does not count."""
    sql = """
        select json_extract(image, '$.key'), family.key from change
        join change_row on change_row.id between change.first_row and change.last_row
        join family on family.id = change_row.row_id
        where act = 'rename-family' and tbl = 'family' and image is not null
        and not exists (select 1 from change later where later.undoes = change.id
                        and not exists (select 1 from change last where last.undoes = later.id))
        order by change.id"""
    living = {row[0] for row in project.rows("select key from family")}
    return {former: now for former, now in project.rows(sql) if former not in living}
