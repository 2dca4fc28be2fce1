"""Memos and verdicts: what people think, dated and signed."""

from __future__ import annotations

from verhalen.model.memo import Memo, MemoTarget
from verhalen.model.verdict import Relation, Verdict
from verhalen.store.project import ProjectFile, Writing, now


def memos(project: ProjectFile, *, target: MemoTarget | None = None, target_id: int | None = None) -> list[Memo]:
    """Memos by date, of one target or of all."""
    sql = """
        select memo.id, target, target_id, body, coder.name, created from memo join coder on coder.id = coder_id
        where (?1 is null or target = ?1) and (?2 is null or target_id = ?2) order by created, memo.id"""
    return [Memo(*row) for row in project.rows(sql, (target, target_id))]


def add_memo(writing: Writing, target: MemoTarget, target_id: int, body: str) -> int:
    """Store a memo of the coder at work."""
    new = writing.new_id()
    writing.execute(
        "insert into memo values (?, ?, ?, ?, ?, ?)", (new, target, target_id, body, writing.project.coder_id, now())
    )
    return new


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
