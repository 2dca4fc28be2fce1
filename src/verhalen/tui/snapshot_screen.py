"""Take a snapshot: one domain at a time, each question with its last value. Every answer is stored at once."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.api.snapshot_forms import Form
from verhalen.i18n import mark, t
from verhalen.model.following import SignalPlace
from verhalen.scores.answering import has_two_digits, in_bulk, may_be_na, next_open, value_at_digit
from verhalen.scores.registering import Block, Question, Sheet
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.snapshot import SNAPSHOT
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.signal_noting import note_signal
from verhalen.tui.snapshot_acts import SnapshotActs
from verhalen.tui.snapshot_words import about_sheet, answer_panel, block_heading, block_title, question_line

_AROUND = 6
"""Lines of heading, of the two lines below it, of the rule and of the key bar."""
_PANEL = 8
"""Lines that the answers of a question have at least."""
_DOMAINS, _DOMAINS_IN_FULL = 36, 50
"""Cells of the list of domains, where there is room for it, and where no name need be cut."""
_WIDE, _BROAD = 110, 150
RENEWED = mark("The questionnaire was renewed meanwhile: you see its new words. What you answered stands.")
GONE = mark("Nothing is left to ask here: the family or the questionnaire was changed in another window.")


class QuestionList(OptionList, can_focus=False, inherit_bindings=False):
    """The questions of one domain. The keys are the screen's; a click goes to a question."""


class DomainList(OptionList, can_focus=False, inherit_bindings=False):
    """All domains, and how far each is. A click goes there."""


class SnapshotScreen(CommandScreen[None]):
    """One snapshot."""

    COMMAND_CLASSES = SNAPSHOT
    UNDOES_PROJECT = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide"), (_BROAD, "-broad")]  # noqa: RUF012 - Textual declares it without ClassVar
    HELP_TITLE: ClassVar[str] = mark("Snapshot")
    HELP_TEXT: ClassVar[str] = mark(
        "Each question shows what was said last time. Enter: it is still so. A digit: it is this now. When you read a whole "
        "domain and all of it is still so, one key confirms it. Not everything needs an answer: what you leave open goes on "
        "as it was. Every answer is stored at once; you can stop and go on later."
    )
    DEFAULT_CSS = """
    SnapshotScreen #about { height: 1; padding: 0 2; color: $text-muted; }
    SnapshotScreen #block { height: 1; padding: 0 2; text-style: bold; color: $text-primary; }
    SnapshotScreen #questions { height: auto; border-bottom: solid $border-blurred; }
    SnapshotScreen #panel { height: 1fr; padding: 0 2; }
    SnapshotScreen #answers { height: auto; link-color: $foreground; link-style: none; link-background: transparent;
        link-color-hover: $block-cursor-foreground; link-background-hover: $block-cursor-background;
        link-style-hover: none; }
    SnapshotScreen #domains { width: 36; height: 1fr; border-right: solid $border-blurred; }
    SnapshotScreen.-narrow #domains { display: none; }
    SnapshotScreen.-broad #domains { width: 50; }
    SnapshotScreen #middle { width: 1fr; height: 1fr; }
    """

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form
        self.sheet: Sheet | None = None
        """None where the family or its questions are gone."""
        self.at = 0
        """Which question, counted from 0."""
        self.acts = SnapshotActs(self)
        self._label = form.family
        self._seen: int | None = None
        """Data version of what was read."""
        self._fits = False
        self._painted: tuple[object, ...] | None = None
        """The domain that stood on the screen as a whole."""

    def body(self) -> ComposeResult:
        """Domains on the left where there is room; questions, and below them the answers of one."""
        yield Static(id="about", markup=False)
        with Horizontal():
            yield DomainList(id="domains", markup=False)
            with Vertical(id="middle"):
                yield Static(id="block", markup=False)
                yield QuestionList(id="questions", markup=False)
                with VerticalScroll(id="panel", can_focus=False):
                    yield Static(id="answers")

    def on_mount(self) -> None:
        """Begin at the first question without an answer."""
        self._label = t("Family {key}", key=self.project.privacy.family_label(self.form.family))
        if self._read() and self.sheet is not None:
            first = next((at for at, each in enumerate(self.sheet.questions) if each.answer is None), 0)
            self.go_to(first)

    # -- reading -------------------------------------------------------------------------------------------------------

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Show what is stored now, once nothing of ours waits any more; the cursor stays on its question."""
        if self.frame.unstored or not self.is_attached or self._seen == self.project.data_version():
            return
        before, place = self.sheet, self.here.place if self.here else None
        if not self._read() or self.sheet is None or self.sheet == before:
            return
        if before is not None and before.instrument.version != self.sheet.instrument.version:
            self.frame.say(t(RENEWED))
        places = [each.place for each in self.sheet.questions]
        self.go_to(places.index(place) if place in places else min(self.at, len(places) - 1))

    def read_again(self) -> None:
        """Show what is stored, whatever is on the screen: something could not be stored."""
        self._seen = None
        self.reload()

    def _read(self) -> bool:
        """Read the sheet; where there is none any more, say so and go back."""
        self._seen = self.project.data_version()
        try:
            self.sheet = self.project.snapshots.open(self.form)
        except errors.VerhalenError as error:
            self._leave(str(error))
            return False
        if not self.sheet.questions:
            self._leave(t(GONE))
            return False
        return True

    def _leave(self, sentence: str) -> None:
        self.sheet = None
        self.frame.say(sentence, severity="warning")
        if self.is_current:
            self.call_later(self.frame.go_back)

    # -- where we are --------------------------------------------------------------------------------------------------

    @property
    def here(self) -> Question | None:
        """The question of the cursor."""
        return self.sheet.questions[self.at] if self.sheet is not None else None

    @property
    def block(self) -> Block | None:
        """Its domain."""
        if self.sheet is None:
            return None
        return next(each for each in self.sheet.blocks if self.here in each.questions)

    @property
    def is_unfinished(self) -> bool:
        """Whether something was stored for it since it was finished last, if ever."""
        return any(each.form == self.form for each in self.project.snapshots.unfinished(self.form.family))

    @property
    def is_painted(self) -> bool:
        """Whether the domain of the cursor stood on the screen already: nobody can have read it before."""
        return self.block is not None and self._painted == _name(self.block)

    @property
    def may_confirm_domain(self) -> bool:
        """Whether the whole domain stood on the screen with its last values, and something in it is still to confirm."""
        block = self.block
        return block is not None and self._fits and self.is_painted and bool(in_bulk(block))

    @property
    def may_be_na(self) -> bool:
        """Whether the question offers 'not applicable'."""
        return self.here is not None and may_be_na(self.here)

    def has_digit(self, digit: str) -> bool:
        """Whether a digit answers here."""
        if self.sheet is None:
            return False
        instrument = self.sheet.instrument
        return has_two_digits(instrument) or value_at_digit(instrument, digit) is not None

    @property
    def may_note_signal(self) -> bool:
        """There must be a question."""
        return self.here is not None

    def note_signal(self) -> None:
        """What the question of the cursor is about meets a barrier that no family lifts alone."""
        family, here = self.form.family, self.here
        try:
            place = self.project.signals.place(f"{family}@{self.form.day.isoformat()}")
        except errors.BadInput:  # nothing is answered yet
            place = SignalPlace(family=family)
        note_signal(self, [place], where=self._label, domain=here.item.domain if here else "")

    # -- moving --------------------------------------------------------------------------------------------------------

    def go_to(self, at: int) -> None:
        """To a question."""
        self.at = at
        self.show()
        self.query_one("#panel").scroll_home(animate=False)

    def go(self, step: int) -> None:
        """Questions up or down, over the borders of domains."""
        if self.sheet is not None:
            self.go_to(min(max(self.at + step, 0), len(self.sheet.questions) - 1))

    def go_block(self, step: int) -> None:
        """Domains up or down, to their first question without an answer."""
        if self.sheet is None or self.block is None:
            return
        blocks = self.sheet.blocks
        self._enter(min(max(blocks.index(self.block) + step, 0), len(blocks) - 1))

    def _enter(self, number: int) -> None:
        if self.sheet is not None:
            blocks = self.sheet.blocks
            start = sum(len(each.questions) for each in blocks[:number])
            waiting = [place for place, each in enumerate(blocks[number].questions) if each.answer is None]
            self.go_to(start + (waiting[0] if waiting else 0))

    def go_on(self) -> bool:
        """To the next question without an answer; False where all have one."""
        found = next_open(self.sheet.questions, self.at) if self.sheet is not None else None
        if found is not None:
            self.go_to(found)
        else:
            self.show()
        return found is not None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on a question or on a domain."""
        event.stop()
        if isinstance(event.option_list, DomainList):
            self._enter(event.option_index)
        elif self.sheet is not None and self.block is not None:
            before = self.sheet.blocks[: self.sheet.blocks.index(self.block)]
            self.go_to(sum(len(each.questions) for each in before) + event.option_index)

    def action_answer(self, value: int) -> None:
        """A click on an answer."""
        self.acts.give_value(value)

    # -- showing -------------------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Another size, other lines."""
        self.show()

    def show(self) -> None:
        """Paint the domain and the answers of the question."""
        sheet, block, here = self.sheet, self.block, self.here
        if sheet is None or block is None or here is None or not self.is_attached:
            return
        self.query_one("#about", Static).update(
            about_sheet(sheet, self._label, width=self.app.size.width - 4), layout=False
        )
        self.query_one("#block", Static).update(block_heading(block, sheet), layout=False)
        width = self.app.size.width - self._domains_width - 5
        self._show_questions(sheet, block, here, width)
        self.query_one("#answers", Static).update(answer_panel(here, sheet, width=width))
        self._show_domains(sheet, block)
        self.refresh_bindings()
        name = _name(block)
        if self._painted != name:
            self._painted = None
            self.call_after_refresh(self._have_painted, name)

    def _have_painted(self, name: tuple[object, ...]) -> None:
        if self.block is not None and _name(self.block) == name:
            self._painted = name
            self.refresh_bindings()

    @property
    def _domains_width(self) -> int:
        """Cells of the list of domains; 0 where there is none."""
        if self.app.size.width < _WIDE:
            return 0
        return _DOMAINS_IN_FULL if self.app.size.width >= _BROAD else _DOMAINS

    def _show_questions(self, sheet: Sheet, block: Block, here: Question, width: int) -> None:
        room = max(3, self.app.size.height - _AROUND - _PANEL)
        count = len(block.questions)
        lines = 2 if count * 2 <= room else 1
        self._fits = count * lines <= room
        questions = self.query_one(QuestionList)
        questions.styles.height = min(count * lines, room) + 1  # the rule below
        options = [
            Option(question_line(each, sheet, width=width, lines=lines, here=each is here)) for each in block.questions
        ]
        questions.clear_options().add_options(options)
        questions.highlighted = block.questions.index(here)

    def _show_domains(self, sheet: Sheet, block: Block) -> None:
        if not self._domains_width:
            return
        domains = self.query_one(DomainList)
        domains.clear_options().add_options([Option(_far(each, self._domains_width - 5)) for each in sheet.blocks])
        domains.highlighted = sheet.blocks.index(block)


def _name(block: Block) -> tuple[object, ...]:
    return (block.person, block.section)


def _far(block: Block, width: int) -> Content:
    done = sum(each.answer is not None for each in block.questions)
    total = len(block.questions)
    words = f"{'✓' if done == total else ' '} {done}/{total}  {block_title(block)}"
    return Content(words).truncate(width, ellipsis=True)
