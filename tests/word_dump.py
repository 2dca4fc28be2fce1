"""The structure of a Word file as text, for golden files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import nsmap, qn
from lxml import etree


def dump(path: Path) -> str:
    """The structure of a Word file as text: one line per paragraph, row, chart and section."""
    lines: list[str] = []
    _dump(docx.Document(str(path)).element.body, lines, indent="")
    return "\n".join(lines) + "\n"


def _find(element: etree._Element, path: str) -> list[Any]:
    # Elements that python-docx has no class for know no prefixes.
    found = etree._Element.xpath(element, path, namespaces=nsmap)
    return found if isinstance(found, list) else [found]


def _first(element: etree._Element, path: str) -> str:
    return next(iter(_find(element, path)), "")


def _dump(parent: etree._Element, lines: list[str], *, indent: str) -> None:
    for child in parent:
        if child.tag == qn("w:p"):
            lines.append(indent + _paragraph(child))
            lines.extend(f"{indent}[{name}: {text}]" for name, text in _drawings(child))
            lines.extend(f"{indent}[section {side}]" for side in _sections(child, "./w:pPr/w:sectPr"))
        elif child.tag == qn("w:tbl"):
            lines.append(f"{indent}[table: {_first(child, './w:tblPr/w:tblCaption/@w:val')}]")
            lines.extend(f"{indent}{_row(row)}" for row in child.findall(qn("w:tr")))
        elif child.tag == qn("w:sectPr"):
            lines.extend(f"{indent}[section {side}]" for side in _sections(child, "."))


def _paragraph(paragraph: etree._Element) -> str:
    style = _first(paragraph, "./w:pPr/w:pStyle/@w:val") or "Normal"
    new_page = " (new page)" if _find(paragraph, "./w:pPr/w:pageBreakBefore") else ""
    number = "".join(f" #{each}" for each in _find(paragraph, "./w:pPr/w:numPr/w:numId/@w:val"))
    return f"{style}{number}{new_page}: {''.join(_run(run) for run in paragraph.iter(qn('w:r')))}"


def _run(run: etree._Element) -> str:
    text = "".join("⏎" if part.tag == qn("w:br") else part.text or "" for part in _find(run, "./w:t|./w:br"))
    text = f"**{text}**" if text and _find(run, "./w:rPr/w:b") else text
    text = f"*{text}*" if text and _find(run, "./w:rPr/w:i") else text
    field = "".join(_find(run, "./parent::w:fldSimple/@w:instr")).strip()
    return f"<{field}: {text}>" if field else text


def _drawings(paragraph: etree._Element) -> Iterator[tuple[str, str]]:
    for properties in paragraph.iter(qn("wp:docPr")):
        yield properties.get("name", ""), properties.get("descr", "")


def _sections(element: etree._Element, path: str) -> Iterator[str]:
    for section in _find(element, path):
        yield _first(section, "./w:pgSz/@w:orient") or "portrait"


def _row(row: etree._Element) -> str:
    kind = "header" if _find(row, "./w:trPr/w:tblHeader") else "row"
    whole = "" if _find(row, "./w:trPr/w:cantSplit") else " (may split)"
    cells = ["".join(_run(run) for run in cell.iter(qn("w:r"))) for cell in row.findall(qn("w:tc"))]
    return f"{kind}{whole} | {' | '.join(cells)} |"
