"""Typed columns of every coding with its code, whose words it holds, about whom, and in which turn: for displays of codes."""

from __future__ import annotations

from typing import NamedTuple

from verhalen.store.evidence import mentioned
from verhalen.store.project import ProjectFile
from verhalen.store.sight import counted
from verhalen.store.speakers import TURN_OF_CODING


class CodedColumn(NamedTuple):
    """One coding."""

    code: str
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
    turn: int
    """The first turn that it has words of; 0 where there is none."""


_CODED = f"""
select code.key, coding.id, coding.source_id, coding.start, coding.stop, coding.valence,
       coalesce(person_family.key, source_family.key), person.key, coalesce(speaker.role, ''), source.kind,
       coalesce(turn.id, 0)
from coding
join code on code.id = coding.code_id
join source on source.id = coding.source_id
left join turn on turn.id = {TURN_OF_CODING}
left join speaker on speaker.id = turn.speaker_id
left join person on person.id = speaker.person_id
left join family person_family on person_family.id = person.family_id
left join family source_family on source_family.id = source.family_id
where {{counted}}
order by coding.source_id, coding.start, coding.stop, coding.id
"""


def coded_rows(project: ProjectFile) -> list[CodedColumn]:
    """All codings that are seen, by source and place."""
    about = mentioned(project)
    found = []
    for code, coding, source, start, stop, valence, family, person, role, kind, turn in project.rows(
        _CODED.format(counted=counted(project))
    ):
        said = about(source, start, stop)
        found.append(CodedColumn(code, coding, source, start, stop, valence, family, person, role, said, kind, turn))
    return found


def speaking(project: ProjectFile) -> list[tuple[int, str, str | None, str | None]]:
    """Who speaks in which text, with at least one turn: source, role, person and family."""
    sql = """
        select distinct speaker.source_id, speaker.role, person.key, family.key
        from speaker join turn on turn.speaker_id = speaker.id
        left join person on person.id = speaker.person_id left join family on family.id = person.family_id
        order by speaker.source_id, speaker.id"""
    return [(source, role, person, family) for source, role, person, family in project.rows(sql)]
