"""Reading a transcript, beside what the library underneath needs for the same file: only its words, nothing told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec

from bench.measure import Figure, best_ms
from bench.workload import long_text
from verhalen.readers.odt import read_odt
from verhalen.readers.rtf import read_rtf
from verhalen.readers.word import read_word

SIZES = (60_000, 600_000)
_BUDGET = "at most 2x"
_OFFICE, _TEXT, _STYLE, _FO = (
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "text", "style", "xsl-fo-compatible")
)
_HEAD = (
    f'<office:document-content xmlns:office="{_OFFICE}" xmlns:text="{_TEXT}" xmlns:style="{_STYLE}" xmlns:fo="{_FO}">'
    '<office:automatic-styles><style:style style:name="T1" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles><office:body><office:text>'
)
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def _turns(characters: int) -> list[tuple[str, str]]:
    """Name and words of each turn."""
    found = (part.partition(": ") for part in long_text(characters).split("\n\n"))
    return [(name, words) for name, _, words in found if words]


def as_docx(turns: list[tuple[str, str]]) -> bytes:
    """A Word file with bold names."""
    import docx

    document = docx.Document()
    for name, words in turns:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}:").bold = True
        paragraph.add_run(f" {words}")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_odt(turns: list[tuple[str, str]]) -> bytes:
    """An OpenDocument text with bold names."""
    body = "".join(
        f'<text:p><text:span text:style-name="T1">{name}:</text:span> {words}</text:p>' for name, words in turns
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", f"{_HEAD}{body}</office:text></office:body></office:document-content>")
    return stream.getvalue()


def as_rtf(turns: list[tuple[str, str]]) -> bytes:
    """An RTF file with bold names, as WordPad saves it."""
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Calibri;}}\viewkind4\uc1 "
    body = "".join(f"\\pard\\sa200\\b\\f0\\fs22 {name}:\\b0  {words}\\par\r\n" for name, words in turns)
    return f"{head}{body}}}".encode("cp1252")


def _raw_docx(data: bytes) -> list[str]:
    import docx

    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def _raw_lxml(data: bytes) -> list[str]:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("content.xml"))
    return ["".join(map(str, paragraph.itertext())) for paragraph in root.iter(f"{{{_TEXT}}}p")]


def _raw_odfdo(data: bytes) -> list[str]:
    document = import_module("odfdo").Document(io.BytesIO(data))
    return [paragraph.inner_text for paragraph in document.body.paragraphs]


def _raw_rtf(data: bytes) -> str:
    text: str = import_module("striprtf.striprtf").rtf_to_text(data.decode("cp1252"), errors="replace")
    return text


def figures() -> list[Figure]:
    """The three formats in both sizes. Libraries that only measure (odfdo, striprtf) are taken where they are installed."""
    formats: list[tuple[str, str, Callable[[list[tuple[str, str]]], bytes], Callable[[bytes], object], Callable[[bytes], object]]] = [
        (".docx", "python-docx", as_docx, read_word, _raw_docx),
        (".odt", "odfdo", as_odt, read_odt, _raw_odfdo),
        (".rtf", "striprtf", as_rtf, read_rtf, _raw_rtf),
    ]  # fmt: skip
    found = []
    for size in SIZES:
        turns = _turns(size)
        for suffix, library, make, reader, raw in formats:
            data = make(turns)
            measured = library == "python-docx" or find_spec(library) is not None
            found.append(
                Figure(
                    f"reading an {suffix} of {size:,} characters, beside {library}",
                    best_ms(partial(reader, data), times=5),
                    best_ms(partial(raw, data), times=5) if measured else None,
                    _BUDGET,
                )
            )
        data = as_odt(turns)
        bare, ours = best_ms(partial(_raw_lxml, data), times=5), best_ms(partial(read_odt, data), times=5)
        found.append(
            Figure(f"the same .odt of {size:,} characters, beside bare XML paragraphs", ours, bare, "for scale")
        )
    return found
