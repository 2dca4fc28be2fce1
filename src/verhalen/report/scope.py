"""Which part of the project a report is about: all of it, or the families of the municipalities that its front names."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from verhalen.analysis.tally import Piece
from verhalen.model.family import Family
from verhalen.model.story import Story
from verhalen.report.front import Front
from verhalen.store import families, stories
from verhalen.store.project import ProjectFile


def within(everybody: Iterable[Family], front: Front) -> list[Family]:
    """The families that the report may be about; without municipalities in its front all of them."""
    wanted = {name.casefold() for name in front.municipalities}
    return [each for each in everybody if not wanted or each.municipality.casefold() in wanted]


def families_in_scope(project: ProjectFile, front: Front) -> list[Family]:
    """The same, from the store; also families without support in the period."""
    return within(families.families(project), front)


def stories_in_scope(project: ProjectFile, front: Front) -> list[Story]:
    """Stories of these families, of whatever day."""
    keys = {each.key for each in families_in_scope(project, front)}
    return [each for each in stories.stories(project) if each.family in keys]


def concerns(piece: Piece, keys: Collection[str]) -> bool:
    """Whether a fragment is of one of these families, or about one of them.

    What professionals say about nobody in particular belongs to no municipality: a report on some of them leaves it out.
    """
    return piece.family in keys if piece.family is not None else any(key in keys for key in piece.about)
