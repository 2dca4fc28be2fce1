"""What two people said differently: every question with its sides in full, and a key for each side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.api.corrections import differences
from verhalen.i18n import mark, t, tn
from verhalen.model.merging import OpenDecision, Side
from verhalen.tui.bundle_words import question, side_words, sides_page, who_line
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.bundles import DECISIONS
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.reading_window import ReadingWindow

_MOSTLY = 0.6
"""The part of a side from which on it is simply another text."""
_MOST = 1_500
"""Characters of a side that are shown here; all of it is a key away."""


class Sides(OptionList):
    """The sides of one question; to the left or by shift+tab one goes back to the questions."""

    def action_cursor_up(self) -> None:
        """As in any list, but from the first line up to the questions."""
        if self.highlighted:
            super().action_cursor_up()
        else:
            self.screen.query_one("#questions", OptionList).focus()


class DecisionsScreen(CommandScreen[None]):
    """Questions above, the sides of the one at the cursor below."""

    COMMAND_CLASSES = DECISIONS
    HELP_TITLE: ClassVar[str] = mark("Open questions")
    HELP_TEXT: ClassVar[str] = mark(
        "You and a colleague wrote different things about the same, each on your own computer. Nothing was thrown away: until "
        "somebody chooses, what was there first stays. Choose a side with its digit, or with Enter, the arrows and Enter; "
        "underlined is what differs. Ctrl+z takes your choice back. Your choice goes along when you pass your work on, so "
        "your colleague need not choose once more."
    )
    DEFAULT_CSS = """
    DecisionsScreen #count { padding: 0 2; color: $text-muted; height: auto; }
    DecisionsScreen #questions { height: auto; max-height: 35%; margin: 0 1; }
    DecisionsScreen #asked { padding: 0 2; border-top: solid $border-blurred; height: auto; text-style: bold; }
    DecisionsScreen Sides { height: 1fr; margin: 0 1; max-width: 120; }
    DecisionsScreen.-none #asked { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.decisions: list[OpenDecision] = []
        self._deciding = ""
        """Key of what is being stored, so that one key pressed twice chooses once."""
        self._said = ""
        """What was chosen or taken back last."""

    def body(self) -> ComposeResult:
        """How many, the questions, the sides."""
        yield Static(id="count", markup=False)
        yield OptionList(id="questions", markup=False)
        yield Static(id="asked", markup=False)
        yield Sides(id="sides", markup=False)

    def on_mount(self) -> None:
        """Fill it."""
        self.reload()
        self.query_one("#questions").focus()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read again; the cursor stays on its question, or goes to the one that took its place."""
        before = self.here.key if self.here else ""
        questions = self.query_one("#questions", OptionList)
        place = questions.highlighted or 0
        self.decisions = self.project.bundles.decisions()
        keys = [each.key for each in self.decisions]
        questions.clear_options().add_options([Option(question(each)) for each in self.decisions])
        self.set_class(not keys, "-none")
        if keys:
            questions.highlighted = keys.index(before) if before in keys else min(place, len(keys) - 1)
        self._tell()
        self._show()

    def hear(self, sentence: str) -> None:
        """Beside the count: a note in the corner would hide what there is to choose between."""
        self._said = sentence
        self._tell()

    def _tell(self) -> None:
        self.query_one("#count", Static).update(" · ".join(filter(None, (self._count(), self._said))))

    def _count(self) -> str:
        if not self.decisions:
            return t(
                "Nothing is left to choose. When you and a colleague wrote different things about the same, it stands here."
            )
        return tn(
            "{n} question. Until you choose, 1 stays.",
            "{n} questions. Until you choose, 1 stays.",
            len(self.decisions),
        )

    # -- showing ---------------------------------------------------------------------------------------------------

    @property
    def here(self) -> OpenDecision | None:
        """The question at the cursor."""
        place = self.query_one("#questions", OptionList).highlighted
        return self.decisions[place] if place is not None and place < len(self.decisions) else None

    def _show(self) -> None:
        here, sides = self.here, self.query_one("#sides", Sides)
        sides.clear_options()
        self.query_one("#asked", Static).update(question(here) if here else "")
        if here is not None:
            sides.add_options([Option(each) for each in _painted(here)])
            sides.highlighted = 0
        elif sides.has_focus:
            self.query_one("#questions").focus()
        self.refresh_bindings()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another question, other sides."""
        event.stop()
        if event.option_list.id == "questions":
            self._show()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click: on a question to its sides, on a side to choose it."""
        event.stop()
        if event.option_list.id == "questions":
            self.query_one("#sides").focus()
        else:
            self.choose(event.option_index)

    def read_whole(self) -> None:
        """Every side in full, in a window."""
        if self.here is not None:
            self.app.push_screen(ReadingWindow(sides_page(self.here)))

    # -- choosing --------------------------------------------------------------------------------------------------

    def has_side(self, side: int) -> bool:
        """Whether the question at the cursor has so many."""
        return self.here is not None and side < len(self.here.sides)

    def choose(self, side: int) -> None:
        """Choose a side, by the writer."""
        here = self.here
        if here is None or side >= len(here.sides) or self._deciding:
            return
        key, who = here.key, here.sides[side].who
        chosen = f"{side + 1} ({who})" if who else str(side + 1)
        self._deciding = key

        def done(_: None) -> None:
            self._deciding = ""
            self.query_one("#questions").focus()
            self.hear(t("Chosen: {side}. Ctrl+z takes it back.", side=chosen))

        def failed(error: errors.VerhalenError) -> None:
            self._deciding = ""
            self.frame.say_error(error)

        self.write(lambda project: project.bundles.decide(key, side), done, failed)


def _painted(each: OpenDecision) -> Iterator[Content]:
    """The sides with their digits; what differs from the first one is underlined."""
    words = [side_words(each, side) for side in each.sides]
    for number, side in enumerate(each.sides, 1):
        yield _side(
            number, side, words[number - 1], _different(words, number - 1) if each.kind in ("field", "text") else []
        )


def _side(number: int, side: Side, words: str, places: list[tuple[int, int]]) -> Content:
    said = Content(words)
    for start, stop in places:
        said = said.stylize("underline", start, stop)
    if len(words) > _MOST:
        said = said[:_MOST] + Content(f"… {t('(L: read it whole)')}")
    holds = f" · {t('holds now')}" if number == 1 else ""
    head = Content(f"{number}  {who_line(side)}{holds}").stylize("bold")
    return Content.assemble(head, "\n", said, "\n")


def _different(words: list[str], at: int) -> list[tuple[int, int]]:
    """Places in one of the sides that are other words than in the first, or the second for the first.

    None where nearly all is: a text that is underlined as a whole is only harder to read.
    """
    if len(words) < 2:
        return []
    old, new = (words[0], words[at]) if at else (words[0], words[1])
    moved, places = 0, []
    for hunk in differences(old, new).hunks:
        places.append((hunk.start + moved, hunk.start + moved + len(hunk.words)) if at else (hunk.start, hunk.stop))
        moved += hunk.shift
    found = [(start, stop) for start, stop in places if start < stop]
    return found if sum(stop - start for start, stop in found) <= _MOSTLY * len(words[at]) else []
