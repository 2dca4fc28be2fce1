"""Taking in the work of a colleague: 20,000 changes of one coding each. `python -m bench.taking_in`."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from bench.measure import Figure, best_ms, show
from bench.workload import coding_rows, make_project, raw_insert_ms
from verhalen.api.project import Project
from verhalen.model.act import Act
from verhalen.settings import PROJECT_FILE
from verhalen.store import codings
from verhalen.store.project import ProjectFile

CHARACTERS = 60_000
CHANGES = 20_000
PASSPHRASE = "drie blauwe fietsen"


def figures(folder: Path) -> list[Figure]:
    """A whole project file, and a bundle, beside raw inserts of as many rows."""
    here, there = folder / "here", folder / "there"
    file, source_ids, code_ids = make_project(here, texts=20, characters=CHARACTERS)
    file.close()
    there.mkdir(parents=True)
    shutil.copyfile(here / PROJECT_FILE, there / PROJECT_FILE)
    shutil.copyfile(here / PROJECT_FILE, folder / "again.verhalen")
    with ProjectFile.open(there / PROJECT_FILE, coder="collega") as other:
        rows = coding_rows(
            CHANGES, source_ids=source_ids, code_ids=code_ids, coder=other.coder_id, characters=CHARACTERS
        )
        other.outside_transaction("pragma synchronous = off")  # the colleague's own time is not measured
        for row in rows:
            with other.change(Act.CODE) as writing:
                codings.add_codings(writing, [row])
        bundle = folder / "werk.bundel"
        out = best_ms(lambda: Project(other).bundles.out(bundle, passphrase=PASSPHRASE), times=1)
    raw = raw_insert_ms(folder / "taking_in.db", rows)
    with ProjectFile.open(here / PROJECT_FILE, coder="bench") as mine:
        whole = best_ms(lambda: Project(mine).bundles.take_in(there / PROJECT_FILE), times=1)
        assert mine.number("select count(*) from coding") == CHANGES
        undone = best_ms(Project(mine).history.undo, times=1)
    (folder / "again").mkdir()
    shutil.move(folder / "again.verhalen", folder / "again" / PROJECT_FILE)
    with ProjectFile.open(folder / "again" / PROJECT_FILE, coder="bench") as mine:
        taken = best_ms(lambda: Project(mine).bundles.take_in(bundle, passphrase=PASSPHRASE), times=1)
    what = f"{CHANGES:,} changes of a colleague"
    return [
        Figure(f"{what}: taken in from a bundle, beside raw inserts", taken, raw, "2000 ms"),
        Figure(f"{what}: taken in from a project file, beside raw inserts", whole, raw, "2000 ms"),
        Figure(f"{what}: written as a bundle", out, raw, "2000 ms"),
        Figure("undoing that, beside taking it in", undone, whole, "at most 3x"),
    ]


def main() -> None:
    """Run and print."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["VERHALEN_HOME"] = str(Path(name) / "home")
        show(figures(Path(name)))


if __name__ == "__main__":
    main()
