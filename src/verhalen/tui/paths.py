"""Paths as people type, drag and read them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

_UNITS = ("B", "kB", "MB", "GB")


def path_of(typed: str) -> Path | None:
    """What terminals make of a dragged file: quotes around it, blanks with a backslash, `file://`."""
    text = typed.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    elif "\\ " in text:
        text = text.replace("\\ ", " ")
    try:
        return Path(text).expanduser() if text else None
    except RuntimeError:  # no such user's home
        return Path(text)


def short_path(folder: Path) -> str:
    """As short as it goes: what lies in one's own folder begins with `~`."""
    try:
        return plain_name(f"~/{folder.relative_to(Path.home())}".removesuffix("/."))
    except ValueError:
        return plain_name(str(folder))


def plain_name(name: str) -> str:
    """A name of a file without what a terminal would take for a command."""
    from verhalen.readers.naming import shown

    return shown(name)


def size_text(count: int) -> str:
    """Bytes for people."""
    size, unit = float(count), 0
    while size >= 1000 and unit < len(_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{size:.0f} {_UNITS[unit]}"


def sticks() -> Iterator[Path]:
    """Sticks and other disks that hang on this computer, as far as the system shows them in its usual places."""
    if sys.platform == "win32":
        drives = (Path(f"{letter}:/") for letter in "DEFGHIJKLMNOPQRSTUVWXYZ")
        yield from (drive for drive in drives if drive.is_dir())
        return
    user = Path.home().name
    for place in (Path("/media") / user, Path("/run/media") / user, Path("/Volumes")):
        try:
            yield from sorted(each for each in place.iterdir() if each.is_dir())
        except OSError:
            continue
