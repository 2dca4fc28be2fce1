"""Reading in 100,000 scores, beside writing the same rows with nothing else to do."""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from bench.measure import Figure
from verhalen.exchange.score_tables import import_scores
from verhalen.model.act import Act
from verhalen.model.family import Level, Person
from verhalen.model.instrument import DomainGroup, DomainList, Instrument, Item, LifeDomain
from verhalen.store import families, scores
from verhalen.store.project import ProjectFile
from verhalen.store.schema import INDEXES, JOURNALED

FAMILIES, DAYS = 125, 8
MEMBERS = (("", Level.FAMILY, 30), ("moeder", Level.ADULT, 30), ("kind1", Level.CHILD, 40))
HEAD = "gezin;lid;datum;instrument;item;waarde;status;beoordelaar;toelichting\n"


def figures(folder: Path) -> list[Figure]:
    """Process time, in one run: of what the machine does meanwhile only the work itself counts."""
    project = _project(folder / "score_sheets")
    path = folder / "scores.csv"
    path.write_text(HEAD + "".join(_lines()), "utf-8")
    first = _cpu_ms(lambda: import_scores(project, path))
    again = _cpu_ms(lambda: import_scores(project, path))
    rows = project.rows("select * from observation")
    raw = _cpu_ms(_raw(folder / "raw_scores.db", rows))
    project.close()
    what = f"importing {len(rows):,} scores (CSV, long), beside raw executemany"
    return [
        Figure(what, first, raw, "at most 3x"),
        Figure("importing them again, with nothing changed", again, raw, "at most 3x"),
    ]


def _cpu_ms(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def _items() -> dict[str, list[Item]]:
    return {
        member: [
            Item(f"{level.value}.i{number}", f"Item {number}", level, "WON", may_be_na=True) for number in range(n)
        ]
        for member, level, n in MEMBERS
    }


def _project(folder: Path) -> ProjectFile:
    folder.mkdir(parents=True)
    project = ProjectFile.create(folder, coder="bench")
    items = tuple(item for several in _items().values() for item in several)
    with project.change(Act.IMPORT_DOMAINS) as writing:
        scores.put_domains(writing, DomainList((DomainGroup("w", "Wonen"),), (LifeDomain("WON", "Wonen", "w"),)))
        scores.put_instrument(writing, Instrument("bench", "Bench", 1, "eigen", 1, 5, items))
        for number in range(1, FAMILIES + 1):
            family = families.add_family(writing, f"G{number:04}", municipality="")
            families.put_person(writing, family, Person(f"G{number:04}.moeder", "ouder"))
            families.put_person(writing, family, Person(f"G{number:04}.kind1", "kind"))
    return project


def _lines() -> list[str]:
    chance = random.Random(1)
    answers = [f"{value};gescoord" for value in range(1, 6)] + [";bevestigd", ";nvt", ";niet_gekend"]
    items = _items()
    days = [dt.date(2024, 1, 1) + dt.timedelta(days=92 * number) for number in range(DAYS)]
    return [
        f"G{number:04};{member};{day};bench;{item.key};{chance.choice(answers)};coach;\n"
        for day in days
        for number in range(1, FAMILIES + 1)
        for member in items
        for item in items[member]
    ]


def _raw(path: Path, rows: list[tuple[object, ...]]) -> Callable[[], None]:
    """The same rows: same table, indexes, pragmas, one transaction, no journal."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = wal", "synchronous = full", "secure_delete = on", "cache_size = -32000"):
        connection.execute(f"pragma {pragma}")
    for parent in ("snapshot", "item", "person"):
        connection.execute(f"create table {parent} (id integer primary key) strict")
    connection.execute(f"create table observation ({JOURNALED['observation']}) strict")
    for line in INDEXES.splitlines():
        if " on observation " in line:
            connection.execute(line.rstrip(";"))

    def insert() -> None:
        connection.execute("begin immediate")
        connection.executemany("insert into observation values (?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("commit")
        connection.close()

    return insert
