"""J5, working factors: who names a context code, with which life domains it is told, and who never names it (methods.md C, D1)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from verhalen.analysis.joint_codes import CodedPiece
from verhalen.analysis.perspectives import Perspective, perspective_of, tellers
from verhalen.model.codebook import Codebook
from verhalen.model.story import Story
from verhalen.store.coded import speaking
from verhalen.store.project import ProjectFile

NAMED = (Perspective.FAMILY, Perspective.COACH, Perspective.COORDINATOR, Perspective.PARTNER)
"""The columns of the display; others only where they say something."""


@dataclass(frozen=True, slots=True)
class FactorCell:
    """Who names a code, seen from one side."""

    fragments: int = 0
    sources: frozenset[int] = frozenset()
    families: frozenset[str] = frozenset()
    """Families whose own words these are; none for professionals."""
    codings: tuple[int, ...] = ()
    """The first coding of each fragment, to look at."""
    about: frozenset[str] = frozenset()
    """Families that these fragments are about."""


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One context code."""

    code: str
    name: str
    depth: int
    by: Mapping[Perspective, FactorCell]
    told_with: Mapping[str, Mapping[Perspective, FactorCell]]
    """Life domain to who tells of both in one breath: they share words, or begin in one turn. In the order of the list."""
    never: tuple[Perspective, ...]
    """Who speaks in this project and never names it."""

    @property
    def fragments(self) -> int:
        """Of all perspectives."""
        return sum(cell.fragments for cell in self.by.values())


@dataclass(frozen=True, slots=True)
class Speaking:
    """How much one perspective is heard at all."""

    sources: int
    families: int


@dataclass(frozen=True, slots=True)
class Factors:
    """All context codes, in the order of the codebook."""

    rows: tuple[FactorRow, ...]
    """Codes that somebody names."""
    unnamed: tuple[tuple[str, str], ...]
    """Key and name of the context codes that nobody names; headings are not among them."""
    speaking: Mapping[Perspective, Speaking]
    """Who is heard in this project: of who is not, silence says nothing."""


def heard(project: ProjectFile, stories: Sequence[Story], families: Collection[str]) -> dict[Perspective, Speaking]:
    """Every perspective with the number of texts in which it speaks, and of families."""
    sources: dict[Perspective, set[int]] = {}
    keys: dict[Perspective, set[str]] = {}
    said: list[tuple[int, str, str | None, str | None]] = list(speaking(project))
    said += [(source, each.role, None, each.family) for source, each in tellers(stories).items()]
    for source, role, person, family in said:
        perspective = perspective_of(role, is_person=person is not None)
        if perspective is None or (person is not None and family not in families):
            continue
        sources.setdefault(perspective, set()).add(source)
        if perspective is Perspective.FAMILY and family is not None:
            keys.setdefault(perspective, set()).add(family)
    return {
        each: Speaking(len(sources[each]), len(keys.get(each, ())))
        for each in Perspective
        if each in sources and (each is not Perspective.OTHER or sources[each])
    }


def factors(
    book: Codebook,
    coded: Sequence[CodedPiece],
    *,
    context: Sequence[str],
    domains: Sequence[str],
    heard_from: Mapping[Perspective, Speaking],
) -> Factors:
    """Cross the `context` codes with the life domains with which they are told, per perspective."""
    evidence = {code.key: code.evidence for code in book if code.evidence}
    beside = _Beside(each for each in coded if each.code in evidence)
    found: dict[str, list[CodedPiece]] = {key: [] for key in context}
    for each in coded:
        if each.code in found and each.perspective is not None:
            found[each.code].append(each)
    parents = {code.parent for code in book}
    rows = [
        _row(book, key, found[key], beside, evidence=evidence, domains=domains, heard_from=heard_from)
        for key in context
        if found[key]
    ]
    unnamed = [
        (code.key, code.name)
        for code in book
        if code.key in found and not found[code.key] and code.key not in parents and not code.deprecated
    ]
    return Factors(tuple(rows), tuple(unnamed), dict(heard_from))


def _row(
    book: Codebook,
    key: str,
    named: Sequence[CodedPiece],
    beside: _Beside,
    *,
    evidence: Mapping[str, Sequence[str]],
    domains: Sequence[str],
    heard_from: Mapping[Perspective, Speaking],
) -> FactorRow:
    code = book.find(key)
    assert code is not None, "it comes from this codebook"
    with_domain: dict[str, list[CodedPiece]] = {}
    for each in named:
        for domain in {domain for near in beside.codes(each) for domain in evidence[near]}:
            with_domain.setdefault(domain, []).append(each)
    by = _by_perspective(named)
    return FactorRow(
        code=key,
        name=code.name,
        depth=book.depth(code),
        by=by,
        told_with={domain: _by_perspective(with_domain[domain]) for domain in domains if domain in with_domain},
        never=tuple(each for each in NAMED if each in heard_from and each not in by),
    )


class _Beside:
    """Which codes stand beside a fragment: in the same turn, or on some of the same words. Looked up, not compared one by one."""

    def __init__(self, pieces: Iterable[CodedPiece]) -> None:
        self._turns: dict[int, set[str]] = {}
        self._places: dict[int, list[tuple[int, int, str]]] = {}
        self._longest: dict[int, int] = {}
        for each in pieces:
            source, start, stop = each.piece.source_id, each.piece.start, each.piece.stop
            self._places.setdefault(source, []).append((start, stop, each.code))
            self._longest[source] = max(self._longest.get(source, 0), stop - start)
            if each.turn:
                self._turns.setdefault(each.turn, set()).add(each.code)
        for places in self._places.values():
            places.sort()

    def codes(self, piece: CodedPiece) -> set[str]:
        """Keys of the codes that are told in one breath with a fragment."""
        source, start, stop = piece.piece.source_id, piece.piece.start, piece.piece.stop
        places = self._places.get(source, [])
        first = bisect_left(places, (start - self._longest.get(source, 0),))
        after = bisect_left(places, (stop,))
        touching = {code for _, ends, code in places[first:after] if ends > start}
        return touching | self._turns.get(piece.turn, set())


def _by_perspective(named: Iterable[CodedPiece]) -> dict[Perspective, FactorCell]:
    found: dict[Perspective, list[CodedPiece]] = {}
    for each in named:
        if each.perspective is not None:
            found.setdefault(each.perspective, []).append(each)
    return {
        perspective: FactorCell(
            fragments=len(own),
            sources=frozenset(each.piece.source_id for each in own),
            families=frozenset(each.piece.family for each in own if each.piece.family is not None),
            codings=tuple(each.piece.coding_id for each in own),
            about=frozenset(key for each in own for key in each.piece.about),
        )
        for perspective in Perspective
        if (own := found.get(perspective))
    }
