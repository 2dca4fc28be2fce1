"""What was told of one thing: the stories and fragments behind a line, voice by voice, each a key away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from verhalen.i18n import mark, t
from verhalen.model.story import Story
from verhalen.tui.commands.joint import TOLD
from verhalen.tui.joint_places import (
    PlaceLine,
    Spot,
    heading_line,
    said_line,
    spot_lines,
    spots_of_codings,
    story_lines,
)
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.place_screen import PlaceScreen


@dataclass(frozen=True, slots=True)
class Told:
    """What to show."""

    title: str
    """Finished words."""
    stories: tuple[str, ...] = ()
    """Keys."""
    groups: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Finished words and codings of each part."""
    about: str = ""
    """Finished words above the lines."""


class ToldScreen(PlaceScreen):
    """Stories, then fragments in parts."""

    COMMAND_CLASSES = TOLD
    HELP_TITLE: ClassVar[str] = mark("What was told")
    HELP_TEXT: ClassVar[str] = mark(
        "The stories and fragments behind the line you came from. Enter opens the one of the cursor: a story, or the place in "
        "its text. Esc comes back here, to the same line."
    )

    def __init__(self, told: Told) -> None:
        super().__init__()
        self._told = told
        self._read: tuple[tuple[Story, ...], tuple[tuple[str, tuple[Spot, ...]], ...]] | None = None

    def on_mount(self) -> None:
        """Read."""
        self.title = self._told.title
        self.reload()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._show()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read again, beside the screen."""
        self.run_worker(self._look(), exclusive=True, group="count")

    async def _look(self) -> None:
        told = self._told

        def look() -> tuple[tuple[Story, ...], tuple[tuple[str, tuple[Spot, ...]], ...]]:
            with self.project.sibling() as own:
                stories = tuple(each for each in own.stories.all() if each.key in told.stories)
                return stories, tuple((words, spots_of_codings(own, ids)) for words, ids in told.groups)

        self._read = await asyncio.to_thread(look)
        self._show()

    def _show(self) -> None:
        if self._read is not None and self.is_attached:
            self.title = self._told.title
            self.fill(self._told.about, self._all(*self._read))

    def _all(self, stories: tuple[Story, ...], groups: tuple[tuple[str, tuple[Spot, ...]], ...]) -> Iterator[PlaceLine]:
        first = True
        parts = [
            (words, list(spot_lines(self.project, spots, self.size.width - 4))) for words, spots in groups if spots
        ]
        if stories:
            parts.insert(0, (t("Stories"), list(story_lines(self.project, stories))))
        for words, lines in parts:
            yield heading_line(words, first=first)
            yield from lines
            first = False
        if first:
            yield said_line(t("Nothing."), "$text-muted")
