"""How another program names its columns and values: kept under a name, so that nobody says it twice."""

from __future__ import annotations

from dataclasses import dataclass, field

LEFT_OUT = "-"
"""Our name for a column that means nothing here."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Columns of one kind of export."""

    columns: dict[str, str] = field(default_factory=dict)
    """Their name of a column to ours; `-` leaves it out."""
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    """By their name of a column, what they write to what we understand: `{"Score": {"Ja": "5"}}`."""
