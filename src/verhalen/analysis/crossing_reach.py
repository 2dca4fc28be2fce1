"""What could stand in a column, told or not: its families, its texts, and the words in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verhalen.analysis.crossing_axes import Split
from verhalen.analysis.crossing_pieces import NOBODY, Mentions, Pieces
from verhalen.analysis.crossing_text import Texts, words_of_voices
from verhalen.model.crosstable import AxisKind, Whose
from verhalen.store import crossing as store
from verhalen.store.project import ProjectFile


@dataclass(frozen=True, slots=True)
class Reachable:
    """Per column, and one more for words of no family."""

    families: tuple[int, ...]
    sources: tuple[int, ...]
    words: tuple[int, ...]
    """0 throughout where words were not asked for."""


class _Room:
    """Gathers the families, texts and words of each column."""

    def __init__(self, columns: int) -> None:
        self.families: list[set[int]] = [set() for _ in range(columns)]
        self.sources: list[set[int]] = [set() for _ in range(columns)]
        self.words = [0] * columns

    def add(self, column: int, source: int, family: int, words: int) -> None:
        """Some words of a text, of or about a family."""
        self.sources[column].add(source)
        self.words[column] += words
        if family:
            self.families[column].add(family)


def reachable(
    project: ProjectFile,
    texts: Texts,
    split: Split,
    pieces: Pieces,
    *,
    whose: Whose,
    mentions: Mentions | None,
    words: bool,
) -> Reachable:
    """Who and what could stand in each column. Words are counted where they are asked for: that reads all texts."""
    room = _Room(len(split.keys) + 1)
    counted = words_of_voices(project, texts) if words else [0] * len(texts.voices)
    speaking = {voice for _, _, voice in texts.turns} | set(pieces.voices) | _silent(texts)
    columns = _Columns(project, texts, split)
    if whose is not Whose.ABOUT:
        for index in speaking:
            family = texts.voices[index].family or NOBODY
            if family or whose is Whose.ALL:
                for column in columns.of(index, family):
                    room.add(column, texts.voices[index].source, family, counted[index])
    if mentions is not None:
        _add_mentioned(project, texts, columns, mentions, room, whose=whose, words=words)
        # A mention may lie on the label of a turn only, and a coding that begins there belong to the turn.
        for column, family, index in set(zip(pieces.columns, pieces.families, pieces.voices, strict=True)):
            room.add(column, texts.voices[index].source, family, 0)
    if split.axis.kind is AxisKind.FAMILY:
        known = Counter(split.families.values())
        families = tuple(known[column] for column in range(len(split.keys) + 1))
    else:
        families = tuple(map(len, room.families))
    return Reachable(families, tuple(map(len, room.sources)), tuple(room.words))


def _silent(texts: Texts) -> set[int]:
    """Texts without turns speak themselves."""
    with_turns = {texts.voices[voice].source for _, _, voice in texts.turns}
    return set(range(len(texts.sources))) - with_turns


class _Columns:
    """In which columns the words of a voice stand, or those about a family."""

    def __init__(self, project: ProjectFile, texts: Texts, split: Split) -> None:
        self._split = split
        self._texts = texts
        self.by_family = split.axis.kind is AxisKind.FAMILY
        self._worked: dict[int, list[int]] = defaultdict(list)
        if split.axis.kind is AxisKind.CODER:
            for coder, _, source in store.coder_sources(project):
                self._worked[source].append(split.coders[coder])

    def of(self, voice: int, family: int) -> Iterable[int]:
        """A coder's column holds the texts in which he or she coded."""
        match self._split.axis.kind:
            case AxisKind.FAMILY:
                return (self._split.families.get(family, len(self._split.keys)),)
            case AxisKind.CODER:
                return self._worked[self._texts.sources[self._texts.voices[voice].source].id]
            case _:
                return (self._split.voices[voice],)


def _add_mentioned(
    project: ProjectFile,
    texts: Texts,
    columns: _Columns,
    mentions: Mentions,
    room: _Room,
    *,
    whose: Whose,
    words: bool,
) -> None:
    """Words about families, by whoever is in no family. Among all words they stand under who speaks already."""
    spans = mentions.spans
    voices = texts.voices_at([begin for begin, _, _ in spans], [end for _, end, _ in spans])
    sources = [texts.voices[voice].source for voice in voices]
    counts = _words_of(project, texts, spans, sources) if words else [0] * len(spans)
    seen: set[tuple[int, int, int]] = set()
    moved: set[tuple[int, int]] = set()
    of_family = columns.by_family
    for (begin, end, family), voice, n in zip(spans, voices, counts, strict=True):
        if texts.voices[voice].family is not None:
            continue
        for column in columns.of(voice, family):
            fresh = (begin, end, column) not in seen and (whose is Whose.ABOUT or of_family)
            seen.add((begin, end, column))
            room.add(column, texts.voices[voice].source, family, n if fresh else 0)
        if of_family and whose is Whose.ALL and (begin, end) not in moved:
            moved.add((begin, end))
            room.words[-1] -= n


def _words_of(
    project: ProjectFile, texts: Texts, spans: Sequence[tuple[int, int, int]], sources: Sequence[int]
) -> list[int]:
    """Words of each span, those of labels left out, as they count for nobody."""
    by_source, silent = dict(store.texts(project)), _silent(texts)
    begins = [begin for begin, _, _ in texts.turns]
    found = []
    for (begin, end, _), source in zip(spans, sources, strict=True):
        text, start = by_source.get(texts.sources[source].id, ""), texts.starts[source]
        first, after = max(0, bisect_right(begins, begin) - 1), bisect_left(begins, end)
        parts = [(begin, end)] if source in silent else [(a, b) for a, b, _ in texts.turns[first:after]]
        words = (text[max(a, begin) - start : max(0, min(b, end) - start)].split() for a, b in parts)
        found.append(sum(map(len, words)))
    return found
