"""Whose codings a connection reads: everybody's, or those of the coder at work alone while he or she codes blind.

The one place that decides it. What lists or counts codings asks `seen`. A connection that hides only reads
(`ProjectFile.change` refuses it), so no rule ever works on a part of the codings.
"""

from __future__ import annotations

from verhalen.model.act import Act, Change
from verhalen.settings import coder_identity
from verhalen.store import drafts
from verhalen.store.project import ProjectFile

_OF_FRAGMENTS = frozenset({Act.MEMO, Act.CHANGE_MEMO, Act.REMOVE_MEMO})
"""Changes of memos; they are hidden where the memo is about a fragment."""


def seen(project: ProjectFile, coder: str = "coding.coder_id") -> str:
    """An SQL condition: the row is seen. `coder` is the column with the coder of a coding."""
    return "true" if project.only_coder is None else f"{coder} = {project.only_coder}"


def seen_memo(project: ProjectFile) -> str:
    """An SQL condition for a row of the table `memo`: those at fragments hide with their coder, and with the coding."""
    if project.only_coder is None:
        return "true"
    hidden = f"select 1 from coding where coding.id = memo.target_id and not {seen(project)}"
    return f"(memo.target <> 'coding' or ({seen(project, 'memo.coder_id')} and not exists ({hidden})))"


def seen_row(project: ProjectFile) -> str:
    """An SQL condition for a row of `change_row`: the coder of a coding never changes, so any image names him or her."""
    if project.only_coder is None:
        return "true"
    coder = """coalesce((select coder_id from coding where coding.id = change_row.row_id),
        (select json_extract(other.image, '$.coder_id') from change_row other
         where other.row_id = change_row.row_id and other.tbl = 'coding' and other.image is not null limit 1))"""
    return f"(change_row.tbl <> 'coding' or {seen(project, coder)})"


def is_seen(project: ProjectFile, change: Change, *, root: Change) -> bool:
    """Whether a change may be shown; `root` is what it took back or brought back in the end, or the change itself."""
    if project.only_coder in (None, change.coder_id):
        return True
    if root.act.is_about_codings:
        return False
    return root.act not in _OF_FRAGMENTS or not any(_is_coding(project, number) for number in root.targets[:1])


def _is_coding(project: ProjectFile, number: int) -> bool:
    """Whether it is, or was, the id of a coding."""
    sql = "select exists (select 1 from change_row where row_id = ?1 and tbl = 'coding') or exists (select 1 from coding where id = ?1)"
    return bool(project.number(sql, (number,)))


# -- what a coder chose ------------------------------------------------------------------------------------------------


def keeps_hiding(project: ProjectFile) -> bool:
    """Whether the coder at work chose to code blind in this project."""
    sql = "select value from view_state join coder on key = 'coding.blind.' || coder.id where identity = ?"
    # By identity: somebody who only looks gets no row as a coder.
    found = project.row(sql, (coder_identity(project.coder),))
    return found is not None and found[0] == "1"


def keep_hiding(project: ProjectFile, hides: bool) -> None:
    """Remember it, outside the history."""
    drafts.keep_view(project, f"coding.blind.{project.coder_id}", "1" if hides else "")
