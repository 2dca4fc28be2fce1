"""The parts of an OpenDocument text: its body, its styles, and whether it has a password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verhalen.errors import NotWhatItSays, UnreadableFile
from verhalen.i18n import t
from verhalen.readers.limits import open_zip, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "dr3d": "urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0",
    "form": "urn:oasis:names:tc:opendocument:xmlns:form:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def full(name: str) -> str:
    """`text:p` as lxml names it."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


@dataclass(frozen=True, slots=True)
class Package:
    """An opened OpenDocument text."""

    content: _Element
    body: _Element
    """`office:text`."""
    styles: _Element | None


def open_package(data: bytes) -> Package:
    """Open an .odt. Raises NotWhatItSays for anything else, UnreadableFile for one with a password."""
    parts = open_zip(data)
    # By its bytes: old programs give the manifest a document type, which we do not read.
    if b"encryption-data" in (parts.read("META-INF/manifest.xml") or b"") or "encrypted-package" in parts.names:
        raise UnreadableFile(reason=t("it has a password; save it in LibreOffice without one"))
    found, styles = parts.read("content.xml"), parts.read("styles.xml")
    if found is None:
        raise NotWhatItSays
    content = parse_xml(found)
    body = content.find(f"{full('office:body')}/{full('office:text')}")
    if body is None or content.tag != full("office:document-content"):
        raise NotWhatItSays
    return Package(content, body, None if styles is None else parse_xml(styles))
