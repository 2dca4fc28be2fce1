"""Another copy of a project, read as it is: its file is never touched, and no identity is minted for it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verhalen import errors
from verhalen.store.connection import check_sqlite, derive_key, is_encrypted, translated
from verhalen.store.migrations import migrate
from verhalen.store.project import ProjectFile


@contextmanager
def open_copy(path: Path, *, coder: str, passphrase: str) -> Iterator[ProjectFile]:
    """Open a copy of the file `path`, brought up to date, as the replica that wrote to it last.

    Raises NoProject, NotOurs, NewerProject, NeedsPassphrase, WrongPassphrase, CannotWrite.
    """
    check_sqlite()
    if not path.is_file():
        raise errors.NoProject(path=path)
    with tempfile.TemporaryDirectory(prefix="verhalen-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "project.verhalen"
        try:
            for end in ("", "-wal"):
                if (there := path.with_name(path.name + end)).is_file():
                    shutil.copyfile(there, copy.with_name(copy.name + end))
        except OSError as error:
            raise errors.CannotWrite(file=path.name, reason=errors.why_not_written(error)) from error
        yield from _opened(copy, path, coder, passphrase)


def _opened(copy: Path, path: Path, coder: str, passphrase: str) -> Iterator[ProjectFile]:
    key = None
    if is_encrypted(copy):
        if not passphrase:
            raise errors.NeedsPassphrase(path=path.name)
        key = derive_key(copy, passphrase)
    project = ProjectFile(copy, coder=coder, key=key)
    try:
        with translated(path):
            migrate(project._connection, copy, read_only=False)
        project.replica = project.number("select replica from change order by id desc limit 1")
        yield project
    finally:
        project.close()
