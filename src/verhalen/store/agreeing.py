"""Columns for agreement: who coded what where, and the units in which coders are compared."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NamedTuple

from verhalen.store.project import ProjectFile


class Mark(NamedTuple):
    """One coding, bare."""

    source_id: int
    coder_id: int
    code_id: int
    start: int
    stop: int


_NOW = """from source join text_version on text_version.source_id = source.id and text_version.version = source.version
    where source.id in (select value from json_each(?))"""


def coders_per_source(project: ProjectFile) -> dict[int, frozenset[int]]:
    """Who coded in each source that anybody coded."""
    found: dict[int, set[int]] = {}
    for source, coder in project.rows("select distinct source_id, coder_id from coding"):
        found.setdefault(source, set()).add(coder)
    return {source: frozenset(coders) for source, coders in found.items()}


def marks(project: ProjectFile, sources: Collection[int], coders: Collection[int]) -> list[Mark]:
    """Every coding of these coders in these sources, by source, coder, code and place. Everybody's: never ask it blind."""
    sql = """
        select source_id, coder_id, code_id, start, stop from coding
        where source_id in (select value from json_each(?)) and coder_id in (select value from json_each(?))
        order by source_id, coder_id, code_id, start, stop"""
    return [Mark(*row) for row in project.rows(sql, (json.dumps(sorted(sources)), json.dumps(sorted(coders))))]


def turn_spans(project: ProjectFile, sources: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """Start and stop of every turn, by source, in reading order."""
    found: dict[int, list[tuple[int, int]]] = {source: [] for source in sources}
    sql = "select source_id, start, stop from turn where source_id in (select value from json_each(?)) order by source_id, start"
    for source, start, stop in project.rows(sql, (json.dumps(sorted(sources)),)):
        found[source].append((start, stop))
    return found


def texts(project: ProjectFile, sources: Collection[int]) -> dict[int, str]:
    """The text of each source as it counts now."""
    sql = f"select source.id, text_version.text {_NOW}"
    return dict(project.rows(sql, (json.dumps(sorted(sources)),)))


def lengths(project: ProjectFile, sources: Collection[int]) -> dict[int, int]:
    """Length of each text in code points."""
    sql = f"select source.id, length(text_version.text) {_NOW}"
    return dict(project.rows(sql, (json.dumps(sorted(sources)),)))
