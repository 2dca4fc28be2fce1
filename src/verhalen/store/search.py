"""Full-text search: FTS5 finds the sources; the places in them are found in the text itself."""

from __future__ import annotations

from collections.abc import Iterable

from verhalen.store.project import ProjectFile


def matching_sources(
    project: ProjectFile, words: Iterable[str], lemmas: Iterable[str]
) -> list[tuple[int, int, str, str, str]]:
    """Sources that hold every word, as written or by lemma: (id, number, title, text, lemmas), by number."""
    terms = [
        f'(text : "{_quoted(word)}" OR lemmas : "{_quoted(lemma)}")' for word, lemma in zip(words, lemmas, strict=True)
    ]
    if not terms:
        return []
    sql = """
        select source.id, source.number, source.title, text_version.text, text_version.lemmas
        from text_fts join text_version on text_version.id = text_fts.rowid
        join source on source.id = text_version.source_id and source.version = text_version.version
        where text_fts match ? order by source.number"""
    return [(a, b, c, d, e) for a, b, c, d, e in project.rows(sql, (" AND ".join(terms),))]


def _quoted(word: str) -> str:
    return word.replace('"', '""').replace("\x00", "")  # FTS5 reads a query up to a NUL
