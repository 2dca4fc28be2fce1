"""Proposals for one code: each is shown, accepted or not, and all that were accepted are stored in one change."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.api.codings import Applied, Extent, Proposal
from verhalen.i18n import mark, t, tn
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.find import PROPOSALS
from verhalen.tui.found import BOX
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.tick_list import TickList

_AROUND = 40
"""Characters on both sides, on the same line of the text."""
_MARGIN = 9
"""Cells beside a line of the list: its indent, the edges, the scroll bar."""
_LONGEST = 600
"""Characters of one proposal that the list shows; what lies between is left out."""


class Proposed(Message):
    """Proposals were worked out; sent from a thread."""

    def __init__(self, extent: Extent, answer: list[Proposal] | errors.VerhalenError) -> None:
        super().__init__()
        self.extent = extent
        self.answer = answer


class ProposalsScreen(CommandScreen[bool]):
    """Gives True when something was stored."""

    COMMAND_CLASSES = PROPOSALS
    HELP_TITLE: ClassVar[str] = mark("Look at the proposals")
    HELP_TEXT: ClassVar[str] = mark(
        "Each piece of text here gets the code, if its box has a cross. Space takes the cross away or puts it back. With e "
        "you choose how much gets the code: the words found, the sentence, or the turn. Then b stores all of them at "
        "once; ctrl+z takes all of them back at once."
    )
    DEFAULT_CSS = """
    ProposalsScreen #said { height: auto; max-height: 3; padding: 0 1; background: $panel; }
    ProposalsScreen OptionList { height: 1fr; }
    ProposalsScreen OptionList > .option-list--option { padding: 0 1 1 1; }
    """

    def __init__(self, places: list[tuple[int, int, int]], *, code: str) -> None:
        super().__init__()
        self.code = code
        self.extent = Extent.WORDS
        self.proposals: list[Proposal] = []
        self._places = places
        self._refused: set[tuple[int, int, int]] = set()
        self._storing = False

    def body(self) -> ComposeResult:
        """One line, and the list."""
        yield Static(id="said", markup=False)
        yield TickList()

    def on_mount(self) -> None:
        """Work them out."""
        self.query_one(OptionList).focus()
        self._work_out()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Something was stored: what is coded already, and where texts stand, may be otherwise."""
        if not self._storing:
            self._work_out()

    def next_extent(self) -> None:
        """Words, sentence, turn."""
        extents = list(Extent)
        self.extent = extents[(extents.index(self.extent) + 1) % len(extents)]
        self._refused.clear()
        self._work_out()

    def _work_out(self) -> None:
        """In the background: finding sentences takes a while in long texts."""
        project, places, code, extent = self.project, self._places, self.code, self.extent
        self.query_one("#said", Static).update(t("Looking up {extent}…", extent=t(extent.label)))

        def work() -> None:
            answer: list[Proposal] | errors.VerhalenError
            try:
                with project.sibling() as own:
                    answer = own.codings.propose(places, code=code, extent=extent)
            except errors.VerhalenError as error:
                answer = error.let_go()
            self.post_message(Proposed(extent, answer))

        self.run_worker(work, thread=True, exclusive=True, group="propose")

    def on_proposed(self, message: Proposed) -> None:
        """Show them."""
        if isinstance(message.answer, errors.VerhalenError):
            self.query_one("#said", Static).update(str(message.answer))
        elif message.extent is self.extent:
            self.proposals = message.answer
            self._fill()

    def _fill(self) -> None:
        options = self.query_one(OptionList)
        place = options.highlighted
        options.clear_options().add_options(Option(self._line(each)) for each in self.proposals)
        if self.proposals:
            options.highlighted = min(place or 0, len(self.proposals) - 1)
        self._say()
        self.refresh_bindings()

    def _say(self) -> None:
        count = len(self._accepted)
        said = tn("{n} fragment gets {code}", "{n} fragments get {code}", count, code=self.code)
        self.query_one("#said", Static).update(f"{said} · {t(self.extent.label)}")

    def _line(self, each: Proposal) -> Content:
        where = f"{each.source_number} · {each.source_title}"
        there = t("has this code already") if each.existed else ""
        box = "    " if each.existed else BOX[_key(each) not in self._refused]
        head = Content(" · ".join(part for part in (box + where, there) if part)).stylize("$text-muted")
        before, after = each.before.rpartition("\n")[2][-_AROUND:], each.after.partition("\n")[0][:_AROUND]
        words = Content(_short(" ".join(each.text.split()))).stylize("bold underline")
        told = Content.assemble(f"…{before}", words, f"{after}…")
        wrapped = told.wrap(max(20, self.size.width - _MARGIN))
        return Content.assemble(head, *(part for line in wrapped for part in ("\n    ", line)))

    @property
    def _accepted(self) -> list[Proposal]:
        return [each for each in self.proposals if not each.existed and _key(each) not in self._refused]

    @property
    def can_store(self) -> bool:
        """Whether anything is left that gets the code."""
        return bool(self._accepted) and not self._storing

    def on_resize(self) -> None:
        """Another width, other lines."""
        if self.proposals:
            self._fill()

    # -- deciding ------------------------------------------------------------------------------------------------------

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter and a click do as the space bar."""
        event.stop()
        self.tick()

    def on_tick_list_box_clicked(self) -> None:
        """The mouse on a box."""
        self.tick()

    def tick(self) -> None:
        """Accept the proposal of the cursor or not, and go on."""
        options = self.query_one(OptionList)
        if options.highlighted is None or not self.proposals:
            return
        self._refused ^= {_key(self.proposals[options.highlighted])}
        options.replace_option_prompt_at_index(options.highlighted, self._line(self.proposals[options.highlighted]))
        if options.highlighted < len(self.proposals) - 1:
            options.action_cursor_down()
        self._say()

    def tick_all(self) -> None:
        """All, or none where all are accepted."""
        everything = {_key(each) for each in self.proposals}
        self._refused = set() if self._refused else everything
        self._fill()

    def store(self) -> None:
        """All that were accepted, in one change."""
        accepted, code = self._accepted, self.code
        self._storing = True
        self.write(lambda project: project.codings.autocode(accepted, code=code), self._stored, self._not_stored)

    def _stored(self, applied: list[Applied]) -> None:
        made = sum(not each.existed for each in applied)
        self.frame.say(
            tn(
                "{n} fragment got {code}. ctrl+z takes it back.",
                "{n} fragments got {code}. ctrl+z takes them back.",
                made,
                code=self.code,
            )
        )
        if self.is_current:  # a full disk can make somebody leave before it is stored
            self.dismiss(result=True)

    def _not_stored(self, error: errors.VerhalenError) -> None:
        """A text was corrected meanwhile, for instance: look again."""
        self._storing = False
        self.frame.say_error(error)
        self._work_out()


def _key(each: Proposal) -> tuple[int, int, int]:
    return each.source_id, each.start, each.stop


def _short(text: str) -> str:
    """Whole where it fits; of a very long turn the beginning and the end."""
    if len(text) <= _LONGEST:
        return text
    return f"{text[: _LONGEST // 2]} […] {text[-_LONGEST // 2 :]}"
