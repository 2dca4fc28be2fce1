"""A Word file as a whole: opened from a template, its properties, written whole or not at all, the same every time."""

from __future__ import annotations

import datetime
import io
import os
import zipfile
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from verhalen.errors import BadTemplate, CannotWrite, why_not_written
from verhalen.i18n import t
from verhalen.report.docx_style import add_own_styles, apply_house_style, check_template, set_language

AUTHOR = "verhalen"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_TEMPLATE_TYPE = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"
_BODY_RELATIONS = (
    RELATIONSHIP_TYPE.IMAGE,
    RELATIONSHIP_TYPE.CHART,
    RELATIONSHIP_TYPE.HYPERLINK,
    RELATIONSHIP_TYPE.OLE_OBJECT,
    RELATIONSHIP_TYPE.PACKAGE,
    RELATIONSHIP_TYPE.COMMENTS,
)


def open_document(template: Path | None, *, language: str) -> Document:
    """An empty document in our house style, or in that of `template` (.docx or .dotx), headers and footers included."""
    if template is None:
        document = docx.Document()
        apply_house_style(document)
    else:
        document = _open_template(template)
        check_template(document, template)
    _empty_body(document)
    add_own_styles(document)
    set_language(document, language)
    return document


def _open_template(path: Path) -> Document:
    try:
        return docx.Document(io.BytesIO(_as_document(path.read_bytes())))
    except OSError as error:
        reason = t("it is not there") if isinstance(error, FileNotFoundError) else t("the computer does not let me")
        raise BadTemplate(file=path.name, problem=reason) from error
    except (ValueError, KeyError, zipfile.BadZipFile, PackageNotFoundError, etree.XMLSyntaxError) as error:
        raise BadTemplate(file=path.name, problem=t("it is not a Word document (.docx or .dotx)")) from error


def _as_document(content: bytes) -> bytes:
    """A template file (.dotx) as a document: they differ in one content type, and python-docx opens documents only."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == "[Content_Types].xml":
                data = data.replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE)
            new.writestr(member, data)
    return made.getvalue()


def _empty_body(document: Document) -> None:
    """Remove the words and pictures of a template's body; page format, headers and footers stay."""
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    kept = set(body.xpath(".//@r:id"))
    relations = document.part.rels
    for key in [key for key, relation in relations.items() if relation.reltype in _BODY_RELATIONS and key not in kept]:
        del relations[key]
    package = document.part.package
    if package is not None:
        # python-docx's own empty document carries a picture of its first page.
        for key in [key for key, relation in package.rels.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
            del package.rels[key]


def set_properties(document: Document, *, title: str, language: str, today: datetime.date) -> None:
    """Set the document's properties; nobody's name is in them, not even that of who made the template."""
    properties = document.core_properties
    made = datetime.datetime.combine(today, datetime.time(12), tzinfo=datetime.UTC)
    properties.title, properties.language = title, language
    properties.author = properties.last_modified_by = AUTHOR
    properties.created = properties.modified = made
    properties.revision = 1
    properties.comments = properties.keywords = properties.subject = properties.category = ""


def save(document: Document, path: Path) -> None:
    """Write the file whole or not at all; raise CannotWrite with the reason."""
    content = _packed(document)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            draft.write_bytes(content)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(file=path.name, reason=why_not_written(error)) from error


def _packed(document: Document) -> bytes:
    """The bytes of the file, with one fixed time in place of the clock: the same blocks give the same bytes."""
    saved, made = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return made.getvalue()
