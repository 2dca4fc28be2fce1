"""The container of a bundle: two lines that tell nothing, then an encrypted database."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Self

from verhalen import errors
from verhalen.i18n import t
from verhalen.store.connection import connect, derive_key, translated

FORMAT = 1
APPLICATION = 0x56424E44
"""Of the database in a bundle: nobody takes it for a project."""
SHORTEST = 8
"""Characters of a passphrase. The file travels by mail, where anybody may try at leisure."""
_MAGIC = b"VERHALEN-BUNDEL "
_LONGEST_LINE = 1_000
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class _Head:
    """What can be read without the passphrase."""

    format: int
    schema: int
    """Of the project that sent it."""
    project: str
    size: int
    """Bytes of the database."""
    sha256: str
    """Of the database as it stands here, encrypted."""
    encrypted: bool = True

    def written(self) -> bytes:
        """Both lines. The second has its own sum, so that one altered character is not taken for another project."""
        fields = {**asdict(self), "sum": self._sum()}
        return _MAGIC + f"{self.format}\n".encode() + json.dumps(fields).encode() + b"\n"

    @classmethod
    def read(cls, stream: BinaryIO, file: str) -> Self:
        """Raises NotABundle, NewerBundle, BrokenBundle."""
        magic = stream.readline(len(_MAGIC) + 20)
        if not magic.startswith(_MAGIC):
            raise errors.NotABundle(file=file)
        number = magic.removeprefix(_MAGIC).strip()
        if not magic.endswith(b"\n") or not number.isdigit():
            raise errors.BrokenBundle(file=file)
        if int(number) > FORMAT:
            raise errors.NewerBundle(file=file)
        return cls._from_line(stream.readline(_LONGEST_LINE), file)

    @classmethod
    def _from_line(cls, line: bytes, file: str) -> Self:
        try:
            fields = json.loads(line)
            said = fields.pop("sum")
            head = cls(**fields)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise errors.BrokenBundle(file=file) from None
        whole = type(head.schema) is int and type(head.size) is int and type(head.project) is str
        if not whole or said != head._sum():
            raise errors.BrokenBundle(file=file)
        return head

    def _sum(self) -> str:
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()


def check_passphrase(passphrase: str) -> None:
    """Refuse what is guessed too soon. Raises WeakPassphrase."""
    if len(passphrase.strip()) < SHORTEST:
        raise errors.WeakPassphrase(least=SHORTEST)


def project_hash(project_id: str) -> str:
    """The same in every bundle of a project, and nothing can be learned from it: ids of projects are random."""
    return hashlib.sha256(f"verhalen bundle {project_id}".encode()).hexdigest()


def is_bundle(path: Path) -> bool:
    """Whether the file says that it is one; it may still be broken."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def bundle_project(path: Path) -> str:
    """`project_hash` of the project it belongs to. Raises what `open_bundle` raises about the head."""
    with _reading(path) as stream:
        return _Head.read(stream, path.name).project


# -- writing -----------------------------------------------------------------------------------------------------------


@contextmanager
def new_bundle(target: Path, *, project_id: str, schema: int, passphrase: str) -> Iterator[sqlite3.Connection]:
    """An empty encrypted database to fill; it becomes the bundle `target` when the block ends well.

    The connection is in a transaction already. Raises WeakPassphrase, FileExists (no bundle stands there), CannotWrite,
    DiskFull, NoEncryption.
    """
    check_passphrase(passphrase)
    _refuse_place(target)
    with _writing(target):
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        os.close(handle)
    draft = Path(name)
    try:
        connection = _connect_new(draft, schema, passphrase)
        try:
            with _filling(target):
                yield connection
                if connection.in_transaction:
                    connection.execute("commit")
        finally:
            connection.close()
        with _writing(target):
            _put(draft, target, project=project_hash(project_id), schema=schema)
    finally:
        _clear(draft)


def _refuse_place(target: Path) -> None:
    """Before the work is done. A bundle may take the place of an older one, never of a project or a report."""
    if target.is_dir():
        raise errors.CannotWrite(file=target.name, reason=t("there is a folder of that name"))
    if target.exists() and not is_bundle(target):
        raise errors.FileExists(file=target.name)


def _connect_new(draft: Path, schema: int, passphrase: str) -> sqlite3.Connection:
    connection = connect(draft, key=_key(draft, passphrase), new=True, wal=False)
    try:
        with translated(draft):
            connection.execute("pragma journal_mode = memory")  # what fails is thrown away: no file beside it
            connection.execute("pragma synchronous = off")
            connection.execute(f"pragma application_id = {APPLICATION}")
            connection.execute(f"pragma user_version = {schema}")
            connection.execute("begin")
    except BaseException:
        connection.close()
        raise
    return connection


def _key(path: Path, passphrase: str) -> str:
    """One keyboard writes é as one sign, another as two: both must open the file."""
    return derive_key(path, unicodedata.normalize("NFC", passphrase))


def _put(draft: Path, target: Path, *, project: str, schema: int) -> None:
    """Head and database in one file, in the place of what stood there."""
    with draft.open("rb") as database:
        sha256 = hashlib.file_digest(database, "sha256").hexdigest()
        size = database.tell()
        head = _Head(FORMAT, schema, project, size, sha256)
        whole = draft.with_suffix(".whole.tmp")
        try:
            database.seek(0)
            with whole.open("xb") as stream:
                stream.write(head.written())
                shutil.copyfileobj(database, stream, _BLOCK)
                stream.flush()
                os.fsync(stream.fileno())
            whole.replace(target)
        finally:
            _clear(whole)


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise errors.DiskFull from error
        raise errors.CannotWrite(file=target.name, reason=errors.why_not_written(error)) from error


@contextmanager
def _filling(target: Path) -> Iterator[None]:
    """What SQLCipher says while a bundle is filled is about the bundle: errors of the project are translated below."""
    try:
        yield
    except Exception as error:
        if _said_of_a_bundle(error, "full"):
            raise errors.DiskFull from error
        if _said_of_a_bundle(error, "disk i/o", "unable to open", "readonly"):
            raise errors.CannotWrite(file=target.name, reason=t("the disk reports an error")) from error
        raise


def _said_of_a_bundle(error: Exception, *words: str) -> bool:
    return type(error).__module__.startswith("sqlcipher3") and any(each in str(error).lower() for each in words)


def _clear(draft: Path) -> None:
    for path in (draft, draft.with_name(draft.name + "-journal")):
        with suppress(OSError):  # where nothing may be written, nothing may be cleared away either
            path.unlink(missing_ok=True)


# -- reading -----------------------------------------------------------------------------------------------------------


@contextmanager
def open_bundle(path: Path, *, project_id: str | None, schema: int, passphrase: str) -> Iterator[sqlite3.Connection]:
    """The database of a bundle, to read only; `schema` is the newest we know. Its `pragma user_version` is the sender's.

    Raises UnreadableFile, NotABundle, BrokenBundle, NewerBundle, OtherProjectBundle, NeedsBundlePassphrase,
    WrongBundlePassphrase, NoEncryption, DiskFull, CannotWrite.
    """
    with tempfile.TemporaryDirectory(prefix="verhalen-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "bundle"
        with _reading(path) as stream:
            head = _Head.read(stream, path.name)
            _refuse(head, path, project_id=project_id, schema=schema)
            if not passphrase:
                raise errors.NeedsBundlePassphrase
            _copy(stream, copy, head, path.name)
        connection = _connect(copy, path.name, passphrase)
        try:
            with _reported(path.name):
                yield connection
        finally:
            connection.close()


@contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    try:
        stream = path.open("rb")
    except OSError as error:
        raise errors.UnreadableFile(file=path.name, reason=_why_not_read(error)) from error
    with stream:
        yield stream


def _why_not_read(error: OSError) -> str:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return t("there is no such file")
    if isinstance(error, IsADirectoryError):
        return t("it is a folder")
    return t("it may not be read, or the disk reports an error")


def _refuse(head: _Head, path: Path, *, project_id: str | None, schema: int) -> None:
    if head.schema > schema:
        raise errors.NewerBundle(file=path.name)
    if project_id is not None and head.project != project_hash(project_id):
        raise errors.OtherProjectBundle(file=path.name)


def _copy(stream: BinaryIO, copy: Path, head: _Head, file: str) -> None:
    """Take the database out, still encrypted, and see that every byte came over."""
    size, sha256 = 0, hashlib.sha256()
    with _writing(copy), copy.open("xb") as target:
        while size <= head.size and (block := _read(stream, file)):
            size += len(block)
            sha256.update(block)
            target.write(block)
    if size != head.size or sha256.hexdigest() != head.sha256:
        raise errors.BrokenBundle(file=file)


def _read(stream: BinaryIO, file: str) -> bytes:
    try:
        return stream.read(_BLOCK)
    except OSError as error:
        raise errors.UnreadableFile(file=file, reason=_why_not_read(error)) from error


def _connect(copy: Path, file: str, passphrase: str) -> sqlite3.Connection:
    try:
        connection = connect(copy, key=_key(copy, passphrase), read_only=True, application=APPLICATION)
    except errors.WrongPassphrase:
        raise errors.WrongBundlePassphrase(file=file) from None
    except (errors.NotOurs, errors.DamagedProject):
        raise errors.BrokenBundle(file=file) from None
    connection.execute("pragma trusted_schema = off")  # what came by mail runs nothing here
    connection.execute("pragma cell_size_check = on")
    return connection


@contextmanager
def _reported(file: str) -> Iterator[None]:
    """As `_filling`, for reading. Tables that are not there are a bundle that somebody else made up."""
    try:
        yield
    except Exception as error:
        if _said_of_a_bundle(error, "malformed", "no such table", "no such column", "disk i/o"):
            raise errors.BrokenBundle(file=file) from error
        raise
