"""Crosstabs: two axes, and how many fragments, families or sources stand where they cross."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark
from verhalen.model.text import Notice


class Unit(StrEnum):
    """What is counted. Within a cell each counts once."""

    CODINGS = "codings"
    """Fragments: overlapping codings of one row in one source are one, however many coders marked them."""
    FAMILIES = "families"
    """Families whose own words they are."""
    SOURCES = "sources"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {"codings": mark("fragments"), "families": mark("families"), "sources": mark("sources")}[self]


class Rows(StrEnum):
    """What the rows of a crosstab are."""

    CODE = "code"
    """The whole codebook as a tree: a line counts its code and every code below it."""
    GROUP = "group"
    """Codes at the top of the tree, each with all below it."""
    DOMAIN = "domain"
    """Life domains, by codes that are evidence for them."""
    VALENCE = "valence"
    """Good news, bad news, both, not said."""

    @property
    def label(self) -> str:
        """Marked words for people."""
        return {
            "code": mark("codes"),
            "group": mark("groups of codes"),
            "domain": mark("life domains"),
            "valence": mark("good or bad news"),
        }[self]


class Whose(StrEnum):
    """Whose words are counted. Words of families and words about them are never joined unless asked for."""

    OWN = "own"
    """Words of a family, by speaker or story."""
    ABOUT = "about"
    """Words of somebody else in which a family is spoken about, by mention."""
    ALL = "all"
    """Both, and words that are neither."""

    @property
    def label(self) -> str:
        """Marked words for people."""
        return {
            "own": mark("families' own words"),
            "about": mark("words about families"),
            "all": mark("all words"),
        }[self]


class AxisKind(StrEnum):
    """What decides in which column something stands."""

    FAMILY = "family"
    """What is known of the family: each family stands in one column."""
    VOICE = "voice"
    """Who speaks."""
    SOURCE = "source"
    """In which text it stands."""
    CODER = "coder"
    """Who marked it."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One way of making columns."""

    key: str
    """What one asks for: `gemeente`, `change`, `role`..."""
    name: str
    """Words for people, in their language; the name itself of an attribute that a project made."""
    kind: AxisKind


class Measure(StrEnum):
    """What a cell shows."""

    COUNT = "count"
    ROW_PERCENT = "row_percent"
    COLUMN_PERCENT = "column_percent"
    PER_1000_WORDS = "per_1000_words"
    COEFFICIENT = "coefficient"
    """Of co-occurrence: n12 / (n1 + n2 - n12)."""

    @property
    def label(self) -> str:
        """Marked words for people."""
        return {
            "count": mark("numbers"),
            "row_percent": mark("per cent of the row"),
            "column_percent": mark("per cent of the column"),
            "per_1000_words": mark("per 1,000 words"),
            "coefficient": mark("coefficient"),
        }[self]


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column."""

    key: str
    """Key of a code, group, domain, value...; empty for what has no value."""
    name: str
    depth: int = 0
    """How deep it stands in the codebook."""
    n: int = 0
    """Families, sources or fragments that could stand in it at all, told of or not: the n of a percentage."""
    words: int = 0
    """Words of text behind it; 0 where that is not known or has no meaning."""
    families: int = 0
    """Of a column: families that could stand in it, told or not."""
    sources: int = 0
    """Of a column: sources with words that belong to it."""


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Rows by columns. Totals count each unit once, so they may be less than the sum of their line."""

    unit: Unit
    by: str
    """What the columns are, as it was asked for: `gemeente`, `change`, `role`..."""
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    counts: tuple[tuple[int, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int
    coefficients: tuple[tuple[float | None, ...], ...] = ()
    """Only of co-occurrence; None: undefined (neither occurs)."""
    notes: tuple[Notice, ...] = ()
    """What the reader must know: who was left out, what n is."""
    lines: str = ""
    """What the rows are, as it was asked for: `code`, `group`, `domain`, `valence`."""
    whose: str = ""
    """Whose words were counted: a value of `Whose`."""

    def shown(self, row: int, column: int, measure: Measure) -> float | None:
        """A cell by a measure: a count, a percentage from 0 to 100, a rate; None where it is undefined."""
        count = self.counts[row][column]
        match measure:
            case Measure.COUNT:
                return count
            case Measure.ROW_PERCENT:
                return _share(count, self.row_totals[row], 100)
            case Measure.COLUMN_PERCENT:
                return _share(count, self.columns[column].n, 100)
            case Measure.PER_1000_WORDS:
                return _share(count, self.columns[column].words, 1000)
            case Measure.COEFFICIENT:
                return self.coefficients[row][column] if self.coefficients else None


def _share(count: int, of: int, times: int) -> float | None:
    return times * count / of if of else None
