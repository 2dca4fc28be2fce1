"""The codebook's rows."""

from __future__ import annotations

from dataclasses import replace

from verhalen.model.codebook import Code, Codebook, in_tree_order
from verhalen.model.patterns import Pattern, PatternKind
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.sight import seen

_CODE = """
select code.id, code.key, code.name, definition, include, exclude, parent.key, code.colour, code.position, code.deprecated
from code left join (select id, key from code) parent on parent.id = code.parent_id
"""


def codebook(project: ProjectFile, *, source_id: int | None = None, counted: bool = True) -> Codebook:
    """The whole codebook in tree order, with the number of codings that are seen (in one source, or in all); `counted` false: without."""
    where = f"{seen(project)} and source_id = ?" if source_id else seen(project)
    sql = f"select code_id, count(*) from coding where {where} group by code_id"
    counts: dict[int, int] = dict(project.rows(sql, (source_id,) if source_id else ())) if counted else {}
    domains, patterns = _domains(project), _patterns(project)
    codes = []
    for number, key, name, definition, include, exclude, parent, colour, position, deprecated in project.rows(_CODE):
        evidence, touches = domains.get(number, ((), ()))
        codes.append(
            Code(
                key=key,
                name=name,
                definition=definition,
                include=include,
                exclude=exclude,
                parent=parent,
                evidence=evidence,
                touches=touches,
                colour=colour,
                position=position,
                deprecated=bool(deprecated),
                patterns=patterns.get(number, ()),
                id=number,
                codings=counts.get(number, 0),
            )
        )
    return in_tree_order(codes)


def _domains(project: ProjectFile) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    found: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for code, domain, link in project.rows("select code_id, domain, link from code_domain order by code_id, position"):
        evidence, touches = found.get(code, ((), ()))
        if link == "evidence":
            evidence = (*evidence, domain)
        else:
            touches = (*touches, domain)
        found[code] = (evidence, touches)
    return found


def _patterns(project: ProjectFile) -> dict[int, tuple[Pattern, ...]]:
    found: dict[int, tuple[Pattern, ...]] = {}
    for code, kind, text in project.rows("select code_id, kind, pattern from code_pattern order by code_id, position"):
        found[code] = (*found.get(code, ()), Pattern(PatternKind(kind), text))
    return found


def code_id(project: ProjectFile, key: str) -> int | None:
    """The id behind a key."""
    row = project.row("select id from code where key = ?", (key,))
    return row[0] if row else None


def add_code(writing: Writing, code: Code) -> int:
    """Store a new code; its parent must be there."""
    new = writing.new_id()
    parent = code_id(writing.project, code.parent) if code.parent else None
    writing.execute(
        "insert into code values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            new,
            code.key,
            code.name,
            code.definition,
            code.include,
            code.exclude,
            parent,
            code.colour,
            code.position,
            int(code.deprecated),
        ),
    )
    _link_domains(writing, new, code)
    _put_patterns(writing, new, code)
    return new


def change_code(writing: Writing, code: Code) -> None:
    """Write the fields of a code that differ from what is stored; `code.id` says which."""
    before = next((each for each in codebook(writing.project, counted=False) if each.id == code.id), None)
    if before is not None:
        rewrite_code(writing, before, code)


def rewrite_code(writing: Writing, before: Code, code: Code) -> None:
    """Make `before`, as it is stored, into `code`; nothing is written where nothing differs."""
    if replace(before, codings=0) == replace(code, codings=0):
        return
    writing.execute(
        "update code set key = ?, name = ?, definition = ?, include = ?, exclude = ?, parent_id = ?, colour = ?,"
        " position = ?, deprecated = ? where id = ?",
        (
            code.key,
            code.name,
            code.definition,
            code.include,
            code.exclude,
            code_id(writing.project, code.parent) if code.parent else None,
            code.colour,
            code.position,
            int(code.deprecated),
            code.id,
        ),
    )
    if (before.evidence, before.touches) != (code.evidence, code.touches):
        _link_domains(writing, code.id, code)
    if before.patterns != code.patterns:
        _put_patterns(writing, code.id, code)


def _link_domains(writing: Writing, number: int, code: Code) -> None:
    links = [(domain, "evidence") for domain in code.evidence] + [(domain, "touches") for domain in code.touches]
    _put_parts(writing, "code_domain", ("domain", "link"), number, links)


def _put_patterns(writing: Writing, number: int, code: Code) -> None:
    _put_parts(
        writing, "code_pattern", ("kind", "pattern"), number, [(each.kind.value, each.text) for each in code.patterns]
    )


def _put_parts(
    writing: Writing, table: str, columns: tuple[str, str], number: int, wanted: list[tuple[str, str]]
) -> None:
    """Store what hangs on a code, in order. A row that stays is the same row: so that two copies of a project can tell what went."""
    sql = f"select {columns[0]}, {columns[1]}, id, position from {table} where code_id = ? order by position desc"
    there = {(one, other): (row, position) for one, other, row, position in writing.rows(sql, (number,))}
    ids = [row[0] for row in writing.rows(f"select id from {table} where code_id = ?", (number,))]
    kept = {there[each][0] for each in wanted if each in there}
    writing.executemany(f"delete from {table} where id = ?", [(row,) for row in ids if row not in kept])
    for position, each in enumerate(wanted):
        if each not in there:
            row = (writing.new_id(), number, *each, position)
            writing.execute(f"insert into {table} values (?, ?, ?, ?, ?)", row)
        elif there[each][1] != position:
            writing.execute(f"update {table} set position = ? where id = ?", (position, there[each][0]))


def remove_code(writing: Writing, number: int) -> None:
    """Delete a code that nothing hangs on any more but what coders said when they talked it over."""
    writing.execute("delete from discussed where code_id = ?", (number,))
    writing.execute("delete from code_domain where code_id = ?", (number,))
    writing.execute("delete from code_pattern where code_id = ?", (number,))
    writing.execute("delete from code where id = ?", (number,))


# -- what hangs on a code --------------------------------------------------------------------------------------------


def number_of_codings(project: ProjectFile, number: int) -> int:
    """Codings with this code, of all coders."""
    return project.number("select count(*) from coding where code_id = ?", (number,))


def number_of_memos(project: ProjectFile, number: int) -> int:
    """Memos at this code."""
    return project.number("select count(*) from memo where target = 'code' and target_id = ?", (number,))


def give_memos(writing: Writing, number: int, to: int) -> None:
    """The memos of one code go to another."""
    writing.execute("update memo set target_id = ? where target = 'code' and target_id = ?", (to, number))
    writing.execute("update discussed set code_id = ? where code_id = ?", (to, number))


def give_codings(writing: Writing, number: int, to: int) -> None:
    """All codings of one code get another."""
    writing.execute("update coding set code_id = ? where code_id = ?", (to, number))
