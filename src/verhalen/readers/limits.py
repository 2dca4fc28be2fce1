"""How much we read: sizes, ZIP files that may not explode, and XML that may not reach outside itself."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verhalen.errors import NotWhatItSays, TooLarge, UnreadableFile
from verhalen.i18n import t

if TYPE_CHECKING:
    from lxml.etree import _Element

_MB = 1024 * 1024
MAX_BYTES = 20 * _MB
"""Of a whole file. A transcript of two hours is 0.3 MB; a Word file with photographs may be 10."""
MAX_LINES = 200_000
"""With words on them, in one text. A talk of two hours has 3,000."""
MAX_PART = 32 * _MB
"""Of one part inside a ZIP, unpacked."""
MAX_TOTAL = 400 * _MB
"""Of all parts together, as the ZIP says itself; we unpack only the few that hold text."""
MAX_MEMBERS = 5000
MAX_RATIO = 200
"""Unpacked against packed, for large parts: XML of real documents stays below 50, of a sentence repeated below 200."""
LARGE = 8 * _MB
"""Unpacked. Below it no ratio does harm."""
MAX_TAGS = 1_200_000
"""In one part, counted by `<`: each takes far more memory and time than its bytes. A talk of two hours has 100,000."""

_ODD_PATH = re.compile(r"^[/\\]|^[A-Za-z]:|\\|\x00|(^|/)\.\.(/|$)")


def megabytes(size: int) -> str:
    """A size for people, rounded up."""
    return f"{-(-size // _MB)} MB"


@dataclass(frozen=True, slots=True)
class Parts:
    """A ZIP file that was checked; parts are read one by one."""

    archive: zipfile.ZipFile
    names: frozenset[str]

    def read(self, name: str) -> bytes | None:
        """The bytes of one part, or None where there is no such part."""
        if name not in self.names:
            return None
        if self.archive.getinfo(name).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Office programs write no other; each further method brings errors of its own.
            raise NotWhatItSays
        try:
            with self.archive.open(name) as stream:
                data = stream.read(MAX_PART + 1)
        except (
            zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError,
            RuntimeError, ValueError, KeyError, struct.error,
        ):  # fmt: skip
            # RuntimeError is an encrypted part, NotImplementedError an unknown compression: no word processor writes them.
            raise NotWhatItSays from None
        if len(data) > MAX_PART:
            raise TooLarge(size=megabytes(len(data)), limit=megabytes(MAX_PART))
        return data


def open_zip(data: bytes) -> Parts:
    """Open a ZIP from memory. Raises NotWhatItSays for what is none or plays tricks, TooLarge for what would explode."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, struct.error):
        raise NotWhatItSays from None
    names = frozenset(member.filename for member in members)
    if len(names) < len(members) or any(_ODD_PATH.search(name) for name in names):
        raise NotWhatItSays
    total = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or total > MAX_TOTAL:
        raise TooLarge(size=megabytes(total), limit=megabytes(MAX_TOTAL))
    for member in members:
        if member.file_size > max(LARGE, MAX_RATIO * member.compress_size):
            raise TooLarge(size=megabytes(member.file_size), limit=megabytes(MAX_RATIO * member.compress_size))
    return Parts(archive, names)


def parse_xml(data: bytes) -> _Element:
    """The root of an XML part: no entities, no DTD, no network, no endless depth or number. Raises NotWhatItSays."""
    from lxml import etree

    if data.count(b"<") > MAX_TAGS:
        raise UnreadableFile(reason=t("it has too many marks for its words; save only its text in a new document"))

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise NotWhatItSays from None
    if root.getroottree().docinfo.internalDTD is not None:
        # No word processor writes a document type; entities declared there would vanish from the text unseen.
        raise NotWhatItSays
    return root
