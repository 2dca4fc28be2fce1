"""Tally coded evidence and stories per life domain: fragments, families, and good or bad news.

A fragment counts once however many coders marked it: overlapping codings of one life domain in one source are one fragment
(a decision of this project, so that double coding does not double what families said).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verhalen.model.coding import Valence
from verhalen.model.story import Story, StoryAnswer
from verhalen.store.evidence import EvidenceColumn


@dataclass(frozen=True, slots=True)
class Piece:
    """One fragment about one life domain."""

    domain: str
    source_id: int
    start: int
    stop: int
    valence: Valence
    family: str | None
    person: str | None
    role: str
    about: tuple[str, ...]
    coding_id: int
    """The first coding that marked it."""
    kind: str


@dataclass(frozen=True, slots=True)
class ValenceCount:
    """How many, by colour."""

    positive: int = 0
    negative: int = 0
    mixed: int = 0
    none: int = 0

    @property
    def total(self) -> int:
        """All together."""
        return self.positive + self.negative + self.mixed + self.none


_VALENCES = {each.value: each for each in Valence}
"""Looked up: calling the enumeration takes five times as long."""


def pieces(rows: Iterable[EvidenceColumn]) -> list[Piece]:
    """Merge overlapping codings of one domain in one source; differing colours become mixed."""
    by_place: dict[tuple[str, int], list[EvidenceColumn]] = {}
    for row in rows:
        by_place.setdefault((row.domain, row.source_id), []).append(row)
    found = []
    for group in by_place.values():
        run: list[EvidenceColumn] = []
        stop = -1
        for row in sorted(group, key=lambda each: (each.start, each.stop, each.coding_id)):
            if run and row.start >= stop:
                found.append(_piece(run))
                run = []
            run.append(row)
            stop = max(stop if len(run) > 1 else -1, row.stop)
        found.append(_piece(run))
    return sorted(found, key=lambda each: (each.source_id, each.start, each.domain))


def _piece(run: Sequence[EvidenceColumn]) -> Piece:
    first = run[0]
    alone = len(run) == 1  # as most are, among a hundred thousand
    about = first.about if alone else tuple(sorted({key for row in run for key in row.about}))
    return Piece(
        domain=first.domain,
        source_id=first.source_id,
        start=first.start,
        stop=max(row.stop for row in run),
        valence=_VALENCES[first.valence] if alone else joined_valence([_VALENCES[row.valence] for row in run]),
        family=first.family,
        person=first.person,
        role=first.role,
        about=about,
        coding_id=first.coding_id,
        kind=first.kind,
    )


def joined_valence(valences: Iterable[Valence]) -> Valence:
    """One colour for several: the one that all share, mixed where they differ; what says nothing does not count."""
    said = {each for each in valences if each is not Valence.NONE}
    if not said:
        return Valence.NONE
    return said.pop() if len(said) == 1 else Valence.MIXED


def count_valences(valences: Iterable[Valence]) -> ValenceCount:
    """Tally colours."""
    listed = list(valences)
    return ValenceCount(
        positive=listed.count(Valence.POSITIVE),
        negative=listed.count(Valence.NEGATIVE),
        mixed=listed.count(Valence.MIXED),
        none=listed.count(Valence.NONE),
    )


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """Stories by what they answer. `geen` is an answer."""

    positive: int = 0
    negative: int = 0
    none: int = 0
    open: int = 0

    @property
    def total(self) -> int:
        """All together."""
        return self.positive + self.negative + self.none + self.open


def count_answers(stories: Iterable[Story]) -> AnswerCount:
    """Tally stories."""
    answers = [story.answer for story in stories]
    return AnswerCount(
        positive=answers.count(StoryAnswer.POSITIVE),
        negative=answers.count(StoryAnswer.NEGATIVE),
        none=answers.count(StoryAnswer.NONE),
        open=answers.count(StoryAnswer.OPEN),
    )
