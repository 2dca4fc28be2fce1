"""Verhalen: words and numbers of family coaching in one project file."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from verhalen.api.project import Project, new_project, open_project

__all__ = ["Project", "__version__", "new_project", "open_project"]


def __getattr__(name: str) -> object:
    """Load the door at first use, so that `verhalen --help` stays light."""
    if name in ("Project", "new_project", "open_project"):
        from verhalen.api import project

        return getattr(project, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
