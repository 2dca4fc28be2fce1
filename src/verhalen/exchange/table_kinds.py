"""What a table that somebody chose is about: scores, families or stories."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from verhalen import errors
from verhalen.exchange.columns import Sheet
from verhalen.exchange.family_names import SYNONYMS as FAMILY_SYNONYMS
from verhalen.exchange.family_tables import kind_of
from verhalen.exchange.mapped_columns import fitting_mapping
from verhalen.exchange.score_columns import ours
from verhalen.exchange.story_inbox import is_stories
from verhalen.exchange.story_names import ours as story_name
from verhalen.exchange.tables import Table, read_tables
from verhalen.store import declared
from verhalen.store import scores as store
from verhalen.store.project import ProjectFile

TableKind = Literal["scores", "families", "stories"]
_MAPPED: tuple[TableKind, ...] = ("scores", "families", "stories")
_OF_SCORES = {"item", "waarde", "beoordelaar", "instrument"}


def table_kind(project: ProjectFile, path: Path) -> TableKind:
    """The kind that the columns say; scores where they say nothing, and for a form. Raises what reading a table raises."""
    suffix = path.suffix.lower()
    if suffix == ".docx":
        return "stories" if is_stories(path) else "scores"
    if suffix in (".md", ".markdown"):
        return "stories"
    tables = read_tables(path)
    if mapped := _by_mapping(project, tables):
        return mapped
    items = {ours(item.key) for each in store.instruments(project) for item in each.items}
    found = [kind for table in tables if (kind := _kind(table, items))]
    return found[0] if found else "scores"


def _by_mapping(project: ProjectFile, tables: Sequence[Table]) -> TableKind | None:
    """The kind whose kept columns fit; of two kinds the one that knows more of the columns."""
    fitting: list[tuple[int, TableKind]] = []
    for kind in _MAPPED:
        kept = declared.column_mappings(project, kind)
        try:
            name = fitting_mapping(tables, kept)
        except errors.BadInput:  # several fit: of this kind it is, and which one is asked later
            return kind
        if name:
            fitting.append((len(kept[name].columns), kind))
    return max(fitting)[1] if fitting else None


def _kind(table: Table, items: set[str]) -> TableKind | None:
    names = {ours(column) for column in table.header}
    if names & {"verhaal", "story"} or {"gezin", "antwoord", "tekst"} <= {story_name(each) for each in table.header}:
        return "stories"
    if "gezin" in names and names & (_OF_SCORES | items):
        return "scores"
    return "families" if kind_of(Sheet(table, FAMILY_SYNONYMS)) else None
