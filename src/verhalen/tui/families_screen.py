"""How is a family doing? The list on the left, the page of one family on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.i18n import mark, t
from verhalen.model.family import Family
from verhalen.model.following import SignalPlace
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.families import FAMILIES
from verhalen.tui.dialogs import AskLine, ask_line
from verhalen.tui.family_consents import FamilyConsents
from verhalen.tui.family_page import family_page
from verhalen.tui.fields import Field
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Line, Page
from verhalen.tui.palette import plain
from verhalen.tui.paths import path_of
from verhalen.tui.signal_noting import note_signal
from verhalen.tui.words import age_text

_NARROW = 42
"""Cells of the page at 80, before it was painted once."""


class FamiliesScreen(CommandScreen[None]):
    """Families and one family's page."""

    COMMAND_CLASSES = FAMILIES
    AUTO_FOCUS = "FamiliesScreen #left OptionList"  # a key that comes early must not end in the field
    HELP_TITLE: ClassVar[str] = mark("How is a family doing?")
    HELP_TEXT: ClassVar[str] = mark(
        "Choose a family on the left; your own come first. Type in the field to find one by code, town or coach. "
        "On the right you see who they are, how it goes in each part of their life, and what they told. "
        "Small bars show the way a score went; the words beside them say the same. A contact takes three keys: C, a digit, Enter."
    )
    DEFAULT_CSS = """
    FamiliesScreen #left { width: 34; height: 1fr; border-right: solid $border-blurred; }
    FamiliesScreen #why { padding: 0 1; text-style: bold; height: auto; }
    FamiliesScreen #left OptionList { height: 1fr; padding: 0; }
    FamiliesScreen #right { width: 1fr; height: 1fr; padding: 0 1; scrollbar-gutter: stable; }
    """

    def __init__(self, key: str | None = None, *, only: Sequence[str] | None = None, why: str = "") -> None:
        super().__init__()
        self.chosen = key
        """Key of the family on the right."""
        self.acts = FamilyConsents(self, self._show_again)
        self._only = None if only is None else frozenset(only)
        self._why = why
        self._families: list[Family] = []

    def body(self) -> ComposeResult:
        """List and page."""
        with Horizontal():
            with Vertical(id="left"):
                if self._why:
                    yield Static(self._why, id="why", markup=False)
                yield Field(placeholder=t("Find a family"))
                yield OptionList()
            with VerticalScroll(id="right"):
                yield Page()

    def on_mount(self) -> None:
        """Fill both."""
        self.reload()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read the families again."""
        before = next((each.id for each in self._families if each.key == self.chosen), None)
        mine = self.project.coder.casefold()
        found = [each for each in self.project.families.all() if self._only is None or each.key in self._only]
        self._families = sorted(found, key=lambda each: (each.coach.casefold() != mine, each.key))
        if before is not None and all(each.key != self.chosen for each in found):  # it may have another code now
            self.chosen = next((each.key for each in found if each.id == before), self.chosen)
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
        found = [each for each in self._families if all(word in self._told(each) for word in wanted)]
        options = self.query_one(OptionList)
        options.clear_options().add_options(
            [Option(self._line(each), id=each.key) for each in found] or [Option(self._none(), disabled=True)]
        )
        keys = [each.key for each in found]
        if keys:
            options.highlighted = keys.index(self.chosen) if self.chosen in keys else 0
        else:
            self.chosen = None
            self._show()

    def _none(self) -> str:
        return t("No family fits. Try another word.") if self._families else t("There are no families yet.")

    def _line(self, family: Family) -> Content:
        seen = (
            t("seen {ago}", ago=age_text(family.last_snapshot, self.frame.day))
            if family.last_snapshot
            else t("no snapshot yet")
        )
        who = " · ".join(part for part in (family.municipality, family.coach) if part)
        return Content.assemble(
            Content(f"{self.project.privacy.family_label(family.key)}  ").stylize("bold"), who, "\n", seen
        )

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another family."""
        self.chosen = event.option.id
        self._show()

    def on_option_list_option_selected(self) -> None:
        """Enter goes to the page, to scroll."""
        self.query_one("#right").focus()

    def _show(self) -> None:
        self.query_one(Page).fill(self._page())
        self.query_one("#right").scroll_home(animate=False)
        self.refresh_bindings()

    def _page(self) -> Iterable[Line]:
        if self.chosen is None:
            return ()
        width = self.query_one(Page).size.width or _NARROW
        return family_page(self.project, self.chosen, today=self.frame.day, width=width)

    def on_resize(self) -> None:
        """Another width, other timelines."""
        self.call_after_refresh(self._paint_again)

    def _paint_again(self) -> None:
        for page in self.query(Page):  # none where the screen was closed meanwhile
            page.fill(self._page())

    def act(self, act: Callable[[Family], None]) -> None:
        """Do something about the family on the right."""
        if self.chosen is None:
            return
        try:
            family = self.project.families.get(self.chosen)
        except errors.UnknownFamily as error:  # withdrawn in another window, a moment ago
            self.frame.say_error(error)
        else:
            act(family)

    def read_in(self) -> None:
        """Read a table in: which file, then what every column means, and only then it is stored."""
        ask_line(
            self,
            t("Which file? A table of families, people, support or contacts: .csv or .xlsx. Type or paste its path."),
            self._open_table,
        )

    def _open_table(self, typed: str) -> None:
        path = path_of(typed)
        if path is not None:
            self.frame.open_table(path)

    def _show_again(self, key: str) -> None:
        self.chosen = key or self.chosen
        if key and self._only is not None:  # a new code, or a new family, among those that were asked for
            self._only |= {key}
        self.reload()

    def open_memos(self) -> None:
        """Read memos, and write one about the family on the right."""
        if self.chosen is not None:
            name = t("family {key}", key=self.project.privacy.family_label(self.chosen))
            self.frame.open_memos([(self.chosen, name)])

    @property
    def may_note_signal(self) -> bool:
        """There must be a family."""
        return self.chosen is not None

    def note_signal(self) -> None:
        """The family on the right meets a barrier that it does not lift alone."""
        if self.chosen is not None:
            where = t("family {key}", key=self.project.privacy.family_label(self.chosen))
            note_signal(self, [SignalPlace(family=self.chosen)], where=where)

    def ask_nickname(self) -> None:
        """How the people here call the family; kept in the key, never in the project."""
        key = self.chosen
        if key is None:
            return

        def named(nickname: str | None) -> None:
            if nickname is not None:
                kept = "" if nickname == "-" else nickname
                self.write(lambda project: project.privacy.set_nickname(key, kept), lambda _: self._named())

        question = t("How do you call family {key} among yourselves? A dash takes the nickname away.", key=key)
        self.app.push_screen(AskLine(question, self.project.privacy.nicknames().get(key, "")), named)

    def _named(self) -> None:
        self.project.privacy.look_again()
        self.reload()

    def _told(self, family: Family) -> str:
        return plain(f"{self.project.privacy.family_label(family.key)} {family.municipality} {family.coach}")
