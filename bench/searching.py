"""Searching 200 transcripts in four ways beside a naive scan, and questions to a large project: `python -m bench.searching`."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from bench.measure import Figure, best_ms, show
from bench.workload import coding_rows, fill, make_project
from verhalen.analysis.finding import folded
from verhalen.analysis.querying import matching
from verhalen.api.sources import Sources
from verhalen.store.project import ProjectFile
from verhalen.store.search import all_texts

TEXTS = 200
CHARACTERS = 60_000
FIRST = 500
"""Places that the screen shows at most."""


def figures(folder: Path) -> list[Figure]:
    """A common word with the first places, and every place of it; the words of the workload are few, so each is everywhere."""
    project, _, _ = make_project(folder / "searching", texts=TEXTS, characters=CHARACTERS)
    ways = [("lemma", "brief"), ("exact", "brief"), ("inside", "rie"), ("regex", r"\bbrie\w")]
    found = []
    for mode, query in ways:
        raw = best_ms(lambda query=query, mode=mode: naive(project, query, mode), times=2)  # type: ignore[misc]
        for limit, what in ((FIRST, f"first {FIRST}"), (None, "all")):
            ours = best_ms(
                lambda query=query, mode=mode, limit=limit: Sources(project).search(
                    query, mode=mode, limit=limit or 10**9
                ),  # type: ignore[misc]
                times=3,
            )
            budget = "300 ms" if limit else "beside"
            found.append(Figure(f"{mode} search of {TEXTS} texts, {what}, beside a naive scan", ours, raw, budget))
        none = best_ms(lambda mode=mode: Sources(project).search("xyzzy", mode=mode), times=3)  # type: ignore[misc]
        found.append(Figure(f"{mode} search for what is nowhere", none, raw, "300 ms"))
    project.close()
    return found


QUESTIONS = (
    "c.1",
    "c.1 en c.2",
    "c.1 en niet c.2",
    "c.1 binnen c.2",
    "c.1 bij 20 woorden c.2",
    "c.1 bij c.2",
    "c.1 en tekst=brief",
    "c.1 en spreker=Anna",
    "niet c.1",
    "valentie=geen en codeur=bench",
)
CODINGS = 200_000


def questions(folder: Path) -> list[Figure]:
    """Questions in the query language in a large project, until the ids are there."""
    project, source_ids, code_ids = make_project(folder / "asking", texts=50, characters=CHARACTERS)
    fill(
        project,
        coding_rows(CODINGS, source_ids=source_ids, code_ids=code_ids, coder=project.coder_id, characters=CHARACTERS),
    )
    found = [
        Figure(
            f"{question} among {CODINGS:,} codings",
            best_ms(lambda question=question: matching(project, question), times=2),  # type: ignore[misc]
            None,
            "2000 ms",
        )
        for question in QUESTIONS
    ]
    project.close()
    return found


def naive(project: ProjectFile, query: str, mode: str) -> int:
    """Read every text and look at all its words, or let `re` go over it."""
    if mode == "regex":
        pattern = re.compile(query, re.IGNORECASE)
        return sum(len(pattern.findall(text)) for _, _, _, text, _ in all_texts(project))
    wanted = folded(query)
    return sum(
        wanted in folded(word) if mode == "inside" else wanted == folded(word)
        for _, _, _, text, _ in all_texts(project)
        for word in re.findall(r"\w+", text)
    )


def main() -> None:
    """Run and print."""
    with tempfile.TemporaryDirectory() as name:
        show(figures(Path(name)) + questions(Path(name)))


if __name__ == "__main__":
    main()
