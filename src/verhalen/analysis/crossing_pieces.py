"""The codings behind a crosstab: each with its place, its column and the families that it counts for, as lists of numbers."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import add, itemgetter
from typing import Any

from verhalen.analysis.crossing_axes import Split
from verhalen.analysis.crossing_text import Texts
from verhalen.model.crosstable import AxisKind, Rows, Whose
from verhalen.store import crossing as store
from verhalen.store.project import ProjectFile, Row

NOBODY = 0
"""In place of the id of a family: the words are no family's, and about none."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Codings in columns, in order of place. A coding that is about several families stands in it once for each."""

    begins: Sequence[int]
    """On the line of all texts."""
    ends: Sequence[int]
    keys: Sequence[int | str]
    """What decides the row: the id of the code, or the valence."""
    columns: Sequence[int]
    families: Sequence[int]
    """For which family it counts, or NOBODY; for own words empty where they were not asked for."""
    voices: Sequence[int]
    ids: Sequence[int]
    """Of the codings; empty unless they were asked for."""
    left_out: int = 0
    """Codings that are not among the words asked for: of no family, or about none."""


class Mentions:
    """Which families a piece is about."""

    def __init__(self, project: ProjectFile, texts: Texts) -> None:
        read = store.mentions(project)
        index = {row.id: place for place, row in enumerate(texts.sources)}
        self.spans: list[tuple[int, int, int]] = sorted(
            (texts.offsets[source] + start, texts.offsets[source] + stop, family)
            for source, start, stop, family in read
        )
        """(begin, end, family), on the line of all texts."""
        self.sources = {index[source] for source, *_ in read}
        """Indexes of the texts in which somebody is spoken about."""
        self._begins = [begin for begin, _, _ in self.spans]
        self._longest = max((end - begin for begin, end, _ in self.spans), default=0)

    def families(self, begin: int, end: int) -> list[int]:
        """Of all mentions that share a character with the piece, each family once."""
        first, after = bisect_left(self._begins, begin - self._longest), bisect_left(self._begins, end)
        return sorted({family for _, stop, family in self.spans[first:after] if stop > begin})


def load_pieces(
    project: ProjectFile,
    texts: Texts,
    split: Split,
    *,
    rows: Rows,
    whose: Whose,
    mentions: Mentions | None,
    among: Collection[int] | None = None,
    with_ids: bool = False,
    with_families: bool = True,
) -> Pieces:
    """Read the codings and put each in its column. `mentions` may be None for families' own words."""
    by_coder, by_valence = split.axis.kind is AxisKind.CODER, rows is Rows.VALENCE
    further = [name for name, wanted in zip(_FURTHER, (by_coder, by_valence, with_ids), strict=True) if wanted]
    begins, ends, codes, *rest = _in_order(
        store.coded(project, *further, among=among, by_coder=by_coder), texts, 1 + len(further)
    )
    found = dict(zip(further, rest, strict=True))
    voices = texts.voices_at(begins, ends)
    placed = _Placing(split, texts, found.get("coder_id", ()))
    keys: Sequence[int | str] = found["valence"] if by_valence else codes
    whole = Pieces(begins, ends, keys, (), (), voices, found.get("id", ()))
    if whose is Whose.OWN:
        return placed.own(whole, with_families=with_families)
    assert mentions is not None
    return placed.also_about(whole, mentions, whose)


_FURTHER = ("coder_id", "valence", "id")


def _in_order(batches: Iterable[list[Row]], texts: Texts, further: int) -> list[Sequence[Any]]:
    """The columns begin, end and the `further` ones, in order of place.

    To sort numbers here and move each column once is faster than to let SQLite sort, and whatever follows goes through the
    memory in one direction.
    """
    begins, ends = array("q"), array("q")
    others: list[list[Any]] = [[] for _ in range(further)]
    # One object for each different value: to move a hundred thousand of them takes longer than to read them.
    same: dict[Any, Any] = {}
    for rows in batches:
        sources, starts, stops, *rest = zip(*rows, strict=True)
        offsets = list(map(texts.offsets.__getitem__, sources))
        begins.extend(map(add, offsets, starts))
        ends.extend(map(add, offsets, stops))
        for column, values in zip(others, rest, strict=True):
            column.extend(map(same.setdefault, values, values))
    columns: list[Sequence[Any]] = [begins.tolist(), ends, *others]
    if len(begins) < 2:
        return columns
    moved = itemgetter(*sorted(range(len(begins)), key=columns[0].__getitem__))
    return [moved(column) for column in columns]


class _Placing:
    """Puts codings in the columns of one axis."""

    def __init__(self, split: Split, texts: Texts, coders: Sequence[int]) -> None:
        self._split = split
        self._coders = coders
        self._family = [voice.family or NOBODY for voice in texts.voices]
        self._voices = texts.voices
        self._nobody = len(split.keys)

    def own(self, whole: Pieces, *, with_families: bool) -> Pieces:
        """Families' own words: the voice decides the family, and mostly the column."""
        family = self._family
        kept: Sequence[int] = [index for index, voice in enumerate(whole.voices) if family[voice]]
        left_out = len(whole.voices) - len(kept)
        voices = [whole.voices[index] for index in kept] if left_out else whole.voices
        if self._split.axis.kind is AxisKind.CODER:
            columns = [self._split.coders[self._coders[index]] for index in kept]
        else:
            by_voice = self._split.voices or [self._split.families.get(each, -1) for each in family]
            columns = [by_voice[voice] for voice in voices]
        families = [family[voice] for voice in voices] if with_families else ()
        if not left_out:
            return replace(whole, columns=columns, families=families)
        return _picked(whole, kept, columns, families, left_out=left_out)

    def also_about(self, whole: Pieces, mentions: Mentions, whose: Whose) -> Pieces:
        """Words about families, or all words: one line for each family that a coding counts for."""
        simple = self._all(whole) if whose is Whose.ALL else Pieces((), (), (), (), (), (), ())
        spoken = self._spoken_of(mentions)
        asked = [index for index, voice in enumerate(whole.voices) if spoken[voice]]
        found = {index: mentions.families(whole.begins[index], whole.ends[index]) for index in asked}
        found = {index: them for index, them in found.items() if them}
        about = [(index, family) for index, them in found.items() for family in them]
        kept = [index for index, _ in about]
        columns = [self._column(index, whole.voices[index], family) for index, family in about]
        families = [family for _, family in about]
        if whose is Whose.ABOUT:
            return _picked(whole, kept, columns, families, left_out=len(whole.voices) - len(found))
        if not found:
            return simple
        lines = [
            (index, simple.columns[index], simple.families[index])
            for index in range(len(whole.voices))
            if index not in found
        ]
        lines = sorted([*lines, *zip(kept, columns, families, strict=True)])
        return _picked(whole, *([line[at] for line in lines] for at in range(3)), left_out=0)

    def _all(self, whole: Pieces) -> Pieces:
        """Every coding under who speaks: a family, or nobody of one."""
        family = self._family
        if self._split.axis.kind is AxisKind.CODER:
            columns = [self._split.coders[coder] for coder in self._coders]
        else:
            by_voice = self._split.voices or [self._split.families.get(each, self._nobody) for each in family]
            columns = [by_voice[voice] for voice in whole.voices]
        return replace(whole, columns=columns, families=[family[voice] for voice in whole.voices])

    def _spoken_of(self, mentions: Mentions) -> list[bool]:
        """Per voice: it is no family's, and in its text stands something about one."""
        there = mentions.sources
        pairs = zip(self._family, self._voices, strict=True)
        return [not family and voice.source in there for family, voice in pairs]

    def _column(self, index: int, voice: int, family: int) -> int:
        match self._split.axis.kind:
            case AxisKind.FAMILY:
                return self._split.families.get(family, self._nobody)
            case AxisKind.CODER:
                return self._split.coders[self._coders[index]]
            case _:
                return self._split.voices[voice]


def _picked(
    whole: Pieces, kept: Sequence[int], columns: Sequence[int], families: Sequence[int], *, left_out: int
) -> Pieces:

    def some(values: Sequence[int]) -> list[int]:
        return [values[index] for index in kept] if values else []

    return Pieces(
        begins=some(whole.begins),
        ends=some(whole.ends),
        keys=[whole.keys[index] for index in kept],
        columns=columns,
        families=families,
        voices=some(whole.voices),
        ids=some(whole.ids),
        left_out=left_out,
    )
