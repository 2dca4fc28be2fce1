"""A file as it was read, before it is stored: who speaks and how much, and what differs from the file."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from verhalen.exchange.draft_speakers import DraftSpeakers
from verhalen.exchange.intake import Draft
from verhalen.i18n import mark, t, tn
from verhalen.model.text import Notice
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.intake import PREVIEW
from verhalen.tui.dialogs import AskLine, Choose
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import HEADING, Line, Page, heading
from verhalen.tui.speakers_screen import SpeakersScreen
from verhalen.tui.speakers_talk import DraftTalk


class PreviewScreen(SpeakersScreen):
    """One file to look at. `accepted` says whether it goes on, `draft` what was decided."""

    COMMAND_CLASSES = PREVIEW
    UNDOES_PROJECT: ClassVar[bool] = False
    HELP_TITLE: ClassVar[str] = mark("Look before it is stored")
    HELP_TEXT: ClassVar[str] = mark(
        "On the left stands who speaks in this file, with a bar for the part of all words. On the right you read how each "
        "turn begins. Put right what is wrong: take two names of one person together, give another name, say who somebody "
        "is, or say that a label is nobody's name. The file itself does not change. B goes on; nothing is stored before "
        "you have seen the names as well."
    )
    DEFAULT_CSS = """
    PreviewScreen #summary { height: auto; padding: 0 1; color: $text-muted; }
    PreviewScreen #voices { height: 1fr; }
    """

    def __init__(self, draft: Draft, *, place: str = "", more: bool = False) -> None:
        self._speakers = DraftSpeakers(draft)
        super().__init__(DraftTalk(self._speakers))
        self._which = place
        """Which file of how many, as a sentence; empty for a single one."""
        self._more = more
        """Whether other files follow."""
        self.accepted = False
        self.stops = False
        """Whether the files that follow are not wanted either."""

    @property
    def draft(self) -> Draft:
        """The file with what was decided."""
        return self._speakers.draft

    @property
    def is_changed(self) -> bool:
        """Whether something was decided here."""
        return self._speakers.is_changed

    @property
    def at_stake(self) -> str:
        """What was put right."""
        return t("What you decided here is not stored yet, and is lost if you leave now.") if self.is_changed else ""

    @property
    def warnings(self) -> tuple[Notice, ...]:
        """What is other than in the file."""
        return self.draft.reading.warnings

    def body(self) -> ComposeResult:
        """What it is, then the speakers."""
        yield Static(id="summary", markup=False)
        yield from super().body()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Show the draft again."""
        super().reload(changed)
        draft = self.draft
        parts = [
            *([self._which] if self._which else []),
            tn("{n} character", "{n} characters", len(draft.reading.text)),
            tn("{n} turn", "{n} turns", len(draft.turns)),
            tn("{n} speaker", "{n} speakers", len(draft.speakers)),
        ]
        if self.warnings:
            count = len(self.warnings)
            differs = tn("{n} thing differs from the file", "{n} things differ from the file", count)
            parts.append(f"{differs} ({self.key_text(self.commands['see-differences'])})")
        self.query_one("#summary", Static).update(" · ".join(parts))
        self.refresh_bindings()

    def read_in_text(self) -> None:
        """Enter on a turn: read it in the whole text."""
        self.read()

    def read(self) -> None:
        """The whole text, from the turn of the cursor."""
        turn = self.turn
        self.app.push_screen(DraftTextScreen(self.draft, start=turn.start if turn else 0))

    def show_differences(self) -> None:
        """The list of what differs."""
        self.app.push_screen(DifferencesScreen(self.draft.title, self.warnings))

    def ask_title(self) -> None:
        """Another title."""

        def named(title: str | None) -> None:
            if title is not None:
                self._speakers.call(" ".join(title.split()))
                self.reload()

        self.app.push_screen(AskLine(t("Which title does this text get?"), self.draft.title), named)

    def undo(self) -> None:
        """Take the last decision back."""
        self._speakers.undo()
        self.reload()

    def accept(self) -> None:
        """Go on with it."""
        self.accepted = True
        self.dismiss(None)

    def skip(self) -> None:
        """Not this one, and perhaps not the next ones; ask where there is something to lose or to choose."""
        if not self.is_changed and not self._more:
            self.dismiss(None)
            return

        def answered(key: str | None) -> None:
            if key in ("skip", "stop"):
                self.stops = key == "stop"
                self.dismiss(None)

        question = t("Do you not want to read this file in?")
        if self.is_changed:
            question = t("Do you not want to read this file in? What you put right here is lost.")
        answers = [("no", t("No, go back")), ("skip", t("Do not read it in"))]
        if self._more:
            answers.append(("stop", t("Stop: read none of the next ones either")))
        self.app.push_screen(Choose(question, answers), answered)


class DraftTextScreen(CommandScreen[None]):
    """The text of a draft, to read."""

    UNDOES_PROJECT: ClassVar[bool] = False
    HELP_TITLE: ClassVar[str] = mark("Read it through")
    HELP_TEXT: ClassVar[str] = mark("This is the text as it will be stored. Esc goes back.")

    def __init__(self, draft: Draft, *, start: int) -> None:
        super().__init__()
        self._draft = draft
        self._start = start

    def body(self) -> ComposeResult:
        """The text."""
        from verhalen.tui.transcript_view import TranscriptView

        yield TranscriptView()

    def on_mount(self) -> None:
        """Begin at the turn."""
        from verhalen.tui.coding_units import Selection
        from verhalen.tui.transcript_view import TranscriptView

        view = self.query_one(TranscriptView)
        view.show_text(self._draft.reading.text, self._draft.turns, selection=Selection(0, 0))
        view.focus()
        self.call_after_refresh(lambda: view.select(Selection(self._start, self._start), center=True))

    def on_screen_resume(self) -> None:
        """Say of which text."""
        super().on_screen_resume()
        self.title = f"{t(self.HELP_TITLE)}  {self._draft.title}"


class DifferencesScreen(CommandScreen[None]):
    """What the reader of a file left out, put right or doubts."""

    UNDOES_PROJECT: ClassVar[bool] = False
    HELP_TITLE: ClassVar[str] = mark("What differs from the file")
    HELP_TEXT: ClassVar[str] = mark(
        "Nothing is lost in silence: here stands what was left out of the text, what was put right, and what is doubtful, "
        "with the line, paragraph or page of the file. The file itself is kept as it is, unless its names are masked."
    )
    DEFAULT_CSS = """
    DifferencesScreen VerticalScroll { padding: 1 2; }
    """

    def __init__(self, title: str, warnings: tuple[Notice, ...]) -> None:
        super().__init__()
        self._of = title
        self._warnings = warnings

    def body(self) -> ComposeResult:
        """A page."""
        with VerticalScroll():
            yield Page()

    def on_mount(self) -> None:
        """Fill it."""
        self.query_one(Page).fill([Line(self._of, HEADING), *notice_lines(self._warnings)])
        self.query_one(VerticalScroll).focus()


def notice_lines(warnings: tuple[Notice, ...]) -> list[Line]:
    """Notices with their line, one below the other."""
    return [
        Line((t("line {line}: ", line=notice.line) if notice.line else "") + str(notice), indent=2)
        for notice in warnings
    ]


def file_lines(name: str, warnings: tuple[Notice, ...]) -> list[Line]:
    """One file with what differs."""
    return [*heading(name), *notice_lines(warnings)]
