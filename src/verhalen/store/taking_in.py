"""What must be known of the rows here before another program's project is taken in."""

from __future__ import annotations

from verhalen.model.memo import MemoTarget
from verhalen.store.project import Writing


def coder_names(writing: Writing) -> set[str]:
    """How the coders of this project are called."""
    return {name for (name,) in writing.rows("select name from coder")}


def has_memo(writing: Writing, target: MemoTarget, target_id: int, body: str) -> bool:
    """Whether a memo with these very words is there."""
    sql = "select 1 from memo where target = ? and target_id = ? and body = ? limit 1"
    return bool(writing.rows(sql, (target, target_id, body)))


def family_of_text(writing: Writing, source_id: int) -> int | None:
    """The family whose words a whole text holds; None where nobody said so."""
    there = writing.rows("select family_id from source where id = ?", (source_id,))
    return int(there[0][0]) if there and there[0][0] is not None else None
