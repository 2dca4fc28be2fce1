"""Compacting: the way back over old changes goes; the history, what merging knows and everything else stay as they were."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from pathlib import Path

import pytest
from tests.builders import (
    add_code,
    add_text,
    code_words,
    coded,
    correct_words,
    find,
    furnish,
    redo,
    undo,
)
from tests.whole.random_acts import Chance

from verhalen import errors
from verhalen.api.bundles import Bundles
from verhalen.api.history import History
from verhalen.api.project import Project
from verhalen.coding import editing
from verhalen.model.act import Act
from verhalen.model.coding import Valence
from verhalen.model.ids import encode_id
from verhalen.model.text import Span, cancel_pairs, move_on
from verhalen.store import checking, compacting, journal, thin_texts, versions
from verhalen.store.exchange_log import Names, OwnLog, Stamp, foreign_writes, own_entries
from verhalen.store.project import ProjectFile
from verhalen.store.registers import PLACE
from verhalen.store.schema import JOURNALED, SPANS

Known = dict[tuple[str, int, str], tuple[Stamp, str]]
"""Table, row and column to the change that wrote it last and the value."""


def what_merging_knows(project: ProjectFile) -> tuple[Known, set[tuple[str, int, str, Stamp]]]:
    """The last writing of each column of each row, and who made and removed rows: of all that is ever derived only this counts."""
    age = {each.stamp: each.id for each in own_entries(project)}
    names = Names(project)
    log, places = OwnLog(project, names), Places(project, names)
    found: Known = {}
    made: set[tuple[str, int, str, Stamp]] = set()
    for table in JOURNALED:
        rows = [row[0] for row in project.rows("select distinct row_id from change_row where tbl = ?", (table,))]
        writes = [*log.writes(table, rows), *foreign_writes(project, rows=rows, table=table)]
        for each in sorted(writes, key=lambda write: age[write.stamp]):
            if each.op in ("i", "d"):
                made.add((table, each.row, each.op, each.stamp))
            columns = dict(each.data)
            if table in SPANS and "start" in columns:
                span = Span(columns.pop("start"), columns.pop("stop"))
                place = places.now(each.row, table, span, columns.pop("version"))
                columns["place"] = [each.op == "m", place]
            for name, value in columns.items():
                found[(table, each.row, name)] = (each.stamp, json.dumps(value))
    return found, made


class Places:
    """Where a span lies in the text that counts. A span that a correction leaves where it is may be told of either version."""

    def __init__(self, project: ProjectFile, names: Names) -> None:
        self._project = project
        self._names = names

    def now(self, row: int, table: str, span: Span, version: str) -> tuple[int, int] | None:
        """Its place now; None where nothing is left of it."""
        sql = f"""
            select source_id from {table} where id = ?1 union select json_extract(image, '$.source_id') from change_row
            where row_id = ?1 and image is not null"""
        source = self._project.number(sql, (row,))
        numbers = {name: number for number, name in self._names.of(source).items()}
        goal = versions.current_version(self._project, source) or max(numbers.values())
        way = versions.way(self._project, source, start=numbers[version], goal=goal)
        moved = move_on(span, cancel_pairs(way))
        return (moved.start, moved.stop) if moved else None


def busy(folder: Path, dice: random.Random, acts: int) -> tuple[ProjectFile, list[Chance]]:
    """A project in which two coders did and undid things by chance."""
    file = ProjectFile.create(folder, coder="Hanne")
    furnish(file)
    coders = [Chance(Project(each), dice, folder) for each in (file, file.sibling(coder="Jan"))]
    go_on(coders, dice, acts)
    return file, coders


def go_on(coders: list[Chance], dice: random.Random, acts: int) -> None:
    """More of the same."""
    for _ in range(acts):
        coder = dice.choice(coders)
        if dice.random() < 0.8:
            coder.act()
        else:
            coder.undo()


def middle(project: ProjectFile, part: float) -> int:
    """A change somewhere in the history."""
    numbers = [each.id for each in reversed(journal.history(project))]
    return numbers[int((len(numbers) - 1) * part)]


SEEDS = range(4)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_merging_knows_of_own_changes_is_the_same_after_compacting_however_often(
    tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    file, coders = busy(tmp_path, dice, 100)
    with file, coders[1].project:
        digest = checking.digest(file)
        for part in (0.5, 0.8, 1.0):
            known = what_merging_knows(file)
            done = compacting.compact(file, middle(file, part))
            assert what_merging_knows(file) == known
            assert done.images > 0
            assert checking.problems(file) == []
            if part < 1:
                assert checking.digest(file) == digest
                go_on(coders, dice, 20)
                digest = checking.digest(file)
        assert compacting.look(file, file.last_change()).images == 0


def contents(project: ProjectFile) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all journaled tables; of a source not the number of its version, but its text. And what is to be decided."""
    found = {}
    for table in JOURNALED:
        columns = [
            row[1] for row in project.rows(f"pragma table_info({table})") if (table, row[1]) != ("source", "version")
        ]
        found[table] = project.rows(f"select {', '.join(columns)} from {table} order by id")
    found["text"] = [
        (source, text.text if (text := versions.text_of(project, source, version)) else None)
        for source, version in project.rows("select id, version from source order by id")
    ]
    found["clash"] = project.rows("select kind, tbl, row_id, field, sides from clash order by kind, tbl, row_id, field")
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_work_of_copies_comes_together_the_same_whether_one_was_compacted_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    dice = random.Random(seed)

    def at(name: str) -> Path:
        (tmp_path / name).mkdir(exist_ok=True)
        monkeypatch.setenv("VERHALEN_HOME", str(tmp_path / name / "home"))
        return tmp_path / name

    def opened(name: str, coder: str) -> ProjectFile:
        return ProjectFile.open(at(name) / "project.verhalen", coder=coder)

    def copied(name: str, new: str) -> None:
        at(new)
        shutil.copytree(tmp_path / name, tmp_path / new, dirs_exist_ok=True)

    def work(name: str, coder: str, acts: int) -> None:
        with opened(name, coder) as file:
            go_on([Chance(Project(file), dice, tmp_path / name)], dice, acts)

    def send(name: str, coder: str, other: str, receiver: str) -> None:
        with opened(name, coder) as file:
            Bundles(file).out(tmp_path / f"{name}.{other}.bundel", passphrase="geheim woord")
        with opened(other, receiver) as file:
            Bundles(file).take_in(tmp_path / f"{name}.{other}.bundel", passphrase="geheim woord")

    file, coders = busy(at("hanne"), dice, 40)
    coders[1].project.close()
    file.close()
    copied("hanne", "jan")
    work("hanne", "Hanne", 40)
    work("jan", "Jan", 30)
    send("jan", "Jan", "hanne", "Hanne")
    work("hanne", "Hanne", 30)
    work("jan", "Jan", 20)
    copied("hanne", "tweeling")
    copied("jan", "jan2")
    with opened("hanne", "Hanne") as file:
        assert compacting.compact(file, middle(file, dice.choice((0.5, 0.8, 1.0)))).images
        compacting.give_room_back(file)
        assert checking.problems(file) == []
    send("jan", "Jan", "hanne", "Hanne")
    send("jan", "Jan", "tweeling", "Hanne")
    with opened("hanne", "Hanne") as one, opened("tweeling", "Hanne") as other:
        assert contents(one) == contents(other)
        assert checking.problems(one) == checking.problems(other)
    send("hanne", "Hanne", "jan", "Jan")
    send("tweeling", "Hanne", "jan2", "Jan")
    with opened("jan", "Jan") as one, opened("jan2", "Jan") as other:
        assert contents(one) == contents(other)
        assert checking.problems(one) == checking.problems(other)
