"""A project of 100,000 codings out to .qdpx and in, beside only parsing its XML as one tree."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

from bench.measure import Figure, best_ms
from bench.workload import coding_rows, fill, make_project
from verhalen.exchange.refi_qda.exporting import export_project
from verhalen.exchange.refi_qda.importing import import_project
from verhalen.exchange.refi_qda.walking import walk
from verhalen.store.project import ProjectFile

TEXTS, CHARACTERS, CODES, CODINGS = 20, 60_000, 200, 100_000


def figures(folder: Path) -> list[Figure]:
    """Out, in, and one walk through the file."""
    project, source_ids, code_ids = make_project(folder / "refi", texts=TEXTS, characters=CHARACTERS, codes=CODES)
    path, into = folder / "refi.qdpx", folder / "refi-in"
    into.mkdir()
    with project, ProjectFile.create(into, coder="bench") as other:
        rows = coding_rows(
            CODINGS, source_ids=source_ids, code_ids=code_ids, coder=project.coder_id, characters=CHARACTERS
        )
        fill(project, rows)
        out = best_ms(lambda: export_project(project, path, sidecar=False), times=1)
        tree = best_ms(lambda: _whole_tree(path), times=1)
        walked = best_ms(lambda: _walked(path), times=1)
        came = best_ms(lambda: import_project(other, path), times=1)
    what = f"a .qdpx of {CODINGS:,} codings"
    return [
        Figure(f"{what}, out, beside parsing it as one tree", out, tree, ""),
        Figure(f"{what}, walked through, beside the tree", walked, tree, ""),
        Figure(f"{what}, in, beside the tree", came, tree, "60 s"),
    ]


def _whole_tree(path: Path) -> int:
    with zipfile.ZipFile(path) as archive, archive.open("project.qde") as stream:
        return sum(1 for _ in etree.parse(stream).iter())


def _walked(path: Path) -> int:
    with zipfile.ZipFile(path) as archive, archive.open("project.qde") as stream:
        return sum(1 for _ in walk(stream))
