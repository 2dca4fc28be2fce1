"""Co-occurrence: how often two codes stand together, and how strongly (the c-coefficient of other programs, kept below 1).

A fragment counts once however many coders marked it: overlapping codings of one code in one source are one. A cell holds
the pairs of fragments that stand together, so that it opens into exactly those; or the families, or sources, in which there
is such a pair. On the diagonal stand a code's own fragments.

c = n12 / (n1 + n2 - n12), from 0 (never) to 1 (always). For fragments n12 is how many of both stand together, of the one
code or of the other, whichever are fewer: a long fragment that holds three of the other code makes three pairs and still
counts once. Counting pairs there, as other programs do, lets c pass 1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from verhalen import errors
from verhalen.analysis.collecting import not_collecting
from verhalen.analysis.consensus_notes import consensus_notes
from verhalen.analysis.meeting import Border, Met, Run, in_characters, in_turns, meetings, runs_of
from verhalen.i18n import mark, t
from verhalen.model.codebook import Code, Codebook
from verhalen.model.cooccurrence import FARTHEST, USUAL_DISTANCE, Gap, How, Meeting, Stretch
from verhalen.model.crosstable import CrossTable, Line, Unit
from verhalen.model.query import FragmentQuery
from verhalen.model.text import Notice
from verhalen.store import codings, versions
from verhalen.store import relating as store
from verhalen.store.project import ProjectFile
from verhalen.store.relating import Placed

NEITHER = mark("Where neither of two codes occurs there is no coefficient.")
OUTSIDE_TURNS = mark("Fragments outside all turns stand together with nothing here: {n}.")
NOBODYS = mark("Fragments of nobody who is linked to a family are left out: {n}.")
SEVERAL = mark(
    "One fragment can stand together with several: for the coefficient it then counts once, so that this never passes 1. "
    "Pairs of codes where that is so: {n}."
)
Borders = tuple[list[int], list[int]]


@dataclass(frozen=True, slots=True)
class Together:
    """What one asks: when two fragments stand together, and which fragments there are."""

    how: How = How.OVERLAP
    gap: Gap = Gap.CHARACTERS
    distance: int | None = None
    """Of `near`; None takes what is usual."""
    unit: Unit = Unit.CODINGS
    among: Collection[int] | None = field(default=None, repr=False)
    """Only these codings; None for all."""
    tops: Mapping[int, int] | None = field(default=None, repr=False)
    """Code to the code that it counts for, as `tops_of` gives them; None: every code for itself."""

    def __post_init__(self) -> None:
        most = FARTHEST[self.gap]
        if self.distance is not None and not 0 <= self.distance <= most:
            raise errors.BadInput(reason=t("a distance is a number from 0 to {most}", most=most))

    @property
    def by_turns(self) -> bool:
        """Whether borders are turns and not characters."""
        return self.how is How.TURN or (self.how is How.NEAR and self.gap is Gap.TURNS)

    @property
    def slack(self) -> int:
        """How far behind the end of the one the other may begin; both are numbers of the first thing outside."""
        if self.how is not How.NEAR:
            return 0
        distance = USUAL_DISTANCE[self.gap] if self.distance is None else self.distance
        return distance if self.gap is Gap.TURNS else distance + 1


def tops_of(book: Codebook, codes: Sequence[Code]) -> dict[int, int]:
    """Each of these codes, and all below it, to it; without any the highest codes. Raises BadInput where one is below another."""
    given = {code.key for code in codes} or {code.key for code in book if code.parent is None}
    found: dict[str, int] = {}
    for code in book:  # parents stand before their children
        above = found.get(code.parent) if code.parent is not None else None
        if above is not None and code.key in given:
            raise errors.BadInput(reason=t("{code} is below another code that you name", code=code.key))
        if above is not None or code.key in given:
            found[code.key] = code.id if above is None else above
    return {code.id: found[code.key] for code in book if code.key in found}


def cooccurrence(project: ProjectFile, book: Codebook, asked: Together, *, codes: Sequence[Code] = ()) -> CrossTable:
    """The table of all codes that occur, or of the given ones, in the order of the codebook or of the question."""
    with not_collecting():
        return _Counting(project, asked).table(book, codes)


@dataclass(slots=True)
class _Text:
    """The fragments of one text, or of one family within it."""

    of: int
    """Id of the source or family that it counts for."""
    runs: list[Run]
    borders: list[Border]
    outside: list[Run]
    """Those that have no place in what is counted."""


class _Reading:
    """The codings of a project, as fragments text by text."""

    def __init__(self, project: ProjectFile, asked: Together) -> None:
        self._asked = asked
        self._turns = store.turn_borders(project) if asked.by_turns else {}
        self._families = store.family_of_codings(project) if asked.unit is Unit.FAMILIES else {}
        self._project = project
        self.nobodys = 0
        """Codings that are no family's own words, where families are counted."""

    def texts(self, codes: Collection[int] | None) -> Iterator[_Text]:
        """Every text, or every family in it where families are counted."""
        rows = self._rows(codes)
        if self._asked.among is not None:
            kept = set(self._asked.among)
            rows = [row for row in rows if row[4] in kept]
        for source, own in groupby(rows, key=itemgetter(0)):
            if self._asked.unit is not Unit.FAMILIES:
                yield self._text(source, source, own)
                continue
            for family, theirs in self._by_family(own).items():
                yield self._text(family, source, theirs)

    def _rows(self, codes: Collection[int] | None) -> list[Placed]:
        tops = self._asked.tops
        if tops is None:
            return store.placed_codings(self._project, codes)
        wanted = {code for code, top in tops.items() if codes is None or top in codes}
        rows = store.placed_codings(self._project, wanted)
        return [(source, start, stop, tops[code], coding) for source, start, stop, code, coding in rows]

    def _by_family(self, rows: Iterable[Placed]) -> dict[int, list[Placed]]:
        found: dict[int, list[Placed]] = {}
        for row in rows:
            family = self._families.get(row[4])
            if family is None:
                self.nobodys += 1
            else:
                found.setdefault(family, []).append(row)
        return found

    def _text(self, of: int, source: int, rows: Iterable[Placed]) -> _Text:
        runs = runs_of(rows)
        if not self._asked.by_turns:
            return _Text(of, runs, in_characters(runs), [])
        placed = list(zip(runs, in_turns(runs, *self._turns.get(source, ([], []))), strict=True))
        return _Text(
            of,
            [run for run, border in placed if border is not None],
            [border for _, border in placed if border is not None],
            [run for run, border in placed if border is None],
        )


class _Counting:
    """Fragments, or the families or sources behind them."""

    def __init__(self, project: ProjectFile, asked: Together) -> None:
        self._asked = asked
        self._further = consensus_notes(project)
        self._reading = _Reading(project, asked)
        self._met = Met()
        self._outside = 0
        self._units: dict[tuple[int, int], set[int]] = {}
        """Where families or sources are counted: those behind each pair of codes; a code with itself where it occurs."""

    def table(self, book: Codebook, codes: Sequence[Code]) -> CrossTable:
        """Count, and set out."""
        self._count({code.id for code in codes} or None)
        shown = list(codes) or [code for code in book if self._own(code.id)]
        ids = [code.id for code in shown]
        own = tuple(map(self._own, ids))
        counts = [[0] * len(ids) for _ in ids]
        coefficients: list[list[float | None]] = [[None] * len(ids) for _ in ids]
        several = 0
        for row, one in enumerate(ids):
            counts[row][row], coefficients[row][row] = own[row], 1.0 if own[row] else None
            for column in range(row):
                n, both = self._together(one, ids[column])
                counts[row][column] = counts[column][row] = n
                either = own[row] + own[column] - both
                coefficients[row][column] = coefficients[column][row] = both / either if either else None
                several += n > both
        lines = tuple(Line(code.key, code.name, book.depth(code), n) for code, n in zip(shown, own, strict=True))
        return CrossTable(
            unit=self._asked.unit,
            by="code",
            rows=lines,
            columns=lines,
            counts=tuple(map(tuple, counts)),
            row_totals=own,
            column_totals=own,
            total=self._total(ids),
            coefficients=tuple(map(tuple, coefficients)),
            notes=tuple(self._notes(several, undefined=own.count(0) > 0)),
        )

    def _count(self, codes: Collection[int] | None) -> None:
        slack = self._asked.slack
        for text in self._reading.texts(codes):
            self._outside += len(text.outside)
            met = self._met if self._asked.unit is Unit.CODINGS else Met()
            met.add(text.runs, text.borders, slack)
            for run in text.outside:
                met.own[run[2]] += 1
            if met is not self._met:
                for one, other in (*met.codes_together(), *((code, code) for code in met.own)):
                    self._units.setdefault(_ordered(one, other), set()).add(text.of)

    def _own(self, code: int) -> int:
        if self._asked.unit is Unit.CODINGS:
            return self._met.own[code]
        return len(self._units.get((code, code), ()))

    def _together(self, one: int, other: int) -> tuple[int, int]:
        """What the cell holds, and what its coefficient counts."""
        if self._asked.unit is Unit.CODINGS:
            n = self._met.together(one, other)
            return n, self._met.matched(one, other) if n else 0
        n = len(self._units.get(_ordered(one, other), ()))
        return n, n

    def _total(self, ids: Sequence[int]) -> int:
        if self._asked.unit is Unit.CODINGS:
            return sum(map(self._own, ids))
        return len(set().union(*(self._units.get((code, code), ()) for code in ids)))

    def _notes(self, several: int, *, undefined: bool) -> Iterator[Notice]:
        if undefined:
            yield Notice(None, NEITHER)
        if self._outside:
            yield Notice(None, OUTSIDE_TURNS, {"n": self._outside})
        if self._reading.nobodys:
            yield Notice(None, NOBODYS, {"n": self._reading.nobodys})
        if several:
            yield Notice(None, SEVERAL, {"n": several})
        yield from self._further


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one <= other else (other, one)


# -- behind a cell ---------------------------------------------------------------------------------------------------


def pairs(project: ProjectFile, one: Code, other: Code, asked: Together) -> list[Meeting]:
    """The two fragments behind each time that two codes stand together, in reading order; as many as the cell counts.

    Where families or sources are counted these are all the pairs within them. Of a code with itself: its own fragments.
    """
    found: list[tuple[Run, Run]] = []
    for text in _Reading(project, asked).texts({one.id, other.id}):
        if one.id == other.id:
            found += [(run, run) for run in sorted([*text.runs, *text.outside])]
            continue
        lefts, rights = _of(text, one.id), _of(text, other.id)
        met = meetings([border for _, border in lefts], [border for _, border in rights], asked.slack)
        found += [(lefts[left][0], rights[right][0]) for left, right in met]
    furnished = _furnished(project, [run for pair in found for run in pair])
    return [Meeting(furnished[tuple(left[3:])], furnished[tuple(right[3:])]) for left, right in found]


def _of(text: _Text, code: int) -> list[tuple[Run, Border]]:
    return [(run, border) for run, border in zip(text.runs, text.borders, strict=True) if run[2] == code]


def _furnished(project: ProjectFile, runs: Iterable[Run]) -> Mapping[tuple[int, ...], Stretch]:
    """By its codings each fragment with its words, speaker and family."""
    wanted = {tuple(run[3:]): run for run in runs}
    begins = {
        each.coding.id: each for each in codings.fragments(project, FragmentQuery(), ids=[ids[0] for ids in wanted])
    }
    found = {}
    for ids, (start, stop, *_) in wanted.items():
        first = begins[ids[0]]
        source = first.coding.source_id
        text = first.text
        if stop != first.coding.stop:
            whole = versions.text_of(project, source, versions.current_version(project, source))
            text = whole.text[start:stop] if whole else text
        found[ids] = Stretch(first, start, stop, text, ids)
    return found
