"""J4, item to question: what measures and what tells each life domain and each line of the theory of change (methods.md D1).

For planning: it holds what is asked and coded, and nothing that any family said.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from verhalen.analysis.theory import Theory, TheoryLine
from verhalen.model.codebook import Codebook
from verhalen.model.instrument import DomainList, Instrument, Item

OUTSIDE = "AND"
"""The life domain outside the list: no item ever asks about it."""


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """One item that is asked today."""

    instrument: str
    item: Item
    domain_name: str
    codes: tuple[str, ...]
    """Codes that are evidence about its life domain."""
    fragments: int
    """Codings by these."""
    stories: int
    """Stories about its life domain."""
    lines: tuple[TheoryLine, ...]
    """Lines of the theory of change that name the item or its life domain."""

    @property
    def has_question(self) -> bool:
        """Whether the instrument says in words what to ask."""
        return bool(self.item.question)

    @property
    def is_told(self) -> bool:
        """Whether words can stand beside its scores: a code that is evidence, or a story."""
        return bool(self.codes) or self.stories > 0


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the theory of change, with the lines below it."""

    line: TheoryLine
    items: tuple[tuple[str, str], ...]
    """Key of the instrument and of the item: named itself, or asked about a life domain that is named."""
    codes: tuple[str, ...]
    """Named itself, or evidence about a life domain that is named."""
    stories: int
    """Stories about the life domains that are named."""

    @property
    def is_measured(self) -> bool:
        """Whether an item asks about it."""
        return bool(self.items)

    @property
    def is_told(self) -> bool:
        """Whether a code or a story can tell of it."""
        return bool(self.codes) or self.stories > 0


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Everything side by side."""

    instruments: tuple[Instrument, ...]
    rows: tuple[CrosswalkRow, ...]
    """In the order of the instruments."""
    theory: Theory | None
    lines: tuple[LineRow, ...]
    """In the order of the file; none without a theory."""
    unasked: tuple[str, ...]
    """Names of life domains about which none of these instruments asks: only words can tell."""

    @property
    def without_question(self) -> tuple[CrosswalkRow, ...]:
        """Items of which the instrument does not say what to ask."""
        return tuple(row for row in self.rows if not row.has_question)

    @property
    def untold(self) -> tuple[CrosswalkRow, ...]:
        """Items beside which no words can stand."""
        return tuple(row for row in self.rows if not row.is_told)

    @property
    def bare(self) -> tuple[LineRow, ...]:
        """Lines that nothing measures and nothing tells."""
        return tuple(row for row in self.lines if not row.is_measured and not row.is_told)


def crosswalk(
    instruments: Sequence[Instrument],
    domains: DomainList,
    book: Codebook,
    *,
    stories: Mapping[str, Collection[int]],
    theory: Theory | None = None,
) -> Crosswalk:
    """Set items beside codes, stories and lines. `stories` are their ids by life domain."""
    names = {each.key: each.name for each in domains.domains}
    evidence: dict[str, list[str]] = {}
    for code in book:
        for domain in code.evidence:
            evidence.setdefault(domain, []).append(code.key)
    used = {code.key: code.codings for code in book}
    rows = [
        CrosswalkRow(
            instrument=each.key,
            item=item,
            domain_name=names.get(item.domain, item.domain),
            codes=tuple(evidence.get(item.domain, ())),
            fragments=sum(used[key] for key in evidence.get(item.domain, ())),
            stories=len(stories.get(item.domain, ())),
            lines=tuple(
                line
                for line in (theory.lines if theory else ())
                if (each.key, item.key) in line.items or item.domain in line.domains
            ),
        )
        for each in instruments
        for item in each.asked
    ]
    asked = {row.item.domain for row in rows}
    return Crosswalk(
        instruments=tuple(instruments),
        rows=tuple(rows),
        theory=theory,
        lines=tuple(_line(line, theory, rows, evidence, stories) for line in theory.lines) if theory else (),
        unasked=tuple(each.name for each in domains.domains if each.key not in (*asked, OUTSIDE)),
    )


def _line(
    line: TheoryLine,
    theory: Theory,
    rows: Sequence[CrosswalkRow],
    evidence: Mapping[str, Sequence[str]],
    stories: Mapping[str, Collection[int]],
) -> LineRow:
    below = theory.below(line)
    domains = dict.fromkeys(domain for each in below for domain in each.domains)
    named = dict.fromkeys(item for each in below for item in each.items)
    codes = dict.fromkeys(code for each in below for code in each.codes)
    asked = {(row.instrument, row.item.key): row.item.domain for row in rows}
    return LineRow(
        line=line,
        items=tuple(key for key, domain in asked.items() if key in named or domain in domains),
        codes=tuple(dict.fromkeys([*codes, *(code for domain in domains for code in evidence.get(domain, ()))])),
        stories=len({story for domain in domains for story in stories.get(domain, ())}),
    )
