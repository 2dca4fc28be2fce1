"""Scores of who tells of something beside those of who does not: known answers worked by hand."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.telling_made import telling_project

from verhalen import errors
from verhalen.analysis.typology import Group, TypologyRow, Whose
from verhalen.api.project import Project
from verhalen.scores.pairs import NotPaired
from verhalen.statistics.quartiles import spread


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERHALEN_HOME", str(tmp_path_factory.mktemp("home")))
        with telling_project(tmp_path_factory.mktemp("typology")) as opened:
            yield opened


def numbers(row: TypologyRow) -> tuple[object, ...]:
    before, after = ((each.low.value, each.median.value, each.high.value) for each in (row.before, row.after))
    return row.n, before, after, (row.change.up, row.change.same, row.change.down)


def test_groups_and_levels_are_what_was_worked_out_by_hand(project: Project) -> None:
    found = project.relating.typology("kou", instrument="balans")
    assert dict(found.groups) == {
        Group.TELLING: ("G001", "G002", "G003", "G004"),
        Group.OTHER: ("G005",),
        Group.NO_WORDS: ("G006",),
    }
    rows = {row.group: row for row in found.rows if row.target.key == "gezin.steun"}
    # 2, 1, 3 and 4, 1, 2: quartiles are levels that somebody gave.
    assert numbers(rows[Group.TELLING]) == (3, (1, 2, 3), (1, 2, 4), (1, 1, 1))
    assert rows[Group.TELLING].share(1) == 1 / 3
    assert rows[Group.TELLING].change.not_paired == {NotPaired.ONE_REGISTRATION: ("G004",)}
    assert numbers(rows[Group.OTHER]) == (1, (5, 5, 5), (5, 5, 5), (0, 1, 0))
    assert numbers(rows[Group.NO_WORDS]) == (1, (1, 1, 1), (3, 3, 3), (1, 0, 0))


def test_a_code_takes_those_below_it_and_a_life_domain_its_stories(project: Project) -> None:
    assert project.relating.typology("huis", instrument="balans").groups[Group.TELLING] == (
        "G001",
        "G002",
        "G003",
        "G004",
    )
    assert project.relating.typology("psy", instrument="balans").groups[Group.TELLING] == ("G005",)
    per_domain = project.relating.typology("SOC", instrument="balans", per="domain")
    [row] = [each for each in per_domain.rows if each.target.key == "SOC" and each.group is Group.TELLING]
    assert numbers(row) == (3, (1, 2, 3), (1, 2, 4), (1, 1, 1))


def test_what_nobody_scored_stays_undefined_with_its_reason(project: Project) -> None:
    rows = project.relating.typology("kou", instrument="balans").rows
    empty = next(row for row in rows if row.target.key == "volwassene.rust" and row.group is Group.TELLING)
    assert (empty.n, empty.before.median.value, empty.share(0)) == (0, None, None)
    assert empty.before.median.reason
    assert empty.change.not_paired


def test_whoever_is_told_about_stands_in_two_groups(project: Project) -> None:
    found = project.relating.typology("kou", instrument="balans", whose="about")
    assert (found.whose, found.groups[Group.TELLING], set(found.groups)) == (
        Whose.ABOUT,
        (),
        {Group.TELLING, Group.OTHER},
    )


def test_unknown_codes_instruments_and_rows_are_refused(project: Project) -> None:
    with pytest.raises(errors.UnknownCode):
        project.relating.typology("niets", instrument="balans")
    with pytest.raises(errors.UnknownInstrument):
        project.relating.typology("kou", instrument="niets")
    with pytest.raises(errors.BadInput):
        project.relating.typology("kou", instrument="balans", per="instrument")


@given(st.lists(st.integers(1, 5), min_size=1))
def test_quartiles_are_levels_with_a_quarter_and_a_half_at_or_below(values: list[int]) -> None:
    found = spread(values, nobody="-")
    for quarter, level in enumerate((found.low, found.median, found.high), 1):
        assert level.value in values
        assert 4 * sum(each <= level.value for each in values) >= quarter * len(values)
        assert 4 * sum(each < level.value for each in values) < quarter * len(values)
