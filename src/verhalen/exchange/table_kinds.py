"""What a table that somebody chose is about: scores, families or stories."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from verhalen.exchange.columns import Sheet
from verhalen.exchange.family_names import SYNONYMS as FAMILY_SYNONYMS
from verhalen.exchange.family_tables import kind_of
from verhalen.exchange.score_columns import fitting_mapping, ours
from verhalen.exchange.story_names import ours as story_name
from verhalen.exchange.tables import Table, read_tables
from verhalen.store import declared
from verhalen.store import scores as store
from verhalen.store.project import ProjectFile

TableKind = Literal["scores", "families", "stories"]
_OF_SCORES = {"item", "waarde", "beoordelaar", "instrument"}


def table_kind(project: ProjectFile, path: Path) -> TableKind:
    """The kind that the columns say; scores where they say nothing. Raises what reading a table raises."""
    if path.suffix.lower() in (".docx", ".md", ".markdown"):
        return "stories"
    tables = read_tables(path)
    if fitting_mapping(tables, declared.column_mappings(project, "scores")):
        return "scores"
    if fitting_mapping(tables, declared.column_mappings(project, "stories")):
        return "stories"
    items = {ours(item.key) for each in store.instruments(project) for item in each.items}
    kinds = [_kind(table, items) for table in tables]
    return next((kind for kind in kinds if kind), "scores")


def _kind(table: Table, items: set[str]) -> TableKind | None:
    names = {ours(column) for column in table.header}
    if names & {"verhaal", "story"} or {"gezin", "antwoord", "tekst"} <= {story_name(each) for each in table.header}:
        return "stories"
    if "gezin" in names and names & (_OF_SCORES | items):
        return "scores"
    return "families" if kind_of(Sheet(table, FAMILY_SYNONYMS)) else None
