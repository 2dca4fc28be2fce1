"""Conflict copies that a synchronised folder left beside the project, until somebody took them in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verhalen.api.project import Project


def second_copies(project: Project) -> list[Path]:
    """Those that are still there and were not taken in as they are now."""
    paths = (project.workspace / name for name in project.place.conflicts)
    return [path for path in paths if (stamp := _stamp(path)) and project.view(_key(path)) != stamp]


def copy_taken_in(project: Project, path: Path) -> None:
    """Remember that what is in it came in, where it is such a copy; nothing is done with the file."""
    if path.resolve().parent == project.workspace.resolve() and path.name in project.place.conflicts:
        project.keep_view(_key(path), _stamp(path))


def _key(path: Path) -> str:
    return f"taken-in:{path.name}"


def _stamp(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"
