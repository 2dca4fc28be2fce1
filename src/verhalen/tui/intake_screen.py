"""Reading files: how far it is, a way to stop, and a summary at the end. Each file is looked at, or all go in one run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button, ProgressBar, Static

from verhalen import errors
from verhalen.api.masking import inbox_file
from verhalen.api.project import Project
from verhalen.api.sources import Imported
from verhalen.exchange.batch import Summary, summarise
from verhalen.exchange.intake import Draft, draft_of
from verhalen.i18n import mark, t, tn
from verhalen.model.text import SourceKind
from verhalen.privacy.review import Review
from verhalen.readers.batch import Batch, BatchFile, find_files, read_file
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.intake import INTAKE
from verhalen.tui.dialogs import Choose
from verhalen.tui.intake_preview import PreviewScreen, file_lines
from verhalen.tui.mask_screen import MaskScreen
from verhalen.tui.page import BAD, HEADING, Line, Page, heading
from verhalen.tui.reviewing import Without, ask_for_copy, begin_review, stored

T = TypeVar("T")
_LOOK, _MASK, _PLAIN = "look", "mask", "plain"


class IntakeScreen(CommandScreen[list[Imported]]):
    """Reads the files that were chosen, and tells what became of them."""

    COMMAND_CLASSES = INTAKE
    UNDOES_PROJECT: ClassVar[bool] = False
    HELP_TITLE: ClassVar[str] = mark("Reading in")
    HELP_TEXT: ClassVar[str] = mark(
        "Each file is stored as a whole or not at all. A file that cannot be read is named with the reason, and the next "
        "one follows. Esc stops after the file that is being read; what is stored stays."
    )
    DEFAULT_CSS = """
    IntakeScreen #now { height: auto; padding: 1 2 0 2; text-style: bold; }
    IntakeScreen ProgressBar { padding: 0 2; height: 1; }
    IntakeScreen #stop { margin: 1 2; }
    IntakeScreen VerticalScroll { height: 1fr; padding: 0 2; }
    IntakeScreen.done #stop, IntakeScreen.done ProgressBar { display: none; }
    """

    def __init__(self, paths: Sequence[Path], *, kind: SourceKind = "transcript", speakers: bool = True) -> None:
        super().__init__()
        self._paths = list(paths)
        self._kind: SourceKind = kind
        self._with_speakers = speakers
        self._stopped = False
        self._which = ""
        """Which file of how many; empty where there is one."""
        self._left = 0
        """Files that are not begun yet."""
        self._decided = False
        """Whether speakers were put right in the file that is looked at."""
        self.is_reading = True
        """Whether files are still being read."""
        self.imported: list[Imported] = []
        """What became of each file so far."""

    def body(self) -> ComposeResult:
        """What is being read, how far, a button, then the summary."""
        yield Static(t("Looking which files there are…"), id="now", markup=False)
        yield ProgressBar(show_eta=False)
        yield Button(t("Stop after this file"), id="stop")
        with VerticalScroll():
            yield Page()

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._run(), group="intake")

    def stop(self) -> None:
        """After this file."""
        self._stopped = True
        self.query_one("#now", Static).update(t("Stopping after this file…"))

    def on_button_pressed(self) -> None:
        """The mouse way to stop."""
        self.stop()

    def close(self) -> None:
        """Back, with what was stored."""
        self.dismiss(self.imported)

    @property
    def newest(self) -> int | None:
        """Number of the source that was stored last."""
        stored = [each.source.number for each in self.imported if each.source is not None]
        return stored[-1] if stored else None

    def open_newest(self) -> None:
        """Read and code what was stored last."""
        if self.newest is not None:
            self.frame.open_coding(self.newest)

    @property
    def at_stake(self) -> str:
        """The files that are not read yet, and what was put right in this one."""
        if self.is_reading and self._left:
            return t("Not all files are read in yet. If you leave now, the others are not read; what is stored stays.")
        if self.is_reading and self._decided:
            return t("What you decided here is not stored yet, and is lost if you leave now.")
        return ""

    # -- the run ---------------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        batch = await asyncio.to_thread(find_files, self._paths)
        how: str | None = _LOOK
        if len(batch.files) > 1:
            how = await self.app.push_screen_wait(_how_question(len(batch.files)))
        if how is None:
            self.dismiss([])
            return
        await self._read_all(batch, how)
        if len(batch.files) == 1 and not self.imported:
            self.dismiss([])  # somebody did not want it, and there is nothing to tell
        else:
            self._end(batch)

    async def _read_all(self, batch: Batch, how: str) -> None:
        total = len(batch.files)
        bar = self.query_one(ProgressBar)
        bar.update(total=max(total, 1), progress=0)
        for number, file in enumerate(batch.files):
            self._left, self._decided = total - number - 1, False
            if self._stopped:
                self.imported.append(Imported(file.name, None, error=errors.NotReached(file=file.name)))
                continue
            self._which = t("{n} of {total}", n=number + 1, total=total) if total > 1 else ""
            sentence = t("{n} of {total}: {file}", n=number + 1, total=total, file=file.name)
            self.query_one("#now", Static).update(sentence)
            try:
                done = await self._one(file, how)
            except errors.VerhalenError as error:
                if isinstance(error, errors.UnreadableFile):
                    error.values = {**error.values, "file": file.name}
                done = Imported(file.name, None, error=error.let_go())
            if done is not None:
                self.imported.append(replace(done, file=file.name))
            bar.advance(1)
        self.imported += [Imported(left.name, None, error=left.error) for left in batch.left_out if not left.is_quiet]

    async def _one(self, file: BatchFile, how: str) -> Imported | None:
        """One file, from reading to stored; None where somebody skipped it."""
        draft = draft_of(await asyncio.to_thread(read_file, file), kind=self._kind, with_speakers=self._with_speakers)
        if how == _PLAIN:
            return await self._keep_plain(draft)
        if how == _MASK:
            return await self._store(lambda project: project.sources.keep(draft, _maker(draft)(project), read=False))
        return await self._look(draft)

    async def _look(self, draft: Draft) -> Imported | None:
        """Speakers, then names; from the names one can go back to the speakers."""
        review: Review | Without = Without.BACK
        while True:
            preview = PreviewScreen(draft, place=self._which, more=self._left > 0)
            await self.app.push_screen_wait(preview)
            if not preview.accepted:
                self._stopped = self._stopped or preview.stops
                return None
            if not isinstance(review, Review) or preview.is_changed:
                before, draft = review, preview.draft
                self._decided = self._decided or preview.is_changed
                review = await begin_review(self, _maker(draft), may_go_on=True)
                if isinstance(review, Review) and isinstance(before, Review):
                    review.take_over(before)
            if review is Without.BACK:
                continue
            if not isinstance(review, Review):
                return await self._keep_plain(draft)
            while await self.app.push_screen_wait(MaskScreen(review, draft.title)):
                done = await self._keep(draft, review)
                if done is not None:
                    return done

    async def _keep_plain(self, draft: Draft) -> Imported:
        return await self._store(lambda project: project.sources.keep(draft))

    async def _keep(self, draft: Draft, review: Review) -> Imported | None:
        """Store it; None where somebody goes back to the names."""
        if not review.counts().accepted:
            return await self._keep_plain(draft)
        keeps_copy = await ask_for_copy(self)
        if keeps_copy is None:
            return None
        done = await self._store(lambda project: project.sources.keep(draft, review, keeps_copy=keeps_copy))
        await self._offer_to_remove(draft)
        return done

    async def _offer_to_remove(self, draft: Draft) -> None:
        """The file in the inbox still holds every name."""
        import hashlib

        digest = hashlib.sha256(draft.reading.original).hexdigest()
        path = await asyncio.to_thread(inbox_file, self.project.workspace, digest)
        if path is None:
            return
        answer = await self.app.push_screen_wait(_inbox_question(path.relative_to(self.project.workspace)))
        if answer == "remove":
            try:
                path.unlink()
            except OSError as error:
                reason = errors.why_not_written(error)
                self.frame.say_error(errors.CannotWrite(file=path.name, reason=reason))

    async def _store(self, act: Callable[[Project], T]) -> T:
        return await stored(self, act)

    # -- the end ---------------------------------------------------------------------------------------------------

    def _end(self, batch: Batch) -> None:
        self.is_reading = False
        self.add_class("done")
        summary = summarise(self.imported, system=batch.system)
        self.query_one("#now", Static).update(t("Done."))
        key = self.project.privacy.key_path if any(_is_masked(each) for each in self.imported) else None
        self.query_one(Page).fill(_summary_page(self.imported, summary, key))
        self.query_one(VerticalScroll).focus()
        self.refresh_bindings()


def _how_question(count: int) -> Choose:
    return Choose(
        t("You chose {n} files. How do you want to read them in?", n=count),
        [
            (_LOOK, t("Look at each one first: speakers and names")),
            (_MASK, t("All at once, and replace every name that is found; you read them afterwards")),
            (_PLAIN, t("All at once, without replacing any name")),
        ],
    )


def _maker(draft: Draft) -> Callable[[Project], Review]:
    return lambda project: project.masking.review_draft(draft)


def _inbox_question(path: Path) -> Choose:
    return Choose(
        t("The file {file} still holds every name. Shall it be removed from this folder?", file=path),
        [("keep", t("No, leave it there")), ("remove", t("Yes, remove it for good"))],
    )


def _is_masked(each: Imported) -> bool:
    return each.source is not None and each.source.masked


def _summary_page(imported: list[Imported], summary: Summary, key: Path | None) -> list[Line]:
    """What was stored, what was not and why, and what differs per file."""
    count = len(summary.stored)
    lines = [Line(tn("{n} file was stored.", "{n} files were stored.", count), HEADING)]
    if summary.already:
        there = len(summary.already)
        lines.append(Line(tn("{n} file was in the project already.", "{n} files were in the project already.", there)))
    for suffix, number in summary.unknown:
        lines.append(Line(t("{n} × {suffix}: a kind of file that is not read here.", n=number, suffix=suffix)))
    if summary.not_reached:
        left = len(summary.not_reached)
        lines.append(Line(tn("{n} file was not reached.", "{n} files were not reached.", left)))
    if key is not None:
        lines.append(Line(t("Which name is which stands in the key: {path}. Keep it apart, and safe.", path=key)))
    if summary.refused:
        lines += heading(t("Not read, with the reason"))
        lines += [Line(str(error), BAD, indent=2) for _, error in summary.refused]
    for each in imported:
        if each.source is not None:
            name = f"{each.source.number} · {each.source.title}"
            lines += file_lines(name, each.warnings)
    return lines
