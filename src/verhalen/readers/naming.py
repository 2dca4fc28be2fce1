"""Names of files as they can be shown and stored: on disk and in archives they may hold anything."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from verhalen.model.text import normal_text

_TURNS_AROUND = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Letters nobody sees that turn the reading direction: `annatxt.exe` can look like `annaexe.txt`."""
_ENDS_A_LINE = "\u2028\u2029"
_LONGEST = 200
"""Characters of a name that we show."""
_SYSTEM_NAMES = frozenset({"__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin"})

Part = tuple[str | tuple[int, str], ...]


def shown_name(path: Path) -> str:
    """The name of the file as it can be stored and shown: names on disk may hold line ends and loose bytes."""
    return shown(path.name)


def shown(name: str) -> str:
    """A name on one line that cannot steer a terminal. Too long, and its end stays: there the file is named."""
    name = _TURNS_AROUND.sub("", normal_text(name))
    name = "".join(" " if unicodedata.category(each) == "Cc" or each in _ENDS_A_LINE else each for each in name)
    return name if len(name) <= _LONGEST else f"…{name[1 - _LONGEST :]}"


def natural(name: str) -> tuple[Part, str]:
    """To sort names as people number them: 2 before 10. Equal but for case and zeros: as they are."""
    pieces = re.split("([0-9]+)", name.casefold())
    # Digits are compared by length first, not as numbers: a name in an archive may hold thousands of them.
    return tuple(
        (len(number := piece.lstrip("0")), number) if place % 2 else piece for place, piece in enumerate(pieces)
    ), name


def is_system_name(name: str) -> bool:
    """Whether a file or folder is hidden, belongs to the system, or only marks that a document is open."""
    return name.startswith((".", "~$")) or name.casefold().strip() in _SYSTEM_NAMES
