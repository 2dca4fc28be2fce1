"""Bundles: the work of one copy of a project to another, and back."""

from __future__ import annotations

from pathlib import Path

from verhalen.model.merging import OpenDecision, Partner, Sent, Taken
from verhalen.store.project import ProjectFile


class Bundles:
    """`project.bundles`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def out(self, path: Path, *, passphrase: str, partner: str = "") -> Sent:
        """Write what another copy may lack, encrypted."""
        raise NotImplementedError

    def preview(self, path: Path, *, passphrase: str = "") -> Taken:
        """What `take_in` would do; nothing is kept."""
        raise NotImplementedError

    def take_in(self, path: Path, *, passphrase: str = "") -> Taken:
        """Take in a bundle, or another project file with the same origin."""
        raise NotImplementedError

    def decisions(self) -> list[OpenDecision]:
        """What people must still decide, oldest first."""
        raise NotImplementedError

    def decide(self, key: str, side: int) -> None:
        """Choose a side."""
        raise NotImplementedError

    def partners(self) -> list[Partner]:
        """Other copies of which something came in, newest first."""
        raise NotImplementedError


def new_from_bundle(folder: Path, path: Path, *, passphrase: str, coder: str | None = None) -> Taken:
    """Make the project that a bundle is of in `folder`, and take the bundle in."""
    raise NotImplementedError
