"""Times that stand in the text itself: those before a name are read with it, here those behind a turn and inside one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from verhalen.model.text import Landmark, Turn
from verhalen.readers.times import stamps

_Stamp = tuple[int, int, int]
"""Milliseconds, and where the stamp begins and ends."""


def with_times(
    text: str, turns: Sequence[Turn], landmarks: Sequence[Landmark]
) -> tuple[tuple[Turn, ...], tuple[Landmark, ...]]:
    """Give turns the time at which they begin, and a landmark for every stamp inside a turn. The text stays as it is.

    A stamp behind the words of a turn tells when it ended (f4 puts them there): that is when the next one begins.
    """
    turns = _from_landmarks(turns, landmarks)
    inside = [list(stamps(text, turn.start, turn.stop)) for turn in turns]
    brackets = _end_in_brackets(text, turns, inside)
    found: list[Landmark] = []
    timed: list[Turn] = []
    before: int | None = None
    for turn, marks in zip(turns, inside, strict=True):
        begun = turn if turn.time_ms is not None or before is None else replace(turn, time_ms=before)
        last = marks[-1] if marks and marks[-1][2] == turn.stop else None
        ended = last if last and (brackets or text[last[1]] == "#" or last[1] == turn.start) else None
        before = ended[0] if ended else None
        stop = turn.start + len(text[turn.start : ended[1]].rstrip()) if ended else turn.stop
        if stop > turn.start:
            timed.append(replace(begun, stop=stop))
            found += _inner(text, marks[: len(marks) - (ended is not None)], stop)
        elif turn.speaker is not None:
            timed.append(begun)
    return tuple(timed), tuple(sorted([*landmarks, *found], key=lambda each: (each.start, each.stop)))


def _from_landmarks(turns: Sequence[Turn], landmarks: Sequence[Landmark]) -> list[Turn]:
    """A moment that begins at the words of a turn, or at the name before them, is its time."""
    moments = [landmark for landmark in landmarks if landmark.kind == "time"]
    timed: list[Turn] = []
    at = last = 0
    for turn in turns:
        time = turn.time_ms
        while at < len(moments) and moments[at].start <= turn.start:
            if moments[at].start >= last and turn.time_ms is None:
                time = moments[at].value
            at += 1
        timed.append(replace(turn, time_ms=time))
        last = turn.stop
    return timed


def _end_in_brackets(text: str, turns: Sequence[Turn], inside: Sequence[Sequence[_Stamp]]) -> bool:
    """Whether this text puts times in brackets behind the turns: most have one there, and none has a time before it."""
    ends = sum(1 for turn, marks in zip(turns, inside, strict=True) if marks and marks[-1][2] == turn.stop)
    return ends >= 2 and ends * 2 > len(turns) and all(turn.time_ms is None for turn in turns)


def _inner(text: str, marks: Sequence[_Stamp], stop: int) -> Iterator[Landmark]:
    """From each stamp to the next or to the end of the turn, where there are words between."""
    # Without any stamp there is one end too many.
    for mark, behind in zip(marks, [*(start for _, start, _ in marks[1:]), stop], strict=False):
        words = text[mark[2] : behind]
        kept = words.strip()
        if any(map(str.isalnum, kept)):
            start = mark[2] + len(words) - len(words.lstrip())
            yield Landmark("time", mark[0], start, start + len(kept))
