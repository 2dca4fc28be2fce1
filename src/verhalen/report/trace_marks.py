"""Bookmarks around whatever a placeholder wrote, and the part of a Word file that says where it all came from.

Bookmarks carry the trace, not content controls: both Word and LibreOffice keep them when they save, while LibreOffice 7.4 drops
the tags of content controls; and a reader of the document meets no frames. They stand within paragraphs only, around the
words of a paragraph or cell: a bookmark around whole blocks is moved by either program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn

from verhalen.report.docx_xml import bookmark, element

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Body:
    """The words of a Word file, with its charts."""

    xml: bytes
    charts: Mapping[str, tuple[bytes, bytes]]
    """By the id of the relation: the chart, and the workbook with its numbers."""

    def chart(self, relation: str) -> bytes | None:
        """The XML of a chart."""
        found = self.charts.get(relation)
        return found[0] if found else None


Manifest = Callable[[Body], bytes]
"""Makes the part of ours for a finished body."""
NAMESPACE = "urn:verhalen:report"
_ITEM, _PROPERTIES = "/customXml/item%d.xml", "/customXml/itemProps%d.xml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_STORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"'
    ' ds:itemID="{6E0B5B0E-4C63-4E0B-9E0A-7665726861B1}"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()


def mark_pieces(made: Iterable[BaseOxmlElement], stem: str) -> None:
    """Mark each paragraph, and each cell of each table, that a placeholder made.

    Names are `stem_PIECE` and `stem_PIECE_ROW_COLUMN`, all counted from 0.
    """
    for piece, child in enumerate(made):
        if child.tag == qn("w:p"):
            _mark_paragraph(child, f"{stem}_{piece}")
        elif child.tag == qn("w:tbl"):
            for row, line in enumerate(child.findall(qn("w:tr"))):
                for column, cell in enumerate(line.findall(qn("w:tc"))):
                    _mark_cell(cell, f"{stem}_{piece}_{row}_{column}")


def _mark_cell(cell: _Element, name: str) -> None:
    paragraph = cell.find(qn("w:p"))
    if paragraph is not None and not _mark_paragraph(paragraph, name):
        paragraph.append(element("w:bookmarkStart", {"w:id": name, "w:name": name}))
        paragraph.append(element("w:bookmarkEnd", {"w:id": name}))


def _mark_paragraph(paragraph: _Element, name: str) -> bool:
    """Mark the words behind the number of a caption; a table of contents is Word's own. Whether there was anything."""
    if paragraph.find(f"{qn('w:r')}/{qn('w:fldChar')}") is not None:
        return False
    children = [child for child in paragraph if child.tag != qn("w:pPr")]
    fields = [at for at, child in enumerate(children) if child.tag == qn("w:fldSimple")]
    words = children[fields[-1] + 1 :] if fields else children
    bookmark(words, name)
    return bool(words)


def add_manifest(document: Document, manifest: Manifest) -> None:
    """Put our part into the file, in the place of one that a template brought along."""
    package = document.part.package
    assert package is not None
    relations = document.part.rels
    for key in [key for key, each in relations.items() if each.reltype == RELATIONSHIP_TYPE.CUSTOM_XML]:
        if not relations[key].is_external and NAMESPACE.encode() in relations[key].target_part.blob:
            del relations[key]
    content = manifest(body_of(document))
    item = Part(package.next_partname(_ITEM), "application/xml", content, package)
    number = item.partname.idx or 1
    properties = Part(PackURI(_PROPERTIES % number), _PROPERTIES_TYPE, _STORE, package)
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def body_of(document: Document) -> Body:
    """What stands in a document by now."""
    parts = {
        key: each.target_part
        for key, each in document.part.rels.items()
        if not each.is_external and each.reltype == RELATIONSHIP_TYPE.CHART
    }
    books = {key: [each.target_part.blob for each in part.rels.values()] for key, part in parts.items()}
    return Body(document.part.blob, {key: (part.blob, (books[key] or [b""])[0]) for key, part in parts.items()})
