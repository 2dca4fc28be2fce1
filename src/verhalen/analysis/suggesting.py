"""Which sentences may get which code: those with a pattern of it, and those that are like fragments that have it. Pure.

Likeness is the overlap of lemmas, each weighed by how seldom it is in this text and by how much it belongs to the code
(TF-IDF in spirit). The thresholds were set on the demo data, with the codings of the text itself held back.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from verhalen.analysis.patterns import PatternIndex
from verhalen.language.common import telling_lemmas
from verhalen.language.lemmas import WORD, lemma
from verhalen.model.codebook import Code
from verhalen.model.coding import Coding
from verhalen.model.suggestion import Alike, ByPattern, Example, Suggestion
from verhalen.model.text import Span, Turn

FEWEST = 2
"""Lemmas that must be shared: one word alone is what a pattern is for."""
ENOUGH = 0.45
"""Score from which a likeness is worth a look."""
HALF = 4.0
"""Weight of shared lemmas at which the score is 0.5."""
BELONGS = 0.1
"""The part of the fragments with a lemma that has the code; below it the lemma says nothing about the code."""
ORDINARY = 300
"""Sentences of an ordinary text: a shorter one cannot tell which lemmas are rare."""
REASONS = 2
"""Fragments that are named as a reason, and at most so many lemmas of each as `NAMED`."""
NAMED = 6
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n")


@dataclass(frozen=True, slots=True)
class Passages:
    """One text, ready to be looked through."""

    source_id: int
    version: int
    text: str
    spans: tuple[Span, ...]
    """Its sentences, without the labels of speakers."""


def passages(source_id: int, version: int, text: str, turns: Sequence[Turn]) -> Passages:
    """Cut a text into sentences; none goes over the border of a turn."""
    pieces = [(turn.start, turn.stop) for turn in turns] or [(0, len(text))]
    spans = tuple(span for start, stop in pieces for span in _sentences(text, start, stop))
    return Passages(source_id, version, text, spans)


def _sentences(text: str, start: int, stop: int) -> Iterator[Span]:
    begin = start
    for end in [*(match.end() for match in _END.finditer(text, start, stop)), stop]:
        piece = text[begin:end]
        words = piece.strip()
        if words:
            first = begin + len(piece) - len(piece.lstrip())
            yield Span(first, first + len(words))
        begin = end


class Suggester:
    """Codes with their patterns, and the fragments that have them. Made once, then asked about each text."""

    def __init__(self, codes: Iterable[Code], examples: Iterable[Example]) -> None:
        known = [code for code in codes if not code.deprecated]
        keys = {code.key for code in known}
        self._patterns = PatternIndex(known)
        self._examples = [(each, telling_lemmas(each.text)) for each in _apart(examples) if each.code in keys]
        counts: Counter[tuple[str, str]] = Counter()
        self._of: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        for each, lemmas in self._examples:
            counts.update((found, each.code) for found in lemmas)
            self._of[each.code].append((each.coding_id, lemmas))
        self._all = Counter(found for _, lemmas in self._examples for found in lemmas)
        """In how many fragments a lemma stands."""
        self._points_to = _profiles(counts, self._all)

    def suggest(self, where: Passages, codings: Iterable[Coding]) -> list[Suggestion]:
        """Suggestions for one text, the best first. Places that have the code already, by whomever, are left out."""
        words = [WORD.findall(where.text, span.start, span.stop) for span in where.spans]
        lemmas = [{lemma(word) for word in each} for each in words]
        found: list[Suggestion] = []
        rarity = self._rarity(lemmas)
        for span, said, forms in zip(where.spans, words, lemmas, strict=True):
            by_pattern = self._patterns.find(where.text, span, said, forms)
            alike = self._alike(forms, rarity)
            for code in dict.fromkeys([*by_pattern, *alike]):
                reasons = (*by_pattern.get(code, ()), *self._reasons(code, forms, rarity, wanted=code in alike))
                score = 1.0 if code in by_pattern else alike[code]
                found.append(
                    Suggestion(where.source_id, where.version, span.start, span.stop, code, round(score, 3), reasons)
                )
        open_ones = _without_coded(found, codings)
        return sorted(open_ones, key=lambda each: (-each.score, each.start, each.code))

    def _rarity(self, lemmas: Sequence[set[str]]) -> dict[str, float]:
        """How seldom each lemma of the examples is, in the sentences of this text and in all examples together."""
        here = Counter(found for forms in lemmas for found in forms if found in self._all)
        total = max(len(lemmas) + len(self._examples) + 1, ORDINARY)
        return {found: math.log(total / (1 + count + self._all[found])) for found, count in here.items()}

    def _alike(self, forms: set[str], rarity: Mapping[str, float]) -> dict[str, float]:
        """Codes that this sentence is like, with the score."""
        pointing = forms & self._points_to.keys()
        if len(pointing) < FEWEST:
            return {}
        weights: dict[str, float] = defaultdict(float)
        shared: Counter[str] = Counter()
        again: set[str] = set()
        for found in pointing:
            for code, belongs, is_again in self._points_to[found]:
                weights[code] += rarity[found] * belongs
                shared[code] += 1
                if is_again:
                    again.add(code)
        scores = {
            code: weight / (weight + HALF)
            for code, weight in weights.items()
            if shared[code] >= (FEWEST if code in again else FEWEST + 1)
        }
        return {code: score for code, score in scores.items() if score >= ENOUGH}

    def _reasons(self, code: str, forms: set[str], rarity: Mapping[str, float], *, wanted: bool) -> Iterable[Alike]:
        """The fragments that share most, each with what it shares."""
        if not wanted:
            return ()
        shared = [(number, lemmas & forms & rarity.keys()) for number, lemmas in self._of[code]]
        ranked = sorted(
            ((sum(rarity[each] for each in both), number, both) for number, both in shared if both),
            key=lambda row: (-row[0], row[1]),
        )
        return [
            Alike(number, tuple(sorted(both, key=lambda each: (-rarity[each], each))[:NAMED]))
            for _, number, both in ranked[:REASONS]
        ]


def _profiles(
    counts: Mapping[tuple[str, str], int], everywhere: Mapping[str, int]
) -> dict[str, list[tuple[str, float, bool]]]:
    """Lemma -> the codes that it points to, how much, and whether more than one fragment of the code has it."""
    found: dict[str, list[tuple[str, float, bool]]] = defaultdict(list)
    for (word, code), count in counts.items():
        # One more below the line: what was seen once says less than what was seen often.
        belongs = count / (everywhere[word] + 1)
        if belongs >= BELONGS:
            found[word].append((code, belongs, count > 1))
    return found


def _apart(examples: Iterable[Example]) -> Iterator[Example]:
    """Without those that overlap one of the same code: what two coders saw in one sentence was said once."""
    reached: dict[tuple[int, str], int] = {}
    for each in sorted(examples, key=lambda one: (one.source_id, one.start, one.stop, one.coding_id)):
        place = (each.source_id, each.code)
        if each.start >= reached.get(place, 0):
            yield each
        reached[place] = max(reached.get(place, 0), each.stop)


def _without_coded(found: Iterable[Suggestion], codings: Iterable[Coding]) -> list[Suggestion]:
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for coding in codings:
        taken[coding.code].append((coding.start, coding.stop))
    return [
        each
        for each in found
        if not any(start < each.stop and each.start < stop for start, stop in taken.get(each.code, ()))
    ]


__all__ = ["ByPattern", "Passages", "Suggester", "passages"]
