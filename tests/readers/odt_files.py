"""OpenDocument files for the tests, with as little around the words as may be."""

from __future__ import annotations

import io
import zipfile

_SPACES = {
    "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style",
    "fo": "xsl-fo-compatible", "svg": "svg-compatible", "form": "form",
}  # fmt: skip
NAMES = (
    " ".join(f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in _SPACES.items())
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
MIMETYPE = "application/vnd.oasis.opendocument.text"


def make_odt(body: str, *, automatic: str = "", styles: str = "", masters: str = "", **parts: str) -> bytes:
    """An .odt with this XML as its text, its automatic and named styles, and its master pages; and other parts."""
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    named = (
        f"<office:document-styles {NAMES}><office:styles>{styles}</office:styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )
    return zipped({"mimetype": MIMETYPE, "content.xml": content, "styles.xml": named, **parts})


def zipped(members: dict[str, str]) -> bytes:
    """A ZIP with these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return stream.getvalue()
