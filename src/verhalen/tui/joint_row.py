"""One row of numbers and stories in full: the families, stories and fragments behind it, and what was said of it before."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from verhalen import errors
from verhalen.analysis.joint import JointRow
from verhalen.i18n import mark, t
from verhalen.model.story import Story
from verhalen.tui.change_choices import Asked
from verhalen.tui.commands.joint import JOINT_ROW
from verhalen.tui.joint_places import (
    Fragment,
    PlaceLine,
    family_lines,
    fragment_lines,
    heading_line,
    read_fragments,
    said_line,
    story_lines,
)
from verhalen.tui.joint_reading import pieces_of, read_joint
from verhalen.tui.joint_words import NOT_YET, number_words, suggestion_words, verdict_text, word_sentences
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.place_screen import PlaceScreen
from verhalen.tui.verdict_acts import VerdictActs
from verhalen.tui.words import capital


@dataclass(frozen=True, slots=True)
class Behind:
    """What was read for one row."""

    row: JointRow
    stories: tuple[Story, ...]
    own: tuple[Fragment, ...]
    about: tuple[Fragment, ...]


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
        self.behind: Behind | None = None
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
        def read() -> Behind | None:
            with self.project.sibling() as own:
                joint = read_joint(own, self._asked)
                row = joint.row(self._key)
                if row is None:
                    return None
                mine, others = pieces_of(joint, row)
                told = tuple(each for each in joint.stories if set(row.domains) & set(each.domains))
                return Behind(row, told, tuple(read_fragments(own, mine)), tuple(read_fragments(own, others)))

        try:
            self.behind = await asyncio.to_thread(read)
        except errors.VerhalenError as error:
            self.frame.say_error(error)
            return
        self._show()

    def _show(self) -> None:
        if self.behind is not None and self.is_attached:
            row = self.behind.row
            self.title = row.name
            said = [number_words(row), " ".join(word_sentences(row))]
            if self._looked:
                said.append(" ".join(suggestion_words(row)))
            self.fill("\n".join(said), self._all(self.behind))

    def _all(self, behind: Behind) -> Iterator[PlaceLine]:
        room = self.size.width - 4
        yield heading_line(t("What you say of it"), first=True)
        yield from self._verdicts(behind)
        for title, lines in (
            (t("Numbers: which families"), list(family_lines(behind.row))),
            (t("Stories"), list(story_lines(self.project, behind.stories))),
            (t("In their own words"), list(fragment_lines(self.project, behind.own, room))),
            (t("Others about families"), list(fragment_lines(self.project, behind.about, room))),
        ):
            yield heading_line(title)
            yield from lines or [said_line(t("Nothing."), "$text-muted")]

    def _verdicts(self, behind: Behind) -> Iterator[PlaceLine]:
        verdict = behind.row.verdict
        yield said_line(verdict_text(verdict) if verdict else f"{capital(t(NOT_YET))}.")

    def look(self) -> None:
        """Say what the row looks like; asked again it goes away."""
        self._looked = not self._looked
        self._show()

    def decide(self) -> None:
        """Write down what the team says of it."""
        if self.behind is not None:
            self.verdicts.on_row(self.behind.row)
