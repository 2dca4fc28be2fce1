"""Talk that comes in moments of a recording becomes one text: turns under each other, and a landmark for every moment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from verhalen.errors import TooLarge
from verhalen.i18n import mark, t
from verhalen.model.text import Landmark, Turn, normal_text
from verhalen.readers.content import Content, Tally, compose

MOST_MOMENTS = 50_000
"""A whole day and night of talk has some 30,000."""
_PAUSE = 1500
"""Milliseconds of silence behind which a monologue may begin a new paragraph, once this one has some length."""
_LONG_PAUSE = 4000
"""Milliseconds of silence behind which it always does."""
_SHORT, _LONG, _LONGEST = 300, 1000, 2000
"""Characters of a paragraph of a monologue from which it ends at a pause, at a sentence, and anywhere."""
_SENTENCE_END = (".", "?", "!", "…", "。", "؟")
_AROUND = "\ufeff" + "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_DASH = re.compile(r"[-–—•]\s?[^\W_]")
"""How subtitles begin a line where two people speak in one cue."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one voice."""

    speaker: str | None
    words: str
    """In normal form, with no white space around, never empty."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a file says was said at one time: a cue of subtitles, a segment of speech recognition."""

    said: Sequence[Said]
    start_ms: int | None
    """None where the file gives no time, or one that cannot be."""
    stop_ms: int | None
    number: int
    """Line of the original, or which segment it is, from 1."""
    turns: bool = False
    """Somebody else begins to speak here, though the file does not say who."""


@dataclass(frozen=True, slots=True)
class Troubles:
    """What may be wrong with the times in a file, as sentences: subtitles tell of lines, speech recognition of segments."""

    backwards: str
    overlapping: str
    disordered: str
    nameless: str


IN_LINES = Troubles(
    backwards=mark("Cues that stop before they start: only their start was kept ({n}×; line {places})."),
    overlapping=mark(
        "Cues that begin before the one above has ended; the words stand as in the file ({n}×; line {places})."
    ),
    disordered=mark("Cues that are not in order of time; the words stand as in the file ({n}×; line {places})."),
    nameless=mark("Cues that do not say who speaks, amid cues that do ({n}×; line {places})."),
)
IN_SEGMENTS = Troubles(
    backwards=mark("Segments that stop before they start: only their start was kept ({n}×; segment {places})."),
    overlapping=mark(
        "Segments that begin before the one above has ended; the words stand as in the file ({n}×; segment {places})."
    ),
    disordered=mark("Segments that are not in order of time; the words stand as in the file ({n}×; segment {places})."),
    nameless=mark("Segments that do not say who speaks, amid segments that do ({n}×; segment {places})."),
)


def clean(words: str) -> str:
    """Normal form, with line ends kept and no white space around. Raises NotWhatItSays for piles of accents."""
    # Once more at the end: what was inside may come to stand outside.
    return normal_text(compose(words.replace("\x00", "")).strip(_AROUND)).strip(_AROUND)


def one_line(words: str) -> str:
    """Words without the line ends of subtitles, save those where another speaker's dash begins."""
    lines = [line for row in words.split("\n") if (line := row.strip(_AROUND))]
    return "".join(line if not at else ("\n" if _DASH.match(line) else " ") + line for at, line in enumerate(lines))


def check_number(n: int) -> None:
    """Raise TooLarge for more moments than any recording has."""
    if n > MOST_MOMENTS:
        raise TooLarge(size=t("{n} moments", n=n), limit=t("{n} moments", n=MOST_MOMENTS))


def talk(moments: Iterable[Moment], troubles: Troubles, tally: Tally) -> Content:
    """One text of all moments, in the order of the file."""
    kept = [moment for moment in moments if moment.said]
    check_number(len(kept))
    _check_times(kept, troubles, tally)
    named = any(said.speaker for moment in kept for said in moment.said)
    text = _Text()
    for moment in kept:
        if named and any(said.speaker is None for said in moment.said):
            tally.add(troubles.nameless, moment.number)
        text.take(moment)
    text.close()
    return Content("".join(text.parts), tally.notices(), turns=tuple(text.turns), landmarks=tuple(text.landmarks))


def _check_times(moments: Sequence[Moment], troubles: Troubles, tally: Tally) -> None:
    start = stop = 0
    for moment in moments:
        if moment.start_ms is None:
            continue
        if moment.stop_ms is not None and moment.stop_ms < moment.start_ms:
            tally.add(troubles.backwards, moment.number)
        if moment.start_ms < start:
            tally.add(troubles.disordered, moment.number)
        elif moment.start_ms < stop:
            tally.add(troubles.overlapping, moment.number)
        start, stop = moment.start_ms, max(moment.stop_ms or 0, moment.start_ms)


@dataclass(slots=True)
class _Text:
    """The text as it grows, with the turn that is still open."""

    parts: list[str] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    landmarks: list[Landmark] = field(default_factory=list)
    position: int = 0
    speaker: str | None = None
    start: int = -1
    """Of the open turn; -1 before the first."""
    time_ms: int | None = None
    stop_ms: int | None = None
    """When the moment before ended, as far as the file says."""
    dashed: bool = False
    """Whether the words before have a line for each speaker."""

    def take(self, moment: Moment) -> None:
        """Add the words of the next moment."""
        first = -1
        for at, said in enumerate(moment.said):
            place = self._add(said, moment, turns=moment.turns and at == 0)
            first = place if first < 0 else first
            self.stop_ms = None
        if moment.start_ms is not None:
            self.landmarks.append(Landmark("time", moment.start_ms, first, self.position))
        self.stop_ms = moment.start_ms if moment.stop_ms is None else moment.stop_ms

    def close(self) -> None:
        """End the open turn."""
        if 0 <= self.start < self.position:
            self.turns.append(Turn(self.speaker, self.start, self.position, self.time_ms))

    def _add(self, said: Said, moment: Moment, *, turns: bool) -> int:
        """Put the words down; give where they begin."""
        dashed = bool(_DASH.match(said.words)) or "\n" in said.words
        if self.start >= 0 and not turns and said.speaker == self.speaker and not self._ends_here(moment):
            self._put("\n" if dashed or self.dashed else " ")
        else:
            self.close()
            self._put("\n\n" * (self.start >= 0) + (f"{said.speaker}: " if said.speaker else ""))
            self.speaker, self.start, self.time_ms = said.speaker, self.position, moment.start_ms
        place, self.dashed = self.position, dashed
        self._put(said.words)
        return place

    def _ends_here(self, moment: Moment) -> bool:
        """Whether a paragraph without a name has its length, and the recording a pause."""
        if self.speaker is not None:
            return False
        length = self.position - self.start
        pause = 0
        if moment.start_ms is not None and self.stop_ms is not None:
            pause = moment.start_ms - self.stop_ms
        ended = self.parts[-1].endswith(_SENTENCE_END)
        return (
            pause >= _LONG_PAUSE
            or length >= _LONGEST
            or (length >= _LONG and ended)
            or (length >= _SHORT and pause >= _PAUSE)
        )

    def _put(self, words: str) -> None:
        self.parts.append(words)
        self.position += len(words)
