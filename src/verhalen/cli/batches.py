"""Many files on the command line: a bar while they are imported, ctrl+c to stop after a file, a summary at the end."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

import click

from verhalen import errors
from verhalen.cli.output import tell
from verhalen.i18n import t, tn

if TYPE_CHECKING:
    from verhalen.api.sources import Imported
    from verhalen.exchange.batch import Progress, Summary
    from verhalen.readers.batch import Batch

Start = Callable[["Progress | None", Callable[[], bool]], Iterator["Imported"]]
"""Begins an import that reports to the first and asks the second before each file."""
_FEW = 5
"""So many files of an unknown kind are named one by one; more are counted."""
_NAME_WIDTH = 32
"""Characters of a name beside the bar; with it the line fits in 80."""


def import_all(batch: Batch, start: Start, *, say: Callable[[Imported], None]) -> list[Imported]:
    """Import a batch and say what became of each file: at once, or behind the bar where there is one."""
    from verhalen.api.sources import Imported

    done: list[Imported] = []
    # A second ctrl+c ends it here: the change of the file in hand is rolled back.
    with _ctrl_c_stops() as stopped, _bar(len(batch.files)) as bar, suppress(KeyboardInterrupt):
        for each in start(bar, stopped):
            done.append(each)
            if bar is None:
                say(each)
    done += [Imported(file.name, None, error=errors.NotReached(file=file.name)) for file in batch.files[len(done) :]]
    for each in done if bar else ():
        say(each)
    return done


def exit_code(done: Sequence[Imported]) -> int:
    """0 all done, 1 done in part, 2 nothing done."""
    stored = sum(each.error is None for each in done)
    return 2 if not stored else int(stored < len(done))


def names_each(batch: Batch) -> Callable[[errors.VerhalenError], bool]:
    """Whether an error gets a line of its own; the summary counts what was not reached, and unknown kinds if they are many."""
    unknown = sum(isinstance(left.error, errors.UnknownFormat) for left in batch.left_out)
    counted = (errors.NotReached, errors.UnknownFormat) if unknown > _FEW else (errors.NotReached,)
    return lambda error: not isinstance(error, counted)


def summary_lines(summary: Summary) -> list[str]:
    """The end of a batch, for people."""
    lines = [tn("{n} file imported.", "{n} files imported.", len(summary.stored))]
    if number := len(summary.already):
        lines.append(tn("{n} file was imported before.", "{n} files were imported before.", number))
    if number := len(summary.refused):
        lines.append(
            tn(
                "{n} file did not get in; the reason stands above.",
                "{n} files did not get in; the reasons stand above.",
                number,
            )
        )
    if summary.unknown:
        lines.append(_unknown_line(summary.unknown))
    if summary.system:
        lines.append(
            tn(
                "{n} hidden or system file was passed over.",
                "{n} hidden or system files were passed over.",
                summary.system,
            )
        )
    if number := len(summary.not_reached):
        lines.append(
            tn(
                "Stopped: {n} file was not read. Import the same again; what is there already is not stored twice.",
                "Stopped: {n} files were not read. Import the same again; what is there already is not stored twice.",
                number,
            )
        )
    return lines


def _unknown_line(unknown: Sequence[tuple[str, int]]) -> str:
    from verhalen.readers import unknown_format

    return t(
        "Left out because of their kind: {kinds}. Save what is a text as {known} and import that.",
        kinds=", ".join(f"{number} × {suffix}" for suffix, number in unknown),
        known=unknown_format().values["known"],
    )


@contextmanager
def _ctrl_c_stops() -> Iterator[Callable[[], bool]]:
    """The first ctrl+c lets the file in hand be finished, the second stops at once. Gives whether it was pressed."""
    stopped = threading.Event()
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield stopped.is_set
        return

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()
        signal.signal(signal.SIGINT, before)
        with suppress(RuntimeError):  # we may have come in the middle of another line
            if sys.stderr.isatty():
                tell("")  # below the bar
            tell(t("Stopping after this file. Ctrl+C once more stops at once."))

    signal.signal(signal.SIGINT, stop)
    try:
        yield stopped.is_set
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _bar(total: int) -> Iterator[Progress | None]:
    """A bar on a terminal, where there is more than one file."""
    if total < 2 or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(
        length=total, label=t("Importing"), file=sys.stderr, show_pos=True, show_percent=False, show_eta=False,
        width=16, update_min_steps=0, item_show_func=_short,
    ) as bar:  # fmt: skip

        def step(done: int, total: int, name: str) -> None:
            bar.update(done - bar.pos, name)

        yield step


def _short(name: str | None) -> str:
    """The end of a name: there the file is."""
    name = name or ""
    return name if len(name) <= _NAME_WIDTH else f"…{name[1 - _NAME_WIDTH :]}"
