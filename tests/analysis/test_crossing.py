"""Crosstabs: every cell against a naive count, drilling down, what is left out, and who could stand in a column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some
from tests.analysis.crossing_made import CODES, counted, entries, make
from tests.builders import examples

from verhalen import errors
from verhalen.analysis.crossing import Crossing, cross_table, fragments_of
from verhalen.analysis.crossing_axes import NO_FAMILY, axes, axis_named
from verhalen.analysis.crossing_change import ChangeOf
from verhalen.analysis.crossing_tests import IN_SEVERAL, ONLY_FAMILIES, row_tests
from verhalen.analysis.quote_matrix import quote_matrix
from verhalen.model.act import Act
from verhalen.model.coding import Valence
from verhalen.model.crosstable import Measure, Rows, Unit, Whose
from verhalen.model.query import FragmentQuery
from verhalen.store import codings, families
from verhalen.store.project import ProjectFile

AXES = (
    *("gemeente", "taal", "coach", "project", "change", "speaker", "role", "person", "source", "coder"),
    *("year", "half_year", "quarter", "month"),
)
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


ON_A_LABEL = ([(0, 0, 7, 0, 0, "positive")], [(0, 0, 1, 0)], [-1, 0, 0, 0])
"""A coding that begins on a label is of who is named there; the mention of a family on the label alone is of nobody's turn."""


@example(world=ON_A_LABEL, by="speaker", rows=Rows.CODE, whose=Whose.ABOUT)
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


# -- worked by hand ----------------------------------------------------------------------------------------------------


WORLD = (
    # "Ik sliep niet" and "sliep niet, en de huur" of Anna: one stretch of ld, two codes below it, two coders.
    [
        (0, 6, 13, 2, 0, "positive"),
        (0, 9, 22, 3, 1, "negative"),
        (0, 50, 10, 1, 0, "negative"),
        (1, 6, 10, 1, 0, "none"),
        (2, 0, 12, 4, 1, "positive"),
    ],
    [(1, 0, 30, 1)],
    [0, 1, -1, -1],
)
"""In the first talk Anna is the mother of G001, Bert that of G002; in the second nobody knows, and G002 is spoken about."""


def test_a_parent_counts_what_lies_below_it_once(made: ProjectFile) -> None:
    fill(made, WORLD)
    table = cross_table(made, Crossing("gemeente"))
    assert [each.key for each in table.columns] == ["Ranst", "Zandhoven", ""]
    assert {row.key: counts for row, counts in zip(table.rows, table.counts, strict=True)} == {
        "ld": (1, 1, 0),
        "ld.won": (1, 1, 0),
        "ld.won.huur": (0, 1, 0),
        "ld.ink": (0, 1, 0),
        "rol": (0, 1, 0),
    }
    assert (table.row_totals, table.column_totals, table.total) == ((2, 1, 2, 1, 1), (1, 2, 0), 3)
    assert [(row.key, row.depth) for row in table.rows] == [
        ("ld", 0), ("ld.ink", 1), ("ld.won", 1), ("ld.won.huur", 2), ("rol", 0),
    ]  # fmt: skip


def test_families_without_a_value_stand_in_a_column_of_their_own_and_n_counts_who_did_not_tell(
    made: ProjectFile,
) -> None:
    fill(made, WORLD)
    table = cross_table(made, Crossing("gemeente", unit=Unit.FAMILIES))
    assert [(each.key, each.n) for each in table.columns] == [("Ranst", 1), ("Zandhoven", 1), ("", 1)]
    assert table.counts[0] == (1, 1, 0)
    assert table.shown(0, 0, Measure.ROW_PERCENT) == 50
    assert table.shown(0, 2, Measure.COLUMN_PERCENT) == 0


def test_words_about_a_family_are_apart_from_its_own(made: ProjectFile) -> None:
    fill(made, WORLD)
    own, about, everything = (
        cross_table(made, Crossing("gemeente", whose=whose)) for whose in (Whose.OWN, Whose.ABOUT, Whose.ALL)
    )
    assert (own.total, about.total, everything.total) == (3, 1, 4)
    assert about.counts[2] == (1, 0, 0)
    assert "1" in str(own.notes[-1]), "one coding is no family's own words"


def test_rates_are_by_the_words_that_belong_to_the_column(made: ProjectFile) -> None:
    fill(made, WORLD)
    table = cross_table(made, Crossing("speaker"))
    words = {each.key: each.words for each in table.columns}
    # Anna: 9 and 5 words in each of two talks; Bert: 8 words in each; the story is told by nobody with a name.
    assert words == {"Anna": 26, "Bert": 14, "": 13}
    by_place = cross_table(made, Crossing("gemeente", whose=Whose.ALL))
    # Zandhoven: 13 of Anna and the story; Ranst: 7 of Bert, and 6 about G002 in the other talk, of whose 20 words 14 are left.
    assert {each.key: each.words for each in by_place.columns} == {"Zandhoven": 26, "Ranst": 13, "": 0, NO_FAMILY: 14}
    about = cross_table(made, Crossing("gemeente", whose=Whose.ABOUT))
    assert [each.words for each in about.columns if each.key == "Ranst"] == [6]


def test_change_has_a_column_for_families_that_cannot_be_compared(made: ProjectFile) -> None:
    fill(made, WORLD)
    table = cross_table(made, Crossing("verandering", unit=Unit.FAMILIES, change=BALANCE))
    assert [(each.key, each.n) for each in table.columns] == [
        ("up", 1), ("same", 0), ("same_carried", 0), ("down", 1), ("not_paired", 1),
    ]  # fmt: skip
    other = cross_table(made, Crossing("change", unit=Unit.FAMILIES, change=ChangeOf("balans", "PSY")))
    assert [each.n for each in other.columns] == [0, 0, 0, 0, 3], "nothing of that life domain was scored"


def test_a_question_keeps_only_what_it_asks_for(made: ProjectFile) -> None:
    fill(made, WORLD)
    assert cross_table(made, Crossing("gemeente", query="codeur=Jan")).total == 2


def test_a_door_that_hides_counts_only_ones_own(made: ProjectFile) -> None:
    fill(made, WORLD)
    with made.sibling() as blind:
        blind.only_coder = made.number("select min(id) from coder")
        table = cross_table(blind, Crossing("coder", whose=Whose.ALL))
        assert [each.key for each in table.columns] == ["Hanne"]
        assert table.total == 3
        assert len(fragments_of(blind, Crossing("coder"), row=None, column=None)) == 3


def test_what_is_unknown_is_said_with_the_nearest_name(made: ProjectFile) -> None:
    fill(made, WORLD)
    wrong: list[tuple[Crossing, type[errors.VerhalenError], str]] = [
        (Crossing("gemente"), errors.UnknownAttribute, "gemeente"),
        (Crossing("tal"), errors.UnknownAttribute, "taal"),
        (Crossing("xyzzy"), errors.UnknownAttribute, "coder"),
        (Crossing("change", change=ChangeOf("balan")), errors.UnknownInstrument, "balans"),
        (Crossing("change", change=ChangeOf("balans", "QQQ")), errors.UnknownDomain, "SOC"),
    ]
    for asked, kind, hint in wrong:
        with pytest.raises(kind) as found:
            cross_table(made, asked)
        assert hint in str(found.value)
    for row, column in (("nope", None), (None, "nope")):
        with pytest.raises(errors.BadInput):
            fragments_of(made, Crossing("gemeente"), row=row, column=column)
    with pytest.raises(errors.UnknownCode, match=r"ld\.won"):
        quote_matrix(made, ("ld.wn",), Crossing("gemeente"))


def test_an_own_attribute_may_be_called_as_one_of_our_axes(made: ProjectFile) -> None:
    fill(made, WORLD)
    number = families.family_ids(made)["G001"]
    with made.change(Act.EDIT_FAMILY) as writing:
        families.set_attribute(writing, number, "role", "anders")
    assert "kenmerk:role" in [each.key for each in axes(made)]
    assert [each.key for each in cross_table(made, Crossing("kenmerk:role")).columns] == ["anders", ""]
    assert [each.key for each in cross_table(made, Crossing("role")).columns] == ["ouder", ""]
    with made.change(Act.EDIT_FAMILY) as writing:
        families.set_attribute(writing, number, "role", "")


def test_the_quote_matrix_holds_the_words_of_each_cell(made: ProjectFile) -> None:
    fill(made, WORLD)
    matrix = quote_matrix(made, ("ld", "rol"), Crossing("gemeente"))
    assert [row.key for row in matrix.rows] == ["ld", "rol"]
    assert [each.text for each in matrix.cell("ld", "Zandhoven")] == ["Ik sliep niet", "sliep niet, en de huur"]
    assert [each.family for each in matrix.cell("ld", "Ranst")] == ["G002"]
    assert matrix.cell("rol", "Ranst") == ()


def test_tests_are_for_families_in_one_column_each(made: ProjectFile) -> None:
    fill(made, WORLD)
    by_place = cross_table(made, Crossing("gemeente", unit=Unit.FAMILIES))
    found = row_tests(by_place, axis_named(made, "gemeente"))
    # Of the two families with a municipality both tell of ld, one of ld.ink: the other p-value that two can give is 1.
    assert [(each.key, each.test.p.value, each.holm_p) for each in found[:4]] == [
        ("ld", None, None), ("ld.ink", 1.0, 1.0), ("ld.won", None, None), ("ld.won.huur", 1.0, 1.0),
    ]  # fmt: skip
    by_role = cross_table(made, Crossing("role", unit=Unit.FAMILIES))
    assert {each.test.p.reason for each in row_tests(by_role, axis_named(made, "role"))} == {IN_SEVERAL}
    fragments = cross_table(made, Crossing("gemeente"))
    assert {each.test.p.reason for each in row_tests(fragments, axis_named(made, "gemeente"))} == {ONLY_FAMILIES}


def test_a_project_without_anything_gives_an_empty_table(tmp_path: Path) -> None:
    with ProjectFile.create(tmp_path, coder="Hanne") as project:
        for by in ("gemeente", "role", "source", "coder", "year"):
            for unit in Unit:
                table = cross_table(project, Crossing(by, unit=unit))
                assert (table.total, table.rows, table.columns) == (0, (), ())
