"""The units in which coders are compared: turns, sentences, paragraphs, or turns with a code (methods.md E1)."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark
from verhalen.store import agreeing as store
from verhalen.store.agreeing import Mark
from verhalen.store.project import ProjectFile


class UnitOf(StrEnum):
    """What is compared."""

    TURN = "turn"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    CODED = "coded"
    """Turns to which at least one coder gave at least one code."""

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "turn": mark("turn"),
            "sentence": mark("sentence"),
            "paragraph": mark("paragraph"),
            "coded": mark("turn with a code"),
        }[self]


@dataclass(frozen=True, slots=True)
class Places:
    """The units of one source, in reading order."""

    starts: list[int]
    stops: list[int]

    def touched(self, start: int, stop: int) -> range:
        """The units that share a character with a passage."""
        first = bisect_right(self.stops, start)
        last = first
        while last < len(self.starts) and self.starts[last] < stop:
            last += 1
        return range(first, last)


def units_of(project: ProjectFile, unit: UnitOf, sources: Collection[int], found: Sequence[Mark]) -> dict[int, Places]:
    """The units of each of `sources`; `found` says which turns have a code."""
    if unit in (UnitOf.TURN, UnitOf.CODED):
        spans = store.turn_spans(project, sources)
    else:
        cut = _sentences if unit is UnitOf.SENTENCE else _paragraphs
        spans = {source: cut(text) for source, text in store.texts(project, sources).items()}
    # Nobody can give a code to a turn of which all words were taken out: it is no unit on which coders agree.
    filled = {source: [(a, b) for a, b in each if a < b] for source, each in spans.items()}
    places = {source: Places([a for a, _ in each], [b for _, b in each]) for source, each in filled.items()}
    return _coded(places, found) if unit is UnitOf.CODED else places


def _coded(places: Mapping[int, Places], found: Sequence[Mark]) -> dict[int, Places]:
    kept: dict[int, set[int]] = defaultdict(set)
    for each in found:
        kept[each.source_id].update(places[each.source_id].touched(each.start, each.stop))
    return {
        source: Places(
            [each.starts[at] for at in sorted(kept[source])], [each.stops[at] for at in sorted(kept[source])]
        )
        for source, each in places.items()
    }


def _sentences(text: str) -> list[tuple[int, int]]:
    from verhalen.language.dutch import sentences

    return [(each.start, each.stop) for each in sentences(text)]


def _paragraphs(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found
