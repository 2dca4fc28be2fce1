"""The parts of a Word file: which is the document, and which notes, styles and headers belong to it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from verhalen.errors import NotWhatItSays, UnreadableFile
from verhalen.i18n import t
from verhalen.readers.limits import Parts, open_zip, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",  # the strict variant of the same
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "urn:schemas-microsoft-com:vml": "v",
}
_LONGEST_CACHE = 5000
_short_names: dict[str, str] = {}


def short(tag: str) -> str:
    """`{...wordprocessingml...}p` as `w:p`; names of vocabularies that we do not know lose theirs for `x:`."""
    known = _short_names.get(tag)
    if known is None:
        uri, _, name = tag.rpartition("}")
        known = f"{_PREFIXES.get(uri[1:], 'x')}:{name}"
        if len(_short_names) < _LONGEST_CACHE:
            _short_names[tag] = known
    return known


def full_names(names: Iterable[str]) -> tuple[str, ...]:
    """`w:p` as lxml names it, in both variants of the format: it searches for these much faster than we can."""
    wanted = [name.partition(":") for name in names]
    return tuple(
        f"{{{uri}}}{name}" for prefix, _, name in wanted for uri, known in _PREFIXES.items() if known == prefix
    )


def attribute(element: _Element, name: str) -> str:
    """An attribute of the Word vocabulary, strict or not; empty where absent."""
    for key, value in element.attrib.items():
        if short(str(key)) == f"w:{name}":
            return str(value)
    return ""


def child(element: _Element | None, *path: str) -> _Element | None:
    """The first child by short name, and so on along `path`."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if short(str(one.tag)) == name), None)
    return element


def is_on(element: _Element | None) -> bool | None:
    """What a switch such as `<w:b/>` says; None where it is absent."""
    return None if element is None else attribute(element, "val") not in ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Package:
    """An opened Word file."""

    document: _Element
    parts: Parts
    main: str
    """Name of the part that is the document."""
    related: tuple[tuple[str, str], ...]
    """Last word of the relation and name of the part, for each part that the document names."""

    def roots(self, relation: str) -> Iterator[_Element]:
        """The parts that stand in `relation` to the document (`styles`, `footnotes`, `header`...), as XML."""
        for kind, name in self.related:
            data = self.parts.read(name) if kind == relation else None
            if data is not None:
                yield parse_xml(data)


def open_package(data: bytes) -> Package:
    """Open a .docx. Raises NotWhatItSays for anything else, UnreadableFile for one with a password."""
    if data.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile(reason=t("it has a password; take that off in Word and save it again"))
    parts = open_zip(data)
    main = next((name for kind, name in relations_of(parts, "") if kind == "officeDocument"), "word/document.xml")
    found = parts.read(main)
    if found is None:
        raise NotWhatItSays
    document = parse_xml(found)
    if short(str(document.tag)) != "w:document":
        raise NotWhatItSays
    return Package(document, parts, main, tuple(relations_of(parts, main)))


def relations_of(parts: Parts, owner: str) -> Iterator[tuple[str, str]]:
    """Last word of each relation of a part (of the whole file where `owner` is empty), and the part that it names."""
    folder, name = posixpath.split(owner)
    data = parts.read(posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in parse_xml(data) if data else ():
        target = unquote(relation.get("Target", ""))
        if target and relation.get("TargetMode") != "External":
            place = target if target.startswith("/") else posixpath.join("/", folder, target)
            yield relation.get("Type", "").rpartition("/")[2], posixpath.normpath(place).lstrip("/")
