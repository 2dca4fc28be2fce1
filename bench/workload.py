"""Projects of a size: long invented texts, many codings."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.codebook import Code
from verhalen.model.text import Turn
from verhalen.store import codebook, codings, sources
from verhalen.store.project import ProjectFile

WORDS = [
    "ja",
    "nee",
    "gezin",
    "coach",
    "huis",
    "brief",
    "school",
    "geld",
    "morgen",
    "bellen",
    "samen",
    "moeilijk",
    "goed",
    "kinderen",
    "bus",
    "wachten",
    "papieren",
    "euh",
    "allez",
]


def long_text(characters: int, *, seed: int = 1) -> str:
    """Turns of two speakers, about 200 characters each."""
    chance = random.Random(seed)
    parts: list[str] = []
    length = 0
    while length < characters:
        words = " ".join(chance.choice(WORDS) for _ in range(chance.randrange(15, 50)))
        parts.append(f"{'Anna' if len(parts) % 2 else 'Bert'}: {words}.")
        length += len(parts[-1]) + 2
    return "\n\n".join(parts)[:characters]


def turns_of(text: str) -> list[Turn]:
    """Turns by paragraph."""
    found, start = [], 0
    for part in text.split("\n\n"):
        words = start + part.find(": ") + 2
        if words < start + len(part):
            found.append(Turn(part[: part.find(":")], words, start + len(part)))
        start += len(part) + 2
    return found


def make_project(
    folder: Path, *, texts: int, characters: int, codes: int = 50
) -> tuple[ProjectFile, list[int], list[int]]:
    """A project with texts and codes; give the ids of both."""
    folder.mkdir(parents=True, exist_ok=True)
    project = ProjectFile.create(folder, coder="bench")
    source_ids = []
    with project.change(Act.IMPORT) as writing:
        for number in range(texts):
            text = long_text(characters, seed=number)
            new = sources.NewSource(
                f"t{number}", "transcript", ".txt", text, lemma_text(text), turns_of(text), None, f"d{number}"
            )
            source_ids.append(sources.add_source(writing, new))
    with project.change(Act.IMPORT_CODEBOOK) as writing:
        code_ids = [codebook.add_code(writing, Code(f"c.{number}", f"Code {number}")) for number in range(codes)]
    return project, source_ids, code_ids


def coding_rows(
    count: int, *, source_ids: list[int], code_ids: list[int], coder: int, characters: int, seed: int = 7
) -> list[tuple[int, int, int, int, int, str, str]]:
    """Random codings of 20 to 200 characters."""
    chance = random.Random(seed)
    rows = []
    for _ in range(count):
        start = chance.randrange(0, characters - 250)
        rows.append(
            (
                chance.choice(source_ids),
                start,
                start + chance.randrange(20, 200),
                chance.choice(code_ids),
                coder,
                "none",
                "",
            )
        )
    return rows


def fill(project: ProjectFile, rows: list[tuple[int, int, int, int, int, str, str]]) -> None:
    """Store codings in one change."""
    with project.change(Act.IMPORT_CODINGS) as writing:
        codings.add_codings(writing, rows)


def raw_insert_ms(path: Path, rows: list[tuple[int, int, int, int, int, str, str]]) -> float:
    """The same rows by raw `executemany`: same table, indexes, pragmas, one transaction, no journal."""
    from bench.measure import best_ms
    from verhalen.store.schema import INDEXES, JOURNALED

    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = wal", "synchronous = full", "secure_delete = on", "cache_size = -32000"):
        connection.execute(f"pragma {pragma}")
    connection.execute("create table coder (id integer primary key) strict")
    for parent in ("source", "code"):
        connection.execute(f"create table {parent} (id integer primary key) strict")
    connection.execute(f"create table coding ({JOURNALED['coding']}) strict")
    for line in INDEXES.splitlines():
        if " on coding " in line:
            connection.execute(line.rstrip(";"))
    full = [(number, *row, "2026-01-01") for number, row in enumerate(rows, 1)]

    def insert() -> None:
        connection.execute("begin immediate")
        connection.executemany("insert into coding values (?, ?, ?, ?, ?, ?, ?, ?, ?)", full)
        connection.execute("commit")

    took = best_ms(insert, times=1)
    connection.close()
    return took
