"""Take the bytes of a user's file, once and within limits, and say in words why that does not work."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verhalen.errors import EmptyFile, LockedFile, TooLarge, UnreadableFile
from verhalen.i18n import t
from verhalen.readers.limits import MAX_BYTES, MAX_LINES, megabytes

_LINE = re.compile(r"\S[^\n]*+")


def read_bytes(path: Path) -> bytes:
    """The bytes of `path`. Raises UnreadableFile and its kinds; who calls adds the name of the file."""
    with why_not_opened():
        check_kind(path)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
            size = max(len(data), os.fstat(stream.fileno()).st_size)
    check_size(size)
    return data


def check_size(size: int) -> None:
    """Refuse nothing at all, and more than we read; in bytes."""
    if size > MAX_BYTES:
        raise TooLarge(size=megabytes(size), limit=megabytes(MAX_BYTES))
    if not size:
        raise EmptyFile


def check_lines(text: str) -> None:
    """Refuse more lines with words than fifty long talks have: each may be a turn, and takes its time."""
    if text.count("\n") < MAX_LINES:
        return
    lines = sum(1 for _ in _LINE.finditer(text))
    if lines > MAX_LINES:
        raise TooLarge(size=t("{n} lines", n=lines), limit=t("{n} lines", n=MAX_LINES))


@contextmanager
def why_not_opened() -> Iterator[None]:
    """Say in words why a file or folder on disk does not open."""
    try:
        yield
    except PermissionError:
        # Windows gives the same error for a file that another program holds; there that is by far the likelier cause.
        if os.name == "nt":
            raise LockedFile from None
        raise UnreadableFile(reason=t("you may not open this file")) from None
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise UnreadableFile(reason=t("there is no such file")) from None
    except OSError:
        raise UnreadableFile(reason=t("the disk or the network gives no answer")) from None


def check_kind(path: Path) -> None:
    """Refuse what is no ordinary file before opening it: opening a pipe would wait for ever."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise UnreadableFile(reason=t("it is a folder; give the files in it"))
    if not stat.S_ISREG(mode):
        raise UnreadableFile(reason=t("it is not an ordinary file"))
    if path.name.startswith(("~$", ".~lock.")):
        raise UnreadableFile(reason=t("it is only the mark that another document is open"))
    if any((path.parent / name).exists() for name in _lock_names(path.name)):
        raise LockedFile


def _lock_names(name: str) -> tuple[str, str]:
    """How Word and LibreOffice mark an open file: Word's mark takes the place of up to two first letters."""
    length = len(Path(name).stem)
    word = "~$" + name[2 if length >= 8 else 1 if length == 7 else 0 :]
    return word, f".~lock.{name}#"
