"""Files for the readers: made in the test, of invented talk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from verhalen.i18n import set_language
from verhalen.model.text import Reading
from verhalen.readers import read_source

Read = Callable[[str, bytes], Reading]
MakeDocx = Callable[..., bytes]

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture(autouse=True)
def english(home: Path) -> None:
    """Messages as they stand in the code."""
    set_language("en")


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write bytes to a file of that name and read it."""

    def write_and_read(name: str, data: bytes) -> Reading:
        path = tmp_path / name
        path.write_bytes(data)
        return read_source(path)

    return write_and_read


def make_docx(body: str, **parts: str) -> bytes:
    """A Word file with this XML inside its body, and inside the roots of the parts (`footnotes`, `comments`, `header`...)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        relations = "".join(
            f'<Relationship Id="{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>' for name in parts
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {NAMES}>{xml}</w:{name}>")
    return stream.getvalue()


@pytest.fixture(name="docx")
def docx_fixture() -> MakeDocx:
    """`make_docx`."""
    return make_docx
