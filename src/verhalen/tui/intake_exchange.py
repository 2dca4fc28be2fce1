"""A project of another program (.qdpx): what comes, how its places are counted and what cannot be kept; then take it in."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, ProgressBar, Static

from verhalen import errors
from verhalen.api.project import Project
from verhalen.exchange.refi_qda.discarded import listed
from verhalen.exchange.refi_qda.importing import score_line
from verhalen.exchange.refi_qda.looking import Looked, Way
from verhalen.exchange.refi_qda.offsets import Words
from verhalen.exchange.refi_qda.outcome import Imported, Stopped
from verhalen.exchange.refi_qda.words import told, way_in_words
from verhalen.i18n import mark, t, tn
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.intake_exchange import EXCHANGE
from verhalen.tui.dialogs import Choose, choose
from verhalen.tui.page import BAD, BLANK, HEADING, MUTED, Line, Page, heading
from verhalen.tui.paths import plain_name

_MODES = {
    "families": mark("Families and persons whose names are codes; the others stay outside"),
    "new": mark("All of them; those without a code get a fresh one, and their names stay outside"),
    "none": mark("None of them"),
}


class ChoosePlaces(Choose):
    """Ways to count, each with the words that it puts under a code."""

    DEFAULT_CSS = """
    ChoosePlaces > Vertical { width: 110; }
    ChoosePlaces OptionList { max-height: 26; }
    """


class Progressed(Message):
    """How far it is."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        self.done = done
        self.total = total


class ExchangeScreen(CommandScreen[None]):
    """One project file, before, while and after it is taken in."""

    COMMAND_CLASSES = EXCHANGE
    UNDOES_PROJECT: ClassVar[bool] = True
    HELP_TITLE: ClassVar[str] = mark("Work from another program")
    HELP_TEXT: ClassVar[str] = mark(
        "You see what would come from this file: texts, codes, codings, cases, coders and memos, and what cannot be kept. "
        "Programs count places in a text in different ways. Words and quotes tell which way it is; where they do not, you "
        "choose by looking at examples. Nothing is stored before you say so, and one undo takes all of it back. What was told "
        "at the end you can read again later, where files are chosen."
    )
    DEFAULT_CSS = """
    ExchangeScreen #now { height: auto; padding: 1 2 0 2; text-style: bold; }
    ExchangeScreen ProgressBar { padding: 0 2; height: 1; }
    ExchangeScreen #stop { margin: 1 2 0 2; }
    ExchangeScreen VerticalScroll { height: 1fr; padding: 1 2; }
    ExchangeScreen.idle #stop, ExchangeScreen.idle ProgressBar { display: none; }
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._stop = threading.Event()
        self.is_busy = True
        """Whether the file is being read or stored."""
        self.looked: Looked | None = None
        self.done: Imported | None = None
        self.model = ""
        """How places are counted, once that is known."""
        self.cases = "families"

    def body(self) -> ComposeResult:
        """What goes on, how far, a button, the page."""
        yield Static(id="now", markup=False)
        yield ProgressBar(show_eta=False)
        yield Button(t("Stop"), id="stop")
        with VerticalScroll():
            yield Page()

    def on_mount(self) -> None:
        """Look at the file."""
        self._busy(t("Reading {file}…", file=plain_name(self._path.name)))
        self.query_one(VerticalScroll).focus()
        self.run_worker(self._look(), group="exchange")

    # -- looking -------------------------------------------------------------------------------------------------------

    async def _look(self) -> None:
        try:
            self.looked = await asyncio.to_thread(self._look_beside)
        except Stopped:
            self.dismiss(None)
        except errors.VerhalenError as error:
            self._idle(plain_name(self._path.name), [Line(str(error), BAD)])
        else:
            self.model = self.looked.model
            self._show()

    def _look_beside(self) -> Looked:
        """On a thread with a door of its own."""
        with self.project.sibling() as own:
            return own.exchange.look(self._path, on_progress=self._progress)

    def _progress(self, done: int, total: int) -> None:
        """On another thread."""
        if self._stop.is_set():
            raise Stopped
        self.post_message(Progressed(done, total))

    def on_progressed(self, message: Progressed) -> None:
        """How far it is; of a file that is being read nobody knows."""
        total = message.total or None
        self.query_one(ProgressBar).update(total=total, progress=message.done if total else 0)

    def _show(self) -> None:
        found = self.looked
        if found is not None:
            title = plain_name(found.file) + (f" ({plain_name(found.origin)})" if found.origin else "")
            self._idle(title, list(_page(found, self.model, self.cases)))

    # -- acts ----------------------------------------------------------------------------------------------------------

    @property
    def may_take_in(self) -> bool:
        """Whether it was looked at and is not here yet."""
        return self.looked is not None and self.done is None and not self.is_busy

    @property
    def has_ways(self) -> bool:
        """Whether ways to count differ in this file."""
        return self.looked is not None and len(self.looked.ways) > 1

    @property
    def has_cases(self) -> bool:
        """Whether there are cases."""
        return self.looked is not None and bool(self.looked.coded_cases + self.looked.other_cases)

    def ask_way(self, then: Callable[[], None] | None = None) -> None:
        """Which way to count is right, with examples."""
        assert self.looked is not None

        def answered(model: str | None) -> None:
            if model is not None:
                self.model = model
                self._show()
                if then is not None:
                    then()

        answers = [(each.score.model, _way(each)) for each in self.looked.ways]
        question = t("Which words were meant? In each way stand the same codings. Choose the one with whole words.")
        self.app.push_screen(ChoosePlaces(question, answers), answered)

    def ask_cases(self) -> None:
        """What becomes of cases."""

        def answered(mode: str) -> None:
            self.cases = mode
            self._show()

        choose(self, t("What becomes of the cases?"), [(mode, t(words)) for mode, words in _MODES.items()], answered)

    def take_in(self) -> None:
        """Take it in."""
        if not self.model:
            self.ask_way(self._take_in)
        else:
            self._take_in()

    def _take_in(self) -> None:
        self._busy(t("Storing {file}…", file=plain_name(self._path.name)))
        # What figures said need not be said again: then the report says that they did.
        chosen = "" if self.looked is not None and self.model == self.looked.model else self.model
        path, cases, progress = self._path, self.cases, self._progress

        def act(project: Project) -> Imported | None:
            try:
                return project.exchange.import_file(path, offset_model=chosen, cases=cases, on_progress=progress)
            except Stopped:
                return None

        self.write(act, self._taken, self._refused)

    def _taken(self, done: Imported | None) -> None:
        if not self.is_attached:
            return
        if done is None:
            self._show()
            self.frame.say(t("Stopped. Nothing was stored."))
            return
        self.done = done
        first, *rest = told(done)
        lines = [Line(each.strip(), indent=len(each) - len(each.lstrip())) for each in rest]
        after = t("Names in these texts were not looked for yet: do that before you share anything.")
        undo = t("You can undo all of it in one step. This report stays: read it again where files are chosen.")
        self._idle(t("Done."), [Line(first, HEADING), *lines, BLANK, Line(after), Line(undo, MUTED)])

    def _refused(self, error: errors.VerhalenError) -> None:
        if self.is_attached:
            self._show()
        self.frame.say_error(error)

    def on_button_pressed(self) -> None:
        """The mouse way to stop."""
        self.stop_or_leave()

    def stop_or_leave(self) -> None:
        """Stop what runs; else back to the files."""
        if not self.is_busy:
            self.dismiss(None)
            return
        self._stop.set()
        self.query_one("#now", Static).update(t("Stopping…"))

    @property
    def at_stake(self) -> str:
        """What is being stored."""
        return t("This file is still being read. If you leave now, nothing of it is stored.") if self.is_busy else ""

    def on_unmount(self) -> None:
        """Who leaves wants no more of it."""
        self._stop.set()

    # -- the page ------------------------------------------------------------------------------------------------------

    def _busy(self, sentence: str) -> None:
        self.is_busy = True
        self._stop.clear()
        self.remove_class("idle")
        self.query_one("#now", Static).update(sentence)
        self.query_one(ProgressBar).update(total=None)
        self.refresh_bindings()

    def _idle(self, title: str, lines: list[Line]) -> None:
        self.is_busy = False
        self.add_class("idle")
        self.query_one("#now", Static).update(title)
        self.query_one(Page).fill(lines)
        self.query_one(VerticalScroll).focus()
        self.refresh_bindings()


def _page(found: Looked, model: str, cases: str) -> Iterator[Line]:
    """What would come, and what would not."""
    yield Line(t("This would come:"), HEADING)
    counts = [
        tn("{n} text", "{n} texts", found.texts),
        tn("{n} code", "{n} codes", found.codes),
        tn("{n} coding", "{n} codings", found.codings),
        tn("{n} memo", "{n} memos", found.memos),
    ]
    yield Line(", ".join(counts), indent=2)
    if found.known_texts:
        known = tn("{n} of the texts is here already.", "{n} of the texts are here already.", found.known_texts)
        yield Line(f"{known} {t('Codings that are not here yet are added to it.')}", indent=2)
    if found.coders:
        yield Line(t("Coders: {names}", names=", ".join(map(plain_name, found.coders))), indent=2)
    if found.has_sidecar:
        yield Line(
            tn("From the file beside it: {n} row more.", "From the file beside it: {n} rows more.", found.rows),
            indent=2,
        )
    yield from _cases(found, cases)
    yield from _places(found, model)
    lost = listed(found.lost(model or found.scores[0].model, cases))
    if lost:
        yield from heading(t("This cannot be kept, or not as it is:"))
        yield from (Line(f"{n:>6}  {t(words)}", indent=2) for _, n, words in lost)


def _cases(found: Looked, cases: str) -> Iterator[Line]:
    if not found.coded_cases + found.other_cases:
        return
    yield from heading(tn("{n} case", "{n} cases", found.coded_cases + found.other_cases))
    coded = tn("{n} of them has a code as its name", "{n} of them have a code as their name", found.coded_cases)
    other = tn("{n} has a name that may be somebody's", "{n} have a name that may be somebody's", found.other_cases)
    yield Line(f"{coded}; {other}.", indent=2)
    yield Line(t("What becomes of them: {what}.", what=t(_MODES[cases])), indent=2)


def _places(found: Looked, model: str) -> Iterator[Line]:
    if not found.codings or not found.scores[0].selections:
        return
    yield from heading(t("How this file counts places in its texts"))
    if not model:
        yield Line(t("This is not sure: you choose it when you take it in, by looking at examples (T)."), BAD, indent=2)
        for way in found.ways:
            yield Line(f"{way_in_words(way.score.model)}:", indent=2)
            yield Line(score_line(way.score), indent=4)
        return
    chosen = next(each for each in found.scores if each.model == model)
    by_whom = t("you chose it") if model != found.model else t("words and quotes say so")
    yield Line(f"{way_in_words(model)} ({by_whom})", indent=2)
    yield Line(score_line(chosen), indent=2)
    other = next((each for each in found.scores if each.total < chosen.total), None)
    if other is not None:
        yield Line(t("The next best way:"), indent=2)
        yield Line(score_line(other), indent=2)


def _way(way: Way) -> Content:
    """A way with its figures and the words that it gives."""
    name = Content(way_in_words(way.score.model)).stylize("bold")
    figures = t(
        "{starts} of {n} begin and {ends} end at a word", starts=way.score.starts, ends=way.score.ends,
        n=way.score.selections,
    )  # fmt: skip
    return Content("\n").join([Content.assemble(name, "  ", figures), *map(_example, way.examples)])


def _example(words: Words) -> Content:
    before, inside, behind = (plain_name(each.replace("\n", "⏎")) for each in words)
    if not inside:
        return Content(f"    {t('outside the text')}")
    return Content.assemble(f"    …{before}", Content(f"[{inside}]").stylize("bold"), f"{behind}…")
