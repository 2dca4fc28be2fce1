"""A table that was chosen: what it is about, what each column means, what would change; then store it, all or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from verhalen import errors
from verhalen.api.project import Project
from verhalen.exchange.score_preview import ScorePreview, SheetPreview
from verhalen.exchange.score_tables import ScoreImport
from verhalen.exchange.story_inbox import is_sheet
from verhalen.exchange.story_preview import StoryPreview, StorySheet
from verhalen.exchange.story_sheets import SheetRead
from verhalen.exchange.story_tables import StoryImport
from verhalen.exchange.table_kinds import TableKind, table_kind
from verhalen.exchange.tables import SUFFIXES
from verhalen.i18n import mark, t, tn
from verhalen.tui.commands.base import AnyCommand, CommandScreen
from verhalen.tui.commands.table import TABLE
from verhalen.tui.dialogs import choose
from verhalen.tui.family_reading import count_lines, left_out, preview_lines
from verhalen.tui.page import BAD, HEADING, MUTED, Line, Page, heading
from verhalen.tui.table_columns import Preview, ask_columns, choices

KINDS: dict[TableKind, str] = {
    "scores": mark("scores of families"),
    "families": mark("families, people, support or contacts"),
    "stories": mark("stories"),
}
MOST = 40
"""Problems that are shown."""


class TableScreen(CommandScreen[None]):
    """One table, before and after it is stored."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = TABLE
    HELP_TITLE: ClassVar[str] = mark("Read in a table")
    HELP_TEXT: ClassVar[str] = mark(
        "You see what each column means and what would change. Nothing is stored until you say so, and then all of it or, "
        "where a row has an error, nothing. Reading in the same table again changes nothing."
    )
    DEFAULT_CSS = """
    TableScreen VerticalScroll { height: 1fr; padding: 1 2; }
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._instrument: str | None = None
        self._mapping: str | None = None
        """Name of kept columns that somebody chose, empty for none; None takes those that fit."""
        self.found: Preview | None = None
        """What was seen, where the table could be looked at; None for stories."""
        self.kind: TableKind = "scores"
        """What the table is about."""
        self.is_reading = True
        """Whether the file is still being looked at or stored."""
        self.can_store = False
        """Whether nothing stands in the way."""

    def body(self) -> ComposeResult:
        """The page."""
        with VerticalScroll():
            yield Page()

    def on_mount(self) -> None:
        """Look at the file."""
        self.query_one(VerticalScroll).focus()
        self._look(guess=True)

    def _look(self, *, guess: bool = False) -> None:
        self.is_reading, self.can_store, self.found = True, False, None
        self._fill([Line(t("Reading {file}…", file=self._path.name))])
        self.run_worker(self._read(guess=guess), exclusive=True, group="table")

    async def _read(self, *, guess: bool) -> None:
        try:
            lines, may_store = await asyncio.to_thread(self._beside, guess)
        except errors.BadTable as error:
            self._end([*self._head(), *_problems(error)])
        except errors.VerhalenError as error:
            self._end([*self._head(), Line(str(error), BAD)])
        else:
            self.can_store = may_store
            self._end([*self._head(), *lines])

    def _beside(self, guess: bool) -> tuple[list[Line], bool]:
        """What it holds and would change, and whether it may be stored; on a thread with a door of its own."""
        with self.project.sibling() as own:
            if guess:
                self.kind = table_kind(own.file, self._path)
            match self.kind:
                case "scores":
                    self.found = scores = own.scores.preview(
                        self._path, instrument=self._instrument, mapping=self._mapping
                    )
                    return list(_preview(scores)), not scores.would.errors
                case "families":
                    self.found = found = own.families.preview_file(self._path, mapping=self._mapping)
                    return list(preview_lines(found)), not found.errors and any(sheet.kind for sheet in found.sheets)
                case "stories" if is_sheet(self._path):
                    said = t("A page of a family: what it says becomes a check of its story, and consent.")
                    return [Line(said)], True
                case "stories":
                    told = own.story_papers.preview(self._path, mapping=self._mapping)
                    self.found = told if self._path.suffix.lower() in SUFFIXES else None
                    return list(_story_preview(told)), not told.errors

    def _head(self) -> list[Line]:
        return [Line(self._path.name, HEADING), Line(t("Read as: {kind}.", kind=t(KINDS[self.kind])))]

    def _end(self, lines: Sequence[Line]) -> None:
        self.is_reading = False
        self._fill(lines)

    def _fill(self, lines: Sequence[Line]) -> None:
        self.query_one(Page).fill(lines)
        self.refresh_bindings()

    # -- acts ----------------------------------------------------------------------------------------------------------

    def ask_kind(self) -> None:
        """Scores, families or stories."""

        def chosen(answer: str) -> None:
            self.kind = next(kind for kind in KINDS if kind == answer)
            self._mapping = None
            self._look()

        choose(self, t("What is this table about?"), [(kind, t(name)) for kind, name in KINDS.items()], chosen)

    def ask_instrument(self) -> None:
        """One of the project's."""

        def chosen(answer: str) -> None:
            self._instrument = answer
            self._look()

        known = [each for each in self.project.scores.instruments() if each.kind != "afgeleid"]
        choose(self, t("By which instrument was scored?"), [(each.key, each.name) for each in known], chosen)

    def ask_columns(self) -> None:
        """What each column means, kept under a name."""
        if self.found is not None:
            ask_columns(self, self.found, kept=self._take_mapping)

    @property
    def kept_mappings(self) -> list[str]:
        """Names of kept columns for tables of this kind."""
        match self.kind:
            case "scores":
                return list(self.project.scores.mappings())
            case "families":
                return list(self.project.families.mappings())
            case "stories":
                return list(self.project.story_papers.mappings())

    def ask_mapping(self) -> None:
        """One of those that were kept."""
        choose(self, t("As which program names its columns?"), choices(self.kept_mappings), self._take_mapping)

    def _take_mapping(self, name: str) -> None:
        self._mapping = name
        self._look()

    def store(self) -> None:
        """Store it by the writer."""
        self.is_reading, self.can_store = True, False
        self.refresh_bindings()
        self.write(self._store, self._stored, self._refused)

    def _store(self, project: Project) -> list[Line]:
        match self.kind:
            case "scores":
                done = project.scores.import_file(self._path, instrument=self._instrument, mapping=self._mapping)
                return [Line(_counts(done))]
            case "families":
                return list(count_lines(project.families.import_file(self._path, mapping=self._mapping)))
            case "stories":
                return list(_taken(project.story_papers.take_in(self._path, mapping=self._mapping)))

    def _stored(self, done: list[Line]) -> None:
        self._end([*self._head(), Line(t("Stored."), HEADING), *done])

    def _refused(self, error: errors.VerhalenError) -> None:
        lines = _problems(error) if isinstance(error, errors.BadTable) else [Line(str(error), BAD)]
        self._end([*self._head(), *lines])


def _problems(error: errors.BadTable) -> Iterator[Line]:
    yield from _rows(error.problems)


def _rows(problems: Sequence[tuple[int, str, str]]) -> Iterator[Line]:
    yield from heading(
        tn("{n} row or column stands in the way:", "{n} rows or columns stand in the way:", len(problems))
    )
    for row, column, message in problems[:MOST]:
        yield Line(errors.row_words(row, column, message), BAD, indent=2)
    if len(problems) > MOST:
        yield Line(t("And {n} more.", n=len(problems) - MOST), indent=2)


def _preview(found: ScorePreview) -> Iterator[Line]:
    would = found.would
    if would.errors:
        yield from _rows([(each.row, each.column, each.message) for each in would.errors])
    else:
        yield from heading(t("Nothing is stored yet. This would be:"))
        yield Line(_counts(would), indent=2)
    for notice in would.warnings:
        yield Line(str(notice), MUTED, indent=2)
    for sheet in found.sheets:
        yield from _columns(sheet)
    yield from left_out(found.skipped)


def _story_preview(found: StoryPreview) -> Iterator[Line]:
    if found.errors:
        yield from _rows([(each.row, each.column, each.message) for each in found.errors])
    else:
        yield from heading(t("Nothing is stored yet. This would be:"))
        yield Line(_counts(found.would), indent=2)
    for notice in found.would.warnings:
        yield Line(str(notice), MUTED, indent=2)
    for sheet in found.sheets:
        yield from _columns(sheet)
    yield from left_out(found.skipped)


def _taken(done: StoryImport | SheetRead) -> Iterator[Line]:
    yield Line(_counts(done))
    for notice in done.warnings:
        yield Line(str(notice), MUTED, indent=2)


def _columns(sheet: SheetPreview | StorySheet) -> Iterator[Line]:
    yield from heading(t("Columns of {sheet}", sheet=sheet.sheet) if sheet.sheet else t("Columns"))
    for each in sheet.columns:
        meaning = f" → {each.meaning}" if each.meaning and each.meaning != each.column else ""
        yield Line(f"{each.column}{meaning}: {t(each.use)} ({each.filled})", indent=2)


def _counts(done: ScoreImport | StoryImport | SheetRead) -> str:
    if isinstance(done, SheetRead):
        said = t(done.outcome.label) if done.outcome else t("not answered")
        return t("Story {key}: {said}", key=done.story, said=said)
    if isinstance(done, StoryImport):
        return tn(
            "{n} story: {new} new, {changed} changed, {unchanged} unchanged.",
            "{n} stories: {new} new, {changed} changed, {unchanged} unchanged.",
            done.stories,
            new=done.new,
            changed=done.changed,
            unchanged=done.unchanged,
        )
    return t(
        "{families} families, {snapshots} snapshots, {observations} scores: {new} new, {changed} changed, "
        "{unchanged} unchanged.",
        families=done.families,
        snapshots=done.snapshots,
        observations=done.observations,
        new=done.new,
        changed=done.changed,
        unchanged=done.unchanged,
    )
