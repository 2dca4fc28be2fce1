"""What the coding screen reads in the background, on connections of its own: sentences, and the lists of its panes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.message import Message

from verhalen import errors
from verhalen.api.project import Project
from verhalen.model.codebook import Code
from verhalen.model.family import Family
from verhalen.model.text import Source
from verhalen.tui import coding_units as units
from verhalen.tui.coder_looks import looks_of
from verhalen.tui.coding_desk import Desk
from verhalen.tui.coding_looks import CodeLook, looks
from verhalen.tui.coding_units import Spans

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen

PATIENCE = 0.4
"""Seconds before the background begins: the keys come first."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What the panes show."""

    codes: Sequence[Code]
    sources: Sequence[Source]
    families: Sequence[Family]
    looks: dict[str, CodeLook] = field(default_factory=dict)
    coders: dict[int, CodeLook] = field(default_factory=dict)
    """Looks by id of a coder."""


class ListsRead(Message):
    """The lists were read again; sent from a thread."""

    def __init__(self, lists: Lists) -> None:
        super().__init__()
        self.lists = lists


class UnitsFound(Message):
    """Words and sentences of a text; sent from a thread, first the quick ones, then those of the language room."""

    def __init__(self, about: tuple[int, int], *, words: Spans, sentences: Spans) -> None:
        super().__init__()
        self.about = about
        """Id and version of the source."""
        self.words = words
        self.sentences = sentences


def read_lists(project: Project) -> Lists:
    """Codes with their counts, sources, families, looks."""
    codes = tuple(project.codes.book())
    return Lists(codes, tuple(project.sources.all()), tuple(project.families.all()), looks(codes), looks_of(project))


def read_lists_later(screen: CodingScreen, project: Project) -> None:
    """Read them in a moment; several wishes at once become one."""

    def work() -> None:
        try:
            with project.sibling() as own:
                screen.post_message(ListsRead(read_lists(own)))
        except errors.VerhalenError:
            return  # the project is going; the next change asks again

    _later(screen, "lists", work)


def find_units(screen: CodingScreen, project: Project, desk: Desk) -> None:
    """Find words and sentences. Loading the language room takes over a second, so quick ones come first."""
    number, about, text, turns = desk.source.id, (desk.source.id, desk.source.version), desk.text, desk.turns

    def work() -> None:
        words = units.words(text)
        rough = units.sentences(units.rough_sentences(text), turns)
        screen.post_message(UnitsFound(about, words=words, sentences=rough))
        try:
            with project.sibling() as own:
                found = own.sources.sentences(number)
        except errors.VerhalenError:
            return  # the source is gone
        gc.freeze()  # the language room is large and stays
        screen.post_message(UnitsFound(about, words=words, sentences=units.sentences(found, turns)))

    _later(screen, "units", work)


def _later(screen: CodingScreen, group: str, work: Callable[[], None]) -> None:
    def begin() -> None:
        screen.run_worker(work, thread=True, exclusive=True, group=group)

    screen.soon(group, PATIENCE, begin)
