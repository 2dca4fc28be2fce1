"""What two copies of a project said differently, or one removed and another used: kept until a person decides."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from verhalen.model.text import Span
from verhalen.store import versions
from verhalen.store.exchange_log import Names, Stamp, undone_merges
from verhalen.store.package import Package
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.registers import FieldClash
from verhalen.store.schema import JOURNALED
from verhalen.store.text_merging import Met

Side = dict[str, Any]
"""`who` (coder id), `time`, `value`; of a place in a text also `start`, `stop` and `version`."""


def clash_rows(project: ProjectFile) -> list[dict[str, Any]]:
    """Everything that is to be decided and was not, oldest first."""
    sql = """
        select key, kind, tbl, row_id, field, sides, merge_id from clash
        where key not in (select clash from decision) order by rowid"""
    columns = ("key", "kind", "tbl", "row_id", "field", "sides", "merge_id")
    undone = undone_merges(project)
    found = [dict(zip(columns, row, strict=True)) for row in project.rows(sql)]
    return [each | {"sides": json.loads(each["sides"])} for each in found if each["merge_id"] not in undone]


class Clashes:
    """Gathers what is to be decided while a package is taken in."""

    def __init__(
        self,
        project: ProjectFile,
        names: Names,
        who: Mapping[Stamp, tuple[int, str]],
        age: Callable[[Stamp], int],
        called: Callable[[str, int], int],
    ) -> None:
        self._project = project
        self._names = names
        self._who = who
        self._age = age
        self._called = called
        self._found: dict[str, tuple[str, str, int, str, list[Side]]] = {}

    def add(self, kind: str, table: str, row: int, column: str, name: str, *, said: list[Side]) -> None:
        """Keep one; `name` is the same in every copy."""
        key = hashlib.sha256(name.encode()).hexdigest()[:26]
        self._found[key] = (kind, table, row, column, said)

    def field(self, table: str, row: int, clash: FieldClash) -> None:
        """Two values of one column."""
        said = [self._side(stamp, value) for stamp, value in clash.sides]
        name = self._name("field", table, row, clash.column, [stamp for stamp, _ in clash.sides])
        self.add("field", table, row, clash.column, name, said=said)

    def removed(self, table: str, row: int, removed: Sequence[Stamp], written: Sequence[Stamp]) -> None:
        """Removed by one, changed or used by another."""
        said = [self._side(stamp, "1") for stamp in sorted(written, key=self._age)[:1]]
        said += [self._side(stamp, "") for stamp in sorted(removed, key=self._age)[:1]]
        self.add("removed", table, row, "*", self._name("removed", table, row, "*", removed), said=said)

    def text(self, source: int, one: Stamp, other: Stamp, met: Met) -> None:
        """Two corrections of the same words."""
        found = versions.text_of(self._project, source, met.version)
        text = found.text if found else ""
        said = [self._side(one, text[met.start : met.stop]), self._side(other, met.words)]
        said[0] |= {"start": met.start, "stop": met.stop, "version": self._names.name(source, met.version)}
        column = f":text:{self._names.name(source, abs(met.step))}"
        self.add(
            "text", "source", source, column, self._name("text", "source", source, column, [one, other]), said=said
        )

    def place(self, table: str, row: int, source: int, goal: int, found: Mapping[Span, Stamp]) -> None:
        """Two places for one span."""
        text = versions.text_of(self._project, source, goal)
        said = []
        for span, stamp in found.items():
            words = text.text[span.start : span.stop] if text else ""
            place = {"start": span.start, "stop": span.stop, "version": self._names.name(source, goal)}
            said.append(self._side(stamp, words) | place)
        self.add("field", table, row, ":place", self._name("field", table, row, ":place", found.values()), said=said)

    def _side(self, stamp: Stamp, value: Any) -> Side:
        coder, time = self._who.get(stamp, (0, ""))
        return {"who": coder, "time": time, "value": value}

    def _name(self, kind: str, table: str, row: int, column: str, stamps: Iterable[Stamp]) -> str:
        return json.dumps([kind, table, self._called(table, row), column, sorted(stamps)])

    def store(self, writing: Writing) -> list[str]:
        """Write what is new; give the keys."""
        there = _known(writing)
        new = [key for key in self._found if key not in there]
        for key in new:
            kind, table, row, column, said = self._found[key]
            _insert(writing, key, kind, table, row, column, said)
        return new


def take_over(
    writing: Writing,
    package: Package,
    coders: Mapping[int, int],
    alias: Mapping[tuple[str, int], int],
    buried: set[int],
) -> list[str]:
    """Write those that the other copy knows of, unless they are known here; give their keys."""
    new = []
    there = _known(writing)
    for row in package.rows("clash"):
        key, kind, table, number, column, sides = map(str, row)
        if key in there or int(number) in buried or not _names_a_column(writing, table, column):
            continue
        said = [side | {"who": coders.get(side["who"], side["who"])} for side in json.loads(sides)]
        _insert(writing, key, kind, table, alias.get((table, int(number)), int(number)), column, said)
        new.append(key)
    return new


def _known(writing: Writing) -> set[str]:
    """Keys of all that stand, also decided ones; what came with a merge that was undone comes anew."""
    undone = undone_merges(writing)
    return {key for key, merge in writing.rows("select key, merge_id from clash") if merge not in undone}


def _names_a_column(writing: Writing, table: str, column: str) -> bool:
    """Nothing that comes from outside gets into SQL but names that are here."""
    if table not in JOURNALED:
        return False
    return column.startswith((":", "*")) or column in {row[1] for row in writing.rows(f"pragma table_info({table})")}


def _insert(writing: Writing, key: str, kind: str, table: str, row: int, column: str, said: list[Side]) -> None:
    values = (key, kind, table, row, column, json.dumps(said, ensure_ascii=False), writing.id)
    writing.execute("insert or replace into clash values (?, ?, ?, ?, ?, ?, ?)", values)
