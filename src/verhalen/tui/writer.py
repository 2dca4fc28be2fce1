"""The one writer: a thread with its own door to the project and an ordered queue of acts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from verhalen import errors
from verhalen.api.project import Project

PATIENCE = 1.0
"""Seconds between two tries where the disk is full or another window is writing."""


@dataclass(frozen=True, slots=True)
class Intent:
    """Something to store."""

    act: Callable[[Project], Any]
    done: Callable[[Any], None] | None = None
    failed: Callable[[errors.VerhalenError], None] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an intent: stored (`error` is None), stopped by `error`, or (`kept`) tried again in a moment."""

    intent: Intent
    result: Any = None
    error: BaseException | None = None
    kept: bool = False


class Writer:
    """Does what it is told in order. What cannot be stored now is kept and tried again; nothing overtakes it."""

    def __init__(self, project: Project, report: Callable[[Outcome], None]) -> None:
        self._project = project
        self._report = report
        """Called on the writer's thread."""
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="verhalen-writer")
        self._own: Project | None = None
        self._closing = threading.Event()
        self._counting = threading.Lock()
        self._open = 0

    @property
    def waiting(self) -> int:
        """How many intents are not settled yet."""
        return self._open

    def put(self, intent: Intent) -> None:
        """Queue an intent; never blocks."""
        with self._counting:
            self._open += 1
        self._pool.submit(self._settle, intent).add_done_callback(partial(self._tell, intent))

    def _settle(self, intent: Intent) -> Any:
        """Try until it is stored or refused; when closing, once more and no longer."""
        told = False
        while True:
            try:
                return intent.act(self._door())
            except (errors.DiskFull, errors.ProjectBusy) as error:
                if self._closing.is_set():
                    raise
                if not told:
                    told = True
                    self._report(Outcome(intent, error=error, kept=True))
                self._closing.wait(PATIENCE)

    def _door(self) -> Project:
        """Our own connection, opened on the thread that uses it; rules see the codings of everybody."""
        if self._own is None:
            self._own = self._project.sibling()
            self._own.hide_others(False)
        return self._own

    def _tell(self, intent: Intent, future: Future[Any]) -> None:
        with self._counting:
            self._open -= 1
        error = future.exception()
        self._report(Outcome(intent, error=error) if error else Outcome(intent, future.result()))

    def close(self) -> None:
        """Store what is queued (a kept intent gets one last try), then stop. Blocks: call it off the UI thread."""
        if not self._closing.is_set():
            self._closing.set()
            self._pool.submit(self._shut)
            self._pool.shutdown(wait=True)

    def _shut(self) -> None:
        if self._own is not None:
            self._own.close()
            self._own = None
