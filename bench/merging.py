"""Merging two codes whose many fragments overlap: how long others wait for the lock, and undoing it. `python -m bench.merging`."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import Figure, best_ms, show
from bench.workload import coding_rows, fill, make_project, raw_insert_ms
from verhalen.api.project import Project
from verhalen.store.project import ProjectFile, Writing

CHARACTERS = 60_000
CODINGS = 100_000


class Timed(ProjectFile):
    """A project file that knows how long it last held the lock."""

    held_ms = 0.0

    @contextmanager
    def _transaction(self) -> Iterator[Writing]:
        with super()._transaction() as writing:
            start = time.perf_counter()
            yield writing
        self.held_ms = (time.perf_counter() - start) * 1000


def figures(folder: Path) -> list[Figure]:
    """The lock and the whole act, beside raw inserts of as many rows."""
    file, source_ids, code_ids = make_project(folder / "merging", texts=20, characters=CHARACTERS, codes=2)
    rows = coding_rows(CODINGS, source_ids=source_ids, code_ids=code_ids, coder=file.coder_id, characters=CHARACTERS)
    fill(file, rows)
    file.close()
    raw = raw_insert_ms(folder / "merging.db", rows)
    timed = Timed.open(folder / "merging" / "project.verhalen", coder="bench")
    assert isinstance(timed, Timed)
    project = Project(timed)

    def measure(act: Callable[[], object]) -> tuple[float, float]:
        return best_ms(act, times=1), timed.held_ms

    merged, merge_lock = measure(lambda: project.codes.merge(code_ids[0], code_ids[1], join_overlaps=True))
    undone, undo_lock = measure(project.history.undo)
    project.close()
    what = f"merging codes with {CODINGS:,} overlapping codings"
    return [
        Figure(f"{what}: the lock, beside raw inserts", merge_lock, raw, "1000 ms"),
        Figure("undoing that: the lock, beside raw inserts", undo_lock, raw, "1000 ms"),
        Figure("undoing that, beside making it", undone, merged, "at most 3x"),
    ]


def main() -> None:
    """Run and print."""
    with tempfile.TemporaryDirectory() as name:
        show(figures(Path(name)))


if __name__ == "__main__":
    main()
