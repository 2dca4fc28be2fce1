"""Find words in all texts, in four ways. The index names the sources; the places are found in their text."""

from __future__ import annotations

import functools
import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

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
_MARKS = re.compile("[\u0300-\u036f]")

Finder = Callable[[str, str], Iterator[Span]]
"""From a text and its lemmas to the places in it."""


def search(project: ProjectFile, query: str, *, mode: SearchMode) -> Iterator[SearchHit]:
    """Places in all sources, by number and place, found while they are asked for."""
    if mode is SearchMode.REGEX:
        found, places = store.all_texts(project), _by_pattern(query)
    else:
        words = lemmas.words(query)
        if not words:
            return
        found, places = _sources(project, words, mode), _by_words(words, mode)
    for source, number, title, text, lemma_line in found:
        for span in places(text, lemma_line):
            yield _hit(source, number, title, text=text, span=span)


def _sources(project: ProjectFile, words: list[str], mode: SearchMode) -> Iterator[store.FoundText]:
    if mode is SearchMode.INSIDE:
        return store.texts_with_letters(project, folded(max(words, key=len)))
    return iter(store.matching_sources(project, words, [lemmas.lemma(word) for word in words]))


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
        return lambda text, _: _runs(text, [word.__eq__ for word in written])
    by_lemma = [folded(lemmas.lemma(word)) for word in words]
    return lambda text, lemma_line: _lemma_runs(text, lemma_line, written=written, by_lemma=by_lemma)


def _holds(letters: str, word: str) -> bool:
    return letters in word


def _runs(text: str, tests: list[Callable[[str], Any]]) -> Iterator[Span]:
    """Runs of words that pass the tests one after another."""
    first, last = tests[0], len(tests) - 1
    places = list(lemmas.WORD.finditer(text))
    for index in range(len(places) - last):
        if first(folded(places[index].group())) and all(
            test(folded(places[index + step].group())) for step, test in enumerate(tests)
        ):
            yield Span(places[index].start(), places[index + last].end())


def _lemma_runs(text: str, lemma_line: str, *, written: list[str], by_lemma: list[str]) -> Iterator[Span]:
    """Runs of words that are the same as written, or have the same lemma."""
    places = list(lemmas.WORD.finditer(text))
    known = _without_marks(lemma_line).split(" ")
    last = len(written) - 1
    for index in _candidates(places, known, words={written[0]}, by_lemma={by_lemma[0]}):
        if index + last < len(places) and all(
            known[index + step] == by_lemma[step] or folded(places[index + step].group()) == written[step]
            for step in range(len(written))
        ):
            yield Span(places[index].start(), places[index + last].end())


def _candidates(places: list[re.Match[str]], known: list[str], *, words: set[str], by_lemma: set[str]) -> Iterator[int]:
    for index, (place, lemma) in enumerate(zip(places, known, strict=False)):
        if lemma in by_lemma or folded(place.group()) in words:
            yield index


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
