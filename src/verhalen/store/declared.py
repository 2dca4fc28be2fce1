"""What a project declares about its tables: kinds of attributes, and how other programs name their columns."""

from __future__ import annotations

import json
from typing import Any

from verhalen.model.family import AttributeKind, ValueKind
from verhalen.model.mapping import ColumnMapping
from verhalen.store.project import ProjectFile, Writing


def attribute_kinds(project: ProjectFile) -> list[AttributeKind]:
    """What is said of attributes, in order; one that is not among them holds free text."""
    sql = "select name, kind, choices, id from attribute_kind order by position, id"
    return [
        AttributeKind(name, ValueKind(kind), tuple(json.loads(choices)), number)
        for name, kind, choices, number in project.rows(sql)
    ]


def put_attribute_kind(writing: Writing, wanted: AttributeKind) -> None:
    """Say what the values of an attribute are, or say it anew."""
    choices = json.dumps(wanted.choices, ensure_ascii=False)
    there = writing.rows("select id, kind, choices from attribute_kind where name = ?", (wanted.name,))
    if not there:
        last = writing.rows("select coalesce(max(position), -1) from attribute_kind")[0][0]
        row = (writing.new_id(), wanted.name, wanted.kind.value, choices, last + 1)
        writing.execute("insert into attribute_kind values (?, ?, ?, ?, ?)", row)
    elif there[0][1:] != (wanted.kind.value, choices):
        said = (wanted.kind.value, choices, there[0][0])
        writing.execute("update attribute_kind set kind = ?, choices = ? where id = ?", said)


def column_mappings(project: ProjectFile, kind: str) -> dict[str, ColumnMapping]:
    """How other programs name the columns of a table, by the name under which it is kept.

    `kind` is `scores`, `families` or `stories`.
    """
    rows = project.rows("select name, columns from column_mapping where kind = ? order by name", (kind,))
    return {name: _mapping(json.loads(text)) for name, text in rows}


def _mapping(said: dict[str, Any]) -> ColumnMapping:
    return ColumnMapping(said["columns"], said["values"])


def put_column_mapping(writing: Writing, kind: str, name: str, mapping: ColumnMapping) -> int:
    """Keep a mapping under a name, over an earlier one of that name; give its id."""
    said = {"columns": mapping.columns, "values": mapping.values}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    there = writing.rows("select id, columns from column_mapping where kind = ? and name = ?", (kind, name))
    number: int = there[0][0] if there else writing.new_id()
    if not there:
        writing.execute("insert into column_mapping values (?, ?, ?, ?)", (number, name, kind, text))
    elif there[0][1] != text:
        writing.execute("update column_mapping set columns = ? where id = ?", (text, number))
    return number


def remove_column_mapping(writing: Writing, kind: str, name: str) -> int:
    """Forget a mapping; give the id that it had, 0 where there is none of that name."""
    there = writing.rows("select id from column_mapping where kind = ? and name = ?", (kind, name))
    writing.execute("delete from column_mapping where kind = ? and name = ?", (kind, name))
    return there[0][0] if there else 0
