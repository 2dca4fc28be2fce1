"""Whether something that a text outside the project names is still there, or was withdrawn."""

from __future__ import annotations

from verhalen.store.project import ProjectFile


def is_coding(project: ProjectFile, coding_id: int) -> bool:
    """Whether a coding with this id stands in the project now."""
    return project.number("select count(*) from coding where id = ?", (coding_id,)) > 0


def stories_were_withdrawn(project: ProjectFile) -> bool:
    """Whether any story was withdrawn. Which one is not kept: a tombstone holds no key of a story."""
    return project.number("select count(*) from tombstone where tbl = 'story'") > 0
