"""Times and pages beside a text: where it was said in the recording, or stood in the file. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from verhalen.i18n import t
from verhalen.model.text import Landmark, Turn


def clock(time_ms: int) -> str:
    """Milliseconds as a recorder shows them: `0:12`, `1:02:03`."""
    minutes, seconds = divmod(time_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


class Stamps:
    """Labels by the place from which on they count, in order."""

    def __init__(self, labels: Iterable[tuple[int, str]] = ()) -> None:
        self.labels = dict(sorted(labels))
        self._starts = list(self.labels)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def at(self, place: int) -> str:
        """The label that counts at a place; empty before the first."""
        index = bisect_right(self._starts, place) - 1
        return self.labels[self._starts[index]] if index >= 0 else ""


def times(turns: Iterable[Turn], landmarks: Iterable[Landmark] = ()) -> Stamps:
    """When it was said; moments inside turns too, where `landmarks` are given."""
    found = {each.start: clock(each.value) for each in landmarks if each.kind == "time"}
    found |= {turn.start: clock(turn.time_ms) for turn in turns if turn.time_ms is not None}
    return Stamps(found.items())


def pages(landmarks: Iterable[Landmark]) -> Stamps:
    """On which page it stood."""
    return Stamps((each.start, t("p. {number}", number=each.value)) for each in landmarks if each.kind == "page")


def beside(turns: Iterable[Turn], landmarks: Iterable[Landmark]) -> Stamps:
    """What stands in the margin: each turn's time, each page where it begins."""
    return Stamps({**times(turns).labels, **pages(landmarks).labels}.items())
