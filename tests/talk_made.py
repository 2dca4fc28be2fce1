"""One talk written in every format that is read, as the usual programs write it: paragraphs, the name bold where there is bold."""

from __future__ import annotations

import html
import io
import json
import textwrap
import zipfile
from collections.abc import Callable, Sequence

import docx
from tests.pdf_making import column, make_pdf

Paragraph = tuple[str | None, str]
"""Who speaks, where a name stands in front, and the words."""

SHORT: Sequence[Paragraph] = (
    ("Joris", "Zo, hij loopt. Om 10:30 komt de juf."),
    ("Samira", "Ja, dat staat op uw papier. (lacht)"),
    (None, "Ik lees nu alles twee keer: de café-rekening ook."),
    ("Mevr. Peeters", "Allez, dan bel ik morgen naar de school in Oudermeer."),
)

ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style")
)
ODF += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(**parts: str | bytes) -> bytes:
    """A ZIP in memory; in the names of `parts` `__` stands for a slash and `_` for a point."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


def labelled(paragraph: Paragraph) -> str:
    name, words = paragraph
    return f"{name}: {words}" if name else words


def as_txt(talk: Sequence[Paragraph]) -> bytes:
    return "\n\n".join(map(labelled, talk)).encode()


def as_md(talk: Sequence[Paragraph]) -> bytes:
    return ("\n\n".join(f"**{name}:** {words}" if name else words for name, words in talk) + "\n").encode()


def as_docx(talk: Sequence[Paragraph]) -> bytes:
    document = docx.Document()
    for name, words in talk:
        paragraph = document.add_paragraph()
        if name:
            paragraph.add_run(f"{name}:").bold = True
        paragraph.add_run(f" {words}" if name else words)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx_of(body: str) -> bytes:
    """A Word file of this XML alone."""
    return packed(word__document_xml=f"<w:document {WORD}><w:body>{body}</w:body></w:document>")


def as_odt(talk: Sequence[Paragraph]) -> bytes:
    bold = '<text:span text:style-name="B">{}:</text:span> '
    return odt_of(
        "".join(
            f"<text:p>{bold.format(html.escape(name)) if name else ''}{html.escape(words)}</text:p>"
            for name, words in talk
        )
    )


def odt_of(body: str) -> bytes:
    """An OpenDocument text of this XML alone."""
    style = (
        '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{style}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed(mimetype="application/vnd.oasis.opendocument.text", content_xml=content)


def as_rtf(talk: Sequence[Paragraph]) -> bytes:
    rows = (f"{{\\b {_rtf(name)}:}} {_rtf(words)}\\par" if name else f"{_rtf(words)}\\par" for name, words in talk)
    return rtf_of("\n".join(rows))


def rtf_of(body: str) -> bytes:
    """An RTF file of these controls alone."""
    return (r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0 Arial;}}\f0 " + body + "}").encode("latin-1")


def _rtf(words: str) -> str:
    plain = "".join(f"\\{each}" if each in "\\{}" else each for each in words).replace("\n", "\\line ")
    return "".join(each if each.isascii() else f"\\u{_signed(each)}?" for each in plain)


def _signed(letter: str) -> int:
    return ord(letter) - 0x10000 if ord(letter) > 0x7FFF else ord(letter)


def as_pdf(talk: Sequence[Paragraph]) -> bytes:
    lines = [line for each in talk for line in [*textwrap.wrap(labelled(each), 80), ""]]
    return make_pdf([column(lines[at : at + 48]) for at in range(0, len(lines), 48)])


def as_vtt(talk: Sequence[Paragraph]) -> bytes:
    rows = (f"{_clock(at)}.000 --> {_clock(at + 4)}.500\n{_voiced(each)}" for at, each in _timed(talk))
    return ("WEBVTT\n\n" + "\n\n".join(rows) + "\n").encode()


def _voiced(paragraph: Paragraph) -> str:
    name, words = paragraph
    return f"<v {name}>{words}</v>" if name else words


def as_srt(talk: Sequence[Paragraph]) -> bytes:
    rows = (f"{at}\n{_clock(at)},000 --> {_clock(at + 4)},500\n{labelled(each)}" for at, each in _timed(talk))
    return ("\n\n".join(rows) + "\n").encode()


def as_otr(talk: Sequence[Paragraph]) -> bytes:
    stamp = '<span class="timestamp" contenteditable="false" data-timestamp="{at}">{clock}</span>'
    rows = (
        f"<p>{stamp.format(at=at, clock=_clock(at))} {html.escape(labelled(each), quote=False)}</p>"
        for at, each in _timed(talk)
    )
    return json.dumps({"text": "".join(rows), "media": "opname.mp3", "media-time": 7}).encode()


def as_json(talk: Sequence[Paragraph]) -> bytes:
    segments = [
        {"id": at, "start": float(at), "end": at + 4.5, "text": f" {words}"} | ({"speaker": name} if name else {})
        for at, (name, words) in _timed(talk)
    ]
    return json.dumps({"text": " ".join(words for _, words in talk), "segments": segments, "language": "nl"}).encode()


def _timed(talk: Sequence[Paragraph]) -> list[tuple[int, Paragraph]]:
    return [(5 * at, each) for at, each in enumerate(talk, 1)]


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


WRITERS: dict[str, Callable[[Sequence[Paragraph]], bytes]] = {
    ".docx": as_docx,
    ".json": as_json,
    ".md": as_md,
    ".odt": as_odt,
    ".otr": as_otr,
    ".pdf": as_pdf,
    ".rtf": as_rtf,
    ".srt": as_srt,
    ".txt": as_txt,
    ".vtt": as_vtt,
}
