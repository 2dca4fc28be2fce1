"""Open and close a project file, and the one door for writing: `with project.change(Act.X, ids...)`."""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from verhalen import errors
from verhalen.model.act import Act
from verhalen.settings import PROJECT_FILE, coder_identity
from verhalen.store import place as places
from verhalen.store.connection import check_sqlite, connect, derive_key, is_encrypted, translated
from verhalen.store.lease import Lease
from verhalen.store.migrations import create, migrate
from verhalen.store.replica import keep_sent, mint_anew, replica_of, sent
from verhalen.store.writing import Row, Values, Writing, now

_Decision = TypeVar("_Decision")
_SENT = "bundle.sent"
"""View state with the newest change that was given to another copy: nothing joins it any more."""

__all__ = ["ProjectFile", "Row", "Values", "Writing", "now"]


class ProjectFile:
    """One connection to one project file. It belongs to the thread that opened it; others take a `sibling()`."""

    def __init__(
        self, path: Path, *, coder: str, key: str | None = None, read_only_reason: str = "", new: bool = False
    ) -> None:
        self.path = path
        self.coder = coder
        self.read_only_reason = read_only_reason
        self.place = places.look_at(path)
        self._key = key
        self._connection = connect(
            path, key=key, read_only=bool(read_only_reason), wal=not self.place.is_shared, new=new
        )
        self._depth = 0
        self._coder_id: int | None = None
        self.replica = 0
        self.only_coder: int | None = None
        """The one whose codings are read; None for those of everybody. `store/sight.py` tells what that means."""
        self._holds_lease = False

    # -- opening ---------------------------------------------------------------------------------------------------

    @classmethod
    def create(
        cls, workspace: Path, *, coder: str, passphrase: str | None = None, origin: tuple[str, str] | None = None
    ) -> ProjectFile:
        """Make an empty project file in a folder; nothing is left behind when that fails.

        `origin` are the id and the secret of the project of which it becomes another copy.
        """
        check_sqlite()
        path = workspace / PROJECT_FILE
        if path.exists():
            raise errors.WorkspaceExists(path=workspace)
        key = derive_key(path, passphrase) if passphrase else None
        try:
            project = cls(path, coder=coder, key=key, new=True)
            try:
                with translated(path):
                    named, secret = origin or (uuid.uuid4().hex, secrets.token_hex(16))
                    create(project._connection, project_id=named, secret=secret)
                project._settle()
            except BaseException:
                project._connection.close()
                raise
        except BaseException:
            for leftover in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
                leftover.unlink(missing_ok=True)
            raise
        return project

    @classmethod
    def open(cls, path: Path, *, coder: str, passphrase: str | None = None) -> ProjectFile:
        """Open a project file; migrate an older one; refuse a newer one, a stranger's and a wrong passphrase."""
        check_sqlite()
        if not path.is_file():
            raise errors.NoProject(path=path.parent)
        key = _key_for(path, passphrase)
        reason = _why_read_only(path)
        project = cls(path, coder=coder, key=key, read_only_reason=reason)
        try:
            with translated(path):
                migrate(project._connection, path, read_only=bool(reason))
            project._settle()
        except BaseException:
            project._connection.close()
            raise
        return project

    def _settle(self) -> None:
        from verhalen.store.forget import finish

        if not self.read_only_reason:
            finish(self)
        self.replica = replica_of(self.setting("project_id"), self.path)
        if self._was_put_back():
            self.replica = mint_anew(self.setting("project_id"), self.path)
        if self.place.is_shared and not self.read_only_reason:
            Lease(self.path).beat()
            self._holds_lease = True

    def _was_put_back(self) -> bool:
        """Whether others have changes of this copy that are not in it: a backup came in its place."""
        given = sent(self.setting("project_id"), self.path)
        if given is None:
            return False
        sql = "select 1 from change where replica = ? and sequence = ? and id = ?"
        return self.row(sql, (self.replica, *given)) is None

    def keep_sent(self) -> None:
        """Remember that everything up to now was given to another copy: nothing joins it any more."""
        newest = self.row(
            "select sequence, id from change where replica = ? order by sequence desc limit 1", (self.replica,)
        )
        if newest is not None:
            keep_sent(self.setting("project_id"), self.path, newest)
        if not self.read_only_reason:
            with self.note() as writing:
                writing.execute("insert or replace into view_state values (?, ?)", (_SENT, str(self.last_change())))

    def sibling(self, *, coder: str | None = None) -> ProjectFile:
        """Another connection to the same file, for the calling thread, perhaps as another coder."""
        other = ProjectFile(self.path, coder=coder or self.coder, key=self._key, read_only_reason=self.read_only_reason)
        other.replica = self.replica
        if other.coder == self.coder:
            other.only_coder = self.only_coder
        return other

    def close(self) -> None:
        """Close; in a shared place leave one whole file behind."""
        if self._holds_lease:
            Lease(self.path).release()
        self._connection.close()

    @property
    def is_encrypted(self) -> bool:
        """Whether the file has a passphrase."""
        return self._key is not None

    def beat(self) -> None:
        """Say that this machine still holds the project: call it every minute while it is open in a shared place."""
        if self._holds_lease:
            Lease(self.path).beat()

    def __enter__(self) -> ProjectFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- reading ---------------------------------------------------------------------------------------------------

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""
        with translated(self.path):
            return self._connection.execute(sql, values).fetchall()

    def batches(self, sql: str, values: Values = (), *, size: int = 1000) -> Iterator[list[Row]]:
        """The rows of a query, some at a time: who only takes their columns never holds a hundred thousand of them."""
        with translated(self.path):
            cursor = self._connection.execute(sql, values)
            while found := cursor.fetchmany(size):
                yield found

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query, or None."""
        with translated(self.path):
            found: Row | None = self._connection.execute(sql, values).fetchone()
        return found

    def number(self, sql: str, values: Values = ()) -> int:
        """The single integer of a query; 0 where it finds nothing."""
        found = self.row(sql, values)
        return found[0] if found and found[0] is not None else 0

    def setting(self, key: str) -> str:
        """A setting that lives in the file; empty where it was never made."""
        found = self.row("select value from setting where key = ?", (key,))
        return str(found[0]) if found else ""

    def data_version(self) -> int:
        """Changes when another connection committed: the only source of "something changed"."""
        return self.number("pragma data_version")

    def last_change(self) -> int:
        """The newest entry of the history."""
        return self.number("select max(id) from change")

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Read several queries from one state of the file."""
        with translated(self.path):
            self._connection.execute("begin")
            try:
                yield
            finally:
                self._connection.execute("rollback")

    # -- writing ---------------------------------------------------------------------------------------------------

    @property
    def coder_id(self) -> int:
        """The row of the coder at work; made at the first write."""
        if self._coder_id is None:
            found = self.row("select id from coder where identity = ?", (coder_identity(self.coder),))
            if found:
                self._coder_id = found[0]
            else:
                self._coder_id = self._add_coder()
        return self._coder_id

    def _add_coder(self) -> int:
        identity = coder_identity(self.coder)
        with self.note() as writing:
            # Under the lock once more: another window of the same coder may have been first.
            there = writing.rows("select id from coder where identity = ?", (identity,))
            new: int = there[0][0] if there else writing.new_id()
            if not there:
                writing.execute("insert into coder values (?, ?, ?)", (new, self.coder, identity))
        return new

    def decided(self, decide: Callable[[], _Decision]) -> Callable[[], _Decision]:
        """Decide before the lock is taken, since others wait for it: ask under the lock for what was decided.

        Where somebody stored something in between, it is decided anew then.
        """
        seen = self.data_version()
        first = decide()
        return lambda: first if self.data_version() == seen else decide()

    @contextmanager
    def change(self, act: Act, *targets: int, join: int | None = None) -> Iterator[Writing]:
        """One transaction, one entry in the history, one undo step.

        `writing.targets` and `writing.undoes` may still be set inside, where they are known only under the lock.
        `join` adds to one's own newest change instead of making a new one (the answers of one form). A change that
        writes nothing leaves no trace. Any error rolls everything back.
        """
        if self.only_coder is not None:
            raise RuntimeError("a change through a door that hides codings: rules must see them all")
        coder = self.coder_id
        if join and self._was_sent(join):
            join = None  # what was given to others stays as they got it
        with self._transaction() as writing:
            before = int(str(writing.rows("select coalesce(max(id), 0) from change_row")[0][0]))
            writing.id = join or writing.new_id()
            writing.targets.extend(targets)
            writing.execute("update open_change set change_id = ?", (writing.id,))
            yield writing
            writing.execute("update open_change set change_id = null")
            after = int(str(writing.rows("select coalesce(max(id), 0) from change_row")[0][0]))
            if after == before and act.can_be_undone and writing.undoes is None and act is not Act.MERGE:
                # An undo that finds nothing left to do is kept: else it would be offered for ever. So is work that came
                # in and changed no row: what is known of it bears the name of this change.
                return
            if join:
                self._extend(writing, after)
            else:
                self._record(writing, act, coder=coder, rows=(before + 1, after))

    def _was_sent(self, change: int) -> bool:
        given = self.row("select value from view_state where key = ?", (_SENT,))
        return given is not None and change <= int(given[0])

    def _record(self, writing: Writing, act: Act, *, coder: int, rows: tuple[int, int]) -> None:
        sequence = int(
            str(
                writing.rows("select coalesce(max(sequence), 0) + 1 from change where replica = ?", (self.replica,))[0][
                    0
                ]
            )
        )
        writing.execute(
            "insert into change values (:id, :act, :targets, :coder, :replica, :sequence, :time, :undoes, :first, :last)",
            {
                "id": writing.id,
                "act": act.value,
                "targets": json.dumps(writing.targets[:50]),
                "coder": coder,
                "replica": self.replica,
                "sequence": sequence,
                "time": now(),
                "undoes": writing.undoes,
                "first": rows[0],
                "last": rows[1],
            },
        )

    def _extend(self, writing: Writing, last: int) -> None:
        newest = writing.rows("select max(id) from change")[0][0]
        if newest != writing.id:
            raise errors.StaleText()
        writing.execute("update change set last_row = ?, time = ? where id = ?", (last, now(), writing.id))

    @contextmanager
    def note(self) -> Iterator[Writing]:
        """Write outside the journal: drafts, view state, caches, text versions. Journaled tables refuse it."""
        with self._transaction() as writing:
            yield writing

    @contextmanager
    def _transaction(self) -> Iterator[Writing]:
        if self.read_only_reason:
            raise errors.ReadOnlyProject(reason=self.read_only_reason)
        if self._depth:
            raise RuntimeError("a change inside a change: let the outer one write")
        with translated(self.path):
            self._connection.execute("begin immediate")
            self._depth += 1
            try:
                writing = Writing(self, self._connection)
                yield writing
                writing.keep_clock()
                self._connection.execute("commit")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise
            finally:
                self._depth -= 1

    def outside_transaction(self, sql: str) -> list[Row]:
        """For vacuum, checkpoint and the like, which SQLite runs in no transaction."""
        with translated(self.path):
            return self._connection.execute(sql).fetchall()

    def rewrite_alone(self) -> bool:
        """Give the room of what was deleted back to the disk; False where another window has the file open.

        Rewriting a large file takes the lock for seconds: nobody may be waiting for it. SQLite leaves its log only for
        the one connection that there is, which tells whether that is us.
        """
        with translated(self.path):
            logged = self._connection.execute("pragma journal_mode").fetchone()[0] == "wal"
            waits = self._connection.execute("pragma busy_timeout").fetchone()[0]
            self._connection.execute("pragma busy_timeout = 0")
            try:
                if logged:
                    self._connection.execute("pragma journal_mode = delete").fetchone()
                self._connection.execute(f"pragma busy_timeout = {waits}")
                self._connection.execute("vacuum")
            finally:
                self._connection.execute(f"pragma busy_timeout = {waits}")
                if logged:
                    self._connection.execute("pragma journal_mode = wal").fetchone()
        return True

    def copy_to(self, target: Path) -> None:
        """A consistent copy while the project is open, with the same key; whole or not at all."""
        draft = target.with_name(target.name + ".part")
        try:
            draft.write_bytes(b"")  # SQLite fills an empty file too, and this says in its own words what is wrong
            with translated(self.path):
                self._connection.execute("vacuum into ?", (str(draft),))
            draft.replace(target)
        except OSError as error:
            raise errors.CannotWrite(file=target.name, reason=errors.why_not_written(error)) from error
        finally:
            with suppress(OSError):  # a disk that is read only refuses this too
                draft.unlink(missing_ok=True)


def _key_for(path: Path, passphrase: str | None) -> str | None:
    if not is_encrypted(path):
        return None
    if not passphrase:
        raise errors.NeedsPassphrase(path=path.name)
    return derive_key(path, passphrase)


def _why_read_only(path: Path) -> str:
    from verhalen.i18n import t

    if places.look_at(path).is_shared and Lease(path).holder():
        return t("another computer has this project open")
    try:
        with path.open("r+b"):
            return ""
    except OSError:  # permissions, or a disk that is mounted for reading only
        return t("the file may not be written")
