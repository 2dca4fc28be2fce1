"""J2, statistics by themes: per code who tells of it, split by how it went with the family (methods.md D1). For researchers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from verhalen.analysis.joint_codes import CodedPiece
from verhalen.analysis.scoring import ScoredChange
from verhalen.i18n import mark
from verhalen.model.codebook import Codebook
from verhalen.scores.change import Standing, standings
from verhalen.scores.states import Kind


class ChangeClass(StrEnum):
    """How it went with a family over all items of the instrument."""

    BETTER = "up"
    SAME = "same"
    UNSEEN = "unseen"
    """The same, and nobody looked at most of it again."""
    WORSE = "down"
    NOT_COMPARED = "none"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "up": mark("better"),
            "same": mark("same"),
            "unseen": mark("not looked at again"),
            "down": mark("worse"),
            "none": mark("not compared"),
        }[self]


@dataclass(frozen=True, slots=True)
class ThemeCell:
    """One code in one class of families."""

    fragments: int
    families: tuple[str, ...]
    codings: tuple[int, ...]
    """The first coding of each fragment, to look at."""


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One code."""

    code: str
    name: str
    depth: int
    evidence: tuple[str, ...]
    """Life domains that it is evidence of; a context code has none."""
    own: Mapping[ChangeClass, ThemeCell]
    """Families' own words, by the class of the family that speaks."""
    about: Mapping[ChangeClass, ThemeCell]
    """Words of others, by the class of the family that they are about; about two families it counts in both classes."""

    @property
    def total(self) -> int:
        """Fragments in own words and about families."""
        return sum(cell.fragments for cells in (self.own, self.about) for cell in cells.values())


@dataclass(frozen=True, slots=True)
class ThemeTable:
    """All codes that are used, in the order of the codebook."""

    classes: Mapping[ChangeClass, tuple[str, ...]]
    """Every family once: the n of each class is how many there are."""
    telling: Mapping[ChangeClass, tuple[str, ...]]
    """Families of the class with any coded word of their own: who says nothing cannot name a code."""
    rows: tuple[ThemeRow, ...]


def change_classes(change: ScoredChange, families: Iterable[str]) -> dict[ChangeClass, tuple[str, ...]]:
    """Each family in one class, by the sign of the sum of the signs of its items (as change of a life domain is)."""
    found: dict[ChangeClass, list[str]] = {each: [] for each in ChangeClass}
    standing = {family: each for (family, _), each in standings(change.pairs, change.instrument.items).items()}
    for family in sorted(families):
        found[_class_of(standing.get(family))].append(family)
    return {each: tuple(own) for each, own in found.items()}


def _class_of(standing: Standing | None) -> ChangeClass:
    if standing is None:
        return ChangeClass.NOT_COMPARED
    if standing.direction:
        return ChangeClass.BETTER if standing.direction > 0 else ChangeClass.WORSE
    return ChangeClass.UNSEEN if standing.look is Kind.CARRIED else ChangeClass.SAME


def themes(book: Codebook, coded: Sequence[CodedPiece], classes: Mapping[ChangeClass, Sequence[str]]) -> ThemeTable:
    """Count the fragments of each code in each class."""
    class_of = {family: each for each, families in classes.items() for family in families}
    own: dict[str, list[tuple[CodedPiece, tuple[str, ...]]]] = {}
    about: dict[str, list[tuple[CodedPiece, tuple[str, ...]]]] = {}
    for each in coded:
        piece = each.piece
        if piece.family is not None:
            own.setdefault(each.code, []).append((each, (piece.family,)))
        elif known := tuple(family for family in piece.about if family in class_of):
            about.setdefault(each.code, []).append((each, known))
    rows = tuple(
        ThemeRow(
            code=code.key,
            name=code.name,
            depth=book.depth(code),
            evidence=code.evidence,
            own=_cells(own.get(code.key, ()), class_of),
            about=_cells(about.get(code.key, ()), class_of),
        )
        for code in book
        if code.key in own or code.key in about
    )
    speaking = {each.piece.family for each in coded if each.piece.family is not None}
    return ThemeTable(
        classes={each: tuple(families) for each, families in classes.items()},
        telling={each: tuple(key for key in families if key in speaking) for each, families in classes.items()},
        rows=rows,
    )


def _cells(
    found: Iterable[tuple[CodedPiece, tuple[str, ...]]], class_of: Mapping[str, ChangeClass]
) -> dict[ChangeClass, ThemeCell]:
    fragments: dict[ChangeClass, list[int]] = {each: [] for each in ChangeClass}
    families: dict[ChangeClass, set[str]] = {each: set() for each in ChangeClass}
    for each, keys in found:
        for name in {class_of.get(key, ChangeClass.NOT_COMPARED) for key in keys}:
            fragments[name].append(each.piece.coding_id)
        for key in keys:
            families[class_of.get(key, ChangeClass.NOT_COMPARED)].add(key)
    return {
        each: ThemeCell(len(fragments[each]), tuple(sorted(families[each])), tuple(fragments[each]))
        for each in ChangeClass
    }
