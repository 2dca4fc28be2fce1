"""Masking a text that is stored already: names go from the text, its older versions, the journal, the search index and the file.

What was coded stays on its words. The corrections of before stay too, but can no longer be undone: the words that they
would bring back are gone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from verhalen import errors
from verhalen.model.act import Act
from verhalen.model.text import Span, Step, move_through, text_digest
from verhalen.store import versions
from verhalen.store.exchange_log import version_names
from verhalen.store.forget import finish
from verhalen.store.project import ProjectFile, Writing, now
from verhalen.store.schema import SPANS
from verhalen.store.scrubbing import Words, as_json, scrub_foreign, scrub_notes
from verhalen.store.sources import READ, UNREAD, add_original

_PROSE: dict[str, tuple[str, ...]] = {
    "source": ("title",),
    "speaker": ("name",),
    "coding": ("memo",),
    "story": (
        *("title", "before", "now", "how", "why", "shares", "not_asked_reason"),
        *("own_words", "changes", "something_else", "place", "translated_by"),
    ),
    "voice": ("own_words", "translated_by"),
    "memo": ("body",),
    "discussed": ("note",),
}
"""Where people write what they like about a source."""


@dataclass(frozen=True, slots=True)
class Mask:
    """What is to be replaced in one source, and how."""

    source_id: int
    version: int
    """Of the text that a person looked at."""
    text: str
    """What is left of that text, its names replaced; in normal form."""
    move: Callable[[Span], Span]
    """Where a span of the old text lies in the new one: never empty, since something stands in the place of each name."""
    words: Words
    """Replaces the same names in titles, names of speakers and memos."""
    lemmatise: Words
    """Makes the search words of a text."""
    original: tuple[bytes, str] | None = None
    """What is kept in place of the original, with its suffix; None: nothing."""
    read: bool = True
    """Whether a person looked at the names."""


def mask(project: ProjectFile, order: Mask) -> bool:
    """Mask a source for good; False where another window must close before the file itself is clean.

    Raises StaleText where somebody changed the text after it was reviewed.
    """
    with project.change(Act.MASK, order.source_id) as writing:
        current = versions.text_of(project, order.source_id, order.version)
        if current is None or versions.current_version(project, order.source_id) != order.version:
            raise errors.StaleText
        _seal_corrections(writing, order.source_id)
        new = _only_version(writing, order)
        _replace_words(writing, order)
        writing.execute("update source set masked = ? where id = ?", (_state(order), order.source_id))
        _replace_original(writing, order)
        scrub_notes(writing, order.words)
        scrub_foreign(writing, order.words)
        _drop_own_rows(writing)
        _carry_images(writing, order, new)
        _carry_kept(writing, order, new)
        writing.execute("insert into text_fts (text_fts) values ('rebuild')")
        writing.execute("insert into pending_forget (time) values (?)", (now(),))
    return finish(project)


def _state(order: Mask) -> int:
    return READ if order.read else UNREAD


def mark_read(writing: Writing, source_id: int) -> None:
    """A person read the text whose names were replaced."""
    writing.execute("update source set masked = ? where id = ?", (READ, source_id))


def _seal_corrections(writing: Writing, source_id: int) -> None:
    """What led the text from one version to another may not be taken back: that would need words that are gone."""
    sql = """
        select change_id, json_extract(image, '$.version') from change_row
        where tbl = 'source' and row_id = ? and image is not null and change_id <> ? order by id"""
    rows = writing.rows(sql, (source_id, writing.id))
    after = [version for _, version in rows[1:]] + [versions.current_version(writing.project, source_id)]
    sealed = {change for (change, before), version in zip(rows, after, strict=False) if before != version}
    writing.executemany("insert or ignore into sealed values (?)", [(change,) for change in sealed])


def _only_version(writing: Writing, order: Mask) -> int:
    """Make the masked text the only version, and every span follow; give its number."""
    project, source = writing.project, order.source_id
    number = project.number("select max(version) from text_version where source_id = ?", (source,)) + 1
    writing.execute(
        "insert into text_version (source_id, version, text, lemmas, sha256) values (?, ?, ?, ?, ?)",
        (source, number, order.text, order.lemmatise(order.text), text_digest(order.text)),
    )
    spans = versions.spans_of(project, source)
    versions.place_spans(writing, spans, {key: order.move(span) for key, span in spans.items()})
    _remember_ways(writing, source, order.version)
    versions.point_to(writing, source, number)  # the search index lets go of the old text, which must still be there
    writing.execute("delete from text_version where source_id = ? and version <> ?", (source, number))
    return number


def _remember_ways(writing: Writing, source: int, goal: int) -> None:
    """Bring the journal's images of spans to the version that counts, while the older texts and their tree still stand."""
    ways: dict[int, list[Step]] = {}
    for row, image in _span_images(writing, source):
        version = image["version"] or goal
        if version not in ways:
            ways[version] = versions.way(writing.project, source, start=version, goal=goal)
        span = move_through(Span(image["start"], image["stop"]), ways[version])
        if span is None:
            # Its words are gone in every version that is left: there is no place to which an undo could bring it back.
            writing.execute("update change_row set image = null, op = 'x' where id = ?", (row,))
            continue
        image |= {"start": span.start, "stop": span.stop, "version": goal}
        writing.execute("update change_row set image = ? where id = ?", (as_json(image), row))


def _span_images(writing: Writing, source: int) -> list[tuple[int, dict[str, Any]]]:
    tables = ", ".join(f"'{table}'" for table in SPANS)
    sql = f"""
        select id, image from change_row where tbl in ({tables}) and image is not null
        and change_id <> ? and json_extract(image, '$.source_id') = ?"""
    return [(row, json.loads(image)) for row, image in writing.rows(sql, (writing.id, source))]


def _carry_images(writing: Writing, order: Mask, new: int) -> None:
    """Bring the images through the mask; images of the source itself name the one version that there is."""
    for row, image in _span_images(writing, order.source_id):
        span = order.move(Span(image["start"], image["stop"]))
        image |= {"start": span.start, "stop": span.stop, "version": new}
        writing.execute("update change_row set image = ? where id = ?", (as_json(image), row))
    writing.execute("delete from change_row where op = 'x' and id < (select max(id) from change_row)")
    writing.execute(
        "update change_row set image = json_set(image, '$.version', ?, '$.masked', ?)"
        " where tbl = 'source' and row_id = ? and image is not null",
        (new, _state(order), order.source_id),
    )


def _replace_words(writing: Writing, order: Mask) -> None:
    """Titles, names and memos: in the tables, and in every image of their rows."""
    hangs_on = json.dumps(sorted(_with_memos(writing.project, order.source_id)))
    wanted: object
    for table, columns in _PROSE.items():
        if table == "memo":
            living = images = "in (select value from json_each(?))"
            living, images, wanted = f"target_id {living}", f"json_extract(image, '$.target_id') {images}", hangs_on
        else:
            column, wanted = ("id" if table == "source" else "source_id"), order.source_id
            living, images = f"{column} = ?", f"json_extract(image, '$.{column}') = ?"
        _replace_in_table(writing, order.words, f"select id, {', '.join(columns)} from {table} where {living}", wanted)
        images = f"tbl = '{table}' and image is not null and {images}"
        _replace_in_images(writing, order.words, table, images, wanted)
        rows = f"select id from {table} where {living} union select row_id from change_row where {images}"
        _replace_in_kept(writing, order.words, table, {row[0] for row in writing.rows(rows, (wanted, wanted))})


def _with_memos(project: ProjectFile, source_id: int) -> set[int]:
    """The source, its turns, stories and codings, removed ones too: whatever a memo about this text may be at."""
    found = {source_id}
    for table in ("turn", "coding", "story", "voice"):
        found |= {row[0] for row in project.rows(f"select id from {table} where source_id = ?", (source_id,))}
        sql = "select row_id from change_row where tbl = ? and image is not null and json_extract(image, '$.source_id') = ?"
        found |= {row[0] for row in project.rows(sql, (table, source_id))}
    return found


def memos_about(project: ProjectFile, source_id: int) -> list[str]:
    """What coders wrote about a source, its fragments and where they differed, as it stands now."""
    sql = """
        select memo from coding where source_id = ?1 and memo <> ''
        union all select note from discussed where source_id = ?1 and note <> ''"""
    found = [row[0] for row in project.rows(sql, (source_id,))]
    hangs_on = json.dumps(sorted(_with_memos(project, source_id)))
    sql = "select body from memo where target_id in (select value from json_each(?)) order by id"
    return found + [row[0] for row in project.rows(sql, (hangs_on,))]


def _replace_in_table(writing: Writing, words: Words, query: str, wanted: object) -> None:
    table = query.split(" from ", 1)[1].split(maxsplit=1)[0]
    for row, *values in writing.rows(query, (wanted,)):
        masked = [words(value) for value in values]
        if masked != values:
            sets = ", ".join(f"{name} = ?" for name in _PROSE[table])
            writing.execute(f"update {table} set {sets} where id = ?", (*masked, row))


def _replace_in_images(writing: Writing, words: Words, table: str, where: str, wanted: object) -> None:
    for row, text in writing.rows(f"select id, image from change_row where {where}", (wanted,)):
        image = json.loads(text)
        masked = image | {name: words(image[name]) for name in _PROSE[table] if image.get(name)}
        if masked != image:
            writing.execute("update change_row set image = ? where id = ?", (as_json(masked), row))


def _replace_in_kept(writing: Writing, words: Words, table: str, rows: set[int]) -> None:
    """What is kept of writing for other copies."""
    sql = "select id, data from foreign_row where tbl = ? and row_id in (select value from json_each(?)) and data <> ''"
    for number, text in writing.rows(sql, (table, json.dumps(sorted(rows)))):
        data = json.loads(text)
        masked = data | {name: words(data[name]) for name in _PROSE[table] if data.get(name)}
        if masked != data:
            writing.execute(
                "update foreign_row set data = ? where id = ?", (json.dumps(masked, ensure_ascii=False), number)
            )


def _carry_kept(writing: Writing, order: Mask, new: int) -> None:
    """What is kept of the places of spans names a version that is gone: they lie where they lie now."""
    version = version_names(writing.project, order.source_id)[new]
    for table in SPANS:
        sql = f"""
            select foreign_row.id, data, start, stop from foreign_row join {table} span on span.id = row_id
            where tbl = '{table}' and source_id = ? and data like '%"start"%'"""
        for number, text, start, stop in writing.rows(sql, (order.source_id,)):
            data = json.loads(text) | {"start": start, "stop": stop, "version": version}
            writing.execute(
                "update foreign_row set data = ? where id = ?", (json.dumps(data, ensure_ascii=False), number)
            )


def _replace_original(writing: Writing, order: Mask) -> None:
    digest = writing.rows("select original_sha256 from source where id = ?", (order.source_id,))[0][0]
    writing.execute("delete from original where source_id = ?", (order.source_id,))
    if order.original is not None:
        data, suffix = order.original
        add_original(writing, order.source_id, data, digest=digest, suffix=suffix)


def _drop_own_rows(writing: Writing) -> None:
    """What the mask itself wrote to the journal is the old names. Its last row number stays taken, as at a withdrawal."""
    last = writing.rows("select coalesce(max(id), 0) from change_row")[0][0]
    writing.execute("delete from change_row where change_id = ?", (writing.id,))
    writing.execute("insert or ignore into change_row values (?, ?, 'withdrawn', 0, 'd', null)", (last, writing.id))
