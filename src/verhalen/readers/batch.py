"""Many files at once: what lies in the folders and archives that somebody gives, and how each file is read in its turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from verhalen.errors import EmptyFolder, SystemFile, TooManyFiles, UnreadableFile
from verhalen.i18n import t
from verhalen.model.text import Reading
from verhalen.readers import read_bytes_as, read_source, suffix_of
from verhalen.readers.archives import Member, list_members, other_archive, read_member
from verhalen.readers.folders import list_folder
from verhalen.readers.limits import MAX_MEMBERS
from verhalen.readers.naming import natural, shown_name

_INSIDE = " › "
"""Between an archive and what is in it."""


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A file that may be read: on disk, or as a member of an archive."""

    name: str
    """With its folder or archive, as in `archief.zip › map/interview.docx`; fit to be shown."""
    path: Path
    """The file itself, or the archive."""
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file, folder or archive that is not read, with the reason."""

    name: str
    error: UnreadableFile

    @property
    def is_quiet(self) -> bool:
        """Whether nobody will miss it: hidden files, marks of the system, empty folders among others."""
        return isinstance(self.error, SystemFile | EmptyFolder)


@dataclass(frozen=True, slots=True)
class Batch:
    """What there is to read, in the order in which people number files, and what is left out. It holds names, no texts."""

    files: tuple[BatchFile, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def system(self) -> int:
        """How many hidden and system files were passed over."""
        return sum(isinstance(left.error, SystemFile) for left in self.left_out)


def find_files(paths: Iterable[Path]) -> Batch:
    """All that can be read in these files, folders and .zip archives; what is given stands in the given order.

    Nothing is opened but folders and the lists of archives. A text that is given by name is never left out: reading
    it says what is wrong with it.
    """
    found = [_find(path) for path in paths]
    return Batch(
        tuple(file for each in found for file in each.files), tuple(left for each in found for left in each.left_out)
    )


def read_file(file: BatchFile) -> Reading:
    """Read one file of a batch. Whatever stops it is an UnreadableFile that names it with its folder or archive."""
    try:
        if file.member is None:
            return read_source(file.path)
        return read_bytes_as(file.member.name, read_member(file.path, file.member))
    except UnreadableFile as error:
        error.values = _named(error, file.name)
        raise


def _find(path: Path) -> Batch:
    """What one path gives."""
    try:
        if path.is_dir():
            return _in_folder(path)
        if path.exists() and suffix_of(path.name) == ".zip":
            return _in_archive(path, shown_name(path))
        if path.exists() and (error := other_archive(suffix_of(path.name))):
            return Batch((), (_left_out(shown_name(path), error),))
    except (OSError, ValueError):
        pass  # reading it says why
    return Batch((BatchFile(shown_name(path), path),))


def _in_folder(folder: Path) -> Batch:
    try:
        return _all_in(folder)
    except TooManyFiles as error:
        # All or nothing: nobody could say which part of so many was meant.
        return Batch((), (_left_out(shown_name(folder.absolute()), error),))


def _all_in(folder: Path) -> Batch:
    files: list[BatchFile] = []
    left_out: list[LeftOut] = []
    for each in list_folder(folder):
        name = "/".join(each.parts)
        if each.error is not None:
            left_out.append(_left_out(name, each.error))
        elif each.is_archive:
            inside = _in_archive(each.path, name)
            files.extend(inside.files)
            left_out.extend(inside.left_out)
        else:
            files.append(BatchFile(name, each.path))
        if len(files) + len(left_out) > MAX_MEMBERS:
            raise TooManyFiles(limit=MAX_MEMBERS)
    return Batch(tuple(files), tuple(left_out))


def _in_archive(path: Path, name: str) -> Batch:
    try:
        members, refused = list_members(path)
    except UnreadableFile as error:
        return Batch((), (_left_out(name, error),))
    files = [BatchFile(f"{name}{_INSIDE}{'/'.join(each.parts)}", path, each) for each in members]
    files.sort(key=lambda each: [natural(part) for part in each.member.parts] if each.member else [])
    left_out = [_left_out(f"{name}{_INSIDE}{'/'.join(parts)}", error) for parts, error in refused]
    if not files and not left_out:
        left_out.append(
            _left_out(
                name, UnreadableFile(reason=t("there is no file in this archive; check whether it is the right one"))
            )
        )
    return Batch(tuple(files), tuple(left_out))


def _left_out(name: str, error: UnreadableFile) -> LeftOut:
    error.values = _named(error, name)
    return LeftOut(name, error.let_go())


def _named(error: UnreadableFile, name: str) -> dict[str, object]:
    """The values of `error` with the name that the file has in the batch."""
    return {"suffix": suffix_of(name) or t("(no suffix)"), **error.values, "file": name}
