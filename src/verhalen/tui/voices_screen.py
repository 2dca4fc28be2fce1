"""All who tell of one change, side by side; words in another language beside their translation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from verhalen.i18n import mark, t, tn
from verhalen.model.consent import Answer, Purpose
from verhalen.model.story import Story, Voice
from verhalen.model.story_words import FORMS, role_label, tongue_label
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.voices import VOICES
from verhalen.tui.dialogs import yes_or_no
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.story_edit import EditStory
from verhalen.tui.voice_form import VoiceForm
from verhalen.tui.words import capital, day_text

WIDE = 100
"""Cells from which the voices stand side by side."""


class VoicePanel(VerticalScroll):
    """One voice."""

    DEFAULT_CSS = """
    VoicePanel { border: round $border-blurred; padding: 0 1; height: 1fr; width: 1fr; }
    VoicePanel:focus { border: round $border; }
    VoicePanel .beside { height: auto; margin-top: 1; }
    VoicePanel .beside Static { width: 1fr; padding-right: 2; }
    """

    def __init__(self, place: int, lines: list[Content], words: list[Content]) -> None:
        super().__init__()
        self.place = place
        """1 for the first voice, which is the story's own."""
        self._lines = lines
        self._words = words
        """The text, and before it what was said in the language of the teller, if that is here."""

    def compose(self) -> ComposeResult:
        """Who, how, consent, words; what was said beside its translation."""
        yield Static(Content("\n").join(self._lines))
        with Horizontal(classes="beside"):
            yield from map(Static, self._words)


class VoicesScreen(CommandScreen[None]):
    """The voices of one story."""

    COMMAND_CLASSES = VOICES
    HELP_TITLE: ClassVar[str] = mark("Voices")
    HELP_TEXT: ClassVar[str] = mark(
        "Here you read beside each other what everybody tells of the same change. Add a voice, change one, or take one out. "
        "Tab goes from voice to voice. Each has its own consent."
    )
    DEFAULT_CSS = """
    VoicesScreen #voices { height: 1fr; layout: vertical; }
    VoicesScreen #voices.-wide { layout: horizontal; }
    VoicesScreen #voices VoicePanel { min-height: 8; }
    """

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.story: Story | None = None

    def body(self) -> ComposeResult:
        """A place for the voices."""
        yield VerticalScroll(id="voices", can_focus=False)

    def on_mount(self) -> None:
        """Show them; the keys are at the first."""
        self.call_next(self._fill)

    def on_resize(self) -> None:
        """Side by side where there is room."""
        self.query_one("#voices").set_class(self.size.width >= WIDE, "-wide")

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read the story again."""
        self.call_next(self._fill)

    async def _fill(self) -> None:
        at = self.place
        self.story = next((each for each in self.project.stories.all() if each.key == self._key), None)
        voices = self.query_one("#voices")
        await voices.remove_children()
        if self.story is None:
            self.frame.go_back()
            return
        self.title = f"{t(self.HELP_TITLE)}  {self._key} {self.story.title}".strip()
        panels = list(self._panels(self.story))
        await voices.mount(*panels)
        next((each for each in panels if each.place == at), panels[0]).focus()
        self.refresh_bindings()

    @property
    def place(self) -> int:
        """Of the voice that has the keys."""
        return self.focused.place if isinstance(self.focused, VoicePanel) else 1

    @property
    def voice(self) -> Voice | None:
        """The further voice that has the keys; None where it is the first."""
        others = self.story.others if self.story else ()
        return next((each for each in others if each.position == self.place), None)

    def _panels(self, story: Story) -> Iterator[VoicePanel]:
        first = replace(
            story.voice,
            text=story.text,
            own_words=story.own_words,
            translated_by=story.translated_by,
            told=story.told,
            recorder=story.recorder,
        )
        yield _panel(1, first, story.consent(Purpose.REPORT))
        for each in story.others:
            yield _panel(each.position, each, each.consent(Purpose.REPORT))

    # -- acts ------------------------------------------------------------------------------------------------------

    def add_voice(self) -> None:
        """Somebody else tells."""
        if self.story is not None:
            self.app.push_screen(VoiceForm(self.story))

    def change_voice(self) -> None:
        """Change the voice that has the keys."""
        if self.story is not None:
            self.app.push_screen(VoiceForm(self.story, self.voice) if self.voice else EditStory(self.story))

    def remove_voice(self) -> None:
        """Take it out, after a look at what goes with it."""
        story, voice = self.story, self.voice
        if story is None or voice is None:
            return
        place, who = voice.position, voice.member or t(role_label(voice.role))
        codings = self.project.stories.plan_removal(story.key, place).codings
        question = t("Take the words of {who} out of this story?", who=who)
        if codings:
            question += " " + tn("{n} coding of yours goes too.", "{n} codings of yours go too.", codings)

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self.write(
                    lambda project: project.stories.remove_voice(story.key, place),
                    lambda _: self.frame.say(t("Taken out: {who}. Ctrl+Z brings it back.", who=who)),
                )

        self.app.push_screen(yes_or_no(question, yes=t("Yes, take out")), answered)


def _panel(place: int, voice: Voice, answer: Answer) -> VoicePanel:
    return VoicePanel(place, list(_lines(place, voice, answer)), list(_words(voice)))


def _lines(place: int, voice: Voice, answer: Answer) -> Iterator[Content]:
    yield Content(f"{place}  {voice.member or capital(t(role_label(voice.role)))}").stylize("bold")
    facts = [t(tongue_label(voice.language)), t(FORMS.get(voice.form, voice.form))]
    facts += [day_text(voice.told)] if voice.told else []
    facts += [t("written down by {who}", who=voice.recorder)] if voice.recorder else []
    yield Content(" · ".join(facts)).stylize("$text-muted")
    yield Content(t("In a report: {answer}", answer=t(answer.label))).stylize("$text-muted")


def _words(voice: Voice) -> Iterator[Content]:
    if not voice.own_words:
        yield Content(voice.text)
        return
    by = voice.translated_by
    titles = (t("In their own words"), t("Translated by {who}", who=by) if by else t("Translated"))
    for title, words in zip(titles, (voice.own_words, voice.text), strict=True):
        yield Content.assemble(Content(title).stylize("bold"), f"\n{words}")
