"""The workspace as a whole: making one, backups, and where its files are."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

from verhalen import errors
from verhalen.i18n import t
from verhalen.settings import FOLDERS, shipped_files
from verhalen.store.project import ProjectFile

Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, how much there is."""


def make_folders(workspace: Path) -> None:
    """The three folders of a workspace."""
    try:
        for folder in (workspace, *(workspace / name for name in FOLDERS)):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise errors.CannotWrite(file=workspace.name, reason=errors.why_not_written(error)) from error


def shipped_instruments() -> list[Path]:
    """The instruments that come with verhalen, in our own words."""
    return sorted((shipped_files("codebooks") / "instrumenten").glob("*.yaml"))


def shipped_domains() -> Path:
    """The life domains that come with verhalen."""
    return shipped_files("codebooks") / "levensdomeinen.yaml"


def shipped_codebook() -> Path:
    """The codebook that comes with verhalen."""
    return shipped_files("codebooks") / "gezinscoaching.md"


def shipped_theory() -> Path:
    """The invented theory of change of the demo."""
    return shipped_files("codebooks") / "veranderingstheorie.md"


def demo_files() -> Path:
    """The folder with the shipped demo transcripts and tables."""
    return shipped_files("transcripts")


def as_typed(path: Path) -> str:
    """A path as one types it in the shell of this system, with quotes where it needs them."""
    return subprocess.list2cmdline([str(path)]) if os.name == "nt" else shlex.quote(str(path))


def backup(file: ProjectFile, target: Path) -> None:
    """A consistent copy while the project is open, with the same passphrase."""
    if target.resolve() == file.path.resolve():
        raise errors.CannotWrite(file=target.name, reason=t("it is the project itself"))
    file.copy_to(target)
