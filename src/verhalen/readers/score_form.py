"""A filled form for scores: which boxes are ticked, by a click, or by an x that somebody typed beside or over the box."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.errors import UnreadableFile
from verhalen.i18n import t
from verhalen.model.form import ANSWER, FORM, TOGETHER, FilledForm, marks_in
from verhalen.readers.docx_package import open_package, short
from verhalen.readers.opening import read_bytes

if TYPE_CHECKING:
    from lxml.etree import _Element

_TICK = re.compile(r"\s*[xX×✓✔✗✘☒☑]")
_BLANK = re.compile(r"[.…_\s]*")


def read_score_form(path: Path) -> FilledForm:
    """Read what was filled in. Raises UnreadableFile for a document that is no form of ours."""
    try:
        document = open_package(read_bytes(path)).document
    except UnreadableFile as error:
        error.values = {"file": path.name, "suffix": ".docx", **error.values}
        raise
    head: tuple[str, ...] = ()
    fields: dict[str, str] = {}
    ticked: dict[str, tuple[str, ...]] = {}
    together = False
    for paragraph in document.iter():
        if short(str(paragraph.tag)) != "w:p":
            continue
        for mark in marks_in(paragraph_text(paragraph)):
            first = mark.parts[0]
            if mark.kind == FORM:
                head = mark.parts
            elif mark.kind == ANSWER:
                value = (mark.parts[-1],) if is_ticked(paragraph, mark.behind) else ()
                ticked[first] = (*ticked.get(first, ()), *value)
            elif first == TOGETHER:
                together = is_ticked(paragraph, mark.behind)
            elif not _BLANK.fullmatch(mark.behind):
                fields[first] = mark.behind.strip()
    if len(head) < 2 or not head[1].isdigit():
        reason = t("it is no form of this program, or somebody took the hidden marks out of it")
        raise UnreadableFile(file=path.name, suffix=".docx", reason=reason)
    return FilledForm(head[0], int(head[1]), fields, ticked, together)


def paragraph_text(paragraph: _Element) -> str:
    """Its words, hidden ones included."""
    return "".join(each.text or "" for each in paragraph.iter() if short(str(each.tag)) == "w:t")


def is_ticked(paragraph: _Element, behind: str) -> bool:
    """By the state of the box, or by the sign that stands there."""
    states = (each for each in paragraph.iter() if str(each.tag).endswith("/wordml}checked"))
    return any(value in ("1", "true") for each in states for value in each.attrib.values()) or bool(_TICK.match(behind))
