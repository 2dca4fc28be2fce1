"""Forgetting: rows, their images in the journal, older texts, originals, drafts and the search index; then the file itself.

What is forgotten leaves a tombstone without content, so that it cannot come back by an import or a merge.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from verhalen.errors import ProjectBusy
from verhalen.model.act import Act
from verhalen.model.text import text_digest
from verhalen.model.verdict import family_of
from verhalen.store.family_removing import former_codes
from verhalen.store.journal import references
from verhalen.store.project import ProjectFile, Writing, now
from verhalen.store.schema import JOURNALED
from verhalen.store.scrubbing import Words, scrub_everywhere
from verhalen.store.thin_texts import all_texts
from verhalen.store.verdicts import verdicts_on_families


@dataclass(frozen=True, slots=True)
class Going:
    """Rows that would go, by table, cascades included."""

    rows: dict[str, set[int]]
    dead: dict[str, set[int]] = field(default_factory=dict)
    """Rows that were removed before, by a person or an undo, and that hung on these: the journal still holds them."""

    def count(self, table: str) -> int:
        """How many rows of a table."""
        return len(self.rows.get(table, set()))

    def all_of(self, table: str) -> set[int]:
        """The rows of a table, living and dead."""
        return self.rows.get(table, set()) | self.dead.get(table, set())

    def everything(self) -> list[tuple[str, int]]:
        """(table, row id) of all rows, living and dead."""
        return [(table, row) for table in JOURNALED for row in sorted(self.all_of(table))]


def what_goes(project: ProjectFile, roots: dict[str, set[int]]) -> Going:
    """The rows named and everything that hangs on them, memos too; and what hung on them and was removed before."""
    rows = _living(project, roots)
    dead = _dead(project, rows)
    if late := _memos_at(project, dead):  # their turn, fragment or text was removed before; they were not
        rows["memo"] = rows.get("memo", set()) | late
        dead = _dead(project, rows)
    return Going(rows, dead)


def _living(project: ProjectFile, roots: dict[str, set[int]]) -> dict[str, set[int]]:
    rows = {table: set(ids) for table, ids in roots.items()}
    links = references(project)
    growing = True
    while growing:
        before = sum(len(ids) for ids in rows.values())
        for child, column, parent in links:
            wanted = json.dumps(sorted(rows.get(parent, set())))
            found = project.rows(
                f"select id from {child} where {column} in (select value from json_each(?))", (wanted,)
            )
            rows.setdefault(child, set()).update(row[0] for row in found)
        growing = sum(len(ids) for ids in rows.values()) > before
    rows["memo"] = rows.get("memo", set()) | _memos_at(project, rows)
    rows["decision"] = rows.get("decision", set()) | _decisions_on(project, rows)
    rows["verdict"] = rows.get("verdict", set()) | verdicts_on_families(project, rows.get("family", set()))
    return {table: ids for table, ids in rows.items() if ids}


def _memos_at(project: ProjectFile, rows: dict[str, set[int]]) -> set[int]:
    """Memos that are there now, at any of these rows."""
    wanted = json.dumps(sorted(set().union(*rows.values())))
    sql = "select id from memo where target_id in (select value from json_each(?))"
    return {row[0] for row in project.rows(sql, (wanted,))}


def _decisions_on(project: ProjectFile, rows: dict[str, set[int]]) -> set[int]:
    """Decisions about any of these rows: they hold words of them."""
    found = project.rows("select id, tbl, row_id from decision")
    return {number for number, table, row in found if row in rows.get(table, set())}


_Key = tuple[str, int]
"""Table and row."""


@dataclass(frozen=True, slots=True)
class _Removed:
    row: _Key
    hangs_on: tuple[_Key, ...]
    text: _Key
    """The source that a story or speaker has; number 0 for other rows."""


def _dead(project: ProjectFile, rows: dict[str, set[int]]) -> dict[str, set[int]]:
    """Removed rows that hung on `rows` or on each other; with a removed story or speaker its removed text too."""
    gone = {(table, row) for table, ids in rows.items() for row in ids}
    waiting = _removed(project)
    removed = {each.row for each in waiting}
    dead: dict[str, set[int]] = {}
    while coming := [each for each in waiting if each.row in gone or gone.intersection(each.hangs_on)]:
        for each in coming:
            dead.setdefault(each.row[0], set()).add(each.row[1])
            gone.update({each.row, each.text} & removed)
        waiting = [each for each in waiting if each.row[1] not in dead.get(each.row[0], set())]
    return dead


def _removed(project: ProjectFile) -> list[_Removed]:
    """Every row that the journal remembers and its table does not."""
    links: dict[str, list[tuple[str, str]]] = {}
    families = {key: number for number, key in project.rows("select id, key from family")}
    families |= {former: families[key] for former, key in former_codes(project).items()}
    for child, column, parent in references(project):
        links.setdefault(child, []).append((column, parent))
    found = []
    for table in JOURNALED:
        sql = f"""
            select row_id, image from change_row where tbl = ? and op = 'd' and image is not null
            and not exists (select 1 from {table} living where living.id = change_row.row_id)"""
        for row, text in project.rows(sql, (table,)):
            image = json.loads(text)
            parents = [(parent, image[column]) for column, parent in links.get(table, ()) if image.get(column)]
            if table == "memo":
                parents.append((image["target"], image["target_id"]))
            if table == "decision":
                parents.append((image["tbl"], image["row_id"]))
            if table == "verdict" and (family := family_of(image["target"])[0]) in families:
                parents.append(("family", families[family]))
            source: int = image["source_id"] if table in ("story", "speaker", "voice") else 0
            found.append(_Removed((table, row), tuple(parents), ("source", source)))
    return found


def forget(project: ProjectFile, going: Going, *, words: Words | None = None, blanked: Iterable[int] = ()) -> bool:
    """Remove the rows and every trace of them; False where another window must close before the file is clean.

    `words` takes what was said out of whatever else people wrote. `blanked` are sources of which only the words of some
    were taken out: their file may not come back either.
    """
    with project.change(Act.WITHDRAW, *_roots(going)) as writing:
        going = what_goes(project, going.rows)  # once more under the lock: somebody may have coded meanwhile
        fingerprints, files = _fingerprints(writing, going), _files(writing, going)
        files |= _likes(writing, going) | _digests(writing, blanked)
        names = _names(writing, going)
        _leave_places_in_rounds(writing, going)
        for table in reversed(JOURNALED):
            writing.executemany(
                f"delete from {table} where id = ?", [(row,) for row in sorted(going.rows.get(table, set()))]
            )
        _scrub_journal(writing, going)
        _scrub_texts(writing, going, names)
        if words is not None:
            scrub_everywhere(writing, words)
        _bury(writing, going, fingerprints)
        _bury_files(writing, files - set(fingerprints.values()))
        writing.execute("insert into text_fts (text_fts) values ('rebuild')")
        writing.execute("insert into pending_forget (time) values (?)", (now(),))
    return finish(project)


def _leave_places_in_rounds(writing: Writing, going: Going) -> None:
    """A round keeps that a story was withdrawn from it, and whether it was chosen: no key, no words (methods.md G4)."""
    wanted = json.dumps(sorted(going.rows.get("round_story", set())))
    sql = """
        select round_id, exists (select 1 from choice where choice.round_id = candidate.round_id
                                 and choice.story_id = candidate.story_id)
        from round_story candidate where id in (select value from json_each(?)) order by round_id, id"""
    for round_id, was_chosen in writing.rows(sql, (wanted,)):
        left = (writing.new_id(), round_id, now()[:10], was_chosen)
        writing.execute("insert into round_gone values (?, ?, ?, ?)", left)


def _roots(going: Going) -> list[int]:
    for table in ("family", "story", "source", "person", "voice", "attachment"):
        if table in going.rows:
            return sorted(going.rows[table])
    return []


def _scrub_journal(writing: Writing, going: Going) -> None:
    """Take the rows out of the journal. Its last row number stays taken: changes name their rows by a range of numbers."""
    last = writing.rows("select coalesce(max(id), 0) from change_row")[0][0]
    writing.executemany("delete from change_row where tbl = ? and row_id = ?", going.everything())
    for table in ("foreign_row", "clash"):
        writing.executemany(f"delete from {table} where tbl = ? and row_id = ?", going.everything())
    writing.execute("insert or ignore into change_row values (?, ?, 'withdrawn', 0, 'd', null)", (last, writing.id))


def _scrub_texts(writing: Writing, going: Going, names: list[str]) -> None:
    """Remove the texts, originals, drafts and view states that belong to the rows."""
    sources = [(row,) for row in going.all_of("source")]
    writing.executemany("delete from text_version where source_id = ?", sources)
    writing.executemany("delete from original where source_id = ?", sources)
    attachments = [(row,) for row in going.all_of("attachment")]
    writing.executemany("delete from attachment_bytes where attachment_id = ?", attachments)
    if names:
        # Whole names only: a draft of V12 is no draft of V1.
        named = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, names))})(?![^\W_])")
        for table in ("draft", "view_state"):
            keys = [
                key for key, value in writing.rows(f"select key, value from {table}") if named.search(f"{key}\n{value}")
            ]
            writing.executemany(f"delete from {table} where key = ?", [(key,) for key in keys])


def _names(writing: Writing, going: Going) -> list[str]:
    """By which a draft would name what goes: keys of families and stories, ids of sources."""
    names = [str(number) for number in going.all_of("source")]
    for table in ("family", "story"):
        names += sorted(_every_value(writing, table, "key", rows=going.all_of(table)))
    return names


def _every_value(writing: Writing, table: str, column: str, *, rows: set[int]) -> set[str]:
    """All values that one column of rows ever had, as a family may have had another code; none that others have now."""
    wanted, numbers = "in (select value from json_each(?))", json.dumps(sorted(rows))
    sql = f"""
        select json_extract(image, '$.{column}') from change_row where tbl = ? and image is not null and row_id {wanted}
        union select {column} from {table} where id {wanted}
        except select {column} from {table} where id not {wanted}"""
    return {row[0] for row in writing.rows(sql, (table, numbers, numbers, numbers))}


def _values(writing: Writing, table: str, column: str, *, rows: set[int]) -> dict[int, str]:
    """One column of rows, living or removed, by id."""
    wanted = "in (select value from json_each(?))"
    numbers = json.dumps(sorted(rows))
    removed = writing.rows(
        f"select row_id, json_extract(image, '$.{column}') from change_row"
        f" where tbl = ? and image is not null and row_id {wanted}",
        (table, numbers),
    )
    return dict(removed + writing.rows(f"select id, {column} from {table} where id {wanted}", (numbers,)))


def _fingerprints(writing: Writing, going: Going) -> dict[int, str]:
    digests = _values(writing, "source", "original_sha256", rows=going.all_of("source"))
    digests |= _values(writing, "attachment", "sha256", rows=going.all_of("attachment"))
    codes = _values(writing, "family", "key", rows=going.all_of("family"))
    named = {**digests, **{number: f"family:{key}" for number, key in codes.items()}}
    return {number: _stamp(writing.project, name) for number, name in named.items()}


def _files(writing: Writing, going: Going) -> set[str]:
    """A stamp of every file from which a source was ever read, and of every code of a family: none may come back."""
    wanted = json.dumps(sorted(going.all_of("source")))
    sql = """
        select sha256 from original where source_id in (select value from json_each(?1))
        union select json_extract(image, '$.original_sha256') from change_row
        where tbl = 'source' and image is not null and row_id in (select value from json_each(?1))"""
    digests = {row[0] for row in writing.rows(sql, (wanted,)) if row[0]}
    codes = _every_value(writing, "family", "key", rows=going.all_of("family"))
    return {_stamp(writing.project, name) for name in (*digests, *(f"family:{key}" for key in codes))}


def _digests(writing: Writing, sources: Iterable[int]) -> set[str]:
    """A stamp of the file of each of these sources."""
    wanted = json.dumps(sorted(sources))
    sql = "select original_sha256 from source where id in (select value from json_each(?)) and original_sha256 <> ''"
    return {_stamp(writing.project, row[0]) for row in writing.rows(sql, (wanted,))}


def _likes(writing: Writing, going: Going) -> set[str]:
    """A stamp of the bare words of every text that goes, so that it is recognised when somebody types it again."""
    found = (like(text) for text in all_texts(writing.project, going.all_of("source")))
    return {_stamp(writing.project, each) for each in found if each}


def like(text: str) -> str:
    """A text without capitals, accents, signs and blanks, as a digest; empty where nothing is left."""
    apart = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(letter for letter in apart if letter.isalnum())
    return f"like:{hashlib.sha256(bare.encode()).hexdigest()}" if bare else ""


def is_forgotten_text(project: ProjectFile, text: str) -> bool:
    """Whether these words were withdrawn, also where they were typed again with other capitals, signs or line ends."""
    return is_forgotten(project, [text_digest(text), like(text)])


def _stamp(project: ProjectFile, digest: str) -> str:
    """A keyed hash: nobody can tell from the tombstone which file it was, but the file itself is recognised."""
    return hmac.new(bytes.fromhex(project.setting("secret")), digest.encode(), hashlib.sha256).hexdigest()


def _bury(writing: Writing, going: Going, fingerprints: dict[int, str]) -> None:
    stones = [(row, table, fingerprints.get(row, ""), now()) for table, row in going.everything()]
    writing.executemany("insert or replace into tombstone values (?, ?, ?, ?)", stones)


def _bury_files(writing: Writing, stamps: set[str]) -> None:
    stones = [(writing.new_id(), "original", stamp, now()) for stamp in sorted(stamps)]
    writing.executemany("insert into tombstone values (?, ?, ?, ?)", stones)


def forgotten_families(project: ProjectFile, keys: Iterable[str]) -> set[str]:
    """Which of these families were withdrawn: their rows may not come back by an import."""
    if not project.number("select count(*) from tombstone where tbl = 'family'"):
        return set()
    return {key for key in keys if is_forgotten(project, [f"family:{key}"])}


def is_forgotten(project: ProjectFile, digests: Iterable[str]) -> bool:
    """Whether a file with one of these digests was withdrawn: it may not come back."""
    stamps = [_stamp(project, digest) for digest in digests]
    return any(project.number("select count(*) from tombstone where fingerprint = ?", (stamp,)) for stamp in stamps)


_TRIES = 3
"""Each waits as long as any write does (`busy_timeout`)."""


def finish(project: ProjectFile) -> bool:
    """Rewrite the file and empty its log. Another window that is reading delays it to the next opening."""
    if not project.number("select count(*) from pending_forget"):
        return True
    try:
        project.outside_transaction("vacuum")
        if not any(_log_is_empty(project) for _ in range(_TRIES)):
            return False
    except ProjectBusy:
        return False
    with project.note() as writing:
        writing.execute("delete from pending_forget")
    return True


def _log_is_empty(project: ProjectFile) -> bool:
    busy: int = project.outside_transaction("pragma wal_checkpoint(truncate)")[0][0]
    return not busy
