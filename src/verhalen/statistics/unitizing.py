"""Did coders mark the same passages, and give them the same code? u-alpha, binary and cu-alpha over a running text.

Krippendorff's alphas for unitised continua in the form of 2016/2019 (book of 2019, section 12.6, equations 32-38; methods.md E1):
observed coincidences are lengths of overlap, expected ones come from total lengths, less what a segment cannot pair with
itself. The older form of 1995/2004 (squared distances of borders) gives other values on the same data: always print
`VERSION` with a value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark
from verhalen.statistics.outcome import Outcome, undefined

VERSION = "Krippendorff 2019"
NOTHING_MARKED = mark("cannot be determined: nobody marked anything")
ALL_MARKED = mark("cannot be determined: everything is marked by everybody, with one value")
NO_OVERLAP = mark("cannot be determined: no passage was marked by two coders")


class Kind(StrEnum):
    """Which question the value answers."""

    U = "u"
    """The same passages with the same value, gaps included."""
    BINARY = "binary"
    """The same passages, whatever the value."""
    CU = "cu"
    """The same value, where two coders marked."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A marked passage: start and stop in code points, half-open, and its value."""

    start: int
    stop: int
    value: Hashable


@dataclass(frozen=True, slots=True)
class Continuum:
    """One text and what each coder marked in it; within a coder segments do not overlap."""

    length: int
    coders: tuple[tuple[Segment, ...], ...]


_GAP = None
_Pair = tuple[Hashable | None, Hashable | None]
_Piece = tuple[int, int, Hashable | None]


@dataclass(frozen=True, slots=True)
class Alphas:
    """The three answers over the same texts."""

    u: Outcome
    binary: Outcome
    cu: Outcome


def u_alpha(texts: Iterable[Continuum], kind: Kind = Kind.U) -> Outcome:
    """One of the three alphas over all texts together."""
    found = u_alphas(texts)
    return {Kind.U: found.u, Kind.BINARY: found.binary, Kind.CU: found.cu}[kind]


def u_alphas(texts: Iterable[Continuum]) -> Alphas:
    """All three, by one sweep over the borders of each pair of coders.

    Coders are the same in each text; a text with fewer than two of them says nothing.
    """
    sums = _Sums()
    for text in texts:
        if len(text.coders) >= 2:
            sums.add(text)
    return Alphas(_of_all(sums.observed, sums.whole), _of_all(*sums.binary()), _of_marked(sums.observed, sums.paired))


class _Sums:
    """Lengths that the formulas ask for."""

    def __init__(self) -> None:
        self.observed: dict[_Pair, float] = defaultdict(float)
        """Overlaps between any two coders, divided by m - 1, both ways."""
        self.whole: dict[Hashable | None, float] = defaultdict(float)
        """What pieces cannot pair with themselves: squares of segments, lengths of gaps."""
        self.paired: dict[Hashable | None, float] = defaultdict(float)
        """The same of what others marked too."""

    def add(self, text: Continuum) -> None:
        """Add one text."""
        lines = [_pieces(segments, text.length) for segments in text.coders]
        others = len(lines) - 1
        shared = [[0] * len(line) for line in lines]
        for at, one in enumerate(lines):
            for other in range(at + 1, len(lines)):
                self._sweep(one, lines[other], shared[at], shared[other], others)
        for line, common in zip(lines, shared, strict=True):
            for (start, stop, value), length in zip(line, common, strict=True):
                if value is _GAP:
                    self.whole[value] += stop - start
                else:
                    self.whole[value] += (stop - start) ** 2
                    self.paired[value] += (length / others) ** 2

    def _sweep(
        self, one: Sequence[_Piece], two: Sequence[_Piece], of_one: list[int], of_two: list[int], others: int
    ) -> None:
        """Every overlap of two coders, once; how much of each piece the other marked is added to `of_one` and `of_two`."""
        observed = self.observed
        i = j = 0
        while i < len(one) and j < len(two):
            start_a, stop_a, a = one[i]
            start_b, stop_b, b = two[j]
            length = (stop_a if stop_a < stop_b else stop_b) - (start_a if start_a > start_b else start_b)
            if length > 0:
                observed[a, b] += length / others
                observed[b, a] += length / others
                if b is not _GAP:
                    of_one[i] += length
                if a is not _GAP:
                    of_two[j] += length
            if stop_a <= stop_b:
                i += 1
            else:
                j += 1

    def binary(self) -> tuple[dict[_Pair, float], dict[Hashable | None, float]]:
        """The same with one value for all that is marked."""
        observed: dict[_Pair, float] = defaultdict(float)
        for (a, b), length in self.observed.items():
            observed[None if a is _GAP else True, None if b is _GAP else True] += length
        whole: dict[Hashable | None, float] = defaultdict(float)
        for value, square in self.whole.items():
            whole[None if value is _GAP else True] += square
        return observed, whole


def _pieces(segments: Sequence[Segment], length: int) -> list[_Piece]:
    """The whole text as marked passages and the gaps between them."""
    found: list[_Piece] = []
    end = 0
    for segment in sorted(segments, key=_start):
        if segment.start < end:
            raise ValueError("segments of one coder overlap")
        if segment.start > end:
            found.append((end, segment.start, _GAP))
        found.append((segment.start, segment.stop, segment.value))
        end = segment.stop
    if end < length:
        found.append((end, length, _GAP))
    return found


def _start(segment: Segment) -> int:
    return segment.start


def _of_all(
    observed: Mapping[tuple[Hashable | None, Hashable | None], float], correction: Mapping[Hashable | None, float]
) -> Outcome:
    totals = _totals(observed)
    if set(totals) <= {_GAP}:
        return undefined(NOTHING_MARKED)
    return _alpha(observed, totals, correction, ALL_MARKED)


def _of_marked(
    observed: Mapping[tuple[Hashable | None, Hashable | None], float], correction: Mapping[Hashable | None, float]
) -> Outcome:
    marked = {pair: length for pair, length in observed.items() if _GAP not in pair}
    totals = _totals(marked)
    if not totals:
        return undefined(NO_OVERLAP)
    if len(totals) == 1:
        return Outcome(1.0)  # with one value there is no other to differ from (methods.md E3, "category c only")
    own = {value: each for value, each in correction.items() if value is not _GAP}
    return _alpha(marked, totals, own, ALL_MARKED)


def _totals(observed: Mapping[tuple[Hashable | None, Hashable | None], float]) -> dict[Hashable | None, float]:
    totals: dict[Hashable | None, float] = defaultdict(float)
    for (a, _), length in observed.items():
        totals[a] += length
    return totals


def _alpha(
    observed: Mapping[tuple[Hashable | None, Hashable | None], float],
    totals: Mapping[Hashable | None, float],
    correction: Mapping[Hashable | None, float],
    otherwise: str,
) -> Outcome:
    """1 - (l.. - sum of l_kk) / (e.. - sum of e_kk), the e_ck as in equation 35."""
    if len(totals) < 2:
        return undefined(otherwise)
    whole = sum(totals.values())
    room = whole - sum(correction.values()) / whole
    if room <= 0:
        return undefined(otherwise)
    expected_apart = sum(totals[a] * totals[b] for a in totals for b in totals if a != b) / room
    observed_apart = whole - sum(length for (a, b), length in observed.items() if a == b)
    return Outcome(1 - observed_apart / expected_apart)
