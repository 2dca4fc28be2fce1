"""What the columns of a table of families mean: by their own names, or as a mapping says that is kept under a name."""

from __future__ import annotations

from verhalen import errors
from verhalen.exchange.attribute_values import attribute_name
from verhalen.exchange.columns import Sheet, name_of
from verhalen.exchange.family_names import CONTACT_COLUMNS, IDENTIFYING, PERSON_COLUMNS, SYNONYMS, TRAJECTORY_COLUMNS
from verhalen.exchange.mapped_columns import mapped_sheet, refuse_empty_mapping
from verhalen.exchange.tables import Table
from verhalen.i18n import t
from verhalen.model.mapping import LEFT_OUT, ColumnMapping

COLUMNS = tuple(dict.fromkeys(("gezin", "gemeente", *PERSON_COLUMNS, *TRAJECTORY_COLUMNS, *CONTACT_COLUMNS)))
"""Our names, of all four kinds of tables; any other is an attribute of families."""
_KEYS = ("gezin", "lid", LEFT_OUT)
"""What a column may mean whose name says that it holds a name: the rules for codes refuse names there."""


def ours(name: str) -> str:
    """Our name for a column, of one of its names in Dutch or English; `-` stays what it is."""
    return LEFT_OUT if name.strip() == LEFT_OUT else SYNONYMS.get(name_of(name), name_of(name))


def refuse_odd_mapping(name: str, mapping: ColumnMapping) -> None:
    """Refuse a mapping that is empty, that brings in what says who somebody is, or an attribute that cannot be."""
    refuse_empty_mapping(name, mapping)
    for column, wanted in mapping.columns.items():
        meaning = ours(wanted)
        if name_of(column) in IDENTIFYING and meaning not in _KEYS:
            raise errors.BadInput(
                reason=t("{column} says who somebody is: it can only be left out, with -", column=column)
            )
        if meaning not in COLUMNS and meaning != LEFT_OUT:
            attribute_name(wanted)


def understood(table: Table, mapping: ColumnMapping | None) -> Sheet:
    """The table by our names of columns, with values in our words; columns that are left out are gone."""
    return mapped_sheet(table, mapping, ours) if mapping else Sheet(table, SYNONYMS)
