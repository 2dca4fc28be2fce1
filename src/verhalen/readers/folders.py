"""What lies in a folder and below it, without following links and without end."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from verhalen.errors import EmptyFolder, SystemFile, TooManyFiles, UnreadableFile
from verhalen.i18n import t
from verhalen.readers import KNOWN_SUFFIXES, suffix_of, unknown_format
from verhalen.readers.archives import other_archive
from verhalen.readers.limits import MAX_MEMBERS
from verhalen.readers.naming import is_system_name, natural, shown

_MAX_DEPTH = 20
"""Folders inside folders."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file in a folder, or a folder that gives nothing."""

    parts: tuple[str, ...]
    """Folders and name from the folder that was given, as they can be shown."""
    path: Path
    error: UnreadableFile | None = None
    """Why it is left out."""

    @property
    def is_archive(self) -> bool:
        """Whether it is an archive that we look into."""
        return self.error is None and suffix_of(self.path.name) == ".zip"


def list_folder(folder: Path) -> list[Found]:
    """All files below `folder` in natural order, with what is left out. Raises TooManyFiles; who calls adds the name."""
    found: list[Found] = []
    _look_into(folder, (shown(folder.name or folder.resolve().name),), found)
    return found


def _look_into(folder: Path, parts: tuple[str, ...], found: list[Found]) -> None:
    try:
        entries = _entries(folder, room=MAX_MEMBERS - len(found))
    except OSError as error:
        found.append(Found(parts, folder, _not_listed(error)))
        return
    if not entries:
        found.append(Found(parts, folder, _nothing_in_it(is_given=len(parts) == 1)))
    for entry in sorted(entries, key=lambda each: natural(each.name)):
        here, path = (*parts, shown(entry.name)), Path(entry.path)
        if is_system_name(entry.name):
            found.append(Found(here, path, SystemFile()))
        elif _is_link(entry):
            found.append(Found(here, path, UnreadableFile(reason=t("it is a link; give the place that it points to"))))
        elif not entry.is_dir(follow_symlinks=False):
            found.append(Found(here, path, _refusal(path)))
        elif len(parts) >= _MAX_DEPTH:
            found.append(Found(here, path, UnreadableFile(reason=t("it lies too deep; give this folder itself"))))
        else:
            _look_into(path, here, found)
        if len(found) > MAX_MEMBERS:
            raise TooManyFiles(limit=MAX_MEMBERS)


def _entries(folder: Path, *, room: int) -> list[os.DirEntry[str]]:
    """What stands in one folder; stops where it is more than there is room for."""
    entries = []
    with os.scandir(folder) as listing:
        for entry in listing:
            entries.append(entry)
            if len(entries) > room:
                raise TooManyFiles(limit=MAX_MEMBERS)
    return entries


def _is_link(entry: os.DirEntry[str]) -> bool:
    """Links may lead out of the folder or back into it. Windows has a second kind, which Python knows since 3.12."""
    is_junction = getattr(entry, "is_junction", None)
    return entry.is_symlink() or bool(is_junction and is_junction())


def _not_listed(error: OSError) -> UnreadableFile:
    """Why a folder does not open; some disks answer only after a while, or never."""
    if isinstance(error, PermissionError):
        return UnreadableFile(reason=t("you may not open this folder"))
    return UnreadableFile(reason=t("the disk or the network gives no answer"))


def _nothing_in_it(*, is_given: bool) -> UnreadableFile:
    """An empty folder that somebody gives is a mistake; one among others is not."""
    if is_given:
        return UnreadableFile(reason=t("this folder is empty; check whether it is the right one"))
    return EmptyFolder()


def _refusal(path: Path) -> UnreadableFile | None:
    """Why a file is left out by its name alone, or None where we try to read it."""
    suffix = suffix_of(path.name)
    if suffix in KNOWN_SUFFIXES or suffix == ".zip":
        return None
    return other_archive(suffix) or unknown_format()
