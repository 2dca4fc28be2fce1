"""Typed columns for the join: coded evidence about life domains, with whose words they are and about whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from verhalen.store.project import ProjectFile
from verhalen.store.sight import counted
from verhalen.store.speakers import TURN_OF_CODING


class EvidenceColumn(NamedTuple):
    """One coding by one code that is evidence about one life domain."""

    domain: str
    coding_id: int
    source_id: int
    start: int
    stop: int
    valence: str
    family: str | None
    """Whose words these are, by speaker or story."""
    person: str | None
    role: str
    about: tuple[str, ...]
    """Families that the piece is about, by mention."""
    kind: str
    """Kind of the source: `transcript`, `note` or `story`."""


_EVIDENCE = f"""
select code_domain.domain, coding.id, coding.source_id, coding.start, coding.stop, coding.valence,
       coalesce(person_family.key, source_family.key), person.key, coalesce(speaker.role, ''), source.kind
from code_domain
join coding on coding.code_id = code_domain.code_id
join source on source.id = coding.source_id
left join turn on turn.id = {TURN_OF_CODING}
left join speaker on speaker.id = turn.speaker_id
left join person on person.id = speaker.person_id
left join family person_family on person_family.id = person.family_id
left join family source_family on source_family.id = source.family_id
where code_domain.link = 'evidence' and {{counted}}
order by coding.source_id, coding.start, coding.stop, coding.id
"""


def evidence_rows(project: ProjectFile) -> list[EvidenceColumn]:
    """All evidence codings that are seen, by source and place."""
    about = mentioned(project)
    found = []
    for domain, coding, source, start, stop, valence, family, person, role, kind in project.rows(
        _EVIDENCE.format(counted=counted(project))
    ):
        said = about(source, start, stop)
        found.append(EvidenceColumn(domain, coding, source, start, stop, valence, family, person, role, said, kind))
    return found


def mentioned(project: ProjectFile) -> Callable[[int, int, int], tuple[str, ...]]:
    """Who is spoken of in a piece of a source, by its start and stop: keys of families, each once."""
    mentions: dict[int, list[tuple[int, int, str]]] = {}
    for source, start, stop, family in project.rows(
        "select source_id, start, stop, family.key from mention join family on family.id = family_id order by source_id, start"
    ):
        mentions.setdefault(source, []).append((start, stop, family))

    def about(source: int, start: int, stop: int) -> tuple[str, ...]:
        return tuple(sorted({key for a, b, key in mentions.get(source, ()) if a < stop and start < b}))

    return about
