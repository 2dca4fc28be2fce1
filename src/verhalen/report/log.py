"""What the building of a report did: every number with its source, every quote shown or refused, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from verhalen.model.text import Notice
from verhalen.privacy.ladder import Step
from verhalen.privacy.ledger import Published

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class NumberEntry:
    """One number in the report."""

    id: str
    kind: Literal["count", "percent", "statistic"]
    value: str
    """As it stands in the document."""
    suppressed: bool
    source: str
    """The placeholder that asked for it."""


@dataclass(frozen=True, slots=True)
class QuoteEntry:
    """One quote that was asked for: shown, or why not. Never its words."""

    coding_id: int | None
    story: str | None
    shown: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """A table or number that was left out, since beside an earlier report it would tell of single families."""

    source: str
    """The placeholder that asked for it."""
    line: int | None
    what: str
    """What was left out: a caption or the name of a row, in the language of the report."""
    report: str
    """The earlier report."""
    day: str
    """ISO day on which it was sent, or else built."""


@dataclass(frozen=True, slots=True)
class MaskedEntry:
    """A table with numbers that are hidden, and what can be done about it."""

    source: str
    line: int | None
    what: str
    """Its caption, in the language of the report."""
    hidden: int
    """Cells without a number."""
    of: int
    steps: tuple[Step, ...]
    """The ladder, the gentlest step first."""


@dataclass(slots=True)
class Log:
    """Grows while placeholders are filled."""

    numbers: list[NumberEntry] = field(default_factory=list)
    quotes: list[QuoteEntry] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)
    cuts: dict[str, str] = field(default_factory=dict)
    """Where the values of an item or an index were cut in two: one report shows each in one way only."""
    splits: dict[str, dict[str, bool]] = field(default_factory=dict)
    """What a row tells of -> by what it was split in this report already, and whether something of it hides there."""
    before: Callable[[str], int] | None = None
    """Where a report is filled again: 0 for what stood at this place, 2 for what stood at another, 1 for all else."""

    def as_before(self, found: Iterable[_T], name: Callable[[_T], str]) -> list[_T]:
        """Candidates for a quote, what stood there already first: a good quote stays where it is. `name` is `quote_name`."""
        if self.before is None:
            return list(found)
        before = self.before
        return sorted(found, key=lambda each: before(name(each)))

    rows: dict[tuple[str, str], Published] = field(default_factory=dict)
    """What the report gives out, for the ledger: by kind and label."""
    refused: list[RefusedEntry] = field(default_factory=list)
    masked: list[MaskedEntry] = field(default_factory=list)

    def number(
        self, value: str, *, source: str, suppressed: bool, kind: Literal["count", "percent", "statistic"] = "count"
    ) -> None:
        """Write a number down under the next id."""
        self.numbers.append(NumberEntry(f"n{len(self.numbers) + 1}", kind, value, suppressed, source))

    @property
    def used_codings(self) -> set[int]:
        """Fragments that stand in the report already."""
        return {each.coding_id for each in self.quotes if each.coding_id is not None}

    @property
    def used_stories(self) -> set[str]:
        """Stories that stand in the report already."""
        return {each.story for each in self.quotes if each.story is not None}


def quote_name(coding_id: int | None, story: str | None) -> str:
    """A fragment or story as a report is told apart by it."""
    return f"story {story}" if story is not None else f"coding {coding_id}"
