"""Texts at a second coder, and texts that two coders coded, each with how far it is."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.api.project import Project
from verhalen.i18n import mark, t, tn
from verhalen.model.second_coder import Drawn, Progress, Task
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.second import SECOND
from verhalen.tui.dialogs import yes_or_no
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.one_reading import OneReading
from verhalen.tui.second_giving import GiveWindow, ask_draw
from verhalen.tui.second_reading import Asked, Counts, SharedText, count, read_places, shared_texts
from verhalen.tui.second_words import blind_words, why_not
from verhalen.tui.words import day_text


@dataclass(frozen=True, slots=True)
class Overview:
    """What the screen shows, read beside it."""

    tasks: tuple[Progress, ...] = ()
    shared: tuple[SharedText, ...] = ()
    counts: tuple[Counts, ...] = ()
    """Per shared text."""
    blind: bool = False
    """Whether the coder at work has a text open."""
    why_not: errors.BadInput | None = None
    """Why nothing is compared, where something stands in the way."""


def read_overview(project: Project) -> Overview:
    """Tasks, shared texts, and how far each is."""
    second = project.second_coding
    tasks, blind = tuple(second.tasks()), second.is_blind()
    try:
        if blind:
            return Overview(tasks, blind=True)
        shared = tuple(shared_texts(project))
        places = [read_places(project, Asked(sources=(each.id,)))[1] for each in shared]
    except errors.BadInput as error:
        return Overview(tasks, why_not=error)
    return Overview(tasks, shared, tuple(count([each.judgement.state for each in found]) for found in places))


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    """Empty for a heading."""
    line: Content
    progress: Progress | None = None
    text: SharedText | None = None


class SecondScreen(CommandScreen[None]):
    """Both lists in one; Enter compares."""

    COMMAND_CLASSES = SECOND
    HELP_TITLE: ClassVar[str] = mark("Second coder")
    HELP_TEXT: ClassVar[str] = mark(
        "Let a colleague code some texts too, without seeing your codes: choose them yourself, or draw 10 to 25 percent at "
        "random. Your colleague opens the same project, here or on another computer, under his or her own name. When the "
        "text is done, take it back: then you see both codings beside each other and settle where you differ. As long as "
        "somebody has a text open, he or she sees no codes of others anywhere in the program."
    )
    DEFAULT_CSS = """
    SecondScreen #about { padding: 0 1; height: auto; max-height: 4; background: $panel; }
    SecondScreen OptionList { height: 1fr; padding: 0; }
    SecondScreen #status { height: auto; max-height: 3; padding: 0 1; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.found = Overview()
        self._rows: list[_Row] = []
        self._is_read = False
        self._reading = OneReading(self, self._read)
        self._wanted: tuple[str, ...] = ()
        """The rows to go to, the first that is there."""

    def body(self) -> ComposeResult:
        """What it is about, the lists, a line for what was done."""
        yield Static(t("Reading…"), id="about", markup=False)
        yield OptionList()
        yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """Read."""
        self.query_one(OptionList).focus()
        self.reload()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read again, beside the screen."""
        self._reading.ask()

    async def _read(self) -> None:
        def read() -> Overview:
            with self.project.sibling() as own:
                return read_overview(own)

        try:
            self.found = await asyncio.to_thread(read)
        except errors.VerhalenError as error:
            self.frame.say_error(error)
            return
        self._is_read = True
        self._fill()

    # -- showing -------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        before = self._wanted or ((self.row.key,) if self.row else ())
        self._rows = list(_rows(self.found))
        lines = self.query_one(OptionList)
        lines.clear_options().add_options([Option(each.line, disabled=not each.key) for each in self._rows])
        keys = [each.key for each in self._rows]
        first = next((at for at, key in enumerate(keys) if key), None)
        lines.highlighted = next((keys.index(each) for each in before if each in keys), first)
        self._wanted = ()
        self.query_one("#about", Static).update(self._about())
        self.refresh_bindings()

    def _about(self) -> str:
        found = self.found
        if found.blind:
            mine = [each for each in found.tasks if each.task.back is None and self._is_me(each.task)]
            return blind_words(len(mine))
        if found.why_not is not None:
            return why_not(self, found.why_not)
        if not self._rows:
            keys = [self.key_text(self.commands[each]) for each in ("give-texts", "draw-texts")]
            return t(
                "Nobody codes along yet. {give} gives a colleague texts that you choose; {draw} draws some at random.",
                give=keys[0],
                draw=keys[1],
            )
        there = sum(each.task.back is None for each in found.tasks)
        at = tn("{n} text at a second coder", "{n} texts at a second coder", there)
        total = Counts(*(sum(getattr(each, part) for each in found.counts) for part in _PARTS))
        return f"{at} · {total}" if found.shared else at

    def tell(self, sentence: str) -> None:
        """Say something at the bottom."""
        self.query_one("#status", Static).update(sentence)

    def hear(self, sentence: str) -> None:
        """What was undone stands at the bottom."""
        self.tell(sentence)

    # -- the line of the cursor ----------------------------------------------------------------------------------------

    @property
    def row(self) -> _Row | None:
        """The line of the cursor."""
        at = self.query_one(OptionList).highlighted if self.is_attached and self._is_read else None
        return self._rows[at] if at is not None and at < len(self._rows) else None

    @property
    def given(self) -> Task | None:
        """The task on the line of the cursor."""
        return self.row.progress.task if self.row and self.row.progress else None

    @property
    def shared(self) -> tuple[SharedText, ...]:
        """Texts that two coders coded."""
        return self.found.shared

    @property
    def _text(self) -> SharedText | None:
        """The text on the line of the cursor, where two coded it."""
        row = self.row
        if row is None or row.text is not None or row.progress is None:
            return row.text if row else None
        source = row.progress.task.source_id
        return next((each for each in self.shared if each.id == source), None)

    @property
    def can_compare(self) -> bool:
        """Whether two coders coded the text on this line."""
        return self._text is not None

    def on_option_list_option_highlighted(self) -> None:
        """Another line, other keys."""
        self.refresh_bindings()

    def on_option_list_option_selected(self) -> None:
        """Enter or a click compares, or says why it cannot be."""
        if self.can_code:
            self.code()
        elif self.can_compare:
            self.compare()
        elif self.found.blind:
            self.tell(t("Not while you code blind: first your texts are taken back."))
        else:
            self.tell(t("There is nothing to compare yet: only one person coded this text."))

    @property
    def can_code(self) -> bool:
        """Whether the text on this line waits for the coder at work."""
        return self.given is not None and self.given.back is None and self._is_me(self.given)

    # -- acts ----------------------------------------------------------------------------------------------------------

    def code(self) -> None:
        """Open the text."""
        row = self.row
        if row is not None and row.progress is not None:
            self.frame.open_coding(row.progress.number)

    def compare(self) -> None:
        """One text."""
        if self._text is not None:
            self.frame.open_differences(Asked(sources=(self._text.id,)))

    def compare_all(self) -> None:
        """All of them."""
        self.frame.open_differences(Asked())

    def see_agreement(self) -> None:
        """Figures of all these texts."""
        self.frame.open_agreement(Asked())

    def give(self) -> None:
        """Ask whom and which texts."""
        self.app.push_screen(GiveWindow(self.found.tasks), self._given)

    def _given(self, tasks: list[Task] | None) -> None:
        if tasks:
            self._wanted = (_task_key(tasks[0]),)
            who = tasks[0].coder
            self.tell(
                tn(
                    "{who} has {n} text more to code. Let {who} open the project under exactly this name.",
                    "{who} has {n} texts more to code. Let {who} open the project under exactly this name.",
                    len(tasks),
                    who=who,
                )
            )
            self.reload()

    def draw(self) -> None:
        """Ask whom and how many, then draw."""
        ask_draw(self, self._drawn)

    def _drawn(self, drawn: Drawn) -> None:
        told = tn(
            "Drawn: {n} of {among} texts, number of the draw {seed}.",
            "Drawn: {n} of {among} texts, number of the draw {seed}.",
            len(drawn.tasks),
            among=drawn.among,
            seed=drawn.seed,
        )
        unusual = t("Usual is 10 to 25 percent.")
        self.tell(f"{told} {unusual}" if drawn.unusual else told)
        if drawn.tasks:
            self._wanted = (_task_key(drawn.tasks[0]),)
        self.reload()

    def take_back(self) -> None:
        """The second coder is done with it."""
        task = self.given
        if task is not None:
            question = t("Are you done with this text? From then on you see the codes of others in it.")
            self._if_sure(task, question, t("Yes, I am done"), self._take_back)

    def _take_back(self, task: Task) -> None:
        self._wanted = (f"text-{task.source_id}", _task_key(task))
        told = t("Taken back. {key} undoes it.", key=self._undo)
        self.write(lambda project: project.second_coding.take_back(tasks=[task.id]), lambda _: self._changed(told))

    def drop(self) -> None:
        """As if it had never been given."""
        task = self.given
        if task is not None:
            question = t("Shall you not code this text after all? From then on you see the codes of others in it.")
            self._if_sure(task, question, t("Yes, take it away"), self._drop)

    def _drop(self, task: Task) -> None:
        told = t("The task is gone; what was coded stays. {key} brings it back.", key=self._undo)
        self.write(lambda project: project.second_coding.drop([task.id]), lambda _: self._changed(told))

    def _if_sure(self, task: Task, question: str, yes: str, act: Callable[[Task], None]) -> None:
        """Ask where one thereby opens one's own eyes: nobody unsees codes."""
        if task.back is None and self._is_me(task):
            self.app.push_screen(yes_or_no(question, yes=yes), lambda answer: act(task) if answer == "yes" else None)
        else:
            act(task)

    def _is_me(self, task: Task) -> bool:
        """By name, as the core compares: who gives a text types a name."""
        one, other = (" ".join(name.split()).casefold() for name in (task.coder, self.project.coder))
        return one == other

    @property
    def _undo(self) -> str:
        return self.key_text(self.commands["undo"])

    def _changed(self, told: str) -> None:
        self.tell(told)
        self.reload()


_PARTS = ("places", "discussed", "settled")


def _task_key(task: Task) -> str:
    return f"task-{task.id}"


def _rows(found: Overview) -> Iterator[_Row]:
    there = [each for each in found.tasks if each.task.back is None]
    if there:
        yield _Row("", _heading(t("At a second coder")))
    for each in there:
        yield _Row(_task_key(each.task), _task_line(each), each)
    shown = {each.id for each in found.shared}
    if shown:
        yield _Row("", _heading(t("Coded by two coders")))
    back = {each.task.source_id: each for each in found.tasks if each.task.back is not None}
    for text, counts in zip(found.shared, found.counts, strict=True):
        yield _Row(f"text-{text.id}", _text_line(text, counts, back.get(text.id)), back.get(text.id), text)
    rest = [each for each in found.tasks if each.task.back is not None and each.task.source_id not in shown]
    if rest:
        yield _Row("", _heading(t("Taken back")))
    for each in rest:
        yield _Row(_task_key(each.task), _task_line(each), each)


def _heading(words: str) -> Content:
    return Content(words).stylize("bold")


def _two_lines(first: str, second: str) -> Content:
    return Content.assemble("  ", Content(first).stylize("bold"), "\n    ", second)


def _task_line(each: Progress) -> Content:
    task = each.task
    parts = [tn("{coded} of {n} turn has a code", "{coded} of {n} turns have a code", each.turns, coded=each.coded)]
    parts.append(_since(task))
    head = [f"{each.number} · {each.title} → {task.coder}", *_drawn(task)]
    return _two_lines(" · ".join(head), " · ".join(parts))


def _drawn(task: Task) -> list[str]:
    """By which draw, where there was one."""
    return [] if task.seed is None else [t("drawn {drawn}, number {seed}", drawn=task.drawn, seed=task.seed)]


def _since(task: Task) -> str:
    """When it was given and taken back."""
    parts = [t("given on {day}", day=_day(task.given))]
    if task.back is not None:
        parts.append(t("taken back on {day}", day=_day(task.back)))
    return " · ".join(parts)


def _day(iso: str) -> str:
    return day_text(dt.date.fromisoformat(iso))


def _text_line(text: SharedText, counts: Counts, back: Progress | None) -> Content:
    who = ", ".join(each.name for each in text.coders)
    many = tn("{n} difference", "{n} differences", counts.places)
    parts = [many, str(counts)] if counts.places else [t("no differences")]
    parts += _drawn(back.task) if back is not None else []
    if text.concluded:
        parts.append(t("the consensus counts"))
    return _two_lines(f"{text.name} · {who}", " · ".join(parts))
