"""Two candidates beside each other, each with its number of words."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content

from verhalen import errors
from verhalen.i18n import mark, t, tn
from verhalen.msc.round_reading import Card, Reading
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.round_windows import READING
from verhalen.tui.dialogs import choose
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Page
from verhalen.tui.round_story import candidate_page


class Side(VerticalScroll):
    """One of both; its border tells by its weight, and not by colour alone, where one is."""

    DEFAULT_CSS = """
    Side { width: 1fr; height: 1fr; border: round $border-blurred; padding: 0 1; }
    Side:focus { border: heavy $border; }
    """


class RoundReading(CommandScreen[None]):
    """Reading two stories of a round."""

    COMMAND_CLASSES = READING
    HELP_TITLE: ClassVar[str] = mark("Read side by side")
    HELP_TEXT: ClassVar[str] = mark(
        "Two stories of the round stand beside each other. Arrows up and down scroll, left and right go to the other side. "
        "The next story comes on the side where you are."
    )

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._seen: Reading | None = None
        self._at = [0, 1]
        """Which candidate stands on which side."""

    def body(self) -> ComposeResult:
        """Both sides."""
        with Horizontal():
            for name in ("one", "two"):
                with Side(id=name):
                    yield Page()

    def on_mount(self) -> None:
        """Show the first two."""
        self.reload()
        self.query(Side).first().focus()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Look again: a teller may have taken consent back meanwhile."""
        try:
            seen = self.project.rounds.read(self._key, nicknames=self.project.privacy.nicknames())
        except errors.UnknownRound:
            self.frame.go_back()
            return
        self._seen = seen
        self._at = [min(at, max(len(seen.cards) - 1, 0)) for at in self._at]
        for number in range(2):
            self._show(number)

    @property
    def _cards(self) -> tuple[Card, ...]:
        return self._seen.cards if self._seen else ()

    @property
    def _here(self) -> int:
        return 1 if isinstance(self.focused, Side) and self.focused.id == "two" else 0

    def _show(self, number: int) -> None:
        side = list(self.query(Side))[number]
        if not self._cards:
            side.query_one(Page).fill(())
            return
        card = self._cards[self._at[number]]
        side.border_title = Content(t("{at} of {n}", at=self._at[number] + 1, n=len(self._cards)))
        side.border_subtitle = Content(tn("{n} word", "{n} words", card.told.words) if card.told else "")
        side.query_one(Page).fill(candidate_page(card, self.project.rounds.domain_names()))
        side.scroll_home(animate=False)

    def other_side(self) -> None:
        """To the story beside it."""
        list(self.query(Side))[1 - self._here].focus()

    def turn(self, step: int) -> None:
        """The next one here, passing over the one beside it where there are more than two."""
        here, count = self._here, len(self._cards)
        if not count:
            return
        self._at[here] = (self._at[here] + step) % count
        if count > 2 and self._at[here] == self._at[1 - here]:
            self._at[here] = (self._at[here] + step) % count
        self._show(here)

    def pick(self) -> None:
        """Choose which one stands here."""
        here = self._here
        answers = [
            (str(at), f"{each.key}  {each.told.title if each.told else ''}") for at, each in enumerate(self._cards)
        ]

        def chosen(answer: str) -> None:
            self._at[here] = int(answer)
            self._show(here)

        choose(self, t("Which story?"), answers, chosen)
