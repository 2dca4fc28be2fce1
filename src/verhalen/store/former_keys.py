"""How codes were called before, from the journal: for questions and files that name a code as it was called then."""

from __future__ import annotations

import json

from verhalen import errors
from verhalen.store.project import ProjectFile


def unknown_code(project: ProjectFile, key: str) -> errors.UnknownCode:
    """What to raise for a key that no code has; it tells how the code is called now, where it once had that key."""
    now = now_called(project, key)
    return errors.UnknownCode(key=key) if now is None else errors.RenamedCode(key=key, now=now)


def now_called(project: ProjectFile, wanted: str) -> str | None:
    """The key of the code that once had this key or name, or that took up the one that had it; None where none did.

    Of several the one that was called so last. Reads only the rows of codes in the journal, by its index, and those of
    merges.
    """
    living: dict[int, str] = dict(project.rows("select id, key from code"))
    heirs = _heirs(project)
    sql = """
        select row_id, json_extract(image, '$.key'), json_extract(image, '$.name') from change_row
        where row_id in (select value from json_each(?)) and tbl = 'code' and image is not null order by id desc"""
    for number, key, name in project.rows(sql, (json.dumps(sorted({*living, *heirs})),)):
        if wanted.casefold() in (key.casefold(), name.casefold()):
            now = _heir(number, living, heirs)
            if now is not None:
                return living[now]
    return None


def _heirs(project: ProjectFile) -> dict[int, int]:
    """Of each code that went into another one, the one that it went into last; merges that were undone do not count."""
    sql = """
        select change_row.row_id, targets from change join change_row
        on change_row.id between change.first_row and change.last_row
        where act = 'merge-codes' and tbl = 'code' and op = 'd'
        and not exists (select 1 from change later where later.undoes = change.id
                        and not exists (select 1 from change last where last.undoes = later.id))
        order by change.id"""
    return {gone: json.loads(targets)[0] for gone, targets in project.rows(sql)}


def _heir(number: int, living: dict[int, str], heirs: dict[int, int]) -> int | None:
    """The code itself, or the one into which it went by one merge or several; None where that is gone too."""
    seen: set[int] = set()
    while number not in living:
        if number in seen or number not in heirs:
            return None
        seen.add(number)
        number = heirs[number]
    return number
