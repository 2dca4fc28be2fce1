"""Scores of who tells of something beside those of who does not: known answers worked by hand."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import BALANCE, DOMAINS, add_code, add_family, code_words, story
from tests.copies import made_once
from verhalen import errors
from verhalen.analysis.typology import Group, TypologyRow, Whose
from verhalen.api.project import Project, new_project
from verhalen.model.act import Act
from verhalen.model.family import Trajectory
from verhalen.model.snapshot import Assessor, State
from verhalen.msc.telling import tell
from verhalen.scores.pairs import NotPaired
from verhalen.statistics.quartiles import spread
from verhalen.store import families, scores, stories

START = dt.date(2025, 1, 6)
SUPPORT = {"G001": (2, 4), "G002": (1, 1), "G003": (3, 2), "G004": (4, None), "G005": (5, 5), "G006": (1, 3)}
"""Baseline and follow-up on one item about the family; G004 was seen once."""


@made_once
def made(folder: Path) -> Project:
    """Four families tell of the cold, one tells of something else, of one there are no words."""
    project = new_project(folder / "w", coder="Hanne", empty=True)
    file = project.file
    with file.change(Act.IMPORT_DOMAINS) as writing:
        scores.put_domains(writing, DOMAINS)
    with file.change(Act.IMPORT_INSTRUMENTS) as writing:
        instrument = scores.put_instrument(writing, BALANCE)
    item = next(each.id for each in project.scores.instrument("balans").items if each.key == "gezin.steun")
    add_code(file, "huis")
    add_code(file, "kou", parent="huis")
    for key, values in SUPPORT.items():
        family = add_family(file, key)
        with file.change(Act.IMPORT_SCORES) as writing:
            trajectory = families.put_trajectory(writing, family, Trajectory(1, START))
            for nth, value in enumerate(values):
                if value is not None:
                    snapshot = scores.add_snapshot(
                        writing,
                        family_id=family,
                        instrument_id=instrument,
                        day=START + dt.timedelta(days=182 * nth),
                        assessor=Assessor(BALANCE.assessor),
                        trajectory_id=trajectory,
                    )
                    scores.add_observations(writing, [(snapshot, scores.NewObservation(item, None, State.SCORED, value, ""))])
    for key in ("G001", "G002", "G003", "G004", "G005"):
        words = "Alles goed hier." if key == "G005" else f"Bij {key} was het koud."
        tell(file, replace(story("", key, words), domains=("PSY",) if key == "G005" else ()))
    for each in stories.stories(file):
        if each.family != "G005":
            assert each.source_id is not None
            code_words(file, each.source_id, "was het koud", "kou")
    return project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERHALEN_HOME", str(tmp_path_factory.mktemp("home")))
        with made(tmp_path_factory.mktemp("typology")) as opened:
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
    assert project.relating.typology("huis", instrument="balans").groups[Group.TELLING] == ("G001", "G002", "G003", "G004")
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
    assert (found.whose, found.groups[Group.TELLING], set(found.groups)) == (Whose.ABOUT, (), {Group.TELLING, Group.OTHER})


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
