"""What the columns of a table of scores mean: by their own names, or as a mapping says that is kept under a name."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen import errors
from verhalen.exchange.columns import Sheet, name_of
from verhalen.exchange.mapped_columns import mapped_sheet, refuse_empty_mapping
from verhalen.exchange.score_words import ANSWER, FOR_READING, HEAD, SYNONYMS, item_of
from verhalen.exchange.tables import Table
from verhalen.i18n import t
from verhalen.model.instrument import Instrument
from verhalen.model.mapping import LEFT_OUT, ColumnMapping

_BY_LABEL = ("lid", "rol", "instrument", "beoordelaar", "item", "status", "reden")
"""Columns of which SPSS may keep a number with a word: the word is meant."""


def ours(name: str) -> str:
    """Our name for a column, of one of its names in Dutch or English; `-` stays what it is."""
    return LEFT_OUT if name.strip() == LEFT_OUT else SYNONYMS.get(name_of(name), name_of(name))


def refuse_odd_mapping(name: str, mapping: ColumnMapping, instruments: Sequence[Instrument]) -> None:
    """Refuse a mapping that could never be used: a name or column that is empty, or a meaning that nothing has."""
    refuse_empty_mapping(name, mapping)
    items = {name_of(item.key) for each in instruments for item in each.items}
    for wanted in mapping.columns.values():
        meaning = ours(wanted)
        if meaning not in (*HEAD, *ANSWER, LEFT_OUT) and item_of(meaning) not in items:
            known = ", ".join((*HEAD, *ANSWER))
            raise errors.BadInput(
                reason=t(
                    "{name} is no column of ours; there are {known}, the keys of items, and - to leave out",
                    name=wanted,
                    known=known,
                )
            )


def understood(table: Table, mapping: ColumnMapping | None) -> Sheet:
    """The table by our names of columns, with values in our words."""
    return mapped_sheet(table, mapping, ours, by_label=_BY_LABEL)


def is_scores(sheet: Sheet) -> bool:
    """Whether a table can be one of scores: it says of which family and when."""
    return sheet.has("gezin", "datum")


def passed_over(sheet: Sheet, items: set[str]) -> list[str]:
    """Columns that mean nothing here, by our names; those of a wide table that are no items are refused elsewhere."""
    if sheet.has("item"):
        return sheet.others((*HEAD, *ANSWER, *FOR_READING))
    return [name for name in ("waarde", "status", "toelichting", "reden") if sheet.has(name) and name not in items]
