"""What a document is made of. Whatever may come from the project is Cleared: it went through the gate of `privacy/`.

The coordinator's own Markdown words enter through `privacy.clearance.own_words`; mypy holds the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from verhalen.errors import BadInput
from verhalen.i18n import t
from verhalen.privacy.clearance import Cleared

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one look. A newline is a line break within the paragraph."""

    text: Cleared[str]
    strong: bool = False
    emphasis: bool = False
    link: str = ""
    """A web or mail address, or empty."""
    source: str = ""
    """The placeholder that made these words (`Placeholder.source`); it stays in memory."""
    trace: str = ""
    """Name of the bookmark by which a refresh finds these words in the Word file; empty where none is wanted."""


Words = tuple[Run, ...]
Phrase = Cleared[str] | Words
"""Words with a look, or without any."""


def runs(phrase: Phrase) -> Words:
    """A phrase as runs."""
    return phrase if isinstance(phrase, tuple) else (Run(phrase),)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest, 3 the lowest that we style."""

    level: int
    words: Phrase


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `quoted` sets it as an aside of the coordinator's own (Markdown's `>`)."""

    words: Phrase
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item, and the lists within it."""

    words: Phrase
    inside: tuple[ListBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list with bullets, or numbered from 1."""

    items: tuple[ListItem, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's words."""

    text: Cleared[str]
    """A newline begins a new paragraph. Quotation marks are added where there are none."""
    attribution: Cleared[str] | None = None
    """Who said it, as far as may be said."""
    n: Cleared[str] | None = None
    """How many said something like it, as a phrase: `1 van de 7 verhalen`."""


@dataclass(frozen=True, slots=True)
class Table:
    """A simple table: one header row, no merged cells."""

    header: tuple[Phrase, ...]
    rows: tuple[tuple[Phrase, ...], ...]
    caption: Phrase
    """Without number; the writer numbers. An empty one leaves the table without number."""
    align: tuple[Align, ...] = ()
    """Per column; columns without one are aligned left."""
    note: Phrase | None = None
    """What the reader must know to read it: what was left out, what n is."""

    def __post_init__(self) -> None:
        """Refuse rows that do not fit under the header."""
        wanted = len(self.header)
        for row in self.rows:
            if len(row) != wanted:
                reason = t("a row of a table has {found} cells, its header has {wanted}", found=len(row), wanted=wanted)
                raise BadInput(reason=reason)

    def aligned(self, column: int) -> Align:
        """How `column` (from 0) is aligned."""
        return self.align[column] if column < len(self.align) else "left"


Look = Literal["", "better", "same", "together", "unseen", "worse"]
"""How the parts of a series look, where that has a meaning of its own; empty takes the next of the row."""


@dataclass(frozen=True, slots=True)
class Series:
    """The counts of one class, one per category; None was masked and is not drawn."""

    name: Cleared[str]
    values: tuple[Cleared[int | None] | None, ...]
    look: Look = ""

    @property
    def counts(self) -> tuple[int | None, ...]:
        """The bare numbers; None where nothing is drawn, whether the gate or the caller masked it."""
        return tuple(None if value is None else value.value for value in self.values)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of counts. A stacked bar is the only kind: no pies, no averages."""

    categories: tuple[Cleared[str], ...]
    series: tuple[Series, ...]
    """In the order in which they are stacked and listed in the legend."""
    caption: Phrase
    """Without number; the writer numbers."""
    alt_text: Cleared[str] | None = None
    """What the chart says, for who cannot see it; None makes it from the numbers."""
    note: Phrase | None = None
    lacks: bool | None = None
    """Whether a number is left out of its bar, which is said below; None reads that from the series."""
    kind: Literal["stacked_bar"] = "stacked_bar"

    def __post_init__(self) -> None:
        """Refuse series that do not fit the categories."""
        wanted = len(self.categories)
        for series in self.series:
            if len(series.values) != wanted:
                reason = t("a chart has {wanted} bars and a series of {found}", found=len(series.values), wanted=wanted)
                raise BadInput(reason=reason)

    @property
    def lacks_numbers(self) -> bool:
        """Whether a reader must know that a bar is shorter than it should be."""
        return any(None in series.counts for series in self.series) if self.lacks is None else self.lacks


@dataclass(frozen=True, slots=True)
class Callout:
    """A box that must not be missed: the limits of the numbers, the question to the council."""

    title: Phrase | None
    paragraphs: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Small print that belongs to what stands before it."""

    words: Phrase


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents, down to headings of `depth`."""

    title: Phrase | None = None
    depth: int = 2


@dataclass(frozen=True, slots=True)
class Filled:
    """What a placeholder alone in a paragraph became; a refresh replaces these blocks in the Word file."""

    source: str
    """`Placeholder.source`; it stays in memory."""
    blocks: tuple[Block, ...]
    trace: str = ""
    """How the names of the bookmarks around these blocks begin; empty where none are wanted."""


Block = Heading | Paragraph | ListBlock | Quotation | Table | Chart | Callout | Note | PageBreak | Contents | Filled
