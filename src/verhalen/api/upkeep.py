"""Upkeep of the project file: cleaning up how things were long ago, and what hangs on nothing any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from verhalen import errors
from verhalen.i18n import t
from verhalen.store import compacting
from verhalen.store.project import ProjectFile

DAYS = 90
"""How old a change is before it may be cleaned up, unless one says otherwise."""


@dataclass(frozen=True, slots=True)
class Compacted:
    """What a clean-up took away, or would."""

    changes: int
    """Changes that can no longer be undone."""
    images: int
    """Former states of rows."""
    versions: int
    """Older versions of texts that now keep only how they differ from a later one."""
    files: int
    """Attachments and files of texts that were removed."""
    before_bytes: int
    after_bytes: int
    """Of the file afterwards; before it is done, about."""
    clean: bool = True
    """False where another window has the file open: its room comes back the next time."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to clean up."""
        return not (self.changes or self.images or self.versions or self.files)


class Upkeep:
    """`project.upkeep`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def compact(
        self,
        days: int = DAYS,
        *,
        everything: bool = False,
        really: bool = False,
        on_step: Callable[[], None] = lambda: None,
    ) -> Compacted:
        """Let go of the way back over changes older than so many days, or over all; without `really` only say what would go.

        It cannot be undone. Every change stays in the history, and taking work in from another copy gives the same as
        before. `on_step` is called between two steps; what it raises stops the work, and a later run goes on from there.
        """
        limit = compacting.boundary(self._file, None if everything else _before(days))
        before = compacting.size(self._file)
        if not really:
            found = compacting.look(self._file, limit)
            return _told(found, before, max(0, compacting.used(self._file) - found.room), clean=True)
        found = compacting.compact(self._file, limit, on_step=on_step)
        clean = compacting.give_room_back(self._file)
        return _told(found, before, compacting.size(self._file), clean=clean)


def _before(days: int) -> str:
    """The time before which a change is old, as changes keep it."""
    if days < 0:
        raise errors.BadInput(reason=t("days are counted from 0"))
    try:
        moment = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    except OverflowError:
        return ""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _told(found: compacting.Found, before: int, after: int, *, clean: bool) -> Compacted:
    return Compacted(found.changes, found.images, found.versions, found.files, before, after, clean)
