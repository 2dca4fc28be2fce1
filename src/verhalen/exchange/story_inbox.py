"""Which Word files of a folder are papers of ours, and which of them still wait."""

from __future__ import annotations

from pathlib import Path

from verhalen import errors
from verhalen.exchange.story_forms import read_form
from verhalen.exchange.story_markdown import begins_with_story
from verhalen.exchange.story_returning import is_taken
from verhalen.exchange.story_sheets import is_read
from verhalen.model.form import SHEET
from verhalen.model.story_paper import BETTER, HARDER, HARDER_TEXT, OTHERWISE
from verhalen.readers.story_form import kind_of_file, read_paper
from verhalen.store.project import ProjectFile


def waits(project: ProjectFile, path: Path) -> bool:
    """Whether somebody filled in this paper and nobody took it in."""
    if not kind_of_file(path) or is_blank(path):
        return False
    paper = read_paper(path)
    if paper.kind == SHEET:
        return not is_read(project, paper)
    try:
        return not is_taken(project, paper.head[1], read_form(path).digest)
    except errors.BadForm:
        return True  # somebody must look at it


def is_blank(path: Path) -> bool:
    """Whether nobody answered anything on a paper yet; what was filled in beforehand is no answer."""
    paper = read_paper(path)
    if paper.kind == SHEET:
        return not any(paper.ticked.values()) and OTHERWISE not in paper.fields
    return not any((*(paper.fields.get(name) for name in ("tekst", HARDER_TEXT)), paper.one(BETTER), paper.one(HARDER)))


def is_sheet(path: Path) -> bool:
    """Whether a file is a sheet for a family."""
    return kind_of_file(path) == SHEET


def is_stories(path: Path) -> bool:
    """Whether a file that is no table holds stories: a paper of ours, or Markdown that begins with the fields of one."""
    if path.suffix.lower() in (".md", ".markdown"):
        return begins_with_story(path)
    return bool(kind_of_file(path))
