"""`make bench`: the budgets of docs/architecture.md that exist so far. `VERHALEN_BENCH=large` takes a million codings."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import (
    agreement,
    crossing,
    families,
    import_texts,
    joining,
    merging,
    names,
    reading,
    reading_pdf,
    refi,
    relating,
    renewing,
    score_sheets,
    scores,
    searching,
    suggesting,
    taking_in,
)
from bench.measure import Figure, best_ms, percentile_ms, show
from bench.workload import coding_rows, fill, long_text, make_project, raw_insert_ms
from verhalen.api.project import Project, open_project
from verhalen.coding.correcting import correct
from verhalen.coding.editing import Intent, apply_codes
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.query import FragmentQuery
from verhalen.store import codings, journal, undoing
from verhalen.store.project import ProjectFile

CHARACTERS = 60_000


def start_up() -> list[Figure]:
    """The command line, cold, beside Python alone."""
    ours = best_ms(
        lambda: subprocess.run([sys.executable, "-m", "verhalen", "--help"], check=True, capture_output=True), times=7
    )
    raw = best_ms(
        lambda: subprocess.run([sys.executable, "-c", "import click, sqlite3"], check=True, capture_output=True),
        times=7,
    )
    return [Figure("verhalen --help, beside python with click and sqlite3", ours, raw, "200 ms")]


def bulk(folder: Path, count: int) -> list[Figure]:
    """Storing and undoing many codings in one change."""
    project, source_ids, code_ids = make_project(folder / "bulk", texts=20, characters=CHARACTERS)
    rows = coding_rows(count, source_ids=source_ids, code_ids=code_ids, coder=project.coder_id, characters=CHARACTERS)
    raw = raw_insert_ms(folder / "raw.db", rows)
    stored = best_ms(lambda: fill(project, rows), times=1)

    def undo() -> None:
        with project.change(Act.UNDO) as writing:
            change = journal.undoable(project, project.coder_id)[0]
            assert not undoing.blockers(project, change)
            undoing.take_back(writing, change, lemmatise=lemma_text)

    undone = best_ms(undo, times=1)
    project.close()
    return [
        Figure(f"storing {count:,} codings in one change, beside raw executemany", stored, raw, "at most 3x"),
        Figure("undoing them, beside making them", undone, stored, "at most 3x"),
    ]


def correcting(folder: Path) -> list[Figure]:
    """A correction in a text with 5,000 codings, beside re-reading and re-writing all of them."""
    project, source_ids, code_ids = make_project(folder / "correct", texts=1, characters=300_000)
    fill(
        project,
        coding_rows(5_000, source_ids=source_ids, code_ids=code_ids, coder=project.coder_id, characters=300_000),
    )
    middle, _ = percentile_ms(
        lambda n: correct(project, source_ids[0], start=1000 + n, stop=1001 + n, replacement="XY"), times=9, share=0.9
    )
    project.close()
    return [Figure("a correction in a text of 300,000 characters with 5,000 codings", middle, None, "150 ms")]


def large_project(folder: Path, count: int) -> list[Figure]:
    """One code applied, and the first page of a code's fragments, in a large project."""
    project, source_ids, code_ids = make_project(folder / "large", texts=50, characters=CHARACTERS)
    for part in range(0, count, 100_000):
        rows = coding_rows(
            min(100_000, count - part),
            source_ids=source_ids,
            code_ids=code_ids,
            coder=project.coder_id,
            characters=CHARACTERS,
            seed=part,
        )
        fill(project, rows)
    _, slow = percentile_ms(
        lambda n: apply_codes(project, [Intent(source_ids[0], n, n + 10, "c.1")]), times=200, share=0.99
    )
    page = best_ms(lambda: codings.fragments(project, FragmentQuery(code="c.7", limit=50)), times=5)
    found = project.number("select count(*) from coding")
    door = Project(project)
    with project.change(Act.MEMO) as writing:
        writing.execute("update coding set memo = 'een gedachte' where id % 1000 = 0")
    first = FragmentQuery(expression="c.1 en niet c.2", limit=51)
    figures = [
        Figure(f"opening a project of {found:,} codings", best_ms(lambda: reopened(project)), None, "part of 500 ms"),
        Figure("the codebook with its counts there", best_ms(door.codes.book), None, "300 ms"),
        Figure("all memos there", best_ms(door.memos.all), None, "300 ms"),
        Figure(
            "a question there, first page with text", best_ms(lambda: door.codings.fragments(first)), None, "1000 ms"
        ),
    ]
    project.close()
    return [
        *figures,
        Figure(f"a code applied and on disk among {found:,} codings (p99 of 200)", slow, None, "50 ms"),
        Figure(f"fragments of one code among {found:,}, first page with text", page, None, "20 ms"),
    ]


def reopened(project: ProjectFile) -> None:
    """Open it once more, and close that."""
    open_project(project.path, coder="bench").close()


def texts() -> list[Figure]:
    """Lemmas of one transcript, the slowest part of an import."""
    text = long_text(CHARACTERS)
    lemma_text(text)
    return [
        Figure(
            f"search words of {CHARACTERS:,} characters (after the first)",
            best_ms(lambda: lemma_text(text)),
            None,
            "part of 500 ms",
        ),
        names.figure(),
    ]


def main() -> None:
    """Run all and print."""
    large = os.environ.get("VERHALEN_BENCH") == "large"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["VERHALEN_HOME"] = str(folder / "home")
        figures = (
            start_up()
            + texts()
            + reading.figures()
            + reading_pdf.figures(folder)
            + bulk(folder, 100_000)
            + correcting(folder)
        )
        figures += renewing.figures(folder) + merging.figures(folder) + score_sheets.figures(folder)
        figures += large_project(folder, 1_000_000 if large else 200_000)
        figures += agreement.figures(folder) + searching.figures(folder) + suggesting.figures(folder)
        figures += import_texts.figures(folder / "imports")
        figures += scores.figures(folder)
        figures += families.figures(folder)
        figures += relating.figures(folder) + joining.figures(folder)
        figures += crossing.figures(folder)
        figures += refi.figures(folder)
        figures += taking_in.figures(folder / "taking_in")
        if sys.platform != "win32":
            from bench import screen

            figures += screen.figures(folder)
            figures.append(screen.memory(folder / "large"))
        show(figures)
    names.show()


if __name__ == "__main__":
    main()
