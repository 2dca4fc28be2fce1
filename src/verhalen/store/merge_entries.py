"""What may be taken in from another copy of a project, and what is remembered of it beside the rows: changes, people, who sent it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from verhalen import errors
from verhalen.model.act import Act
from verhalen.store.exchange_log import Entry, foreign_entries, held, own_entries
from verhalen.store.package import Package
from verhalen.store.project import ProjectFile, Writing


@dataclass
class Outcome:
    """What came, in numbers and ids."""

    entries: list[Entry] = field(default_factory=list)
    new: Counter[str] = field(default_factory=Counter)
    """Rows that were not here, by table."""
    changed: Counter[str] = field(default_factory=Counter)
    by_coder: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """Coder to changes (`change`) and new rows by table."""
    clashes: list[str] = field(default_factory=list)
    """Keys of what is to be decided."""
    ended: int = 0
    same_names: tuple[str, ...] = ()
    names: dict[int, str] = field(default_factory=dict)
    """Of the coders that `by_coder` names: after a rehearsal they are not in the project."""


def check(project: ProjectFile, package: Package, *, file: str) -> None:
    """Refuse what cannot be taken in: of another project, of oneself, with a gap, of a copy that was put back from a backup."""
    if package.meta("project_id") != project.setting("project_id"):
        raise errors.OtherProjectBundle(file=file)
    if package.replica == project.replica:
        raise errors.OwnBundle(file=file)
    ids = {each.stamp: each.id for each in (*own_entries(project), *foreign_entries(project))}
    there = {(each.replica, each.sequence): each.id for each in package.entries()}
    there |= {(int(replica), at[0]): at[1] for replica, at in json.loads(package.meta("last")).items()}
    if any(ids.get(stamp, number) != number for stamp, number in there.items()):
        raise errors.SplitHistory(file=file)
    known = held(project)
    first: dict[int, int] = {}
    for each in package.entries():
        first[each.replica] = min(first.get(each.replica, each.sequence), each.sequence)
    if any(sequence > known.get(replica, 0) + 1 for replica, sequence in first.items()):
        raise errors.MissingChanges(file=file)


def fresh_entries(project: ProjectFile, package: Package) -> list[Entry]:
    """The changes of a package that are not here yet."""
    known = held(project)
    return [each for each in package.entries() if each.sequence > known.get(each.replica, 0)]


def take_coders(writing: Writing, package: Package) -> dict[int, int]:
    """Ids of coders there to ids here: by who they are, never by name."""
    known: dict[str, int] = {who: number for number, who in writing.rows("select id, identity from coder")}
    ids: dict[int, int] = {}
    for number, name, identity in package.coders():
        if identity not in known:
            taken = writing.rows("select 1 from coder where id = ?", (number,))
            known[identity] = writing.new_id() if taken else number
            writing.execute("insert into coder values (?, ?, ?)", (known[identity], name, identity))
        ids[number] = known[identity]
    return ids


def same_names(project: ProjectFile | Writing) -> tuple[str, ...]:
    """Names that more than one coder bears."""
    sql = "select name from coder group by name having count(*) > 1 order by name"
    return tuple(row[0] for row in project.rows(sql))


def keep_entries(
    writing: Writing, package: Package, fresh: Sequence[Entry], coders: Mapping[int, int], *, merge: int
) -> None:
    """Remember the changes themselves, who had seen what, and what the sender has; `merge` is the change that takes them in."""
    for each in fresh:
        writing.execute(
            "insert or replace into foreign_change values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(each.replica, each.sequence, each.id, each.act, each.targets),
                *(coders[each.coder_id], each.time, each.undoes, merge),
            ),
        )
        writing.execute("delete from foreign_row where replica = ? and sequence = ?", each.stamp)
    writing.executemany("insert or ignore into seen values (?, ?, ?, ?)", package.seen())
    sql = "insert or replace into partner values (?, ?, ?, ?)"
    writing.execute(sql, (package.replica, package.meta("coder"), json.dumps(package.holds), package.meta("time")))


def count_changes(writing: Writing, outcome: Outcome, coders: Mapping[int, int]) -> None:
    """Who made the changes that came, and who bears whose name."""
    for each in outcome.entries:
        if each.act != Act.MERGE:
            outcome.by_coder[coders[each.coder_id]]["change"] += 1
    outcome.same_names = same_names(writing)
    outcome.names = dict(writing.rows("select id, name from coder"))


def aliases(writing: Writing) -> dict[tuple[str, int], int]:
    """(table, id in another copy) to the id that the same thing has here."""
    rows = writing.rows("select tbl, other_id, row_id from row_alias")
    return {(table, other): row for table, other, row in rows}


def buried(writing: Writing) -> set[int]:
    """Rows that were withdrawn."""
    return {row[0] for row in writing.rows("select row_id from tombstone")}
