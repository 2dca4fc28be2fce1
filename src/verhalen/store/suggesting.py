"""What suggestions are made from, and which of them were refused. Nothing of this is journaled."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from verhalen.model.act import Act
from verhalen.model.suggestion import Example
from verhalen.store import drafts
from verhalen.store.project import ProjectFile
from verhalen.store.sight import seen

MOST_PER_CODE = 50
"""Fragments of one code that are compared with; more would teach nothing and cost time."""
_STAMP = 16
"""Hexadecimal digits that are kept of a refusal."""


def examples(project: ProjectFile) -> list[Example]:
    """Fragments that have a code and are seen, at most so many of each, with their words."""
    sql = f"""
        select id, source_id, start, stop from coding where code_id = ? and {seen(project)}
        order by source_id, start limit {MOST_PER_CODE}"""
    rows = [
        (key, *row)
        for code, key in project.rows("select id, key from code where deprecated = 0")
        for row in project.rows(sql, (code,))
    ]
    # Each text once: cutting pieces out in SQL reads a long text anew for every fragment.
    texts = {source: _text(project, source) for source in {row[2] for row in rows}}
    return [
        Example(number, key, source, start, stop, texts[source][start:stop])
        for key, number, source, start, stop in rows
    ]


def _text(project: ProjectFile, source_id: int) -> str:
    row = project.row(
        "select text_version.text from source join text_version"
        " on text_version.source_id = source.id and text_version.version = source.version where source.id = ?",
        (source_id,),
    )
    return row[0] if row else ""


def stamp(project: ProjectFile, code: str, words: str) -> str:
    """A keyed hash of a code with words: enough to know a refusal again, and nobody reads words from it."""
    secret = bytes.fromhex(project.setting("secret"))
    return hmac.new(secret, f"{code}\n{words}".encode(), hashlib.sha256).hexdigest()[:_STAMP]


def _refusals_key(project: ProjectFile, source_id: int) -> str:
    # The id of the source stands in it, so that withdrawing the source takes it along.
    return f"geweigerd:{source_id}:{project.coder_id}"


def refused(project: ProjectFile, source_id: int) -> frozenset[str]:
    """Stamps of what the coder at work refused in a source."""
    return frozenset(drafts.view(project, _refusals_key(project, source_id)).split())


def refuse(project: ProjectFile, source_id: int, stamps: Iterable[str]) -> None:
    """Remember refusals of the coder at work."""
    key = _refusals_key(project, source_id)
    with project.note() as writing:
        before = writing.rows("select value from view_state where key = ?", (key,))
        known = dict.fromkeys([*(before[0][0].split() if before else ()), *stamps])
        writing.execute("insert or replace into view_state values (?, ?)", (key, " ".join(known)))


def suggested_codings(project: ProjectFile) -> set[int]:
    """Codings that came from a suggestion, by what the journal says; also those that are gone again."""
    sql = """
        select row_id from change join change_row on change_row.id between change.first_row and change.last_row
        where change.act = ? and change_row.tbl = 'coding' and change_row.op = 'i'"""
    return {row[0] for row in project.rows(sql, (Act.SUGGESTED.value,))}
