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
_Piece = tuple[int, int, Hashable | None]


def u_alpha(texts: Iterable[Continuum], kind: Kind = Kind.U) -> Outcome:
    """The alpha over all texts together. Coders are the same in each; a text with fewer than two of them says nothing."""
    observed: dict[tuple[Hashable | None, Hashable | None], float] = defaultdict(float)
    correction: dict[Hashable | None, float] = defaultdict(float)
    for text in texts:
        if len(text.coders) >= 2:
            _add(text, kind, observed, correction)
    if kind is Kind.CU:
        return _of_marked(observed, correction)
    return _of_all(observed, correction)


def _add(
    text: Continuum,
    kind: Kind,
    observed: dict[tuple[Hashable | None, Hashable | None], float],
    correction: dict[Hashable | None, float],
) -> None:
    """Overlaps between any two coders, divided by m - 1; what each piece cannot pair with itself."""
    lines = [_pieces(segments, text.length, kind) for segments in text.coders]
    others = len(lines) - 1
    for at, one in enumerate(lines):
        for two in lines[at + 1 :]:
            for a, b, shared in _overlaps(one, two):
                observed[a, b] += shared / others
                observed[b, a] += shared / others
    for at, line in enumerate(lines):
        pairable = _pairable(line, [each for k, each in enumerate(lines) if k != at]) if kind is Kind.CU else None
        for number, (start, stop, value) in enumerate(line):
            length = stop - start
            if value is _GAP:
                correction[value] += length
            elif pairable is None:
                correction[value] += length * length
            else:
                correction[value] += (pairable[number] / others) ** 2


def _pieces(segments: Sequence[Segment], length: int, kind: Kind) -> list[_Piece]:
    """The whole text as marked passages and the gaps between them."""
    found: list[_Piece] = []
    end = 0
    for segment in sorted(segments, key=lambda each: each.start):
        if segment.start < end:
            raise ValueError("segments of one coder overlap")
        if segment.start > end:
            found.append((end, segment.start, _GAP))
        found.append((segment.start, segment.stop, True if kind is Kind.BINARY else segment.value))
        end = segment.stop
    if end < length:
        found.append((end, length, _GAP))
    return found


def _overlaps(one: Sequence[_Piece], two: Sequence[_Piece]) -> Iterable[tuple[Hashable | None, Hashable | None, int]]:
    """Values and length of every overlap, by a sweep over the borders."""
    i = j = 0
    while i < len(one) and j < len(two):
        start, stop = max(one[i][0], two[j][0]), min(one[i][1], two[j][1])
        if start < stop:
            yield one[i][2], two[j][2], stop - start
        if one[i][1] <= two[j][1]:
            i += 1
        else:
            j += 1


def _pairable(line: Sequence[_Piece], others: Sequence[Sequence[_Piece]]) -> list[int]:
    """Per piece, how much of it others marked, summed over them."""
    found = [0] * len(line)
    places = {(start, stop): at for at, (start, stop, _) in enumerate(line)}
    numbered = [(start, stop, places[start, stop]) for start, stop, _ in line]
    for other in others:
        for at, value, shared in _overlaps(numbered, other):
            if value is not _GAP and isinstance(at, int):
                found[at] += shared
    return found


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
