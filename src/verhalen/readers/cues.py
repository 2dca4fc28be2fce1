"""Take WebVTT or SRT apart into cues, however untidy: a line with two times begins one, whatever stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from verhalen.errors import NotWhatItSays, TooLarge
from verhalen.i18n import mark, t
from verhalen.readers.content import Tally
from verhalen.readers.timed import check_number
from verhalen.readers.times import clock_ms

HEADER = mark("The lines about the file itself at the top were left out ({n}×).")
REMARKS = mark("Remarks of the maker (NOTE) were left out: they are no talk ({n}×; line {places}).")
STYLES = mark("Blocks about looks (STYLE, REGION) were left out ({n}×; line {places}).")
NAMED = mark("Names of cues were left out; their words were kept ({n}×; line {places}).")
LOOSE = mark("Words between the cues were kept, with the cue above them ({n}×; line {places}).")
BAD_TIMES = mark("Times that cannot be read were left out; the words were kept ({n}×; line {places}).")
EMPTY = mark("Cues without words were left out ({n}×; line {places}).")
CUT_OFF = mark("The file breaks off in the middle of a cue; what stands before was read (line {places}).")

_MOST_LINES = 300_000
"""With something on them; blank ones cost next to nothing."""
_FULL_LINE = re.compile(r"[^\n]\n")
_SIGNS = "[0-9:.,NaN]"
_TIMING = re.compile(rf"\s*+(-?{_SIGNS}{{1,40}}+)?\s*+-{{1,3}}>\s*+(-?{_SIGNS}{{1,40}}+)?(?![^\s])")
_SETTINGS = re.compile(r"(?:(?:vertical|line|position|size|align|region|[A-Z][12]?):\S++\s*+)+")
_NUMBER = re.compile(r"\s*+([0-9]{1,9})\s*")
_MACHINE_ID = re.compile(r"[0-9a-fA-F-]{20,60}(?:/[0-9-]{1,20})?|[0-9]{1,9}[-/][0-9]{1,9}")
_VOICE_ID = re.compile(r"[0-9]{1,9}\s++\"([^\"]{1,120})\"(?:\s++\([^()]{0,40}\))?\s*")
"""How Webex names a cue: number, speaker, number of the speaker."""
_HALF_TIMING = re.compile(r"\s*+-?[0-9]{1,3}:[0-9:.,]{0,20}+\s*+-{0,3}>?\s*")
_REMARK = re.compile(r"NOTE(?:\s|$)")
_STYLE = re.compile(r"(?:STYLE|REGION)\s*$")


@dataclass(slots=True)
class Cue:
    """The lines of one cue as they stand in the file."""

    start_ms: int | None
    stop_ms: int | None
    line: int
    """Where its times stand, from 1."""
    rows: list[tuple[int, str]] = field(default_factory=list)
    """Line number and line."""
    voice: str | None = None
    """Who speaks, where the name of the cue says so."""

    @property
    def place(self) -> int:
        """The line to tell of: that of the times, or the first of words before all times."""
        return self.line or self.rows[0][0]


def find_cues(text: str, tally: Tally) -> list[Cue]:
    """The cues in the order of the file; words before the first are one without time. Raises NotWhatItSays."""
    full = len(_FULL_LINE.findall(text))
    if full > _MOST_LINES:
        raise TooLarge(size=t("{n} lines", n=full), limit=t("{n} lines", n=_MOST_LINES))
    lines = text.rstrip().split("\n")
    is_vtt = text.lstrip().startswith("WEBVTT")
    top = next(number for number, line in enumerate(lines, 1) if line.strip() or number == len(lines))
    walk = _Walk(tally, top if is_vtt else 0)
    for number, line in enumerate(lines, 1):
        timing = _TIMING.match(line) if "->" in line else None
        if timing and (_has_clock(timing[1]) or _has_clock(timing[2])):
            walk.time(number, timing[1] or "", timing[2] or "")
            words = line[timing.end() :].strip()
            if words and not _SETTINGS.fullmatch(words):
                # Some programs put the words on the line of the times.
                walk.block.append((number, words))
        elif line.strip():
            walk.block.append((number, line))
        else:
            walk.blank()
    walk.end()
    if not is_vtt and not any(cue.line for cue in walk.cues):
        raise NotWhatItSays
    return _with_words(walk.cues, tally)


def _has_clock(token: str | None) -> bool:
    return token is not None and (":" in token or "NaN" in token)


def _with_words(cues: list[Cue], tally: Tally) -> list[Cue]:
    for cue in cues:
        if cue.line and not cue.rows:
            tally.add(EMPTY, cue.line)
    return [cue for cue in cues if cue.rows]


@dataclass(slots=True)
class _Walk:
    """Where we are in the file: the cue that is open, and the lines since the last blank line or times."""

    tally: Tally
    top: int
    """Line of the heading of a WebVTT file; 0 in SRT, which has none."""
    cues: list[Cue] = field(default_factory=list)
    block: list[tuple[int, str]] = field(default_factory=list)
    below_times: bool = False
    """Whether the block stands right under the times, and so holds the words of the cue."""
    count: int | None = None
    """The number of the last cue that has one."""
    voice: str | None = None
    """Of the cue that begins."""

    def time(self, number: int, start: str, stop: str) -> None:
        """A line with times: what stands right above may be the name of the cue."""
        self.voice = None
        self._take_name()
        self._flush()
        start_ms, stop_ms = clock_ms(start), clock_ms(stop)
        if start_ms is None or stop_ms is None:
            self.tally.add(BAD_TIMES, number)
        self.cues.append(Cue(start_ms, stop_ms, number, voice=self.voice))
        check_number(len(self.cues))
        self.below_times = True

    def blank(self) -> None:
        """A blank line ends the block, and the cue where it has words."""
        self._flush()
        self.below_times = False

    def end(self) -> None:
        """The end of the file, which may be the middle of a cue."""
        if self.block and not self.below_times and self._is_half():
            self.tally.add(CUT_OFF, self.block[0][0])
            self.block.clear()
        self._flush()

    def _is_half(self) -> bool:
        """Whether the last block is the beginning of a cue: its number, perhaps with a piece of its times."""
        rows = [line for _, line in self.block]
        if _HALF_TIMING.fullmatch(rows[-1]):
            return len(rows) == 1 or (len(rows) == 2 and bool(_NUMBER.fullmatch(rows[0])))
        return len(rows) == 1 and self.count is not None and self._is_next(rows[0])

    def _is_next(self, line: str) -> bool:
        match = _NUMBER.fullmatch(line)
        return match is not None and int(match[1]) == (self.count or 0) + 1

    def _take_name(self) -> None:
        if not self.block:
            return
        number, line = self.block[-1]
        match, voice = _NUMBER.fullmatch(line), _VOICE_ID.fullmatch(line)
        if voice:
            self.voice = voice[1]
            self.block.pop()
        elif match and (not self.below_times or len(self.block) > 1 or self._is_next(line)):
            self.count = int(match[1])
            self.block.pop()
        elif _MACHINE_ID.fullmatch(line.strip()) and (not self.below_times or len(self.block) > 1):
            self.block.pop()
        elif self.top and not self.below_times and len(self.block) == 1 and not self._is_special(number, line):
            self.tally.add(NAMED, number)
            self.block.pop()

    def _is_special(self, number: int, line: str) -> bool:
        return number == self.top or bool(_REMARK.match(line) or _STYLE.match(line))

    def _flush(self) -> None:
        """Give the block its place: words of the cue, or something about the file."""
        if not self.block:
            return
        number, line = self.block[0]
        if not self.below_times and self.top and self._is_special(number, line):
            self._leave_out(number, line)
        else:
            # Blank lines between the times and the words: these words are not loose.
            if not self.below_times and not (self.cues and not self.cues[-1].rows):
                self.tally.add(LOOSE, number)
            if not self.cues:
                self.cues.append(Cue(None, None, 0))
            self.cues[-1].rows += self.block
        self.block = []

    def _leave_out(self, number: int, line: str) -> None:
        if number == self.top:
            if len(self.block) > 1 or line.strip() != "WEBVTT":
                self.tally.add(HEADER, number)
        else:
            self.tally.add(REMARKS if _REMARK.match(line) else STYLES, number)
