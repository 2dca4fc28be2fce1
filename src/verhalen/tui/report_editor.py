"""Write a report: its words, beside them what they become, below what is not shown and why."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.api.project import Project
from verhalen.i18n import mark, t
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.report_editor import REPORT_EDITOR
from verhalen.tui.dialogs import choose
from verhalen.tui.fields import Prose
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.report_file import ReportFile
from verhalen.tui.report_job import ReportJob
from verhalen.tui.report_preview import ReportPreview
from verhalen.tui.report_remarks import Remark, remarks_of, summary

if TYPE_CHECKING:
    from verhalen.report.previewing import Preview, Previewer

_SOON = 0.4
"""Seconds after the last letter before the preview is made anew and the words are stored."""
_WIDE = 120
"""Cells from which on words and result stand beside each other at first."""
VIEWS = ("both", "words", "result")


class ReportEditor(CommandScreen[None]):
    """One report source."""

    COMMAND_CLASSES = REPORT_EDITOR
    HELP_TITLE: ClassVar[str] = mark("Write a report")
    HELP_TEXT: ClassVar[str] = mark(
        "Left stand your own words, with places between {{ and }} that the project fills in. Right you see what they become: "
        "the numbers, tables and quotes of now, as the reader will get them. Below stands what must be solved before it can be "
        "built, what is not shown and why. What you type is stored by itself."
    )
    UNDOES_PROJECT = False
    DEFAULT_CSS = """
    ReportEditor #both { height: 1fr; }
    ReportEditor Prose, ReportEditor Prose:focus { width: 1fr; height: 1fr; border: none; padding: 0 1; }
    ReportEditor ReportPreview { width: 1fr; height: 1fr; border-left: solid $border-blurred; }
    ReportEditor.-words ReportPreview { display: none; }
    ReportEditor.-result Prose { display: none; }
    ReportEditor.-result ReportPreview { border-left: none; padding-left: 1; }
    ReportEditor #state { height: auto; max-height: 2; padding: 0 1; background: $panel; color: $foreground; }
    ReportEditor #remarks { height: auto; max-height: 20%; border: none; padding: 0 1; }
    ReportEditor #remarks.-none { display: none; }
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = ReportFile(path)
        self.remarks: list[Remark] = []
        """What there is to say, in the order of the list."""
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="report")
        """The previews are made on one thread: a door to the project belongs to the thread that opened it."""
        self._own: Project | None = None
        self._previewer: Previewer | None = None
        self._waiting: Timer | None = None
        self._working = False
        self._again = False
        self._job: ReportJob | None = None
        self._ready = False
        self._at_remark = -1
        self.preview: Preview | None = None
        """What stands beside the words."""

    @property
    def is_building(self) -> bool:
        """Whether the Word document is being made."""
        return self._job is not None

    @property
    def words(self) -> TextArea:
        """The field in which one types."""
        return self.query_one(Prose)

    def body(self) -> ComposeResult:
        """Words and result, a line about both, remarks."""
        with Vertical():
            with Horizontal(id="both"):
                yield Prose(key="words")
                yield ReportPreview()
            yield Static(id="state", markup=False)
            yield OptionList(id="remarks", classes="-none", markup=False)

    def on_mount(self) -> None:
        """Read the file."""
        self.set_class(self.app.size.width < _WIDE, "-words")
        try:
            text = self._file.read()
        except errors.VerhalenError as error:
            self.frame.say(str(error))
            self.call_later(self.frame.go_back)
            return
        self.words.text = text
        self.words.focus()
        self._state(t("The result is being made…"))
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._ready = True
        self.title = t("{name} · {help}", name=self._file.path.stem, help=t(self.HELP_TITLE))
        self._make()

    def on_unmount(self) -> None:
        """The door of the thread goes with the screen."""
        self._reader.submit(self._close)
        self._reader.shutdown(wait=False)

    def _close(self) -> None:
        if self._own is not None:
            self._own.close()

    # -- typing --------------------------------------------------------------------------------------------------------

    def on_text_area_changed(self) -> None:
        """Store and show it in a moment."""
        if self._ready:
            if self._waiting is not None:
                self._waiting.stop()
            self._waiting = self.set_timer(_SOON, self._settle)

    def on_text_area_selection_changed(self) -> None:
        """The preview follows the cursor."""
        self.query_one(ReportPreview).follow(self.words.cursor_location[0] + 1)

    def _settle(self) -> None:
        self._waiting = None
        self.keep()
        self._make()

    def keep(self) -> bool:
        """Store the words; say what stands in the way, and keep them here."""
        try:
            taken = self._file.keep(self.words.text)
        except errors.VerhalenError as error:
            self.frame.say(str(error))
            return False
        if taken is not None:
            self.frame.say(
                t(
                    "{file} was changed elsewhere meanwhile. That version stands in {other}.",
                    file=self._file.path.name,
                    other=taken.name,
                )
            )
        return True

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """The project changed: other numbers."""
        if self._ready:
            self._make()

    def leave(self) -> None:
        """Store what was typed last, then go; what cannot be stored is not left behind unasked."""
        self.frame.if_safe(self.frame.go_back)

    @property
    def at_stake(self) -> str:
        """Only what could not be stored."""
        return t("What you typed in this report could not be stored.") if not self.keep() else ""

    # -- the result ----------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        """Make the preview of what stands there; while one is being made, the next waits for it."""
        if self._working:
            self._again = True
            return
        self._working = True
        self.run_worker(self._follow(self.words.text), group="preview")

    async def _follow(self, text: str) -> None:
        try:
            preview = await asyncio.get_running_loop().run_in_executor(self._reader, self._preview, text)
        except errors.VerhalenError as error:
            self._state(str(error))
        else:
            self._show(preview, text)
        self._working = False
        if self._again:
            self._again = False
            self._make()

    def _preview(self, text: str) -> Preview:
        """On the thread of the previews."""
        if self._previewer is None:
            self._own = self._own or self.project.sibling()
            self._own.hide_others(False)  # a report counts everybody's
            self._previewer = self._own.reports.previewer(report=self._file.path.name)
        return self._previewer.preview(text)

    def _show(self, preview: Preview, text: str) -> None:
        self.preview = preview
        self.query_one(ReportPreview).show(preview)
        self.remarks = remarks_of(preview, text)
        self._state(summary(preview))
        listed = self.query_one("#remarks", OptionList)
        listed.set_class(not self.remarks, "-none")
        listed.clear_options().add_options([Option(each.shown) for each in self.remarks])
        self._at_remark = -1
        self.refresh_bindings()

    def _state(self, words: str) -> None:
        self.query_one("#state", Static).update(words)

    def turn_view(self) -> None:
        """Both, words, result."""
        here = next((view for view in VIEWS[1:] if self.has_class(f"-{view}")), "both")
        following = VIEWS[(VIEWS.index(here) + 1) % len(VIEWS)]
        for view in VIEWS[1:]:
            self.set_class(view == following, f"-{view}")
        (self.query_one(ReportPreview) if following == "result" else self.words).focus()

    # -- remarks -------------------------------------------------------------------------------------------------------

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go where the remark is about."""
        self._go_to(event.option_index)

    def next_remark(self) -> None:
        """The next one that has a line."""
        order = [*range(self._at_remark + 1, len(self.remarks)), *range(self._at_remark + 1)]
        at = next((each for each in order if self.remarks[each].line), None)
        if at is not None:
            self.query_one("#remarks", OptionList).highlighted = at
            self._go_to(at)

    def _go_to(self, at: int) -> None:
        self._at_remark = at
        line = self.remarks[at].line
        if line is None:
            return
        self.remove_class("-result")
        self.words.focus()
        self.words.move_cursor((min(line, self.words.document.line_count) - 1, 0), center=True)

    # -- places --------------------------------------------------------------------------------------------------------

    def ask_place(self) -> None:
        """Which place."""
        from verhalen.tui.report_places import places

        choose(self, t("What should stand here?"), places(), self._insert)

    def _insert(self, name: str) -> None:
        from verhalen.tui.report_places import apart, words_for

        row, column = self.words.cursor_location
        line, words = self.words.document.get_line(row), words_for(name)
        before, after = apart(name, line[:column], line[column:])
        self.words.insert(f"{before}{words}{after}")
        # The cursor stands behind the place, or where its first choice is to be written.
        row += before.count("\n")
        start = 0 if before else column
        self.words.move_cursor((row, start + (words.index("=") + 1 if "=" in words else len(words))))
        self.words.focus()

    # -- building ------------------------------------------------------------------------------------------------------

    def build(self) -> None:
        """Make the Word document of what stands here."""
        if self.keep():
            self._job = ReportJob(self._file.path)
            self._since = monotonic()
            self._state(t("The Word document is being made…"))
            self.run_worker(self._built(self._job), group="report")

    async def _built(self, job: ReportJob) -> None:
        try:
            built = await asyncio.to_thread(job.run, self.project)
        except errors.VerhalenError as error:
            self.frame.say(str(error))
        else:
            if built is not None:
                place = job.target.relative_to(self.project.workspace)
                self.frame.say(t("The Word document stands in {file}.", file=place))
        self._job = None
        if self.preview is not None:
            self._state(summary(self.preview))
        self.refresh_bindings()
