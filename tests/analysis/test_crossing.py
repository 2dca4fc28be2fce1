"""Crosstabs: every cell against a naive count, drilling down, what is left out, and who could stand in a column."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.analysis.crossing_made import CODES, counted, entries, make
from tests.builders import examples

from verhalen.analysis.crossing import Crossing, cross_table, fragments_of
from verhalen.analysis.crossing_change import ChangeOf
from verhalen.model.act import Act
from verhalen.model.coding import Valence
from verhalen.model.crosstable import Rows, Unit, Whose
from verhalen.model.query import FragmentQuery
from verhalen.store import codings, families
from verhalen.store.project import ProjectFile

AXES = ("gemeente", "taal", "coach", "change", "speaker", "role", "source", "coder", "month")
BALANCE = ChangeOf("balans")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectFile]:
    folder = tmp_path_factory.mktemp("crossing")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERHALEN_HOME", str(folder / "home"))
        project = make(folder)
        yield project
        project.close()


Marks = list[tuple[int, int, int, int, int, str]]
"""Source, start, length, code, coder, valence; the first three by number."""


@some.composite
def worlds(draw: some.DrawFn) -> tuple[Marks, list[tuple[int, int, int, int]], list[int]]:
    """Codings, mentions (source, start, length, family), and who each of the four speakers is: a mother, or nobody."""
    place = some.tuples(some.integers(0, 2), some.integers(0, 50), some.integers(1, 45))
    marks = draw(
        some.lists(
            some.tuples(place, some.integers(0, len(CODES) - 1), some.integers(0, 1), some.sampled_from(list(Valence))),
            min_size=1,
            max_size=12,
        )
    )
    mentions = draw(some.lists(some.tuples(place, some.integers(0, 2)), max_size=4))
    people = draw(some.lists(some.integers(-1, 2), min_size=4, max_size=4))
    return (
        [(*where, code, coder, valence.value) for where, code, coder, valence in marks],
        [(*where, family) for where, family in mentions],
        people,
    )


def fill(project: ProjectFile, world: tuple[Marks, list[tuple[int, int, int, int]], list[int]]) -> None:
    marks, mentions, people = world
    ids = {
        name: [number for (number,) in project.rows(f"select id from {name} order by id")]
        for name in ("source", "code", "coder", "family", "person", "speaker")
    }
    with project.change(Act.IMPORT_CODINGS) as writing:
        writing.execute("delete from coding")
        writing.execute("delete from mention")
        for source, start, length, code, coder, valence in marks:
            row = (ids["source"][source], start, start + length, ids["code"][code], ids["coder"][coder], valence, "")
            codings.add_codings(writing, [row])
        for source, start, length, family in mentions:
            row_ = (writing.new_id(), ids["source"][source], start, start + length, ids["family"][family])
            writing.execute("insert into mention values (?, ?, ?, ?, ?, ?)", (*row_, ids["coder"][0]))
        for speaker, person in zip(ids["speaker"], people, strict=True):
            who = ids["person"][person] if person >= 0 else None
            writing.execute("update speaker set person_id = ? where id = ?", (who, speaker))


@settings(max_examples=examples(40))
@given(
    world=worlds(), by=some.sampled_from(AXES), rows=some.sampled_from(list(Rows)), whose=some.sampled_from(list(Whose))
)
def test_every_cell_and_total_is_what_a_naive_count_gives_and_what_drilling_down_shows(
    made: ProjectFile,
    world: tuple[Marks, list[tuple[int, int, int, int]], list[int]],
    by: str,
    rows: Rows,
    whose: Whose,
) -> None:
    fill(made, world)
    everybody = {each.key: each for each in families.families(made)}
    everything = codings.fragments(made, FragmentQuery())
    naive = entries(everything, by, rows, whose, everybody)
    for unit in Unit:
        asked = Crossing(by, rows, unit, whose, change=BALANCE)
        table = cross_table(made, asked)
        assert {column for _, column, _, _ in naive} <= {column.key for column in table.columns}
        for i, row in enumerate((*table.rows, None)):
            for j, column in enumerate((*table.columns, None)):
                own = [
                    each for each in naive if row in (None, *(r for r in table.rows if r.key == each[0]))
                    and column in (None, *(c for c in table.columns if c.key == each[1]))
                ]  # fmt: skip
                if row is not None and column is not None:
                    said = table.counts[i][j]
                elif row is not None:
                    said = table.row_totals[i]
                else:
                    said = table.column_totals[j] if column is not None else table.total
                assert said == counted(own, unit), (unit, row, column)
                if unit is Unit.CODINGS:
                    shown = fragments_of(
                        made, asked, row=row.key if row else None, column=column.key if column else None
                    )
                    assert {each.coding.id for each in shown} == {each.coding.id for *_, each in own}
        for column in table.columns:
            told = {family for _, at, family, _ in naive if at == column.key and family}
            assert column.families >= len(told)
            assert column.n >= counted((each for each in naive if each[1] == column.key), unit)
