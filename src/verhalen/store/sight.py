"""Whose codings a connection reads: everybody's, or those of the coder at work alone while he or she codes blind.

The one place that decides it. What lists codings asks `seen`; what counts them for tables and reports asks `counted`; what
tells of the people who code asks `of_people`. A connection that hides only reads (`ProjectFile.change` refuses it), so no
rule ever works on a part of the codings.
"""

from __future__ import annotations

import uuid

from verhalen import errors
from verhalen.model.act import Act, Change
from verhalen.model.second_coder import same_coder
from verhalen.settings import coder_identity
from verhalen.store import drafts
from verhalen.store.project import ProjectFile

_OF_FRAGMENTS = frozenset({Act.MEMO, Act.CHANGE_MEMO, Act.REMOVE_MEMO})
"""Changes of memos; they are hidden where the memo is about a fragment."""


def seen(project: ProjectFile, coder: str = "coding.coder_id") -> str:
    """An SQL condition: the row is seen. `coder` is the column with the coder of a coding."""
    return "true" if project.only_coder is None else f"{coder} = {project.only_coder}"


def counted(project: ProjectFile) -> str:
    """An SQL condition on `coding`: the row counts in tables and reports.

    In a text of which the coders said that their consensus counts, that is the consensus alone; in every other text it is
    the people, and what they settled so far does not count yet. A door that hides counts one's own.
    """
    if project.only_coder is not None:
        return seen(project)
    consensus = consensus_id(project)
    if consensus is None:
        return "true"
    texts = ", ".join(str(number) for number in sorted(concluded(project)))
    # Ids of our own making, so they may stand in the statement: SQLite looks them up without another query per row.
    return f"((coding.coder_id = {consensus}) = (coding.source_id in ({texts})))"


def of_people(project: ProjectFile) -> str:
    """An SQL condition on `coding`: the row is seen, and is not the consensus'."""
    consensus = consensus_id(project)
    return seen(project) if consensus is None else f"({seen(project)} and coding.coder_id <> {consensus})"


def consensus_identity(project: ProjectFile) -> str:
    """Identity of the coder whose codings are what coders agreed on: the same in every copy of the project."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{project.setting('project_id')} consensus").hex


def consensus_id(project: ProjectFile) -> int | None:
    """The row of that coder; None while nothing was ever settled."""
    found = project.row("select id from coder where identity = ?", (consensus_identity(project),))
    return found[0] if found else None


def concluded(project: ProjectFile) -> set[int]:
    """Ids of the texts in which the consensus counts."""
    return {row[0] for row in project.rows("select source_id from discussed where code_id is null and settled = 1")}


def seen_memo(project: ProjectFile) -> str:
    """An SQL condition for a row of the table `memo`: those at fragments hide with their coder, and with the coding."""
    if project.only_coder is None:
        return "true"
    hidden = f"select 1 from coding where coding.id = memo.target_id and not {seen(project)}"
    return f"(memo.target <> 'coding' or ({seen(project, 'memo.coder_id')} and not exists ({hidden})))"


def seen_row(project: ProjectFile) -> str:
    """An SQL condition for a row of `change_row`: the coder of a coding never changes, so any image names him or her.

    What coders said of their differences tells where they differ.
    """
    if project.only_coder is None:
        return "true"
    coder = """coalesce((select coder_id from coding where coding.id = change_row.row_id),
        (select json_extract(other.image, '$.coder_id') from change_row other
         where other.row_id = change_row.row_id and other.tbl = 'coding' and other.image is not null limit 1))"""
    return f"(change_row.tbl <> 'discussed' and (change_row.tbl <> 'coding' or {seen(project, coder)}))"


def is_seen(project: ProjectFile, change: Change, *, root: Change) -> bool:
    """Whether a change may be shown; `root` is what it took back or brought back in the end, or the change itself."""
    if project.only_coder in (None, change.coder_id):
        return True
    if root.act.is_about_codings or root.act is Act.DISCUSS:
        return False
    return root.act not in _OF_FRAGMENTS or not any(_is_coding(project, number) for number in root.targets[:1])


def _is_coding(project: ProjectFile, number: int) -> bool:
    """Whether it is, or was, the id of a coding."""
    sql = "select exists (select 1 from change_row where row_id = ?1 and tbl = 'coding') or exists (select 1 from coding where id = ?1)"
    return bool(project.number(sql, (number,)))


# -- what a coder chose, and what a task asks -----------------------------------------------------------------------------


def keeps_hiding(project: ProjectFile) -> bool:
    """Whether the coder at work codes blind in this project: by choice, or since he or she has a text as second coder."""
    return must_hide(project) or _chose_hiding(project)


def _chose_hiding(project: ProjectFile) -> bool:
    sql = "select value from view_state join coder on key = 'coding.blind.' || coder.id where identity = ?"
    # By identity: somebody who only looks gets no row as a coder.
    found = project.row(sql, (coder_identity(project.coder),))
    return found is not None and found[0] == "1"


def keep_hiding(project: ProjectFile, hides: bool) -> None:
    """Remember the choice, outside the history. Raises CodesBlind where a task leaves none."""
    if not hides:
        refuse_blind(project)
    drafts.keep_view(project, f"coding.blind.{project.coder_id}", "1" if hides else "")


def own_id(project: ProjectFile) -> int:
    """The row of the coder at work; who only looks at a file that may not be written has none, and no codings."""
    if not project.read_only_reason:
        return project.coder_id
    found = project.row("select id from coder where identity = ?", (coder_identity(project.coder),))
    return found[0] if found else _NOBODY


_NOBODY = -1
"""No row has this id."""


def must_hide(project: ProjectFile) -> bool:
    """Whether the coder at work has a text to code as second coder. By name: who gave it may not know the identity."""
    return _open_tasks(project) > 0


def refuse_blind(project: ProjectFile) -> None:
    """Raise CodesBlind where the coder at work must not see the codings of others."""
    if found := _open_tasks(project):
        raise errors.CodesBlind(n=found, coder=project.coder)


def _open_tasks(project: ProjectFile) -> int:
    own = same_coder(project.coder)
    return sum(
        same_coder(name) == own for (name,) in project.rows("select coder from double_coding where back is null")
    )
