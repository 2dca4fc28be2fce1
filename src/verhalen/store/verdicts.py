"""Verdicts with their history, and what came in since one was written: the sums of then are not kept, the journal is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from verhalen.i18n import mark
from verhalen.model.verdict import FAMILY, Relation, Verdict, family_of
from verhalen.store.project import ProjectFile, Writing


class Since(StrEnum):
    """What came in, changed or went since a verdict was written."""

    SCORES = "scores"
    STORIES = "stories"
    FRAGMENTS = "fragments"
    WITHDRAWN = "withdrawn"
    """Something was withdrawn: nobody may know what."""

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "scores": mark("scores"),
            "stories": mark("stories"),
            "fragments": mark("coded fragments"),
            "withdrawn": mark("a withdrawal"),
        }[self]


def verdict_history(project: ProjectFile) -> dict[str, tuple[Verdict, ...]]:
    """Every verdict by what it is about, oldest first: the last one counts."""
    sql = """
        select target, relation, sentence, coder.name, day, verdict.id
        from verdict join coder on coder.id = coder_id order by verdict.id"""
    found: dict[str, list[Verdict]] = defaultdict(list)
    for target, relation, sentence, coder, day, number in project.rows(sql):
        found[target].append(Verdict(target, Relation(relation), sentence, coder, day, number))
    return {target: tuple(own) for target, own in found.items()}


def rename_family_in_verdicts(writing: Writing, old: str, new: str) -> None:
    """Let the verdicts on a family follow it to its new code."""
    sql = """
        update verdict set target = ?1 || ?3 || substr(target, length(?1 || ?2) + 1)
        where target = ?1 || ?2 or substr(target, 1, length(?1 || ?2) + 1) = ?1 || ?2 || ':'"""
    writing.execute(sql, (FAMILY, old, new))


def verdicts_on_families(project: ProjectFile, ids: set[int]) -> set[int]:
    """Rows of the verdicts on these families."""
    keys = {key for number, key in project.rows("select id, key from family") if number in ids}
    sql = "select id, target from verdict where target like ? || '%'"
    return {number for number, target in project.rows(sql, (FAMILY,)) if family_of(target)[0] in keys}


# -- what came in since ----------------------------------------------------------------------------------------------

Latest = Mapping[str, Mapping[Since, int]]
"""Key of a life domain or family to the last change of each kind, by its id."""


@dataclass(frozen=True, slots=True)
class Touched:
    """The last changes that may have moved the numbers or words of a life domain or a family."""

    domains: Latest = field(default_factory=dict)
    families: Latest = field(default_factory=dict)
    codings: Mapping[int, int] = field(default_factory=dict)
    """Coding to its last change: whose words they are is known where they are read."""
    withdrawn: int = 0
    """The last withdrawal."""

    def since(self, verdict: Verdict, *, domains: frozenset[str] = frozenset(), family: str = "") -> tuple[Since, ...]:
        """What moved after a verdict, in the life domains or the family that it is about. Ids are in order of time."""
        latest = [self.domains.get(key, {}) for key in domains] + [self.families.get(family, {})]
        found = {kind for each in latest for kind, change in each.items() if change > verdict.id}
        if self.withdrawn > verdict.id:
            found.add(Since.WITHDRAWN)
        return tuple(kind for kind in Since if kind in found)


_OF_DOMAINS: tuple[tuple[Since, str], ...] = (
    (
        Since.SCORES,
        """select item.domain, change_id from change_row join observation on observation.id = row_id
           join item on item.id = observation.item_id where change_row.id > ?1 and tbl = 'observation'
           union all select item.domain, change_id from change_row join item on item.id = json_extract(image, '$.item_id')
           where change_row.id > ?1 and tbl = 'observation' and op = 'd'
           union all select item.domain, change_id from change_row join observation on observation.snapshot_id = row_id
           join item on item.id = observation.item_id where change_row.id > ?1 and tbl = 'snapshot' and op = 'u'""",
    ),
    (
        Since.FRAGMENTS,
        """select domain, change_id from change_row join coding on coding.id = row_id
           join code_domain on code_domain.code_id = coding.code_id and link = 'evidence'
           where change_row.id > ?1 and tbl = 'coding'
           union all select domain, change_id from change_row join code_domain
           on code_domain.code_id = json_extract(image, '$.code_id') and link = 'evidence'
           where change_row.id > ?1 and tbl = 'coding' and image is not null
           union all select domain, change_id from change_row join code_domain on code_domain.id = row_id
           where change_row.id > ?1 and tbl = 'code_domain'
           union all select json_extract(image, '$.domain'), change_id from change_row
           where change_row.id > ?1 and tbl = 'code_domain' and image is not null
           union all select domain, change_id from change_row join speaker on speaker.id = row_id
           join coding on coding.source_id = speaker.source_id
           join code_domain on code_domain.code_id = coding.code_id and link = 'evidence'
           where change_row.id > ?1 and tbl = 'speaker' and op = 'u'""",  # words became somebody else's
    ),
    (
        Since.STORIES,
        """select domain, change_id from change_row join story_domain on story_domain.id = row_id
           where change_row.id > ?1 and tbl = 'story_domain'
           union all select json_extract(image, '$.domain'), change_id from change_row
           where change_row.id > ?1 and tbl = 'story_domain' and image is not null
           union all select domain, change_id from change_row join story_domain on story_domain.story_id = row_id
           where change_row.id > ?1 and tbl = 'story' and op = 'u'""",
    ),
)
_OF_FAMILIES: tuple[tuple[Since, str], ...] = (
    (
        Since.SCORES,
        """select family_id, change_id from change_row join observation on observation.id = row_id
           join snapshot on snapshot.id = observation.snapshot_id where change_row.id > ?1 and tbl = 'observation'
           union all select family_id, change_id from change_row join snapshot on snapshot.id = row_id
           where change_row.id > ?1 and tbl = 'snapshot'
           union all select family_id, change_id from change_row join snapshot
           on snapshot.id = json_extract(image, '$.snapshot_id')
           where change_row.id > ?1 and tbl = 'observation' and op = 'd'
           union all select json_extract(image, '$.family_id'), change_id from change_row
           where change_row.id > ?1 and tbl = 'snapshot' and op = 'd'""",
    ),
    (
        Since.FRAGMENTS,
        """select family_id, change_id from change_row join speaker on speaker.id = row_id
           join person on person.id = speaker.person_id where change_row.id > ?1 and tbl = 'speaker' and op = 'u'""",
    ),
    (
        Since.STORIES,
        """select family_id, change_id from change_row join story on story.id = row_id
           where change_row.id > ?1 and tbl = 'story'
           union all select json_extract(image, '$.family_id'), change_id from change_row
           where change_row.id > ?1 and tbl = 'story' and op = 'd'""",
    ),
)


def touched(project: ProjectFile, since: int) -> Touched:
    """What changed after the change or row with this id: pass the oldest verdict that counts. Reads the journal's tail only."""
    first = project.number("select coalesce(max(last_row), 0) from change where id <= ?", (since,))
    domains, families = _Latest(), _Latest()
    for kind, sql in _OF_DOMAINS:
        for domain, change in _last(project, sql, first):
            domains.note(domain, kind, change)
    keys: dict[object, str] = dict(project.rows("select id, key from family"))
    for kind, sql in _OF_FAMILIES:
        for family, change in _last(project, sql, first):
            if family in keys:
                families.note(keys[family], kind, change)
    codings = "select row_id, max(change_id) from change_row where id > ? and tbl = 'coding' group by row_id"
    return Touched(
        domains=domains.found,
        families=families.found,
        codings=dict(project.rows(codings, (first,))),
        withdrawn=project.number("select coalesce(max(id), 0) from change where act = 'withdraw' and id > ?", (since,)),
    )


def _last(project: ProjectFile, sql: str, first: int) -> list[tuple[object, int]]:
    """The last change of each key of a question that gives keys and changes."""
    wanted = (
        f"with found (key, change) as ({sql}) select key, max(change) from found where key is not null group by key"
    )
    return [(key, change) for key, change in project.rows(wanted, (first,))]


class _Latest:
    def __init__(self) -> None:
        self.found: dict[str, dict[Since, int]] = defaultdict(dict)

    def note(self, key: object, kind: Since, change: int) -> None:
        own = self.found[str(key)]
        own[kind] = max(own.get(kind, 0), change)
