"""Life domains of which anything is known: scores beside each other, stories, or coded fragments. Without counting."""

from __future__ import annotations

from verhalen.store.project import ProjectFile
from verhalen.store.sight import seen

_USED = """
select domain from code_domain where link = 'evidence'
    and exists (select 1 from coding where coding.code_id = code_domain.code_id and {seen})
union select domain from story_domain
union select domain from item where exists (select 1 from observation where observation.item_id = item.id)
    and exists (select 1 from snapshot where snapshot.instrument_id = item.instrument_id
        group by family_id having count(distinct day) > 1)
"""
"""Scores count from the second snapshot of any family on: one alone is no change. Whether two are far enough apart is not
asked here, since that takes reading all of them."""


def used_domains(project: ProjectFile) -> set[str]:
    """Keys of life domains with numbers or words, a few milliseconds at most."""
    return {row[0] for row in project.rows(_USED.format(seen=seen(project)))}
