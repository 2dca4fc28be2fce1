"""All stories with what is known around them, for reading and choosing what to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from verhalen.store.project import ProjectFile

if TYPE_CHECKING:
    from verhalen.model.story import Voice
    from verhalen.msc.board import BoardStory


class Board:
    """`project.board`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def stories(self, *, label: Callable[[str], str] = str) -> list[BoardStory]:
        """Every story with its to-do list, the rounds that looked at it and the signals seen in it, by key.

        `label` says how a family is called here; without it a family has its code. For the team: nothing is masked.
        """
        from verhalen.msc.board import board_story
        from verhalen.msc.telling import open_points
        from verhalen.store import following, rounds, stories

        with self._file.steady():
            found = stories.stories(self._file)
            listed = rounds.rounds(self._file)
            log = following.signals(self._file)
        by_story = defaultdict(list)
        for each in listed:
            for candidate in each.candidates:
                by_story[candidate.story].append(each)
        sources = {number: each.key for each in found for number in _sources(each.source_id, each.others)}
        signals: dict[str, list[str]] = defaultdict(list)
        for signal in log:
            places = (place.story or sources.get(place.source_id or 0, "") for place in signal.places)
            for key in dict.fromkeys(places):
                signals[key].append(signal.key)
        return [
            board_story(
                each,
                label=label(each.family),
                points=open_points(each),
                rounds=by_story[each.key],
                signals=signals[each.key],
            )
            for each in found
        ]


def _sources(first: int, others: tuple[Voice, ...]) -> tuple[int, ...]:
    return (first, *(voice.source_id for voice in others))
