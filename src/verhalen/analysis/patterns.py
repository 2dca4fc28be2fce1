"""Where patterns of codes stand in a sentence. Pure; one pass over the words, however many patterns there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from verhalen.language.lemmas import WORD, lemma
from verhalen.model.codebook import Code
from verhalen.model.patterns import Pattern, PatternKind
from verhalen.model.suggestion import ByPattern
from verhalen.model.text import Span


class PatternIndex:
    """All patterns of a codebook, by the word that must stand there."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self._by_word: dict[str, list[tuple[str, Pattern, tuple[str, ...]]]] = defaultdict(list)
        """First word in lower case -> (code, pattern, all its words)."""
        self._by_lemma: dict[str, list[tuple[str, Pattern]]] = defaultdict(list)
        for code in codes:
            for pattern in code.patterns:
                self._add(code.key, pattern)

    def _add(self, code: str, pattern: Pattern) -> None:
        if pattern.kind is PatternKind.LEMMA:
            self._by_lemma[lemma(pattern.text)].append((code, pattern))
            return
        words = tuple(WORD.findall(pattern.text.lower()))
        self._by_word[words[0]].append((code, pattern, words))

    def find(self, text: str, span: Span, words: Sequence[str], lemmas: set[str]) -> dict[str, list[ByPattern]]:
        """By code, the patterns that stand in a sentence, each with its first place; `words` are those of the sentence."""
        found: dict[str, list[ByPattern]] = defaultdict(list)
        if not self._by_word and not self._by_lemma:
            return found
        lower = [word.lower() for word in words]
        for index, word in enumerate(() if self._by_word.keys().isdisjoint(lower) else lower):
            for code, pattern, wanted in self._by_word.get(word, ()):
                if tuple(lower[index : index + len(wanted)]) == wanted:
                    _note(found, code, pattern, text, span, index, len(wanted))
        if lemmas & self._by_lemma.keys():
            for index, word in enumerate(words):
                for code, pattern in self._by_lemma.get(lemma(word), ()):
                    _note(found, code, pattern, text, span, index, 1)
        return found


def _note(
    found: dict[str, list[ByPattern]], code: str, pattern: Pattern, text: str, span: Span, index: int, count: int
) -> None:
    if any(each.pattern == pattern for each in found[code]):
        return
    places = list(WORD.finditer(text, span.start, span.stop))[index : index + count]
    found[code].append(ByPattern(pattern, places[0].start(), places[-1].end()))
