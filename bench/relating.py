"""Co-occurrence over 100,000 codings beside a raw sweep over the same rows: `python -m bench.relating`."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench.measure import Figure, show
from bench.scores import cpu_ms
from bench.workload import coding_rows, fill, make_project
from verhalen.api.relating import Relating

CODINGS = 100_000
CODES = 262
TEXTS, CHARACTERS = 104, 60_000
"""So many that some 175,000 pairs of codings overlap."""


def figures(folder: Path) -> list[Figure]:
    """The whole table, loading included; other ways and units; one cell of it opened."""
    project, source_ids, code_ids = make_project(folder / "relating", texts=TEXTS, characters=CHARACTERS, codes=CODES)
    rows = coding_rows(CODINGS, source_ids=source_ids, code_ids=code_ids, coder=project.coder_id, characters=CHARACTERS)
    fill(project, rows)
    relating = Relating(project)
    overlaps = raw_sweep(project.path)
    raw = cpu_ms(lambda: raw_sweep(project.path))
    what = f"{CODINGS:,} codings, {overlaps:,} overlaps"

    def figure(said: str, act: Callable[[], object], budget: str) -> Figure:
        return Figure(f"{said} ({what}), beside a raw sweep", cpu_ms(act), raw, budget)

    found = [
        figure("co-occurrence", relating.cooccurrence, "600 ms, 1.6x"),
        figure("in sources", lambda: relating.cooccurrence(unit="sources"), "beside"),
        figure("within a turn", lambda: relating.cooccurrence(how="turn"), "beside"),
        figure("near, 200 characters", lambda: relating.cooccurrence(how="near"), "beside"),
        Figure("the fragments behind a cell", cpu_ms(lambda: relating.pairs("c.1", "c.2")), None, "300 ms"),
    ]
    project.close()
    return found


def raw_sweep(path: Path) -> int:
    """Read the rows with sqlite3 and count pairs of codings that overlap, by their codes: the least that must be done."""
    connection = sqlite3.connect(path)
    rows = connection.execute("select source_id, start, stop, code_id from coding order by source_id, start")
    pairs: Counter[tuple[int, int]] = Counter()
    there: list[tuple[int, int]] = []
    last = None
    for source, start, stop, code in rows:
        there = [each for each in there if each[0] > start] if source == last else []
        last = source
        for _, other in there:
            pairs[(code, other) if code < other else (other, code)] += 1
        there.append((stop, code))
    connection.close()
    return pairs.total()


def main() -> None:
    """Run and print."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["VERHALEN_HOME"] = str(Path(name) / "home")
        show(figures(Path(name)))


if __name__ == "__main__":
    main()
