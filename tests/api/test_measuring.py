"""Change through the Python door: revised baselines, reasons for a worsening, reference persons, who judged."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from verhalen import errors
from verhalen.analysis.scoring import Settings
from verhalen.api.project import Project, new_project, open_project
from verhalen.model.act import Act
from verhalen.model.family import Person
from verhalen.model.snapshot import Assessor, Reason, State
from verhalen.scores.moments import FollowUp
from verhalen.scores.pairs import NotPaired, Rule
from verhalen.store import families, revisions, scores

START = dt.date(2025, 1, 6)
HOME, STRESS, WORK = "huishouden.verblijfplaats", "volwassene.stress", "volwassene.tewerkstelling"
Cells = Mapping[tuple[str, str], int]
"""(member, item) to score; the member is empty for the family."""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the shipped instruments and nothing else, read once: YAML takes its time."""
    folder = tmp_path_factory.mktemp("leeg") / "werk"
    new_project(folder, coder="Els", empty=True).close()
    return folder


@pytest.fixture
def project(fresh: Path, tmp_path: Path) -> Iterator[Project]:
    shutil.copytree(fresh, tmp_path / "werk")
    with open_project(tmp_path / "werk", coder="Els") as made:
        yield made


def snapshot(project: Project, family: str, day: int, cells: Cells, *, by: Assessor = Assessor.COACH) -> dict[str, int]:
    """Store a snapshot; give the ids of its observations by item, its own under ""."""
    instrument = project.scores.instrument("sociale_balans")
    items = {item.key: item.id for item in instrument.items}
    with project.file.change(Act.IMPORT_SCORES) as writing:
        number = families.family_ids(project.file).get(family) or families.add_family(writing, family, municipality="")
        new = scores.add_snapshot(
            writing,
            family_id=number,
            instrument_id=instrument.id,
            day=START + dt.timedelta(days=day),
            assessor=by,
            trajectory_id=None,
        )
        for (member, item), value in cells.items():
            who = families.put_person(writing, number, Person(f"{family}.{member}", "ouder")) if member else None
            scores.add_observations(writing, [(new, scores.NewObservation(items[item], who, State.SCORED, value, ""))])
    rows = project.file.rows(
        "select item.key, observation.id from observation join item on item.id = item_id where snapshot_id = ?", (new,)
    )
    return {"": new, **dict(rows)}


def test_both_baselines_are_told_where_they_differ_and_why_it_looks_worse(project: Project) -> None:
    first = snapshot(project, "G001", 0, {("", HOME): 4, ("moeder", STRESS): 3})
    second = snapshot(project, "G001", 180, {("", HOME): 2, ("moeder", STRESS): 3})
    instrument = project.scores.instrument("sociale_balans")
    home = instrument.find(HOME)
    assert home is not None
    with project.file.change(Act.IMPORT_SCORES) as writing:
        revisions.add_revised_baseline(
            writing, first[""], item_id=home.id, person_id=None, value=1, day=START, reason=Reason.CAME_TO_LIGHT
        )
        revisions.set_reasons(
            writing, first[HOME], [Reason.EVENT]
        )  # of the baseline itself: says nothing of the change
        revisions.set_reasons(writing, second[HOME], [Reason.CAME_TO_LIGHT, Reason.WAITING])
    rows = {row.target.key: row for row in project.scores.change("sociale_balans").rows}
    assert (rows[HOME].change.down, rows[HOME].change.fell) == (1, frozenset({"G001"}))
    revised = rows[HOME].revised
    assert revised is not None
    assert (revised.up, revised.down) == (1, 0)
    assert rows[HOME].reasons == {Reason.CAME_TO_LIGHT: 1, Reason.WAITING: 1}
    assert (rows[STRESS].revised, dict(rows[STRESS].reasons)) == (None, {})
    found = project.scores.poverty(threshold=1)
    assert found.revised is not None
    assert (found.table.families[0].before.low, found.revised.families[0].before.low) == (0, 1)


def test_another_assessor_is_listed_and_never_subtracted(project: Project) -> None:
    snapshot(project, "G001", 0, {("", HOME): 4})
    snapshot(project, "G001", 180, {("", HOME): 2}, by=Assessor.PARENT)
    found = project.scores.change("sociale_balans")
    assert found.scored.views.unfollowed == {FollowUp.OTHER_ASSESSOR: ("G001",)}
    assert found.rows[0].change.not_paired == {NotPaired.OTHER_ASSESSOR: ("G001",)}
    poverty = project.scores.poverty()
    assert (poverty.registered, poverty.table.followed, poverty.other_assessor) == (1, 0, ("G001",))
    parents = project.scores.change("sociale_balans", settings=Settings(assessor=Assessor.PARENT))
    assert [each.t0 for each in parents.scored.moments] == [START + dt.timedelta(days=180)]


def test_two_snapshots_of_a_day_give_a_warning_and_the_later_counts(project: Project) -> None:
    snapshot(project, "G001", 0, {("", HOME): 4})
    snapshot(project, "G001", 180, {("", HOME): 2})
    snapshot(project, "G001", 180, {("", HOME): 5})
    found = project.scores.change("sociale_balans")
    assert found.rows[0].change.up == 1
    (warning,) = found.scored.warnings
    assert warning.values == {"family": "G001", "day": "2025-07-05"}


def test_rules_are_compared_where_they_differ(project: Project) -> None:
    snapshot(project, "G001", 0, {("moeder", STRESS): 2, ("vader", STRESS): 4, ("moeder", WORK): 1})
    snapshot(project, "G001", 180, {("moeder", STRESS): 3, ("vader", STRESS): 3, ("moeder", WORK): 2})
    (row,) = project.scores.rules("sociale_balans")
    assert row.item.key == STRESS
    assert {rule: (each.up, each.same, each.down) for rule, each in row.changes.items()} == {
        Rule.LOWEST: (1, 0, 0),
        Rule.MEDIAN: (1, 0, 0),
        Rule.BEST: (0, 0, 1),
    }
    with project.file.change(Act.IMPORT_FAMILIES) as writing:
        number = families.family_ids(project.file)["G001"]
        families.set_attribute(writing, number, "referentiepersoon", "vader")
    (row,) = project.scores.rules("sociale_balans")[:1]
    assert row.changes[Rule.REFERENCE].down == 1
    chosen = project.scores.change("sociale_balans", settings=Settings(rule=Rule.REFERENCE))
    why = {each.target.key: each.change.not_paired for each in chosen.rows}
    assert why[WORK] == {NotPaired.NO_REFERENCE: ("G001",)}


def test_what_does_not_fit_is_refused(project: Project) -> None:
    with pytest.raises(errors.UnknownInstrument):
        project.scores.change("schoenen")
    with pytest.raises(errors.BadInput):
        project.scores.change("kansarmoede_index")
    with pytest.raises(errors.BadInput):
        project.scores.poverty(threshold=7)
    with pytest.raises(errors.BadInput):
        project.scores.windows("sociale_balans", settings=Settings(days=30, window=45))
