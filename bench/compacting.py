"""Compacting a project in which many codings were changed and moved: time, room and the lock. `python -m bench.compacting`."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import Figure, show
from bench.workload import coding_rows, fill, make_project, raw_insert_ms
from verhalen.api.upkeep import Upkeep
from verhalen.coding.correcting import correct
from verhalen.model.act import Act
from verhalen.store.project import ProjectFile, Writing

CHARACTERS = 60_000
CODINGS = 20_000
CORRECTIONS = 40


class Timed(ProjectFile):
    """A project file that knows the longest time for which it held the lock."""

    longest_ms = 0.0

    @contextmanager
    def _transaction(self) -> Iterator[Writing]:
        with super()._transaction() as writing:
            start = time.perf_counter()
            yield writing
        self.longest_ms = max(self.longest_ms, (time.perf_counter() - start) * 1000)


def figures(folder: Path) -> list[Figure]:
    """What would go, then letting it go, beside raw inserts of the codings."""
    file, source_ids, code_ids = make_project(folder / "compacting", texts=4, characters=CHARACTERS, codes=20)
    rows = coding_rows(CODINGS, source_ids=source_ids, code_ids=code_ids, coder=file.coder_id, characters=CHARACTERS)
    fill(file, rows)
    for valence in ("positive", "negative"):
        with file.change(Act.VALENCE) as writing:
            writing.execute("update coding set valence = ?", (valence,))
    for number in range(CORRECTIONS):
        correct(file, source_ids[number % 4], start=10, stop=12, replacement=f"woord {number}")
    file.close()
    raw = raw_insert_ms(folder / "compacting.db", rows)
    timed = Timed.open(folder / "compacting" / "project.verhalen", coder="bench")
    assert isinstance(timed, Timed)
    start = time.perf_counter()
    would = Upkeep(timed).compact(everything=True)
    looked = (time.perf_counter() - start) * 1000
    start = time.perf_counter()
    done = Upkeep(timed).compact(everything=True, really=True)
    took = (time.perf_counter() - start) * 1000
    print(
        f"{done.images:,} images, {done.versions} versions: {done.before_bytes:,} bytes become {done.after_bytes:,}"
        f" ({done.after_bytes / done.before_bytes:.0%}; said before: {would.after_bytes:,})"
    )
    timed.close()
    return [
        Figure("what compacting would do", looked, raw, "none set"),
        Figure("compacting, the file rewritten", took, raw, "none set"),
        Figure("its longest lock but that of rewriting alone", timed.longest_ms, None, "1 s"),
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        show(figures(Path(place)))
