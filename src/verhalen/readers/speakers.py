"""Find who speaks where: labels at the beginning of lines, chosen by what the whole text does."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from verhalen.i18n import mark
from verhalen.model.text import Notice, Span, Turn
from verhalen.readers.choosing import Scan, choose
from verhalen.readers.content import Tally
from verhalen.readers.labels import Label, LineAt, base_name, label_at
from verhalen.readers.times import enclosed_time_at, time_at

EMPTY_TURN = mark("A name with no words behind it is no turn; it stays in the text ({n}×; line {places}).")
TAKEN_ONCE = mark(
    "Names that stand there only once were taken as speakers; look whether they are ({n}×; line {places})."
)
NOT_TAKEN = mark("Begins like a speaker's name with a colon, but was kept as words ({n}×; line {places}).")
NO_WORDS = mark("A name with no words behind it was left out ({n}×; line {places}).")
BEFORE_FIRST = mark("The words before the first speaker belong to no turn; they stay in the text.")

_HEAD = 600
"""A title and a few lines about the interview need no remark; more than so many characters before the first name do."""
_INNER_BLANK = re.compile(r"\n[^\S\n]*\n\s*")


def find_turns(
    text: str, *, hints: Sequence[Span] = (), numbers: Sequence[int] = ()
) -> tuple[list[Turn], list[Notice]]:
    """Cut `text` into turns, in order and apart; `hints` are bold places near line beginnings, in order.

    A turn runs from behind its label to the next label, without white space around. Without labels every paragraph is a turn
    of nobody in particular. Notices give lines of `text`, from 1, or what `numbers` says for each of these lines.
    """
    scan = _scan(text, hints)
    chosen = choose(scan)
    tally = Tally()

    def tell(message: str, line: int) -> None:
        tally.add(message, numbers[line - 1] if numbers else line)

    for label in chosen.refused:
        tell(NOT_TAKEN, label.at.line)
    if not chosen.labels:
        return list(_paragraphs(text)), list(tally.notices())
    if len(text[: chosen.labels[0].start].strip()) > _HEAD:
        tell(BEFORE_FIRST, 1)
    names = _shown_names(chosen.labels)
    turns: list[Turn] = []
    for label, stop in zip(chosen.labels, [*(label.start for label in chosen.labels[1:]), len(text)], strict=True):
        words = _stripped(text, label.stop, stop)
        if words is None:
            tell(EMPTY_TURN, label.at.line)
            continue
        turns.append(Turn(names[label.name], words.start, words.stop, label.time_ms))
        if label.key in chosen.once:
            tell(TAKEN_ONCE, label.at.line)
    return turns, list(tally.notices())


@dataclass(frozen=True, slots=True)
class Voice:
    """A name before words, in a text that is still to be put in turns."""

    name: str
    start: int
    """Where its line begins."""
    stop: int
    """Where the words begin, blanks not yet skipped."""


def find_voices(text: str, tally: Tally, numbers: Sequence[int]) -> list[Voice]:
    """The names in a text of short lines that stand apart (subtitles), where a word alone on its line is no name."""
    scan = _scan(text, ())
    chosen = choose(replace(scan, labels=tuple(label for label in scan.labels if label.style not in ("own", "tab"))))
    for label in chosen.refused:
        tally.add(NOT_TAKEN, numbers[label.at.line - 1])
    for label in chosen.labels:
        if label.key in chosen.once:
            tally.add(TAKEN_ONCE, numbers[label.at.line - 1])
    names = _shown_names(chosen.labels)
    return [Voice(names[label.name], text.rfind("\n", 0, label.stop) + 1, label.stop) for label in chosen.labels]


def _scan(text: str, hints: Sequence[Span]) -> Scan:
    """Walk over the lines once; collect labels and count lines and paragraphs."""
    starts = [hint.start for hint in hints]
    labels: list[Label] = []
    lines = paragraphs = blanks = 0
    opens = True
    time: _TimeLine | None = None
    for number, start, stop in _lines(text):
        if not text[start:stop].strip():
            opens = True
            blanks += stop - start + 1
            continue
        lines += 1
        paragraphs += opens
        at = bisect_left(starts, start)
        bold = hints[at] if at < len(starts) and starts[at] < stop else None
        label = label_at(text, (start, stop), bold=bold, at=LineAt(number, lines, paragraphs, opens))
        if label:
            labels.append(time.joined(label) if time else label)
        time = _time_line(text, start, stop, opens=opens) if not label else None
        if time and not opens and labels and labels[-1].at.nth == lines - 1:
            labels[-1] = _stamped(labels[-1], time, stop)
        opens = False
    return Scan(tuple(labels), lines, paragraphs, len(text) - blanks)


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    number, start = 1, 0
    while start <= len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        yield number, start, stop
        number, start = number + 1, stop + 1


@dataclass(frozen=True, slots=True)
class _TimeLine:
    """A line with nothing but a time: it belongs to the label on the next line."""

    start: int
    time_ms: int
    opens: bool

    def joined(self, label: Label) -> Label:
        if label.time_ms is not None:
            return label
        return replace(
            label, start=self.start, time_ms=self.time_ms, at=replace(label.at, opens=label.at.opens or self.opens)
        )


def _stamped(label: Label, time: _TimeLine, stop: int) -> Label:
    """A name alone on its line with a line with its time below, as Teams writes it."""
    if label.style != "own" or label.time_ms is not None:
        return label
    return replace(label, time_ms=time.time_ms, stop=stop, strong=True)


def _time_line(text: str, start: int, stop: int, *, opens: bool) -> _TimeLine | None:
    words = _stripped(text, start, stop) if stop - start < 60 else None
    found = time_at(text, words.start, words.stop) if words else None
    return _TimeLine(start, found[0], opens) if found and words and found[1] == words.stop else None


def _shown_names(labels: Sequence[Label]) -> dict[str, str]:
    """How each label is called: "Anna (lacht)" is Anna where Anna also speaks without laughing."""
    variants: dict[str, set[str]] = {}
    for label in labels:
        variants.setdefault(label.key, set()).add(label.name)
    return {
        label.name: base_name(label.name) if len({name.casefold() for name in variants[label.key]}) > 1 else label.name
        for label in labels
    }


def _paragraphs(text: str) -> Iterator[Turn]:
    """A monologue: one turn per paragraph, the time in front of it taken along."""
    start = 0
    while start < len(text):
        gap = _INNER_BLANK.search(text, start)
        stop = gap.start() if gap else len(text)
        words = _stripped(text, start, stop)
        start = gap.end() if gap else len(text)
        if words is None:
            continue
        time = enclosed_time_at(text, words.start, words.stop)
        rest = _stripped(text, time[1], words.stop) if time else None
        if time and rest:
            yield Turn(None, rest.start, rest.stop, time[0])
        else:
            yield Turn(None, words.start, words.stop)


def _stripped(text: str, start: int, stop: int) -> Span | None:
    """The part between without white space around it; None where nothing is left."""
    piece = text[start:stop]
    left = len(piece) - len(piece.lstrip())
    kept = len(piece.strip())
    return Span(start + left, start + left + kept) if kept else None
