"""What a form is, on paper and in Word: the marks by which a filled one is read back.

A mark is hidden text before the box or place it names. Tags of content controls would do in Word, but LibreOffice drops them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FORM, FIELD, ANSWER = "verhalen-formulier", "veld", "vak"
"""First part of a mark: of the form itself, of a field, of a box to tick."""
STORY, SHEET, AREA, END = "verhalen-verhaal", "verhalen-blad", "ruimte", "einde"
"""The same of a form for a story, of a sheet for the family, of room for many words, and of where that room ends."""
FAMILY, MEMBER, DAY, TOGETHER = "gezin", "lid", "datum", "samen"
"""Names of the fields."""
NOT_KNOWN = "nvt"
"""Value of the box that is no number."""
_KINDS = (FORM, FIELD, ANSWER, STORY, SHEET, AREA, END)
_MARK = re.compile(rf"\{{({'|'.join(_KINDS)})\|([^{{}}]*)\}}")


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form as somebody gave it back."""

    instrument: str
    version: int
    fields: dict[str, str]
    """Text by name of the field, without blanks around it; absent where it was left empty."""
    ticked: dict[str, tuple[str, ...]]
    """The values that were ticked, per item of the form in its order; mostly one, none where it was skipped."""
    together: bool
    """Whether somebody helped."""


@dataclass(frozen=True, slots=True)
class FilledPaper:
    """A form for a story, or a sheet for the family, as somebody gave it back."""

    kind: str
    """`STORY` or `SHEET`."""
    head: tuple[str, ...]
    """What the mark of the paper itself says."""
    fields: dict[str, str]
    """Words by name of the field, without blanks around them; absent where it was left empty."""
    ticked: dict[str, tuple[str, ...]]
    """The values that were ticked, by name of the question; empty where there are boxes and none was ticked."""

    def one(self, name: str) -> str:
        """The value of a question with one answer; empty where none was ticked."""
        return next(iter(self.ticked.get(name, ())), "")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that was found in a text."""

    kind: str
    parts: tuple[str, ...]
    behind: str
    """What stands behind it, up to the next mark."""


def mark_of(kind: str, *parts: str) -> str:
    """The text of a mark."""
    return f"{{{'|'.join((kind, *parts))}}}"


def marks_in(text: str) -> Iterator[Mark]:
    """All marks of a text in order."""
    found = list(_MARK.finditer(text))
    for index, each in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        yield Mark(each[1], tuple(each[2].split("|")), text[each.end() : end])
