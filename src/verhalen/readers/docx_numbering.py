"""Lists of Word: which levels show neither number nor bullet, as the headings that LibreOffice saves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from verhalen.readers.docx_package import attribute, child, short

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACES = re.compile(r"%\d")


def silent_levels(roots: Iterable[_Element]) -> frozenset[tuple[str, str]]:
    """Number of the list and level, for each level that shows nothing; from the numbering part."""
    silent: dict[str, list[str]] = {}
    found: set[tuple[str, str]] = set()
    for one in (one for root in roots for one in root):
        if short(str(one.tag)) == "w:abstractNum":
            silent[attribute(one, "abstractNumId")] = [
                attribute(level, "ilvl") for level in one if short(str(level.tag)) == "w:lvl" and _is_silent(level)
            ]
        elif short(str(one.tag)) == "w:num":
            abstract = child(one, "w:abstractNumId")
            levels = silent.get("" if abstract is None else attribute(abstract, "val"), [])
            found.update((attribute(one, "numId"), level) for level in levels)
    return frozenset(found)


def _is_silent(level: _Element) -> bool:
    form, text = child(level, "w:numFmt"), child(level, "w:lvlText")
    shown = "" if text is None else _PLACES.sub("", attribute(text, "val"))
    return form is not None and attribute(form, "val") == "none" and not shown.strip()
