"""Full-text search: FTS5 finds the sources; the places in them are found in the text itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verhalen.store.project import ProjectFile

_TEXT = """
select source.id, source.number, source.title, text_version.text, text_version.lemmas
from source join text_version on text_version.source_id = source.id and text_version.version = source.version
"""
_WORDS = "create virtual table if not exists temp.indexed_word using fts5vocab('main', 'text_fts', 'row')"
_AT_ONCE = 100
"""Words in one question to the index; it takes no endless ones."""

FoundText = tuple[int, int, str, str, str]
"""Id, number, title, text and lemmas of a source."""


def all_texts(project: ProjectFile) -> Iterator[FoundText]:
    """Every source, by number, one in memory at a time."""
    return _texts(project, [number for (number,) in project.rows("select id from source order by number")])


def texts_with_letters(project: ProjectFile, letters: str) -> Iterator[FoundText]:
    """Sources in which a word holds these letters (without case and marks), by number.

    The index knows its own words, so that only they are looked through and not the texts.
    """
    project.rows(_WORDS)
    words = [word for (word,) in project.rows("select term from indexed_word where instr(term, ?) > 0", (letters,))]
    found: set[tuple[int, int]] = set()
    for first in range(0, len(words), _AT_ONCE):
        terms = " OR ".join(f'"{_quoted(word)}"' for word in words[first : first + _AT_ONCE])
        sql = """
            select source.number, source.id from text_fts join text_version on text_version.id = text_fts.rowid
            join source on source.id = text_version.source_id and source.version = text_version.version
            where text_fts match ?"""
        found.update((number, source) for number, source in project.rows(sql, (f"text : ({terms})",)))
    return _texts(project, [source for _, source in sorted(found)])


def _texts(project: ProjectFile, ids: Iterable[int]) -> Iterator[FoundText]:
    for source in ids:
        row = project.row(f"{_TEXT} where source.id = ?", (source,))
        if row:
            number, ordinal, title, text, lemmas = row
            yield number, ordinal, title, text, lemmas


def matching_texts(project: ProjectFile, words: Iterable[str], lemmas: Iterable[str]) -> Iterator[FoundText]:
    """Sources that hold every word, as written or by lemma, by number, one in memory at a time."""
    terms = [
        f'(text : "{_quoted(word)}" OR lemmas : "{_quoted(lemma)}")' for word, lemma in zip(words, lemmas, strict=True)
    ]
    if not terms:
        return iter(())
    sql = """
        select source.id from text_fts join text_version on text_version.id = text_fts.rowid
        join source on source.id = text_version.source_id and source.version = text_version.version
        where text_fts match ? order by source.number"""
    return _texts(project, [source for (source,) in project.rows(sql, (" AND ".join(terms),))])


def texts_with_phrase(project: ProjectFile, words: Iterable[str]) -> list[tuple[int, int, str]]:
    """Id, number and text of the sources in which these words stand in a row, without case, signs and accents."""
    phrase = " ".join(_quoted(word) for word in words)
    sql = """
        select source.id, source.number, text_version.text
        from text_fts join text_version on text_version.id = text_fts.rowid
        join source on source.id = text_version.source_id and source.version = text_version.version
        where text_fts match ?"""
    return [(number, ordinal, text) for number, ordinal, text in project.rows(sql, (f'text : "{phrase}"',))]


def _quoted(word: str) -> str:
    return word.replace('"', '""').replace("\x00", "")  # FTS5 reads a query up to a NUL
