"""Conflict copies that a synchronised folder left beside the project, until somebody took them in."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.store.exchange_log import undone_merges

if TYPE_CHECKING:
    from verhalen.api.project import Project


def second_copies(project: Project) -> list[Path]:
    """Those that are still there and were not taken in as they are now."""
    paths = [project.workspace / name for name in project.place.conflicts]
    undone = undone_merges(project.file) if paths else frozenset()
    return [path for path in paths if (stamp := _stamp(path)) and not _came(project, path, stamp, undone)]


def is_second_copy(project: Project, path: Path) -> bool:
    """Whether a file is one of them, taken in or not."""
    return path.resolve().parent == project.workspace.resolve() and path.name in project.place.conflicts


def copy_taken_in(project: Project, path: Path) -> None:
    """Remember that what is in it came in, with the newest change, where it is such a copy; the file itself stays."""
    if is_second_copy(project, path):
        project.keep_view(_key(path), f"{_stamp(path)} {project.last_change()}")


def _came(project: Project, path: Path, stamp: str, undone: Collection[int]) -> bool:
    """Whether it came in as it is now, and nobody took that back."""
    kept, _, change = project.view(_key(path)).rpartition(" ")
    return kept == stamp and int(change) not in undone


def _key(path: Path) -> str:
    return f"taken-in:{path.name}"


def _stamp(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_size}-{found.st_mtime_ns}"
