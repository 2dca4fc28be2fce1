"""The workspace as a whole: making one, backups, withdrawing, and where its files are."""

from __future__ import annotations

import html
import os
import shlex
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.codes import no_family
from verhalen.model.text import common_length
from verhalen.settings import FOLDERS, PROJECT_FILE, shipped_files
from verhalen.store import forget
from verhalen.store import sources as source_store
from verhalen.store import stories as story_store
from verhalen.store.families import family_ids
from verhalen.store.project import ProjectFile
from verhalen.store.versions import text_of

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


def demo_files() -> Path:
    """The folder with the shipped demo transcripts and tables."""
    return shipped_files("transcripts")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a withdrawal takes away, and what it cannot reach."""

    removed: dict[str, int]
    """Table to number of rows."""
    stays: tuple[str, ...]
    """Files beside the project that still hold words of it, by path from the workspace."""
    clean: bool
    """False where another window must close before the last traces are gone."""


def withdraw(file: ProjectFile, key: str, *, really: bool) -> Withdrawal:
    """Forget a family or story everywhere, or (not `really`) say what would go. Raises UnknownFamily."""
    roots = _roots(file, key)
    going = forget.what_goes(file, roots)
    texts = _texts(file, going.rows.get("source", set()))
    stays = tuple(files_with(file.path.parent, texts))
    removed = {table: len(rows) for table, rows in going.rows.items()}
    if not really:
        return Withdrawal(removed, stays, clean=True)
    return Withdrawal(removed, stays, clean=forget.forget(file, going))


def _roots(file: ProjectFile, key: str) -> dict[str, set[int]]:
    """The rows that a key names. A story takes its text along; a source of one family goes with the family."""
    for story in story_store.stories(file):
        if story.key == key:
            return {"story": {story.id}, "source": {story.source_id, *(each.source_id for each in story.others)}}
    if key.isdecimal() and (source := source_store.source_by_number(file, int(key))) is not None:
        return {"source": {source.id}}
    number = family_ids(file).get(key)
    if number is None:
        raise no_family(key)
    spoken = file.rows(
        "select distinct speaker.source_id from speaker join person on person.id = person_id where family_id = ?",
        (number,),
    )
    return {"family": {number}, "source": {row[0] for row in spoken}}


def _texts(file: ProjectFile, sources: set[int]) -> list[str]:
    found = []
    for number in sources:
        source = source_store.source_by_id(file, number)
        text = text_of(file, number, source.version) if source else None
        if text:
            found.append(text.text)
    return found


_PIECE, _RUN = 20, 32
"""Pieces that are looked for, and so many characters in a row that are no accident. A quote in a report is longer."""


def files_with(workspace: Path, texts: list[str]) -> list[str]:
    """Files of the workspace that share a run of words with one of the texts; Word and Excel files are looked into."""
    lines = [line for text in texts for line in map(str.strip, text.split("\n")) if len(line) >= _PIECE]
    own = {PROJECT_FILE, f"{PROJECT_FILE}-wal", f"{PROJECT_FILE}-shm"}
    found = []
    for path in sorted(workspace.rglob("*")):
        if path.is_file() and path.name not in own:
            content = _content(path)
            if any(_shares(content, line) for line in lines):
                found.append(str(path.relative_to(workspace)))
    return found


def _shares(content: str, line: str) -> bool:
    """Whether a run of the line, or all of a short one, stands in the content."""
    for start in range(0, len(line) - _PIECE + 1, _PIECE // 2):
        place = content.find(line[start : start + _PIECE])
        if place >= 0 and _run_length(content, place, line, start) >= min(_RUN, len(line)):
            return True
    return False


def _run_length(content: str, place: int, line: str, start: int) -> int:
    """How far both are the same around a place where they meet."""
    before = common_length(content[max(0, place - _RUN) : place][::-1], line[:start][::-1])
    return before + common_length(content[place : place + _RUN], line[start:])


def _content(path: Path) -> str:
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                parts = (archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
                return html.unescape("\n".join(part.decode("utf-8", "ignore") for part in parts))
        return path.read_bytes().decode("utf-8", "ignore")
    except (OSError, zipfile.BadZipFile):
        return ""


def as_typed(path: Path) -> str:
    """A path as one types it in the shell of this system, with quotes where it needs them."""
    return subprocess.list2cmdline([str(path)]) if os.name == "nt" else shlex.quote(str(path))


def backup(file: ProjectFile, target: Path) -> None:
    """A consistent copy while the project is open, with the same passphrase."""
    if target.resolve() == file.path.resolve():
        raise errors.CannotWrite(file=target.name, reason=t("it is the project itself"))
    file.copy_to(target)
