"""Places that were found, as proposals for a code: the words themselves, their sentence or their turn. Nothing is stored."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark
from verhalen.language.dutch import sentences
from verhalen.model.text import Source, Span, Turn
from verhalen.store import codings, sources
from verhalen.store.project import ProjectFile
from verhalen.store.versions import text_of

_CONTEXT = 80


class Extent(StrEnum):
    """How much gets the code."""

    WORDS = "words"
    SENTENCE = "sentence"
    TURN = "turn"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "words": mark("the words found"),
            "sentence": mark("the whole sentence"),
            "turn": mark("the whole turn"),
        }[self]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One piece of text that may get the code."""

    source_id: int
    source_number: int
    source_title: str
    version: int
    """Of the text, so that nothing is coded in words that changed meanwhile."""
    start: int
    stop: int
    before: str
    text: str
    after: str
    existed: bool
    """Whether the coder gave it this very code already."""


Widen = Callable[[Span], Span]


def propose(
    project: ProjectFile, places: Iterable[tuple[int, int, int]], *, code: str, extent: Extent
) -> list[Proposal]:
    """Proposals for (source id, start, stop) each, source by source; places that come to the same are one."""
    grouped: dict[int, list[Span]] = {}
    for source, start, stop in places:
        grouped.setdefault(source, []).append(Span(start, stop))
    return [each for number, spans in grouped.items() for each in _in_source(project, number, spans, code, extent)]


def _in_source(project: ProjectFile, number: int, spans: list[Span], code: str, extent: Extent) -> list[Proposal]:
    source = sources.source_by_id(project, number)
    found = text_of(project, number, source.version) if source else None
    if source is None or found is None:
        return []
    text = found.text
    widen = _widener(text, sources.turns_of(project, number), extent)
    there = {
        (each.start, each.stop)
        for each in codings.codings_of(project, number)
        if each.code == code and each.coder_id == project.coder_id
    }
    wanted = sorted({widen(span) for span in spans if span.stop <= len(text)})
    return [_proposal(source, text, span, existed=(span.start, span.stop) in there) for span in wanted]


def _proposal(source: Source, text: str, span: Span, *, existed: bool) -> Proposal:
    return Proposal(
        source_id=source.id,
        source_number=source.number,
        source_title=source.title,
        version=source.version,
        start=span.start,
        stop=span.stop,
        before=text[max(0, span.start - _CONTEXT) : span.start],
        text=text[span.start : span.stop],
        after=text[span.stop : span.stop + _CONTEXT],
        existed=existed,
    )


def _widener(text: str, turns: Sequence[Turn], extent: Extent) -> Widen:
    if extent is Extent.WORDS:
        return lambda span: span
    said = [turn.span for turn in turns]
    if extent is Extent.TURN:
        return lambda span: _around(span, said)
    parts = sentences(text)
    return lambda span: _inside(_around(span, parts), span, said)


def _around(span: Span, parts: Sequence[Span]) -> Span:
    """From the beginning of the part in which the span begins to the end of the one in which it ends."""
    first, last = _part_at(span.start, parts), _part_at(span.stop - 1, parts)
    return Span(min(span.start, first.start) if first else span.start, max(span.stop, last.stop) if last else span.stop)


def _part_at(place: int, parts: Sequence[Span]) -> Span | None:
    index = bisect_right(parts, place, key=lambda part: part.start) - 1
    return parts[index] if index >= 0 and place < parts[index].stop else None


def _inside(wide: Span, span: Span, turns: Sequence[Span]) -> Span:
    """A sentence does not take the label of its speaker with it."""
    turn = _part_at(span.start, turns)
    return Span(max(wide.start, turn.start), wide.stop) if turn else wide
