"""Who speaks? The speakers of one text on the left, the turns of one of them on the right."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.api.speakers import Voice
from verhalen.i18n import mark, t
from verhalen.model.text import Span, Turn
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.speakers import SPEAKERS
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.speakers_acts import SpeakerActs
from verhalen.tui.speakers_lines import link_text, name_text, turn_line, turns_text, voice_line
from verhalen.tui.speakers_talk import Talk

WIDE = 120
"""From so many columns on the list of speakers gets more room."""
FIRST = 100
"""Turns that are listed at once, so that the arrows stay quick; Enter on the last line lists the others."""


class SpeakersScreen(CommandScreen[Span | None]):
    """Speakers and turns. Gives the turn that is wanted in the text, or None."""

    COMMAND_CLASSES = SPEAKERS
    HELP_TITLE: ClassVar[str] = mark("Who speaks?")
    HELP_TEXT: ClassVar[str] = mark(
        "On the left stands who speaks in this text, with a bar for the part of all words. On the right you read how each "
        "turn of that speaker begins. Say who a speaker is, take two names of one person together, or undo a name that "
        "was none. The text and its codes stay as they are; ctrl+z takes back what you did. Enter goes to the right, "
        "and from there to the turn in the text."
    )
    DEFAULT_CSS = """
    SpeakersScreen #left { width: 48; height: 1fr; border-right: solid $border-blurred; }
    SpeakersScreen.-wide #left { width: 64; }
    SpeakersScreen #voices { height: 1fr; padding: 0; }
    SpeakersScreen #right { width: 1fr; height: 1fr; }
    SpeakersScreen #whose { height: auto; padding: 0 1; margin-bottom: 1; text-style: bold; color: $text-primary; }
    SpeakersScreen #turns { height: 1fr; padding: 0; }
    """

    def __init__(self, talk: Talk) -> None:
        super().__init__()
        self.talk = talk
        self.chosen: str | None = None
        """Name of the speaker on the left; None for the turns of nobody in particular, or when there is nobody."""
        self.acts = SpeakerActs(self)
        self._voices: list[Voice] = []
        self._alike: dict[str, str] = {}
        self._text = ""
        self._turns: tuple[Turn, ...] = ()
        self._shown: list[Turn] = []
        """The turns on the right."""
        self._place = 0
        self._most = FIRST

    def body(self) -> ComposeResult:
        """List and turns."""
        with Horizontal():
            with Vertical(id="left"):
                yield OptionList(id="voices", markup=False)
            with Vertical(id="right"):
                yield Static(id="whose", markup=False)
                yield OptionList(id="turns", markup=False)

    def on_mount(self) -> None:
        """Fill it when all parts have their size."""
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        self.reload()
        self._list.focus()

    def on_resize(self) -> None:
        """Another width, other bars and lines."""
        self.set_class(self.size.width >= WIDE, "-wide")
        if self._text:
            self.call_after_refresh(self._fill)

    # -- what there is -----------------------------------------------------------------------------------------------

    @property
    def _list(self) -> OptionList:
        return self.query_one("#voices", OptionList)

    @property
    def names(self) -> list[str]:
        """Everybody who speaks under a name."""
        return [each.name for each in self._voices if each.name is not None]

    @property
    def voice(self) -> Voice | None:
        """The speaker on the left."""
        return self._voices[self._place] if self._place < len(self._voices) else None

    @property
    def turn(self) -> Turn | None:
        """The turn of the cursor, while the cursor is on the right."""
        # The key bar asks before there is a list.
        turns = next(iter(self.query("#turns").results(OptionList)), None)
        if turns is None or not turns.has_focus or turns.highlighted is None:
            return None
        return self._shown[turns.highlighted] if turns.highlighted < len(self._shown) else None

    def maybe(self, name: str | None) -> str | None:
        """Another name that may be the same person."""
        return self._alike.get(name or "")

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read speakers and turns again; the cursor stays with the speaker, or else at the place."""
        try:
            told = self.talk.read(self)
        except errors.UnknownSource as error:
            self.frame.say_error(error)
            self.dismiss(None)
            return
        self._text, self._turns = told.text, told.turns
        self._voices = told.voices
        self._alike = dict(told.alike)
        self.title = f"{t(self.HELP_TITLE)}  {told.title}"
        self._fill()

    # -- showing -----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        names = [each.name for each in self._voices]
        if self.chosen is not None and self.chosen in names:
            self._place = names.index(self.chosen)
        self._place = max(0, min(self._place, len(names) - 1))
        bar = 20 if self.has_class("-wide") else 8
        options = [Option(voice_line(each, maybe=self.maybe(each.name), bar=bar)) for each in self._voices]
        nobody = Option(t("Nobody speaks here under a name."), disabled=True)
        self._list.clear_options().add_options(options or [nobody])
        if options:
            self._list.highlighted = self._place
        self._show()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another speaker, or another turn."""
        if event.option_list is self._list and event.option_index != self._place:
            self._place = event.option_index
            self._most = FIRST
            self._show()
        self.refresh_bindings()

    def _show(self) -> None:
        """The turns of the speaker on the left."""
        voice = self.voice
        self.chosen = voice.name if voice else None
        turns = self.query_one("#turns", OptionList)
        kept = turns.highlighted or 0
        mine = [(number, each) for number, each in enumerate(self._turns, start=1) if each.speaker == self.chosen]
        self._shown = [turn for _, turn in mine[: self._most]] if voice else []
        room = max(60, 2 * (turns.size.width - 8) - 6)
        options = [Option(turn_line(self._text, turn, number=number, room=room)) for number, turn in mine[: self._most]]
        if len(mine) > self._most:
            options.append(Option(t("… and {n} more turns: Enter shows them", n=len(mine) - self._most)))
        turns.clear_options().add_options(options if voice else [])
        if self._shown and turns.has_focus:
            turns.highlighted = min(kept, len(self._shown) - 1)
        elif turns.has_focus:
            self._list.focus()
        self.query_one("#whose", Static).update(self._whose(voice))
        self.refresh_bindings()

    def _whose(self, voice: Voice | None) -> str:
        if voice is None:
            return ""
        parts = [name_text(voice.name), link_text(voice), turns_text(voice.turns)]
        head = " · ".join(part for part in parts if part)
        maybe = self.maybe(voice.name)
        if maybe is None:
            return head
        key = self.key_text(self.commands["merge-speakers"])
        return head + "\n" + t("Perhaps the same person as {name}: {key} takes them together.", name=maybe, key=key)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter goes to the right, and from there to the text."""
        if event.option_list is self._list:
            if self._shown:
                turns = self.query_one("#turns", OptionList)
                turns.focus()
                turns.highlighted = turns.highlighted or 0
        elif event.option_index >= len(self._shown):
            self._most = len(self._turns)
            self._show()
        else:
            self.read_in_text()

    def on_descendant_focus(self) -> None:
        """Other keys work on the other side."""
        self.refresh_bindings()

    def read_in_text(self) -> None:
        """Give the turn of the cursor."""
        turn = self.turn
        if turn is not None:
            self.dismiss(turn.span)
