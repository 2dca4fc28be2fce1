"""Where a project file lies: WAL on network shares and in sync folders corrupts or forks, so say it and take care."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

SYNC_FOLDERS = (
    "onedrive",
    "dropbox",
    "nextcloud",
    "owncloud",
    "google drive",
    "googledrive",
    "icloud",
    "com~apple~clouddocs",  # what iCloud Drive is called on the disk of a Mac
    "pcloud",
    "seafile",
    "syncthing",
)
NETWORK_SYSTEMS = ("nfs", "cifs", "smb", "afs", "9p", "sshfs", "davfs", "afpfs", "webdav", "gvfs")
CONFLICT_WORDS = ("conflict", "conflicted copy", "-kopie", "- kopie", "(kopie", "conflicterend")


class Kind(StrEnum):
    """What kind of place."""

    LOCAL = "local"
    NETWORK = "network"
    SYNC = "sync"


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a project file."""

    kind: Kind
    conflicts: tuple[str, ...] = ()
    """Names of files beside the project that look like conflict copies of it."""

    @property
    def is_shared(self) -> bool:
        """Whether another machine may write the same file: no WAL there, and a lease is held."""
        return self.kind is not Kind.LOCAL


def look_at(path: Path, *, mounts: str | None = None) -> Place:
    """Tell what kind of place `path` lies in; `mounts` is the text of /proc/mounts (for tests)."""
    kind = Kind.LOCAL
    if _in_sync_folder(path):
        kind = Kind.SYNC
    elif _on_network(path, mounts if mounts is not None else _mounts()):
        kind = Kind.NETWORK
    return Place(kind, _conflict_copies(path))


def _in_sync_folder(path: Path) -> bool:
    return any(part.lower().startswith(name) for part in path.resolve().parts for name in SYNC_FOLDERS)


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text("utf-8", "replace")
    except OSError:
        return ""


def _on_network(path: Path, mounts: str) -> bool:
    whole = str(path.resolve())
    if sys.platform == "win32":
        return whole.startswith("\\\\")
    best = ("", "")
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ")
        inside = whole == point or whole.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best[0]):
            best = (point, fields[2])
    return any(best[1].removeprefix("fuse.").startswith(system) for system in NETWORK_SYSTEMS)


def _conflict_copies(path: Path) -> tuple[str, ...]:
    try:
        names = [each.name for each in path.parent.iterdir()]
    except OSError:
        return ()
    stem, suffix = path.stem.lower(), path.suffix.lower()
    found = (
        name
        for name in names
        if name.lower() != path.name.lower() and name.lower().startswith(stem) and name.lower().endswith(suffix)
    )
    return tuple(sorted(name for name in found if any(word in name.lower() for word in CONFLICT_WORDS)))
