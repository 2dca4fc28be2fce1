"""What goes back to tellers, team and partners: first what is still to be told, then what was."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from verhalen.i18n import mark, t
from verhalen.model.following import Feedback
from verhalen.msc.round_words import to_whom
from verhalen.tui.ask_form import Answers, AskForm, Question
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.feedback import FEEDBACK
from verhalen.tui.family_asking import read_day, written_day
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.words import day_text


class FeedbackScreen(CommandScreen[None]):
    """The feedback log."""

    COMMAND_CLASSES = FEEDBACK
    HELP_TITLE: ClassVar[str] = mark("Feedback to tellers")
    HELP_TEXT: ClassVar[str] = mark(
        "Who told a story has a right to hear what was done with it. On top stands what is still to be told: choose a line "
        "with Enter when you told it, and write down what they said."
    )
    DEFAULT_CSS = """
    FeedbackScreen OptionList { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Feedback] = []

    def body(self) -> ComposeResult:
        """The log."""
        yield OptionList()

    def on_mount(self) -> None:
        """Fill it."""
        self.reload()
        self.query_one(OptionList).focus()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Look again: what is to do first, then the newest."""
        every = self.project.feedback.all()
        self._lines = [each for each in every if each.day is None] + [each for each in reversed(every) if each.day]
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        nothing = t("Nothing goes back yet. When a round is closed, what was agreed for the tellers comes here.")
        options.clear_options().add_options(
            [Option(_shown(each)) for each in self._lines] or [Option(nothing, disabled=True)]
        )
        if self._lines:
            options.highlighted = min(at, len(self._lines) - 1)
        self.refresh_bindings()

    @property
    def line(self) -> Feedback | None:
        """Under the cursor."""
        at = self.query_one(OptionList).highlighted
        return self._lines[at] if at is not None and at < len(self._lines) else None

    def on_option_list_option_selected(self) -> None:
        """Enter or a click."""
        self.told()

    def told(self) -> None:
        """Ask when, how, and what they said."""
        line = self.line
        if line is None:
            return
        day = line.day or self.frame.day
        questions = [
            Question("whom", t("To whom?"), line.whom),
            Question("body", t("What goes back?"), line.body),
            Question("day", t("Told on"), written_day(day), hint=t("empty: still to be told")),
            Question("how", t("How?"), line.how, hint=t("at home, by telephone, on paper")),
            Question("reaction", t("What did they say?"), line.reaction),
        ]

        def submit(form: AskForm, said: Answers) -> None:
            values = {name: said[name] for name in ("whom", "body", "how", "reaction")}
            when = read_day(form, said["day"])
            if when is False:
                return
            today = self.frame.day
            self.write(
                lambda project: project.feedback.edit(line.id, day=when, **values, today=today),
                lambda _: form.close(),
                lambda error: form.complain(str(error)),
            )

        self.app.push_screen(AskForm(_about(line), questions, submit))

    def write_new(self) -> None:
        """A line that no round led to."""
        stories = tuple((each.key, f"{each.key} {each.title}".strip()) for each in self.project.stories.all())
        questions = [
            Question("whom", t("To whom?"), hint=t("the teller, the team, a partner")),
            Question("body", t("What goes back?")),
            Question("story", t("About which story?"), "", stories, hint=t("none")),
            Question("day", t("Told on"), "", hint=t("empty: still to be told")),
            Question("how", t("How?"), hint=t("at home, by telephone, on paper")),
            Question("reaction", t("What did they say?")),
        ]

        def submit(form: AskForm, said: Answers) -> None:
            when = read_day(form, said["day"])
            if when is False:
                return
            wanted = Feedback(said["whom"], said["body"], when, said["how"], said["reaction"], said["story"])
            today = self.frame.day
            self.write(
                lambda project: project.feedback.add(wanted, today=today),
                lambda _: form.close(),
                lambda error: form.complain(str(error)),
            )

        self.app.push_screen(AskForm(t("What goes back"), questions, submit))

    def remove_line(self) -> None:
        """Take it away."""
        line = self.line
        if line is not None:
            self.write(lambda project: project.feedback.remove(line.id))


def _about(line: Feedback) -> str:
    return t("Feedback: {whom}", whom=to_whom(line))


def _shown(line: Feedback) -> Content:
    when = day_text(line.day) if line.day else t("still to do")
    head = Content(f"{'☑' if line.day else '☐'} {to_whom(line)}").stylize("bold")
    reaction = f"\n  {t('Reaction')}: {line.reaction}" if line.reaction else ""
    how = f" · {line.how}" if line.how else ""
    return Content.assemble(head, f" · {when}{how}\n  {line.body}{reaction}")
