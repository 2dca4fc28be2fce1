"""Columns of another program that are kept under a name, for tables of scores and of families."""

from __future__ import annotations

from verhalen import errors
from verhalen.model.act import Act
from verhalen.model.mapping import ColumnMapping
from verhalen.store import declared
from verhalen.store.project import ProjectFile


def keep(project: ProjectFile, kind: str, name: str, mapping: ColumnMapping) -> None:
    """Keep columns under a name, over earlier ones of that name; `kind` is that of `declared.column_mappings`."""
    with project.change(Act.MAP_COLUMNS) as writing:
        writing.targets.append(declared.put_column_mapping(writing, kind, name, mapping))


def forget(project: ProjectFile, kind: str, name: str) -> None:
    """Forget columns that were kept. Raises UnknownMapping."""
    if name not in declared.column_mappings(project, kind):
        raise errors.UnknownMapping(key=name)
    with project.change(Act.MAP_COLUMNS) as writing:
        writing.targets.append(declared.remove_column_mapping(writing, kind, name))
