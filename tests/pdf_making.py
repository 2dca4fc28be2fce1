"""Small PDF files made by hand: one page per list of lines, or whatever objects a test wants to see in a file."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

HEIGHT = 842


def show(x: float, y: float, words: str, *, bold: bool = False, size: float = 12, before: str = "") -> bytes:
    """Words at a place, in points from the lower left corner; `before` are operators in front of them."""
    letters = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return f"BT {before} /{'B' if bold else 'R'} {size} Tf 1 0 0 1 {x} {y} Tm (".encode() + letters + b") Tj ET\n"


def column(lines: Iterable[str], *, x: float = 57, y: float = 780, step: float = 14) -> bytes:
    """Lines under each other; an empty one leaves white."""
    return b"".join(show(x, y - step * at, line) for at, line in enumerate(lines) if line)


def stream(content: bytes, more: str = "", *, packed: bool = False) -> bytes:
    """A stream object's content."""
    data = zlib.compress(content) if packed else content
    filters = "/Filter /FlateDecode" if packed else ""
    return f"<< /Length {len(data)} {filters} {more} >>\nstream\n".encode() + data + b"\nendstream"


def make_pdf(pages: Sequence[bytes], *, page: str = "", catalog: str = "", objects: Sequence[bytes] = ()) -> bytes:
    """A file with these contents of pages; `objects` get the numbers from 5 on, `page` and `catalog` are more entries."""
    first = 5 + len(objects)
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    bodies: list[bytes] = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        *objects,
    ]
    for at, content in enumerate(pages):
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 {HEIGHT}] /Contents {first + 2 * at + 1} 0 R"
            f" /Resources << /Font << /R 3 0 R /B 4 0 R /F 5 0 R >> >> {page} >>".encode()
        )
        bodies.append(content if content.startswith(b"<<") else stream(content))
    return joined(bodies)


def joined(bodies: Sequence[bytes], *, trailer: str = "") -> bytes:
    """Objects from 1 on, with their cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(bodies) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)
