"""A window that links a code to life domains: as evidence, or as merely touching them."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen.i18n import mark, t
from verhalen.model.codebook import Code
from verhalen.model.instrument import DomainList, LifeDomain
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog

Links = tuple[tuple[str, ...], tuple[str, ...]]
"""Evidence, touches."""
_NEXT = {"": "evidence", "evidence": "touches", "touches": ""}
_WORDS = {"": "", "evidence": mark("evidence"), "touches": mark("touches")}


class KeepLinks(Command["LinksDialog"]):
    """Keep the links."""

    id = "keep"
    key = "escape,ctrl+s"
    title = mark("Keep and close")
    help = mark("Keep the links and go back.")

    def run(self, screen: LinksDialog) -> None:
        """Give them."""
        screen.dismiss(screen.links)


class TurnLink(Command["LinksDialog"]):
    """The next kind of link."""

    id = "turn"
    key = "space,enter"
    title = mark("Evidence, touches, none")
    help = mark(
        "Say that fragments with this code tell how it goes with this life domain, that they touch it, or neither."
    )

    def run(self, screen: LinksDialog) -> None:
        """Turn the line of the cursor."""
        screen.turn()


class DropLinks(Command["LinksDialog"]):
    """Leave them as they were."""

    id = "drop"
    key = "ctrl+d"
    title = mark("Leave as it was")
    help = mark("Close this window; nothing changes.")

    def run(self, screen: LinksDialog) -> None:
        """Give nothing."""
        screen.dismiss(None)


class LinksDialog(CommandDialog[Links | None]):
    """Gives evidence and touches, or None where they stay."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (TurnLink, KeepLinks, DropLinks)
    DEFAULT_CSS = """
    LinksDialog { align: center middle; }
    LinksDialog > Vertical { width: 78; max-width: 100%; height: auto; max-height: 100%; background: $surface;
        border: round $border; padding: 0 1; }
    LinksDialog OptionList { height: auto; max-height: 16; background: $surface; padding: 0; }
    LinksDialog KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, code: Code, domains: DomainList) -> None:
        super().__init__()
        self._code = code
        self._domains = domains.domains
        self._kinds = dict.fromkeys(code.touches, "touches") | dict.fromkeys(code.evidence, "evidence")

    def compose(self) -> ComposeResult:
        """What the links are for, the life domains, keys."""
        with Vertical():
            yield Static(self._code.name, classes="label", markup=False)
            yield Static(
                t("Evidence tells how it goes there, and counts beside the scores. Touches is for searching only."),
                classes="muted",
                markup=False,
            )
            yield OptionList(*(Option(self._line(each), id=each.key) for each in self._domains))
            yield KeyBar()

    def on_mount(self) -> None:
        """The keys go to the list."""
        self.query_one(OptionList).focus()
        self.query_one(OptionList).highlighted = 0 if self._domains else None

    def _line(self, domain: LifeDomain) -> Content:
        kind = self._kinds.get(domain.key, "")
        word = t(_WORDS[kind]) if kind else ""
        return Content.assemble(Content(f"[{word:^8}] ").stylize("bold"), domain.name)

    def turn(self) -> None:
        """The line of the cursor gets the next kind."""
        listed = self.query_one(OptionList)
        if listed.highlighted is not None:
            domain = self._domains[listed.highlighted]
            self._kinds[domain.key] = _NEXT[self._kinds.get(domain.key, "")]
            listed.replace_option_prompt_at_index(listed.highlighted, self._line(domain))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click, or Enter."""
        event.stop()
        self.turn()

    @property
    def links(self) -> Links:
        """As they stand; links to domains that this project does not have stay too, in their order."""
        order = [*self._code.evidence, *self._code.touches, *(each.key for each in self._domains)]
        keys = list(dict.fromkeys(order))
        evidence = tuple(key for key in keys if self._kinds.get(key) == "evidence")
        return evidence, tuple(key for key in keys if self._kinds.get(key) == "touches")
