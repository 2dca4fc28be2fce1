"""Times in a recording, as transcripts write them: [00:01:23], (1:23), 00:01:23.4, #00:01:23-4#."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLOCK = r"(\d{1,3}):(\d{1,2})(?::(\d{1,2}))?(?:[.,-](\d{1,3})(?![\d:]))?"
_UNTIL = r"(?:\s?(?:-->|-|–|—)\s?[\d:.,]{4,14})?"
_ENCLOSED = re.compile(rf"(?:\[\s?{_CLOCK}{_UNTIL}\s?\]|#{_CLOCK}#|\(\s?{_CLOCK}{_UNTIL}\s?\)|<{_CLOCK}{_UNTIL}>)")
_BARE = re.compile(rf"{_CLOCK}{_UNTIL}(?![\w:])")
IN_WORDS = (
    r"(?:[0-9]{1,2}+\s(?:hours?|uur|uren)\s)?+[0-9]{1,2}+\s(?:minut(?:es?|en)|minuut|min\.?)\s"
    r"[0-9]{1,2}+\s(?:seconds?|seconden?|sec\.?)(?!\w)"
)
"""As Teams writes times in Word: `0 minutes 5 seconds`."""
_IN_WORDS = re.compile(IN_WORDS)
_STAMP = re.compile(rf"#{_CLOCK}#|\[\s?{_CLOCK}{_UNTIL}\s?\]|\((?=\d{{1,3}}:\d{{1,2}}:)\s?{_CLOCK}{_UNTIL}\s?\)")
"""What nobody says: round brackets need hours, for (10:30) is a time of the day."""
_CUE_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,9})|:([0-9]{3}))?")


def clock_ms(text: str) -> int | None:
    """Milliseconds of a time in subtitles, as 01:02:03.400, 2:03,4 or 02:03; None for what is no time of day or night."""
    match = _CUE_CLOCK.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = int(match[1] or 0), int(match[2]), int(match[3])
    if seconds > 59 or (match[1] and minutes > 59):
        return None
    fraction = (match[4] or match[5] or "")[:3].ljust(3, "0")
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int(fraction)


def time_at(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """A time that begins exactly at `start`: its milliseconds and where it ends. Also without brackets."""
    spoken = _IN_WORDS.match(text, start, stop)
    if spoken:
        seconds, minutes, *hours = map(int, reversed(re.findall("[0-9]+", spoken.group())))
        return ((hours[0] if hours else 0) * 3600 + minutes * 60 + seconds) * 1000, spoken.end()
    return enclosed_time_at(text, start, stop) or _read(_BARE.match(text, start, stop))


def stamps(text: str, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """The time stamps between: milliseconds, and where each begins and ends."""
    for match in _STAMP.finditer(text, start, stop):
        found = _read(match)
        if found:
            yield found[0], match.start(), match.end()


def enclosed_time_at(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """A time in brackets or between `#`: nobody says those, so they need no name beside them."""
    return _read(_ENCLOSED.match(text, start, stop))


def _read(match: re.Match[str] | None) -> tuple[int, int] | None:
    if match is None:
        return None
    groups = match.groups()
    used = next(index for index, group in enumerate(groups) if group is not None)
    first, second, third, part = groups[used : used + 4]
    hours, minutes, seconds = (int(first), int(second), int(third)) if third else (0, int(first), int(second))
    if seconds > 59 or (third and minutes > 59) or (not third and len(second) < 2):
        return None
    milliseconds = int(part.ljust(3, "0")) if part else 0
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds, match.end()
