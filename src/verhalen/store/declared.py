"""What a project declares about its tables: kinds of attributes, and how other programs name their columns."""

from __future__ import annotations

import json

from verhalen.model.family import AttributeKind, ValueKind
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


def column_mapping(project: ProjectFile, kind: str, name: str) -> dict[str, str] | None:
    """Our name for each column of another program's table, kept under a name; None where there is none of that name.

    `kind` is `scores`, `families` or `stories`.
    """
    row = project.row("select columns from column_mapping where kind = ? and name = ?", (kind, name))
    return dict(json.loads(row[0])) if row else None


def column_mappings(project: ProjectFile, kind: str) -> dict[str, dict[str, str]]:
    """All mappings of a kind by their name."""
    rows = project.rows("select name, columns from column_mapping where kind = ? order by name", (kind,))
    return {name: dict(json.loads(columns)) for name, columns in rows}


def put_column_mapping(writing: Writing, kind: str, name: str, columns: dict[str, str]) -> None:
    """Keep a mapping under a name, over an earlier one of that name."""
    text = json.dumps(columns, ensure_ascii=False, sort_keys=True)
    there = writing.rows("select id, columns from column_mapping where kind = ? and name = ?", (kind, name))
    if not there:
        writing.execute("insert into column_mapping values (?, ?, ?, ?)", (writing.new_id(), name, kind, text))
    elif there[0][1] != text:
        writing.execute("update column_mapping set columns = ? where id = ?", (text, there[0][0]))


def remove_column_mapping(writing: Writing, kind: str, name: str) -> None:
    """Forget a mapping."""
    writing.execute("delete from column_mapping where kind = ? and name = ?", (kind, name))
