"""Filling in a paper of ours as somebody does in Word: ticks, short answers, and words in several paragraphs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def fill(
    path: Path,
    ticks: Iterable[tuple[str, str]] = (),
    fields: Mapping[str, str] | None = None,
    areas: Mapping[str, str] | None = None,
) -> Path:
    """Tick boxes by question and value, write into places by name, and into rooms: a line is a paragraph."""
    with zipfile.ZipFile(path) as packed:
        content = {name: packed.read(name) for name in packed.namelist()}
    root = etree.fromstring(content["word/document.xml"])
    marks = {
        **{f"{{vak|{name}|{value}}}": None for name, value in ticks},
        **{f"{{veld|{name}}}": words for name, words in (fields or {}).items()},
        **{f"{{ruimte|{name}}}": words for name, words in (areas or {}).items()},
    }
    paragraphs = list(root.iter(f"{W}p"))
    for at, paragraph in enumerate(paragraphs):
        for text in list(paragraph.iter(f"{W}t")):
            mark = text.text or ""
            if mark not in marks:
                continue
            words = marks.pop(mark)
            if mark.startswith("{ruimte"):
                _write(paragraphs[at + 1], words or "")
            else:
                _answer(paragraph, words)
    assert not marks, f"not on the paper: {sorted(marks)}"
    content["word/document.xml"] = etree.tostring(root)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in content.items():
            packed.writestr(name, data)
    path.write_bytes(made.getvalue())
    return path


def _answer(paragraph: etree._Element, words: str | None) -> None:
    control = next(paragraph.iter(f"{W}sdt"))
    if words is None:
        for state in control.iter(f"{W14}checked"):
            state.set(f"{W14}val", "1")
    next(control.iter(f"{W}t")).text = "☒" if words is None else words


def _write(paragraph: etree._Element, words: str) -> None:
    for number, line in enumerate(words.split("\n")):
        if number:
            paragraph.addnext(below := etree.Element(f"{W}p"))
            paragraph = below
        etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t").text = line
