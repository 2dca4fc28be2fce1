"""The ledger of released tables: what outsiders hold already, so that a new table gives nothing away by subtraction (D6)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReleasedRow:
    """One row of a table as it was published, with the families behind it."""

    kind: str
    """What is counted: table, instrument, rule, moments. Rows of other kinds are never subtracted from each other."""
    label: str
    """Key of the row within its table."""
    columns: tuple[str, ...]
    """Keys of the classes in which each family falls at most once."""
    cells: tuple[int | None, ...]
    """As published, one per column; None where a number was hidden."""
    total: int | None
    """The published n; None where it was hidden."""
    families: frozenset[int]
    """Ids of the families that the row counts, whatever class they fall in."""


@dataclass(frozen=True, slots=True)
class Release:
    """One report for people outside the team."""

    id: int
    report: str
    """Name of the report source, without its folder."""
    title: str
    audience: str
    period: str
    """`2025-01-01..2025-12-31`, or empty."""
    built: str
    """ISO day."""
    sent: str | None
    """ISO day on which it went out; None: built only. A new building of the same report takes the place of what was not sent."""
    coder: str
    rows: tuple[ReleasedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """The smallest numbers of families that this project shows an audience, with the reason that prints in the report."""

    audience: str
    plain: int
    strict: int
    """For sensitive life domains."""
    reason: str
    day: str
    coder: str
