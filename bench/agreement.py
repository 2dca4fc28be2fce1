"""Agreement of two coders over 20 texts of 60,000 characters with 50 codes, beside a loop over every character."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from bench.measure import Figure, best_ms
from bench.workload import coding_rows, fill, make_project
from verhalen.analysis.agreeing import agreement
from verhalen.store.project import ProjectFile

TEXTS, CHARACTERS, CODES, CODINGS = 20, 60_000, 50, 4_000


def figures(folder: Path) -> list[Figure]:
    """All codes at once."""
    project, source_ids, code_ids = make_project(folder / "agreement", texts=TEXTS, characters=CHARACTERS, codes=CODES)
    with project, project.sibling(coder="tweede") as second:
        for seed, each in enumerate((project, second)):
            rows = coding_rows(
                CODINGS, source_ids=source_ids, code_ids=code_ids, coder=each.coder_id, characters=CHARACTERS, seed=seed
            )
            fill(each, rows)
        ours = best_ms(lambda: agreement(project))
        slow = best_ms(lambda: every_character(project), times=1)
    what = f"agreement, 2 coders x {TEXTS} texts x {CODES} codes, {2 * CODINGS:,} codings"
    return [Figure(what, ours, slow, "50 ms")]


def every_character(project: ProjectFile) -> dict[int, float]:
    """What a peer does: per code and text two rows of characters, compared one by one (peers.md 4); gives the share alike."""
    marks: dict[tuple[int, int, int], list[tuple[int, int]]] = defaultdict(list)
    for source, coder, code, start, stop in project.rows(
        "select source_id, coder_id, code_id, start, stop from coding"
    ):
        marks[source, code, coder].append((start, stop))
    coders = [row[0] for row in project.rows("select distinct coder_id from coding")]
    lengths: dict[int, int] = dict(project.rows("select source_id, length(text) from text_version"))
    alike: dict[int, int] = defaultdict(int)
    for source, length in lengths.items():
        for code in {code for _, code, _ in marks}:
            rows = []
            for coder in coders:
                row = [0] * length
                for start, stop in marks[source, code, coder]:
                    row[start:stop] = [1] * (stop - start)
                rows.append(row)
            alike[code] += sum(1 for one, two in zip(*rows, strict=True) if one == two)
    return {code: count / sum(lengths.values()) for code, count in alike.items()}
