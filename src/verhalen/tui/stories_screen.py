"""Read stories: the list on the left, one story on the right with what is still to ask."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from verhalen.i18n import mark, t
from verhalen.model.consent import Purpose
from verhalen.model.story import Story
from verhalen.tui.attachments_window import AttachmentsWindow
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.stories import STORIES
from verhalen.tui.consent_grid import SHORT
from verhalen.tui.consent_window import ConsentWindow
from verhalen.tui.dialogs import choose
from verhalen.tui.fields import Field
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Page
from verhalen.tui.palette import plain
from verhalen.tui.story_page import story_page
from verhalen.tui.verifying import ask_verification
from verhalen.tui.withdraw_window import withdraw
from verhalen.tui.words import capital


class StoriesScreen(CommandScreen[None]):
    """Stories and one story."""

    COMMAND_CLASSES = STORIES
    AUTO_FOCUS = "StoriesScreen #left OptionList"  # a key that comes early must not end in the field
    HELP_TITLE: ClassVar[str] = mark("Read stories")
    HELP_TEXT: ClassVar[str] = mark(
        "Choose a story on the left, or type in the field to find one by family, title or any word in it. "
        "On the right you read it. Above it stands what you still want to ask at the next visit."
    )
    DEFAULT_CSS = """
    StoriesScreen #left { width: 34; height: 1fr; border-right: solid $border-blurred; }
    StoriesScreen #left OptionList { height: 1fr; padding: 0; }
    StoriesScreen #right { width: 1fr; height: 1fr; padding: 0 2; }
    """

    def __init__(self, key: str | None = None, *, find: str = "") -> None:
        super().__init__()
        self._chosen = key
        self._find = find
        self._stories: dict[str, Story] = {}

    @property
    def story(self) -> Story | None:
        """The story on the right."""
        return self._stories.get(self._chosen or "")

    def body(self) -> ComposeResult:
        """List and page."""
        with Horizontal():
            with Vertical(id="left"):
                yield Field(self._find, placeholder=t("Find a story"))
                yield OptionList()
            with VerticalScroll(id="right"):
                yield Page()

    def on_mount(self) -> None:
        """Fill both; the cursor is on the list."""
        self.reload()
        self.query_one(OptionList).focus()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read the stories again."""
        self._stories = {story.key: story for story in self.project.stories.all()}
        self._fill()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only what fits."""
        event.stop()
        self._fill()

    def on_input_submitted(self) -> None:
        """Enter in the field goes to the list."""
        self.query_one(OptionList).focus()

    def _fill(self) -> None:
        wanted = plain(self.query_one(Field).value).split()
        found = [each for each in self._stories.values() if all(word in _told(each) for word in wanted)]
        options = self.query_one(OptionList)
        options.clear_options().add_options(
            [Option(self._line(each), id=each.key) for each in found] or [Option(self._none(), disabled=True)]
        )
        keys = [each.key for each in found]
        if keys:
            options.highlighted = keys.index(self._chosen) if self._chosen in keys else 0
        else:
            self._chosen = None
        self._show()

    def _none(self) -> str:
        return t("No story fits. Try another word.") if self._stories else t("There are no stories yet.")

    def _line(self, story: Story) -> Content:
        to_do = len(self.project.stories.open_points(story))
        states = [t("in reports: {answer}", answer=t(SHORT[story.consent(Purpose.REPORT)]))]
        states += [t("still to do: {n}", n=to_do)] if to_do else []
        first = Content(f"{story.key}  ").stylize("bold")
        return Content.assemble(
            first,
            f"{self.project.privacy.family_label(story.family)} · {t(story.answer.label)}\n{story.title}",
            *(f"\n  {state}" for state in states),
        )

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another story."""
        self._chosen = event.option.id
        self._show()
        self.query_one("#right").scroll_home(animate=False)

    def on_option_list_option_selected(self) -> None:
        """Enter goes to the story, to scroll."""
        self.query_one("#right").focus()

    def _show(self) -> None:
        self.query_one(Page).fill(story_page(self.project, self.story) if self.story else ())
        self.refresh_bindings()

    def open_memos(self) -> None:
        """Read memos, and write one about the story on the right."""
        if self.story is not None:
            self.frame.open_memos([(self.story.key, t("story {key}", key=self.story.key))])

    def ask_consent(self) -> None:
        """What the teller, further voices and attachments may be used for."""
        if self.story is not None:
            keys = [each.key for each in self.project.consents.of_story(self.story.key)]
            self.app.push_screen(ConsentWindow(keys))

    def withdraw(self) -> None:
        """Take the story, one of its voices or an attachment away for good."""
        story = self.story
        if story is None:
            return
        found = self.project.consents.of_story(story.key)
        if len(found) == 1:
            withdraw(self, story.key)
            return
        answers = [(each.key, f"{capital(t(each.kind.label))}: {each.who}") for each in found]
        choose(
            self, t("What is withdrawn? The story takes everything along."), answers, lambda key: withdraw(self, key)
        )

    def read_back(self) -> None:
        """Write down that the story was read back to its teller."""
        if self.story is not None:
            ask_verification(self, self.story)

    def open_attachments(self) -> None:
        """Photos, drawings and sounds of the story."""
        if self.story is not None:
            self.app.push_screen(AttachmentsWindow(self.story.key))


def _told(story: Story) -> str:
    return plain(f"{story.key} {story.family} {story.title} {story.text} {story.how} {story.why} {story.recorder}")
