"""Reading a .pdf, beside PDFium alone taking the text of the same pages. `python -m bench.reading_pdf` runs only these."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import pypdfium2

from bench.measure import Figure, best_ms, show
from verhalen.readers import read_source
from verhalen.readers.pdf import read_pdf

SAMPLE = Path(__file__).parents[1] / "tests" / "readers" / "samples" / "wit.pdf"
SIZES = (60_000, 600_000)
ROUNDS = 15


def printed_talk(path: Path, characters: int) -> int:
    """Write the pages of a talk printed by LibreOffice again and again; give how many characters that made."""
    with pypdfium2.PdfDocument(SAMPLE) as sample, pypdfium2.PdfDocument.new() as made:
        once = sum(len(page.get_textpage().get_text_range()) for page in sample)
        times = -(-characters // once)
        made.import_pages(sample, [number for _ in range(times) for number in range(len(sample))])
        made.save(path)
    return once * times


def bare_text(path: Path) -> str:
    """What the library itself gives, in our own process."""
    found = []
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            words = page.get_textpage()
            found.append(words.get_text_range())
            words.close()
            page.close()
    return "\n".join(found)


def figures(folder: Path) -> list[Figure]:
    """The first file of all, and others with the process kept from the file before, as in a batch."""
    found: list[Figure] = []
    for size in SIZES:
        path = folder / f"talk{size}.pdf"
        made = printed_talk(path, size)
        data = path.read_bytes()
        first = best_ms(partial(read_pdf, data), times=1)
        if not found:
            found.append(Figure("the first .pdf of a run, its process started", first, None, "1,000 ms"))
        # In turns, so that whatever else the machine does troubles them alike.
        acts = (partial(bare_text, path), partial(read_pdf, data), partial(read_source, path))
        raw, ours, whole = (
            min(times) for times in zip(*([best_ms(act, times=1) for act in acts] for _ in range(ROUNDS)), strict=True)
        )
        found.append(Figure(f"reading a .pdf of {made:,} characters, beside PDFium alone", ours, raw, "at most 2x"))
        found.append(Figure("the same, with the file opened and the speakers found", whole, raw, "part of 500 ms"))
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        show(figures(Path(name)))
