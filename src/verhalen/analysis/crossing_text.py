"""Who says what where, over all texts at once: for crosstabs, which ask it of a hundred thousand codings.

All texts lie one behind the other on one line, so that a place is one number. Whoever speaks in one source is a *voice*; each
source has one more, for its words outside any turn (and for all of a story).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise, repeat

from verhalen.store import crossing as store
from verhalen.store.project import ProjectFile


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker in one source, or what a source says outside its turns."""

    source: int
    """Index of the source, in `Texts.sources`."""
    family: int | None
    """Id of the family whose words these are."""
    name: str = ""
    role: str = ""
    person: str = ""
    """Key of the person of a family."""


@dataclass(frozen=True, slots=True)
class Texts:
    """All sources with their turns, as lists of numbers."""

    sources: tuple[store.SourceRow, ...]
    voices: tuple[Voice, ...]
    offsets: dict[int, int]
    """Id of a source to where it begins on the line; one place is free between two texts."""
    starts: tuple[int, ...]
    """The same by the index of the source."""
    bounds: tuple[int, ...]
    """Where on the line another voice begins."""
    speaking: tuple[int, ...]
    """Index of the voice from there on; before a turn -1 minus the index of the source's own voice."""
    turns: tuple[tuple[int, int, int], ...]
    """(begin, end, voice) of every turn, on the line."""

    def voices_at(self, begins: Sequence[int], ends: Sequence[int]) -> list[int]:
        """The voice of each piece, given in order of where they begin: that of the first turn it has words of."""
        # How many pieces begin before each bound tells how many begin behind it, before the next.
        before = [*map(bisect_left, repeat(begins), self.bounds), len(begins)]
        numbers = [after - first for first, after in pairwise(before)]
        found = list(chain.from_iterable(map(repeat, self.speaking, numbers)))
        if min(found, default=0) < 0:
            places = chain.from_iterable(map(repeat, range(1, len(self.bounds) + 1), numbers))
            for index, (place, voice) in enumerate(zip(places, found, strict=True)):
                if voice < 0:
                    after = self._after_gap(place, ends[index])
                    found[index] = -1 - voice if after is None else after
        return found

    def _after_gap(self, place: int, end: int) -> int | None:
        """A piece that begins on a label belongs to who is named there, where it has words of that turn."""
        while place < len(self.bounds) and self.bounds[place] < end:
            if self.speaking[place] >= 0:
                return self.speaking[place]
            place += 1
        return None


def load_texts(project: ProjectFile) -> Texts:
    """Read sources, speakers and turns."""
    sources = tuple(store.sources(project))
    place = {row.id: index for index, row in enumerate(sources)}
    # Small numbers: Python compares those below 2**30 twice as fast.
    starts = list(accumulate((row.length + 1 for row in sources), initial=0))
    offsets = {row.id: start for row, start in zip(sources, starts, strict=False)}
    voices = [Voice(index, row.family_id, "", row.role, row.person) for index, row in enumerate(sources)]
    of_speaker: dict[int, int] = {}
    for each in store.speakers(project):
        of_speaker[each.id] = len(voices)
        source = place[each.source_id]
        family = each.family_id if each.family_id is not None else sources[source].family_id
        voices.append(Voice(source, family, each.name, each.role, each.person))
    turns = []
    for source_id, start, stop, speaker in store.turns(project):
        offset = offsets[source_id]
        voice = of_speaker[speaker] if speaker is not None else place[source_id]
        turns.append((offset + start, offset + stop, voice))
    bounds, speaking = _bounds(turns, starts)
    return Texts(sources, tuple(voices), offsets, tuple(starts), bounds, speaking, tuple(turns))


def _bounds(turns: Iterable[tuple[int, int, int]], starts: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where the voice changes. Of turns that overlap the one that began last speaks, as `TURN_OF_CODING` has it."""
    bounds: list[int] = []
    speaking: list[int] = []
    coming = list(turns)
    at = 0
    for source, (start, after) in enumerate(pairwise(starts)):
        bounds.append(start)
        speaking.append(-1 - source)
        while at < len(coming) and coming[at][0] < after:
            begin, end, voice = coming[at]
            at += 1
            bounds.append(begin)
            speaking.append(voice)
            if at == len(coming) or coming[at][0] > end:
                bounds.append(end)
                speaking.append(-1 - source)
    return tuple(bounds), tuple(speaking)


def words_of_voices(project: ProjectFile, texts: Texts) -> list[int]:
    """Words per voice. Labels and headings between turns belong to nobody; a source without turns speaks itself."""
    counts = [0] * len(texts.voices)
    by_source = dict(store.texts(project))
    spoken = [by_source.get(row.id, "") for row in texts.sources]
    with_turns = set()
    for begin, end, voice in texts.turns:
        source = texts.voices[voice].source
        with_turns.add(source)
        counts[voice] += len(spoken[source][begin - texts.starts[source] : end - texts.starts[source]].split())
    for index, text in enumerate(spoken):
        if index not in with_turns:
            counts[index] += len(text.split())
    return counts
