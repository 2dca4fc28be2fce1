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
    put_memo(writing, new, target, target_id, body, coder_id=writing.project.coder_id, created=now())
    return new


def put_memo(
    writing: Writing, number: int, target: MemoTarget, target_id: int, body: str, *, coder_id: int, created: str
) -> None:
    """Store a memo as it was elsewhere: its id, which must be free, its coder and its time."""
    writing.execute("insert into memo values (?, ?, ?, ?, ?, ?)", (number, target, target_id, body, coder_id, created))


def may_have_id(project: ProjectFile, number: int) -> bool:
    """Whether a memo may get this id: nothing else ever had it."""
    sql = "select count(*) from change_row where row_id = ? and tbl <> 'memo'"
    return number > 0 and not project.number(sql, (number,))


def was_withdrawn(project: ProjectFile, number: int) -> bool:
    """Whether a memo of this id was forgotten for good."""
    return bool(project.number("select count(*) from tombstone where row_id = ?", (number,)))


def removed_from(project: ProjectFile, number: int) -> tuple[MemoTarget, int] | None:
    """What a memo that was removed was about, as the history has it; None where it knows no such memo."""
    sql = """
        select json_extract(image, '$.target'), json_extract(image, '$.target_id') from change_row
        where row_id = ? and tbl = 'memo' and image is not null order by id desc limit 1"""
    row = project.row(sql, (number,))
    return (memo_target(row[0]), row[1]) if row else None


def is_there(project: ProjectFile, target: MemoTarget, target_id: int) -> bool:
    """Whether what a memo is about is there now; each kind of it is the name of its table."""
    return target == "project" or bool(project.number(f"select count(*) from {target} where id = ?", (target_id,)))


def turn_begins(project: ProjectFile, turn_id: int) -> int | None:
    """Where a turn begins in its text."""
    row = project.row("select start from turn where id = ?", (turn_id,))
    return row[0] if row else None


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
