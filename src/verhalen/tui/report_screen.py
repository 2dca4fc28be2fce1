"""Reports: the sources in `exports/`, building the Word document, and what was left out of it and why."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.api.project import Project
from verhalen.i18n import mark, t, tn
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.report import REPORT
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Line, Page
from verhalen.tui.report_asking import begin_report
from verhalen.tui.report_job import ReportJob
from verhalen.tui.report_page import all_count, built_page, check_page, error_page, refresh_page, source_page

BEGIN = mark("Begin one with N: you get a complete first version, in which you change the words.")


class ReportScreen(CommandScreen[None]):
    """Report sources and what building them gave."""

    COMMAND_CLASSES = REPORT
    HELP_TITLE: ClassVar[str] = mark("Make a report")
    HELP_TEXT: ClassVar[str] = mark(
        "A report is a text file in the folder exports, with your own words and places for numbers, tables and quotes. "
        "Enter opens it to write on, with the result beside your words. Building it makes a Word document beside it. "
        "Numbers that could give a family away and quotes without consent are left out, and you see here which ones and why."
    )
    DEFAULT_CSS = """
    ReportScreen #left { width: 34; height: 1fr; border-right: solid $border-blurred; }
    ReportScreen #left OptionList { height: 1fr; padding: 0; }
    ReportScreen #right { width: 1fr; height: 1fr; padding: 0 2; }
    ReportScreen #progress { height: auto; color: $text-accent; text-style: bold; }
    ReportScreen #stop { display: none; margin: 1 0; }
    ReportScreen.building #stop { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.chosen: Path | None = None
        """The report that is marked."""
        self._job: ReportJob | None = None
        self._since = 0.0
        self._pages: dict[Path, tuple[Line, ...]] = {}
        """What the last building of each report gave."""

    @property
    def is_building(self) -> bool:
        """Whether a report is being built."""
        return self._job is not None

    @property
    def folder(self) -> Path:
        """Where reports and their sources stand."""
        return self.project.workspace / "exports"

    def body(self) -> ComposeResult:
        """List, progress, page."""
        with Horizontal():
            with Vertical(id="left"):
                yield OptionList()
            with VerticalScroll(id="right"):
                yield Static(id="progress", markup=False)
                yield Button(t("Stop building"), id="stop")
                yield Page()

    def on_mount(self) -> None:
        """Fill the list."""
        self.reload()
        self.query_one(OptionList).focus()
        self.set_interval(0.5, self._tick)

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Look again what lies in the folder."""
        # Not by `project.reports.sources()`: that would load all of the report room for a list of files.
        found = [path for path in sorted(self.folder.glob("*.md"), key=lambda path: path.stem) if path.stem != "README"]
        options = self.query_one(OptionList)
        options.clear_options().add_options(
            [Option(path.stem, id=path.name) for path in found]
            or [Option(t("There are no reports yet."), disabled=True)]
        )
        names = [path.name for path in found]
        if names:
            options.highlighted = names.index(self.chosen.name) if self.chosen and self.chosen.name in names else 0
        else:
            self.chosen = None
        self._show()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another report."""
        self.chosen = self.folder / str(event.option.id)
        self._show()

    def on_option_list_option_selected(self) -> None:
        """Enter opens it."""
        self.action_run_command("write-report")

    def edit(self) -> None:
        """Write on."""
        if self.chosen is not None:
            self.frame.open_report(self.chosen)

    def _show(self) -> None:
        page = self.query_one(Page)
        if self.chosen is None:
            page.fill([Line(t(BEGIN))])
        else:
            told = tuple(self._pages.get(self.chosen) or source_page(self.chosen, self.project.workspace))
            page.fill((*told, *all_count()) if self.project.hides_others and not self.project.must_hide else told)
        self.refresh_bindings()

    # -- a new one -------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask for whom and about what."""
        begin_report(self)

    def made(self, path: Path) -> None:
        """A first version stands there: write on."""
        self.chosen = path
        self.reload()
        self.frame.say(t("The first version stands in {file}.", file=path.relative_to(self.project.workspace)))
        self.edit()

    # -- building --------------------------------------------------------------------------------------------------

    def build(self) -> None:
        """Build the marked report beside the screen."""
        if self.chosen is not None and not self.is_building:
            self._job = ReportJob(self.chosen)
            self._since = monotonic()
            self.add_class("building")
            self._tick()
            self.run_worker(self._follow(self._job), group="report")

    # -- what was built ----------------------------------------------------------------------------------------------

    @property
    def document(self) -> Path | None:
        """The Word document of the report that is marked, where there is one."""
        target = self.chosen.with_suffix(".docx") if self.chosen is not None else None
        return target if target is not None and target.exists() else None

    def check(self) -> None:
        """Whether everything in the Word document still holds."""
        self._look_at(lambda project, path: check_page(project.reports.check(path)))

    def refresh_numbers(self) -> None:
        """New numbers in the Word document, and nothing else."""
        self._look_at(lambda project, path: refresh_page(project.reports.refresh(path)))

    def _look_at(self, act: Callable[[Project, Path], Iterable[Line]]) -> None:
        document, source = self.document, self.chosen
        if document is not None and source is not None and not self.is_building:
            self.query_one("#progress", Static).update(t("Looking at {file}…", file=document.name))
            self.run_worker(self._looked(act, document, source), group="report", exclusive=True)

    async def _looked(self, act: Callable[[Project, Path], Iterable[Line]], document: Path, source: Path) -> None:
        """On another thread, with a door of its own: a report counts everybody's codings."""

        def work() -> tuple[Line, ...]:
            with self.project.sibling() as own:
                own.hide_others(False)
                return tuple(act(own, document))

        try:
            page = await asyncio.to_thread(work)
        except errors.VerhalenError as error:
            page = tuple(error_page(error))
        self._pages[source] = page
        self.query_one("#progress", Static).update("")
        self._show()

    def stop_building(self) -> None:
        """At once for the eye; the thread throws its work away."""
        if self._job is not None:
            self._job.stop()
            self._end()
            self.frame.say(t("Stopped. The Word document of last time is as it was."))

    async def _follow(self, job: ReportJob) -> None:
        """Wait for the thread and show what came of it."""
        try:
            built = await asyncio.to_thread(job.run, self.project)
        except errors.VerhalenError as error:
            page = tuple(error_page(error))
        else:
            if built is None:
                return
            page = tuple(built_page(built, job.target, self.project.workspace))
        if not job.stopped:
            self._pages[job.source] = page
            self._end()

    def _end(self) -> None:
        self._job = None
        self.remove_class("building")
        self.query_one("#progress", Static).update("")
        self._show()

    def _tick(self) -> None:
        """Show that time passes."""
        if self._job is not None:
            seconds = int(monotonic() - self._since)
            self.query_one("#progress", Static).update(
                tn("Building {file}: {n} second", "Building {file}: {n} seconds", seconds, file=self._job.source.stem)
            )

    def on_button_pressed(self) -> None:
        """The mouse way to stop."""
        self.stop_building()

    def on_unmount(self) -> None:
        """Who leaves, stops."""
        if self._job is not None:
            self._job.stop()
