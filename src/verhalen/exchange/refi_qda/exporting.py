"""A whole project as .qdpx: an archive of `project.qde` and its texts, with what it cannot hold in a file beside it."""

from __future__ import annotations

import contextlib
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from verhalen import errors
from verhalen.exchange.refi_qda.outcome import Progress
from verhalen.exchange.refi_qda.places import PROFILES, Standard
from verhalen.exchange.refi_qda.project_xml import Contents, ProjectXml
from verhalen.exchange.refi_qda.sidecar import beside, sidecar_of
from verhalen.i18n import t
from verhalen.model.text import Source
from verhalen.store import sources
from verhalen.store.project import ProjectFile
from verhalen.store.versions import text_of
from verhalen.store.whole_file import write_whole

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_FIXED = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the same project gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What went out."""

    path: Path
    sidecar: Path | None
    sources: int
    rich: int
    """Files in Word's form among them."""
    codes: int
    codings: int
    memos: int
    coders: int
    families: int
    persons: int
    wide: int
    """Texts with characters such as emoji, which NVivo counts otherwise."""
    lines: tuple[str, ...] = ()
    """That read a table in R or SPSS as it is; none of .qdpx and .qdc."""


def export_project(
    project: ProjectFile,
    path: Path,
    *,
    profile: str = "standard",
    rich: bool = True,
    sidecar: bool = True,
    on_progress: Progress | None = None,
) -> Exported:
    """Write the project, whole or not at all. `profile`: a word of PROFILES. Raises CannotWrite.

    No consent is looked at: this moves a project to another program, inside the same walls.
    """
    with project.steady():
        contents = Contents(project)
        richly = {each.id for each in contents.sources if rich and _docx(project, each) is not None}
        writer = _Archive(contents, path.stem, PROFILES[profile], richly, on_progress)
        with _draft(path) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            writer.write(archive)
        beside_it = beside(path) if sidecar else None
        if beside_it is not None:
            write_whole(beside_it, sidecar_of(contents))
    return Exported(
        path,
        beside_it,
        sources=len(contents.sources),
        rich=len(richly),
        codes=len(contents.book),
        codings=writer.codings,
        memos=len(contents.memos) + len(contents.own),
        coders=len(contents.coders),
        families=len(contents.families),
        persons=sum(len(each.persons) for each in contents.families),
        wide=writer.wide,
    )


class _Archive:
    """The archive while it is written."""

    def __init__(
        self, contents: Contents, name: str, profile: type[Standard], rich: set[int], on_progress: Progress | None
    ) -> None:
        self.contents = contents
        self.name = name
        self.profile = profile
        self.rich = rich
        self.on_progress = on_progress
        self.codings = self.wide = self._done = 0

    def write(self, archive: zipfile.ZipFile) -> None:
        """Write all members."""
        with archive.open(_member("project.qde"), "w", force_zip64=True) as stream:
            xml = ProjectXml(self.contents, stream, name=self.name, profile=self.profile)
            xml.write(self._text, self.rich, self._say)
        self.codings = xml.codings
        for source in self.contents.sources:
            guid, text = self.contents.guids.of("source", source.id), self._text(source)
            self.wide += _ASTRAL.search(text) is not None
            archive.writestr(_member(f"{self.profile.folder}/{guid}.txt"), self.profile(text).content())
            if source.id in self.rich and (data := _docx(self.contents.project, source)) is not None:
                archive.writestr(_member(f"{self.profile.folder}/{guid}.docx"), data)
            self._say(source)

    def _text(self, source: Source) -> str:
        found = text_of(self.contents.project, source.id, source.version)
        if found is None:
            raise errors.DamagedProject(path=self.contents.project.path.name)
        return found.text

    def _say(self, source: Source) -> None:
        self._done += 1
        if self.on_progress:
            self.on_progress(self._done, 2 * len(self.contents.sources))


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _FIXED)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _docx(project: ProjectFile, source: Source) -> bytes | None:
    """The Word file, where its words are still those of the text: not corrected since, and not masked."""
    if source.masked or source.version != 1:
        return None
    found = sources.original_of(project, source.id)
    return found[0] if found and found[1] == ".docx" else None


@contextmanager
def _draft(path: Path) -> Iterator[IO[bytes]]:
    """A file to write in that takes its name when it is whole."""
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("wb") as stream:
            yield stream
        draft.replace(path)
    except OSError as error:
        raise errors.CannotWrite(file=path.name, reason=errors.why_not_written(error)) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def known_profile(word: str) -> str:
    """A word of PROFILES. Raises BadInput."""
    if word not in PROFILES:
        raise errors.BadInput(reason=t("there is no form {word}; take {known}", word=word, known=", ".join(PROFILES)))
    return word
