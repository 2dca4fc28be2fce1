"""Find words in all texts, in four ways. The index names the sources; the places are found in their text."""

from __future__ import annotations

import functools
import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.language import lemmas
from verhalen.model.query import SearchHit, SearchMode
from verhalen.model.text import Span
from verhalen.store import search as store
from verhalen.store.project import ProjectFile

if TYPE_CHECKING:
    from regex import Pattern

PATIENCE = 5.0
"""Seconds that a regular expression gets for all texts together."""
LONGEST = 1000
"""Characters of a regular expression."""
_CONTEXT = 60
_FEW = 20
_MARKS = re.compile("[\u0300-\u036f]")

Finder = Callable[[str, str], Iterator[Span]]
"""From a text and its lemmas to the places in it."""


def search(project: ProjectFile, query: str, *, mode: SearchMode) -> Iterator[SearchHit]:
    """Places in all sources, by number and place, found while they are asked for."""
    for (source, number, title, text, _), span in _walk(project, query, mode):
        yield _hit(source, number, title, text=text, span=span)


def count(project: ProjectFile, query: str, *, mode: SearchMode) -> int:
    """How many places there are in all sources."""
    return sum(1 for _ in _walk(project, query, mode))


def _walk(project: ProjectFile, query: str, mode: SearchMode) -> Iterator[tuple[store.FoundText, Span]]:
    if mode is SearchMode.REGEX:
        found, places = store.all_texts(project), _by_pattern(query)
    else:
        words = lemmas.words(query)
        if not words:
            return
        found, places = _sources(project, words, mode), _by_words(words, mode)
    for each in found:
        for span in places(each[3], each[4]):
            yield each, span


def _sources(project: ProjectFile, words: list[str], mode: SearchMode) -> Iterator[store.FoundText]:
    if mode is SearchMode.INSIDE:
        return store.texts_with_letters(project, folded(max(words, key=len)))
    return store.matching_texts(project, words, [lemmas.lemma(word) for word in words])


def _hit(source: int, number: int, title: str, *, text: str, span: Span) -> SearchHit:
    before = text[max(0, span.start - _CONTEXT) : span.start].replace("\n", " ")
    after = text[span.stop : span.stop + _CONTEXT].replace("\n", " ")
    return SearchHit(source, number, title, span.start, span.stop, before, text[span.start : span.stop], after)


@functools.lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """Without case and marks, as the search index compares words."""
    letters = unicodedata.normalize("NFD", word.casefold())
    if letters.isascii():
        return letters
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


# -- words -------------------------------------------------------------------------------------------------------------


def _by_words(words: list[str], mode: SearchMode) -> Finder:
    written = [folded(word) for word in words]
    if mode is SearchMode.INSIDE:
        return lambda text, _: _runs(text, [functools.partial(_holds, word) for word in written])
    if mode is SearchMode.EXACT:
        return lambda text, _: _runs(text, [functools.partial(_is, word) for word in written])
    by_lemma = [folded(lemmas.lemma(word)) for word in words]

    def places(text: str, lemma_line: str) -> Iterator[Span]:
        known = dict(zip(lemmas.words(text), _without_marks(lemma_line).split(" "), strict=False))
        return _runs(
            text,
            [functools.partial(_is_form, pair, known) for pair in zip(written, by_lemma, strict=True)],
        )

    return places


def _holds(letters: str, word: str) -> bool:
    return letters in folded(word)


def _is(letters: str, word: str) -> bool:
    return letters == folded(word)


def _is_form(wanted: tuple[str, str], known: dict[str, str], word: str) -> bool:
    """Whether a word is written so, or has this lemma; `known` has the lemmas of the text."""
    written, lemma = wanted
    return known.get(word) == lemma or folded(word) == written


def _runs(text: str, tests: list[Callable[[str], bool]]) -> Iterator[Span]:
    """Runs of words that pass the tests one after another; each different word of a text is tested once."""
    first = {word for word in set(lemmas.words(text)) if tests[0](word)}
    for place in _written(text, first):
        stop: int | None = place.end()
        for test in tests[1:]:
            after = lemmas.WORD.search(text, stop or 0)
            stop = after.end() if after and test(after.group()) else None
            if stop is None:
                break
        if stop is not None:
            yield Span(place.start(), stop)


def _written(text: str, words: set[str]) -> Iterator[re.Match[str]]:
    """Where a text has one of these words, exactly so. An expression of a few jumps to them; of many it would be slow."""
    if not words:
        return iter(())
    if len(words) <= _FEW:
        return re.finditer(rf"\b(?:{'|'.join(sorted(words))})\b", text)
    return (place for place in lemmas.WORD.finditer(text) if place.group() in words)


def _without_marks(line: str) -> str:
    """A whole line as `folded` makes a word: lemmas are lower case already."""
    return line if line.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", line.casefold()))


# -- regular expressions -----------------------------------------------------------------------------------------------


def _by_pattern(query: str) -> Finder:
    """`regex` stops by itself when time is up, which `re` cannot."""
    pattern = _compiled(query)
    ends = time.monotonic() + PATIENCE

    def places(text: str, _: str) -> Iterator[Span]:
        left = ends - time.monotonic()
        if left <= 0:
            raise errors.SlowPattern
        try:
            for match in pattern.finditer(text, timeout=left):
                if match.end() > match.start():
                    yield Span(match.start(), match.end())
        except (TimeoutError, MemoryError) as error:
            raise errors.SlowPattern from error

    return places


def _compiled(query: str) -> Pattern[str]:
    import regex

    if not query.strip() or len(query) > LONGEST:
        raise errors.BadPattern(at=min(len(query), LONGEST) + 1)
    try:
        return regex.compile(query, regex.IGNORECASE | regex.MULTILINE)
    except regex.error as error:
        raise errors.BadPattern(at=(error.pos or 0) + 1) from error
    # A pattern that is broken in other ways: a number too large, brackets too deep.
    except (ValueError, OverflowError, RecursionError, MemoryError, IndexError, KeyError) as error:
        raise errors.BadPattern(at=1) from error
