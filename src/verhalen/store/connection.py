"""Connect to SQLite or SQLCipher, and turn their errors into ours. Nobody above this file knows either library."""

from __future__ import annotations

import hashlib
import importlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from verhalen import errors
from verhalen.i18n import t
from verhalen.store.schema import APPLICATION_ID

NEEDED_SQLITE = (3, 37, 0)
"""STRICT tables came with 3.37."""
PLAIN_HEADER = b"SQLite format 3\x00"
_PAGE = 4096
_SALT = 16
_ROUNDS = 256_000
"""SQLCipher 4's own default, so that its shell opens the file with the passphrase too."""
_BUSY_MS = 5_000


def check_sqlite(found: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    """Refuse a Python whose SQLite cannot hold our tables."""
    if found < NEEDED_SQLITE:
        raise errors.OlderSqlite(needed="3.37", found=".".join(map(str, found)))


def is_encrypted(path: Path) -> bool:
    """Whether the file can only be an encrypted database: whole pages without SQLite's header."""
    head = path.open("rb")
    with head:
        first = head.read(_SALT)
    return first != PLAIN_HEADER and path.stat().st_size % _PAGE == 0 and path.stat().st_size > 0


def derive_key(path: Path, passphrase: str) -> str:
    """Stretch the passphrase once (a fifth of a second); every connection then takes the raw key."""
    salt = os.urandom(_SALT)
    if path.exists() and path.stat().st_size:
        with path.open("rb") as file:
            salt = file.read(_SALT)
    key = hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, _ROUNDS, 32)
    return key.hex() + salt.hex()


def connect(
    path: Path,
    *,
    key: str | None = None,
    read_only: bool = False,
    wal: bool = True,
    new: bool = False,
    application: int = APPLICATION_ID,
) -> sqlite3.Connection:
    """Open the file with our settings; `new` makes one. The connection belongs to the calling thread."""
    with translated(path):
        connect_with = _cipher_connect() if key else sqlite3.connect
        address = _address(path, read_only=read_only)
        connection = connect_with(address, uri=True, isolation_level=None, cached_statements=256)
        try:
            _unlock(connection, key)
            if not new:
                _refuse_strangers(connection, path, application)
            _configure(connection, read_only=read_only, wal=wal)
        except BaseException:
            connection.close()
            raise
    return connection


def _cipher_connect() -> Callable[..., sqlite3.Connection]:
    """SQLCipher's `connect`; its module has the same shape as sqlite3."""
    try:
        library = importlib.import_module("sqlcipher3.dbapi2")
    except ImportError:
        raise errors.NoEncryption from None
    return cast("Callable[..., sqlite3.Connection]", library.connect)


def _address(path: Path, *, read_only: bool) -> str:
    """As a URI. In a folder that may not be written, SQLite cannot lay the files that reading a WAL file takes."""
    if not read_only:
        return path.resolve().as_uri()
    log = path.with_name(path.name + "-wal")
    sealed = not os.access(path.parent, os.W_OK) and not log.exists()
    return f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if sealed else ''}"


def _unlock(connection: sqlite3.Connection, key: str | None) -> None:
    """Give the key and read for the first time: nothing is written before we know whose file it is."""
    if key:
        # SQLCipher would write its own English lines to stderr when a passphrase is wrong.
        connection.execute("pragma cipher_log_level = none")
        connection.execute(f"pragma key = \"x'{key}'\"")
    connection.execute(f"pragma busy_timeout = {_BUSY_MS}")
    connection.execute("select count(*) from sqlite_master").fetchone()


def _refuse_strangers(connection: sqlite3.Connection, path: Path, application: int) -> None:
    if connection.execute("pragma application_id").fetchone()[0] != application:
        raise errors.NotOurs(path=path.name)


def _configure(connection: sqlite3.Connection, *, read_only: bool, wal: bool) -> None:
    if not read_only:
        connection.execute(f"pragma journal_mode = {'wal' if wal else 'delete'}")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma secure_delete = on")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma recursive_triggers = on")
    connection.execute("pragma temp_store = memory")
    connection.execute("pragma cache_size = -32000")


def _is_database_error(error: Exception) -> bool:
    if isinstance(error, sqlite3.Error):
        return True
    return type(error).__module__.startswith("sqlcipher3")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the errors of either library into ours; everything else passes."""
    try:
        yield
    except errors.VerhalenError:
        raise
    except Exception as error:
        if not _is_database_error(error):
            raise
        ours = _ours(error, path)
        if ours is None:
            raise  # a fault of our own, not of the user's file
        raise ours from error


def _ours(error: Exception, path: Path) -> errors.VerhalenError | None:
    said = str(error).lower()
    if "locked" in said or "busy" in said:
        return errors.ProjectBusy()
    if "full" in said:
        return errors.DiskFull()
    if "readonly" in said or "read-only" in said:
        return errors.ReadOnlyProject(reason=t("the file may not be written"))
    if "not a database" in said or "file is encrypted" in said:
        return errors.WrongPassphrase(path=path.name) if is_encrypted(path) else errors.NotOurs(path=path.name)
    damaged = ("malformed", "disk i/o", "unable to open", "corrupt", "out of range")
    return errors.DamagedProject(path=path.name) if any(word in said for word in damaged) else None
