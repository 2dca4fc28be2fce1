"""Whole imports of transcripts of 60,000 characters: one after the first, and 200 in one run: `python -m bench.import_texts`."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.measure import Figure, best_ms, show
from bench.names import long_talk
from verhalen.api.project import Project, new_project
from verhalen.api.sources import Mask

CHARACTERS = 60_000
MANY = 200
BUDGET = "500 ms"


def talks(folder: Path, count: int) -> list[Path]:
    """Files of invented talk with names, no two the same."""
    folder.mkdir(parents=True, exist_ok=True)
    talk = long_talk(CHARACTERS)
    paths = [folder / f"gesprek {number}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"Gesprek {number}\n\n{talk[: CHARACTERS - 14]}", "utf-8")
    return paths


def raw_ms(path: Path, files: list[Path]) -> float:
    """The least that an import could do: read the file, store it with its paragraphs and an index of its words."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript("""
            pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;
            create table original (bytes blob); create table turn (start, stop); create virtual table words using fts5 (text);
        """)
        waiting = iter(files)

        def store() -> None:
            data = next(waiting).read_bytes()
            text = data.decode().replace("\r\n", "\n")
            db.execute("begin immediate")
            db.execute("insert into original values (?)", (data,))
            db.execute("insert into words values (?)", (text,))
            db.executemany("insert into turn values (?, ?)", paragraphs(text))
            db.execute("commit")

        return best_ms(store, times=len(files))


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and stop of each."""
    start = 0
    for part in text.split("\n\n"):
        yield start, start + len(part)
        start += len(part) + 2


def import_ms(project: Project, files: list[Path], mask: Mask) -> float:
    """The fastest import of these files, one by one, after a first one."""
    waiting = iter(files)

    def bring_in() -> None:
        [found] = project.sources.import_files([next(waiting)], mask=mask)
        assert found.error is None, found.error

    bring_in()
    return best_ms(bring_in, times=len(files) - 1)


def resident_mb() -> float:
    """What this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def many(project: Project, files: list[Path], mask: Mask) -> list[Figure]:
    """All files in one run, with the memory on the way."""
    start, held = time.perf_counter(), {}
    for number, found in enumerate(project.sources.import_files(files, mask=mask), 1):
        assert found.error is None, found.error
        if number in (MANY // 4, MANY // 2, MANY) and sys.platform == "linux":
            held[number] = resident_mb()
    took = (time.perf_counter() - start) * 1000
    rows = [Figure(f"{MANY} texts in one run, each, names {mask}", took / MANY, None, BUDGET)]
    return rows + [
        Figure(f"memory after {number} (MB, not ms)", each, None, "constant") for number, each in held.items()
    ]


def figures(folder: Path) -> list[Figure]:
    """One text and many, names left and names masked."""
    raw = raw_ms(folder / "raw.db", talks(folder / "raw", 5))
    rows = []
    for mask in ("none", "auto"):
        place = folder / mask
        with new_project(place / "w", coder="bench", empty=True) as project:
            files = talks(place / "talks", MANY + 6)
            ours = import_ms(project, files[:6], mask)
            rows.append(
                Figure(f"an import of {CHARACTERS:,} characters, names {mask}, beside sqlite alone", ours, raw, BUDGET)
            )
            rows += many(project, files[6:], mask)
    return rows


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["VERHALEN_HOME"] = str(Path(name) / "home")
        show(figures(Path(name)))


if __name__ == "__main__":
    main()
