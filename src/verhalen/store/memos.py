"""Memos and verdicts: what people think, dated and signed."""

from __future__ import annotations

from verhalen.model.memo import Memo, MemoPlace, MemoTarget, memo_target
from verhalen.model.verdict import Relation, Verdict
from verhalen.store.project import ProjectFile, Row, Writing, now
from verhalen.store.sight import seen, seen_memo

_MEMOS = """
with note as (
    select id, target, target_id, body, coder_id, created from memo where {which} and {seen_memo}
    union all select id, 'coding', id, memo, coder_id, created from coding where memo <> '' and {which} and {seen}
)
select note.id, note.target, note.target_id, note.body, coder.name, note.created, note.coder_id,
    note.target <> 'project' and coalesce(source.id, code.id, family.id) is null,
    source.id, source.number, coalesce(turn.start, coding.start), coalesce(turn.stop, coding.stop),
    coalesce(code.key, family.key, story.key, '')
from note join coder on coder.id = note.coder_id
left join turn on note.target = 'turn' and turn.id = note.target_id
left join coding on note.target = 'coding' and coding.id = note.target_id
left join story on note.target = 'story' and story.id = note.target_id
left join source on source.id = case note.target when 'source' then note.target_id
    else coalesce(turn.source_id, coding.source_id, story.source_id) end
left join code on code.id = case note.target when 'code' then note.target_id else coding.code_id end
left join family on note.target = 'family' and family.id = note.target_id
where (?1 is null or note.target = ?1) and (?2 is null or note.target_id = ?2)
order by note.created, note.id
"""
"""Every memo that is seen, with where its target is now; the memo that a coding carries itself is one of them."""


def memos(project: ProjectFile, *, target: MemoTarget | None = None, target_id: int | None = None) -> list[Memo]:
    """Memos by date, of one target or of all."""
    return [_memo(row) for row in project.rows(_sql(project, "true"), (target, target_id))]


def memo_by_id(project: ProjectFile, number: int) -> Memo | None:
    """One memo, without a look at every coding."""
    row = project.row(_sql(project, "id = ?3"), (None, None, number))
    return _memo(row) if row else None


def _sql(project: ProjectFile, which: str) -> str:
    return _MEMOS.format(which=which, seen=seen(project), seen_memo=seen_memo(project))


def _memo(row: Row) -> Memo:
    number, target, target_id, body, coder, created, coder_id, gone, source_id, source, start, stop, key = row
    place = MemoPlace(bool(gone), source_id, source, start, stop, key)
    return Memo(number, memo_target(target), target_id, body, coder, created, coder_id, place)


def add_memo(writing: Writing, target: MemoTarget, target_id: int, body: str) -> int:
    """Store a memo of the coder at work."""
    new = writing.new_id()
    writing.execute(
        "insert into memo values (?, ?, ?, ?, ?, ?)", (new, target, target_id, body, writing.project.coder_id, now())
    )
    return new


def change_memo(writing: Writing, number: int, body: str) -> None:
    """Give a memo other words; its date stays that of the first writing."""
    writing.execute("update memo set body = ? where id = ?", (body, number))


def remove_memo(writing: Writing, number: int) -> None:
    """Take a memo away."""
    writing.execute("delete from memo where id = ?", (number,))


def follow_turn(writing: Writing, gone: int, *, source_id: int, place: int) -> None:
    """Put the memos of a turn that is no more at the turn that has its words now, by a place in them."""
    heir = "select id from turn where source_id = ?1 and start <= ?2 order by start desc limit 1"
    writing.execute(
        f"update memo set target_id = coalesce(({heir}), target_id) where target = 'turn' and target_id = ?3",
        (source_id, place, gone),
    )


def verdicts(project: ProjectFile) -> dict[str, Verdict]:
    """The latest verdict on each life domain or group."""
    sql = """
        select target, relation, sentence, coder.name, day, verdict.id
        from verdict join coder on coder.id = coder_id order by verdict.id"""
    return {row[0]: Verdict(row[0], Relation(row[1]), row[2], row[3], row[4], row[5]) for row in project.rows(sql)}


def add_verdict(writing: Writing, target: str, relation: Relation, sentence: str) -> int:
    """Store a person's verdict with its reason."""
    new = writing.new_id()
    writing.execute(
        "insert into verdict values (?, ?, ?, ?, ?, ?)",
        (new, target, relation.value, sentence, writing.project.coder_id, now()[:10]),
    )
    return new
