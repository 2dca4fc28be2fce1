"""The story board: stories as a list or as cards, cut down by filters, with one story to read."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from verhalen.i18n import mark, t
from verhalen.model.following import SignalPlace
from verhalen.model.story import Story
from verhalen.msc.board import BoardStory, Order, View, load_view, shown
from verhalen.tui.attachments_window import AttachmentsWindow
from verhalen.tui.board_filters import ask_filter
from verhalen.tui.board_lines import about_line, story_card, story_line, value_label
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.stories import STORIES
from verhalen.tui.consent_window import ConsentWindow
from verhalen.tui.dialogs import choose
from verhalen.tui.fields import Field
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Page
from verhalen.tui.signal_noting import note_signal
from verhalen.tui.story_page import Around, around, story_page
from verhalen.tui.story_scheme import mark_up
from verhalen.tui.verifying import ask_verification
from verhalen.tui.withdraw_window import withdraw
from verhalen.tui.words import capital

_PAGE = 100
"""Stories that the list holds at first, and as many more whenever its end comes near: a thousand lines take long to lay out."""
_NEAR = 10
_WIDE = 120
"""Cells from which on a card and the page fit beside each other."""
_CARD = 64
_LIST, _NARROW_LIST = 46, 38
_EDGES = 7
"""Cells of a line of the list that are not text: its edges, the scroll bar and the border."""
_NARROW = 40
"""Cells of the page at 80, before it was painted once."""


class StoriesScreen(CommandScreen[None]):
    """Stories and one story."""

    COMMAND_CLASSES = STORIES
    AUTO_FOCUS = "StoriesScreen #left OptionList"  # a key that comes early must not end in the field
    HELP_TITLE: ClassVar[str] = mark("Read stories")
    HELP_TEXT: ClassVar[str] = mark(
        "Choose a story on the left, or type in the field to find one by family, title or the beginning of any word in it. "
        "On the right you read it. Above it stands what you still want to ask at the next visit. L shows only some "
        "stories: of one life domain, that wait for consent, that no round read yet; 0 shows all again. K shows cards "
        "with the beginning of each story. "
        "A sign ☐ counts what is still to do; ⚑ stands where nobody said how it came about. "
        "To read two stories beside each other, press B on the first and on the second. "
        "Stories get no grades and no places: they are sorted by day or by family only."
    )
    DEFAULT_CSS = """
    StoriesScreen #about { padding: 0 1; height: auto; max-height: 3; background: $panel;
        link-color: $foreground; link-style: none; link-background: transparent;
        link-background-hover: $block-cursor-background; link-color-hover: $block-cursor-foreground;
        link-style-hover: none; }
    StoriesScreen #left { width: 46; height: 1fr; border-right: solid $border-blurred; }
    StoriesScreen #left OptionList { height: 1fr; padding: 0; }
    StoriesScreen #right { width: 1fr; height: 1fr; padding: 0 1; scrollbar-gutter: stable; }
    StoriesScreen.-narrow #left { width: 38; }
    StoriesScreen.-cards #left { width: 64; }
    StoriesScreen.-cards.-narrow #left { width: 100%; border-right: none; }
    StoriesScreen.-cards.-narrow #right { display: none; }
    StoriesScreen.-cards.-narrow.-reading #left { display: none; }
    StoriesScreen.-cards.-narrow.-reading #right { display: block; }
    """

    def __init__(self, key: str | None = None, *, find: str = "") -> None:
        super().__init__()
        self.view = View(words=find)
        self._chosen = key
        self._asked = key
        """The story that somebody came for; filters may not hide it."""
        self._board: list[BoardStory] = []
        self._found: dict[str, BoardStory] = {}
        self._near = Around()
        self._beside = ""
        """Key of the story to be read beside another one."""

    @property
    def story(self) -> Story | None:
        """The story on the right."""
        found = self._found.get(self._chosen or "")
        return found.story if found else None

    @property
    def beside(self) -> str:
        """Key of the story that waits for a second one; empty where none does."""
        return self._beside

    def body(self) -> ComposeResult:
        """What is shown, list and page."""
        yield Static(id="about")
        with Horizontal():
            with Vertical(id="left"):
                field = Field(self.view.words, placeholder=t("Find a story"))
                # The app's style sheet gives fields a border; an inline style counts above it.
                field.styles.border = ("none", "transparent")
                field.styles.height = 1
                field.styles.padding = (0, 1)
                yield field
                yield OptionList()
            with VerticalScroll(id="right"):
                yield Page()

    def on_mount(self) -> None:
        """Fill both, as somebody left them; the cursor is on the list."""
        kept = load_view(self.project.view(self._view_key))
        # Who comes for one story, or for a word, does not want what was left out last time.
        came_for = self._asked is not None or bool(self.view.words)
        self.view = replace(kept, words=self.view.words, chosen={} if came_for else kept.chosen)
        self._arrange()
        self.set_class(self._asked is not None, "-reading")
        self.reload()
        self.query_one("#right" if self._hides_list else "OptionList").focus()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._arrange()
        self.call_after_refresh(self._fill)

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read the stories again."""
        self._board = self.project.board.stories(label=self.project.privacy.family_label)
        self._near = around(self.project)
        if self._beside not in {each.key for each in self._board}:
            self._beside = ""
        self._fill()

    @property
    def _view_key(self) -> str:
        return f"stories.board.{self.project.coder_id}"

    # -- the list ----------------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only what fits."""
        event.stop()
        if event.value != self.view.words:
            self.view = replace(self.view, words=event.value)
            self._fill()

    def on_input_submitted(self) -> None:
        """Enter in the field goes to the list."""
        self.query_one(OptionList).focus()

    @property
    def _hides_list(self) -> bool:
        """Whether there is room for the story alone, and somebody reads it."""
        return all(self.has_class(each) for each in ("-cards", "-narrow", "-reading"))

    def _arrange(self) -> None:
        self.set_class(self.view.cards, "-cards")
        self.set_class(self.app.size.width < _WIDE, "-narrow")

    def _fill(self) -> None:
        if not self.is_attached:
            return
        found = shown(self._board, self.view)
        self._found = {each.key: each for each in found}
        keys = list(self._found)
        if self._chosen not in self._found:
            self._chosen = keys[0] if keys else None
        at = keys.index(self._chosen) if self._chosen else 0
        options = self.query_one(OptionList)
        first = [Option(self._line(each), id=each.key) for each in found[: at + _PAGE]]
        options.clear_options().add_options(first or [Option(self._none(), disabled=True)])
        options.highlighted = at if keys else None
        self._say_about()
        self._show()

    def _go_on(self) -> None:
        """Put more stories in the list where its end comes near."""
        options = self.query_one(OptionList)
        there = options.option_count
        if options.highlighted is not None and options.highlighted >= there - _NEAR and there < len(self._found):
            more = list(self._found.values())[there : there + _PAGE]
            options.add_options([Option(self._line(each), id=each.key) for each in more])

    def _line(self, each: BoardStory) -> Content:
        marked = each.key == self._beside
        is_narrow = self.app.size.width < _WIDE
        if self.view.cards:
            width = self.app.size.width if is_narrow else _CARD
            return story_card(each, self._near.domains, width - _EDGES, marked=marked)
        return story_line(each, (_NARROW_LIST if is_narrow else _LIST) - _EDGES, marked=marked)

    def _none(self) -> str:
        if not self._board:
            return t("There are no stories yet.")
        if self.view.chosen:
            return t("No story fits. {key} shows all of them again.", key=self.key_text(self.commands["all-stories"]))
        return t("No story fits. Try another word.")

    def _say_about(self) -> None:
        labels = [
            value_label(facet, value, domains=self._near.domains, board=self._board)
            for facet, value in self.view.chosen.items()
        ]
        clear = self.key_text(self.commands["all-stories"])
        line = about_line(list(self._found.values()), self._board, self.view, labels, clear=clear)
        if self._beside:
            second = t(
                "{key} is marked: go to another story and press {b} to read both.",
                key=self._beside,
                b=self.key_text(self.commands["read-beside"]),
            )
            line = Content("\n").join([line, Content(second).stylize("bold")])
        self.query_one("#about", Static).update(line)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another story."""
        if event.option.id != self._chosen:
            self._chosen = event.option.id
            self._show()
            self.query_one("#right").scroll_home(animate=False)
            self._go_on()

    def on_option_list_option_selected(self) -> None:
        """Enter goes to the story, to scroll."""
        self.add_class("-reading")
        self._show()
        self.query_one("#right").focus()
        self.refresh_bindings()

    def _show(self) -> None:
        page = self.query_one(Page)
        each = self._found.get(self._chosen or "")
        if self.has_class("-reading") or not (self.has_class("-cards") and self.has_class("-narrow")):
            width = page.size.width or _NARROW
            page.fill(story_page(self.project, each, self._near, width=width) if each else ())
        self.refresh_bindings()

    # -- what the commands ask for -----------------------------------------------------------------------------------

    @property
    def can_leave_story(self) -> bool:
        """Whether the way back goes to the list first."""
        right = self.query_one("#right")
        return self.is_attached and (right.has_focus or right.has_focus_within)

    def leave(self) -> None:
        """From the story back to the list, from there to the screen before."""
        if not self.can_leave_story:
            self.frame.go_back()
            return
        self.remove_class("-reading")
        self.query_one(OptionList).focus()

    def look(self, view: View) -> None:
        """Show the board in this way, and remember it."""
        self.view = view
        if not self.project.read_only_reason:
            key, kept = self._view_key, view.dump()
            self.write(lambda project: project.keep_view(key, kept))
        self._arrange()
        self._fill()

    def ask_filter(self) -> None:
        """Show only some stories."""
        ask_filter(self, self._board, self.view, self._near.domains, self.look)

    def show_all(self) -> None:
        """Leave nothing out any more."""
        field = self.query_one(Field)
        self.look(replace(self.view, chosen={}, words=""))
        field.value = ""

    def turn_order(self) -> None:
        """By day, or by family."""
        self.look(replace(self.view, order=Order.DAY if self.view.order is Order.FAMILY else Order.FAMILY))

    def turn_cards(self) -> None:
        """Cards, or a list."""
        self.remove_class("-reading")
        self.look(replace(self.view, cards=not self.view.cards))
        self.query_one(OptionList).focus()
        self.call_after_refresh(self._show)

    def read_beside(self) -> None:
        """Mark the story; where another one is marked, read both."""
        each = self._found.get(self._chosen or "")
        first = next((one for one in self._board if one.key == self._beside), None)
        if each is None:
            return
        if first is None or first.key == each.key:
            self._beside = "" if first else each.key
            self._fill()
            return
        self._beside = ""
        self._fill()
        self.frame.open_beside(first.key, each.key)

    def mark_up(self) -> None:
        """Open the text with the scheme on the digits."""
        if self.story is not None:
            mark_up(self, self.story)

    @property
    def may_note_signal(self) -> bool:
        """There must be a story."""
        return self.story is not None

    def note_signal(self) -> None:
        """Something in this story is a barrier, and not a problem of one family."""
        story = self.story
        if story is not None:
            note_signal(self, [SignalPlace(story=story.key)], where=t("story {key}", key=story.key))

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
        whole = f"verhaal:{story.key}"  # a story may be called by a number that a text has too
        if len(found) == 1:
            withdraw(self, whole)
            return
        answers = [(each.key, f"{capital(t(each.kind.label))}: {each.who}") for each in found]
        choose(
            self,
            t("What is withdrawn? The story takes everything along."),
            answers,
            lambda key: withdraw(self, whole if key == story.key else key),
        )

    def read_back(self) -> None:
        """Write down that the story was read back to its teller."""
        if self.story is not None:
            ask_verification(self, self.story)

    def open_attachments(self) -> None:
        """Photos, drawings and sounds of the story."""
        if self.story is not None:
            self.app.push_screen(AttachmentsWindow(self.story.key))
