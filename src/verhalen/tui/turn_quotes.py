"""Two versions of a quote, cut down to what differs and a little around it. Pure."""

from __future__ import annotations

from verhalen.model.text import common_length

AROUND = 14
"""Characters shown on each side of what differs."""
MOST = 48
"""Characters of what differs that are shown."""


def shown_change(before: str, after: str) -> tuple[str, str]:
    """Both on one line; what they share at their ends is cut at words."""
    if not after:
        return _clipped(_line(before)), ""
    one, other = _line(before), _line(after)
    head = common_length(one, other)
    tail = common_length(one[head:][::-1], other[head:][::-1])
    start = _word_start(one, max(0, head - AROUND)) if head > AROUND else 0
    left = "…" if start else ""
    rest = max(0, tail - AROUND)
    right = "…" if rest else ""
    was, is_now = (left + _clipped(each[start : len(each) - rest].rstrip()) + right for each in (one, other))
    return was, is_now


def _line(words: str) -> str:
    return " ".join(words.split())


def _word_start(text: str, place: int) -> int:
    """The first beginning of a word at or behind `place`."""
    found = text.find(" ", place)
    return found + 1 if 0 <= found < place + AROUND else place


def _clipped(text: str) -> str:
    most = MOST + 2 * AROUND
    return text if len(text) <= most else text[: most // 2] + "…" + text[-most // 2 :]
