"""Counts over all families: which instruments are used, and what became of each item."""

from __future__ import annotations

from typing import NamedTuple

from verhalen.store.project import ProjectFile


class ItemUse(NamedTuple):
    """What became of one item, over all families."""

    item: str
    """Key of the item."""
    families: int
    scored: int
    confirmed: int
    """One by one or in bulk."""
    not_applicable: int
    unknown: int
    values: int
    """Different values that were ever scored."""
    changed: int
    """Families, persons and kinds of assessors apart, with two different values."""
    notes: int
    """Times that somebody wrote words beside it."""


def snapshot_counts(project: ProjectFile) -> dict[str, int]:
    """Instrument to the number of its snapshots; instruments without any are absent."""
    sql = "select instrument.key, count(*) from snapshot join instrument on instrument.id = instrument_id group by 1"
    return dict(project.rows(sql))


def item_uses(project: ProjectFile, instrument: str) -> list[ItemUse]:
    """Every item of an instrument that was ever asked, in its order."""
    sql = """
        with seen as (
            select item_id, snapshot.family_id, person_id, snapshot.assessor, state, value, observation.note as note
            from observation join snapshot on snapshot.id = snapshot_id
            join instrument on instrument.id = snapshot.instrument_id where instrument.key = ?),
        moved as (
            select item_id, count(*) as times from (
                select item_id from seen group by item_id, family_id, person_id, assessor having count(distinct value) > 1)
            group by item_id)
        select item.key, count(distinct family_id), sum(state = 'gescoord'),
               sum(state in ('bevestigd', 'bevestigd_in_blok')), sum(state = 'nvt'), sum(state = 'niet_gekend'),
               count(distinct value), coalesce(max(times), 0), sum(seen.note <> '')
        from seen join item on item.id = seen.item_id left join moved on moved.item_id = seen.item_id
        group by item.id order by item.position"""
    return [ItemUse(*row) for row in project.rows(sql, (instrument,))]
