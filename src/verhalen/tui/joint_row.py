"""One row of numbers and stories in full: the families, stories and fragments behind it, and what was said of it before."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from verhalen import errors
from verhalen.analysis.joint import JointRow
from verhalen.api.project import Project
from verhalen.i18n import mark, t
from verhalen.tui.change_choices import Asked
from verhalen.tui.commands.joint import JOINT_ROW
from verhalen.tui.joint_places import (
    PlaceLine,
    Spot,
    family_lines,
    heading_line,
    quote_line,
    said_line,
    spot_lines,
    spots_of_pieces,
    story_lines,
)
from verhalen.tui.joint_reading import Behind, read_behind
from verhalen.tui.joint_words import NOT_YET, number_words, since_text, suggestion_words, verdict_text, word_sentences
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.place_screen import PlaceScreen
from verhalen.tui.verdict_acts import VerdictActs
from verhalen.tui.words import capital


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for one row: the fragments with their words."""

    behind: Behind
    own: tuple[Spot, ...]
    about: tuple[Spot, ...]


class JointRowScreen(PlaceScreen):
    """For inside: nothing is masked."""

    COMMAND_CLASSES = JOINT_ROW
    HELP_TITLE: ClassVar[str] = mark("Behind numbers and stories")
    HELP_TEXT: ClassVar[str] = mark(
        "Everything behind one row: which families stand better or worse, which stories were told, which fragments tell of "
        "it, and what you said of it before, with its day. Enter opens the line of the cursor; esc comes back to it."
    )

    def __init__(self, asked: Asked, key: str) -> None:
        super().__init__()
        self._asked = asked
        self._key = key
        self._looked = False
        self.found: Read | None = None
        """None until it was read."""
        self.verdicts = VerdictActs(self)

    def on_mount(self) -> None:
        """Read."""
        self.reload()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._show()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read again, beside the screen."""
        self.run_worker(self._read(), exclusive=True, group="count")

    async def _read(self) -> None:
        day = self.frame.day

        def read() -> Read | None:
            with self.project.sibling() as own:
                behind = read_behind(own, self._asked, self._key, today=day)
                if behind is None:
                    return None
                return Read(behind, spots_of_pieces(own, behind.own), spots_of_pieces(own, behind.about))

        try:
            self.found = await asyncio.to_thread(read)
        except errors.VerhalenError as error:
            self.frame.say_error(error)
            return
        self._show()

    @property
    def row(self) -> JointRow | None:
        """The row, once it was read."""
        return self.found.behind.row if self.found else None

    def _show(self) -> None:
        if self.found is not None and self.is_attached:
            row = self.found.behind.row
            self.title = row.name
            said = [number_words(row), " ".join(word_sentences(row))]
            if self._looked:
                said.append(" ".join(suggestion_words(row)))
            self.fill("\n".join(said), self._all(self.found))

    def _all(self, read: Read) -> Iterator[PlaceLine]:
        room, behind, project = self.size.width - 4, read.behind, self.project
        yield heading_line(t("What you say of it"), first=True)
        yield from history_lines(behind.row)
        if behind.row.quote is not None:
            yield heading_line(t("One fragment that stands for it"))
            yield quote_line(project, behind.row.quote)
        for title, lines in (
            (t("Numbers: which families"), list(family_lines(behind.row))),
            (t("Stories"), list(story_lines(project, behind.stories))),
            (t("In their own words"), list(spot_lines(project, read.own, room))),
            (t("Others about families"), others_lines(project, read, room)),
        ):
            yield heading_line(title)
            yield from lines or [said_line(t("Nothing."), "$text-muted")]

    def look(self) -> None:
        """Say what the row looks like; asked again it goes away."""
        self._looked = not self._looked
        self._show()

    def decide(self) -> None:
        """Write down what the team says of it."""
        if self.row is not None:
            self.verdicts.on_row(self.row)


def others_lines(project: Project, read: Read, room: int) -> list[PlaceLine]:
    """Stories that others told about families, and what they said of them in talks."""
    return [*story_lines(project, read.behind.stories_about), *spot_lines(project, read.about, room)]


def history_lines(row: JointRow) -> Iterator[PlaceLine]:
    """Every verdict, the newest first: that one counts."""
    for at, verdict in enumerate(reversed(row.history)):
        earlier = f"{t('before that')}: " if at else ""
        yield said_line(f"{earlier}{verdict_text(verdict)}", "$text-muted" if at else "")
    if row.since:
        yield said_line(since_text(row.since))
    if not row.history:
        yield said_line(f"{capital(t(NOT_YET))}.")
