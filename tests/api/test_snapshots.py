"""Taking a snapshot through the door: each answer stored, one undo step, nothing lost between windows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.tui.frame import small_project

from verhalen import errors
from verhalen.api.project import Project, open_project
from verhalen.api.snapshot_forms import Form, Unfinished
from verhalen.model.act import Act
from verhalen.model.snapshot import Assessor, Reason, Snapshot, State
from verhalen.scores.registering import Answer, Said
from verhalen.scores.states import Place
from verhalen.store import scores as store

TODAY = dt.date(2026, 11, 20)
FORM = Form("G001", "sociale_balans", Assessor.COACH, TODAY)
HOUSE = (None, "huishouden.verblijfplaats")
STRESS = ("G001.moeder", "volwassene.stress")
SCHOOL = ("G001.kind1", "kind.leertraject")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Project]:
    with small_project(tmp_path) as made:
        yield made


def of_day(project: Project, day: dt.date = TODAY) -> list[Snapshot]:
    return [each for each in project.families.snapshots("G001") if each.day == day]


def given(project: Project, form: Form = FORM) -> dict[Place, Answer]:
    return {each.place: each.answer for each in project.snapshots.open(form).questions if each.answer}


def acts(project: Project) -> list[Act]:
    return [change.act for change in project.history.entries() if not change.undone]


def test_the_answers_of_one_sitting_are_stored_one_by_one_and_undone_as_a_whole(small: Project) -> None:
    before, digest = len(small.history.entries()), small.history.check().digest
    worse = Answer(State.SCORED, 2, note="Dak lekt.", reasons=(Reason.EVENT, Reason.WAITING))
    small.snapshots.answer(FORM, {HOUSE: Answer(State.CONFIRMED)})
    small.snapshots.answer(FORM, {STRESS: Answer(State.UNKNOWN), SCHOOL: Answer(State.SCORED, 4)})
    small.snapshots.answer(FORM, {HOUSE: worse})
    small.snapshots.set_note(FORM, "Na het huisbezoek.")
    assert given(small) == {HOUSE: worse, STRESS: Answer(State.UNKNOWN), SCHOOL: Answer(State.SCORED, 4)}
    (snapshot,) = of_day(small)
    assert (snapshot.version, snapshot.note, snapshot.trajectory_id is not None) == (1, "Na het huisbezoek.", True)
    assert len(small.history.entries()) == before + 1
    small.snapshots.finish(FORM)
    done = small.history.check()
    assert done.ok
    assert small.history.undo().label == "ongedaan gemaakt: momentopname van gezin G001"
    assert small.history.check().digest == digest
    small.history.redo()
    assert small.history.check().digest == done.digest


def test_a_snapshot_of_which_every_answer_is_taken_back_is_not_stored(small: Project) -> None:
    digest, standing = small.history.check().digest, acts(small)
    small.snapshots.answer(FORM, {HOUSE: Answer(State.CONFIRMED)})
    small.snapshots.answer(FORM, {HOUSE: None})
    assert of_day(small) == []
    assert small.snapshots.unfinished() == []
    small.snapshots.finish(FORM)
    assert small.history.check().digest == digest
    assert [act for act in acts(small) if act is not Act.UNDO] == standing


def test_after_the_power_fails_the_snapshot_is_there_and_gone_on_with(small: Project) -> None:
    small.snapshots.answer(FORM, {HOUSE: Answer(State.SCORED, 5)})
    with open_project(small.workspace, coder="Hanne") as again, open_project(small.workspace, coder="Jan") as jan:
        assert again.snapshots.unfinished("G001") == [Unfinished(FORM, 1)]
        assert again.snapshots.unfinished("G002") == []
        assert jan.snapshots.unfinished() == []
        again.snapshots.answer(FORM, {STRESS: Answer(State.SCORED, 3)})
        again.snapshots.finish(FORM)
        assert again.snapshots.unfinished() == []
    (snapshot,) = of_day(small)
    assert len(snapshot.observations) == 2


def test_what_another_window_stores_in_between_is_no_hindrance_and_no_part_of_it(small: Project) -> None:
    small.snapshots.answer(FORM, {HOUSE: Answer(State.SCORED, 5)})
    with open_project(small.workspace, coder="Jan") as jan:
        jan.families.add("G050")
        small.snapshots.answer(FORM, {STRESS: Answer(State.SCORED, 3)})
        small.snapshots.answer(FORM, {SCHOOL: Answer(State.SCORED, 3)})
        assert len(given(jan)) == 3
    small.history.undo()
    assert list(given(small)) == [HOUSE]
    small.snapshots.discard(FORM)
    assert of_day(small) == []
    assert "G050" in [each.key for each in small.families.all()]
    assert small.snapshots.unfinished() == []


def test_the_next_snapshot_goes_on_with_who_judged_so_far_and_shows_what_was_written(small: Project) -> None:
    instrument = small.scores.instrument("sociale_balans")
    together = replace(FORM, family="G002", assessor=Assessor.TOGETHER, day=dt.date(2026, 3, 1))
    small.snapshots.remember(replace(FORM, assessor=Assessor.CHILD))
    assert small.snapshots.usual_assessor("G001", instrument, TODAY) is Assessor.COACH
    assert small.snapshots.usual_assessor("G002", instrument, TODAY) is Assessor.CHILD
    words = Answer(State.SCORED, 3, note="Dak lekt.", reasons=(Reason.EVENT,))
    small.snapshots.answer(together, {HOUSE: words, (None, "huishouden.inkomen"): Answer(State.SCORED, 2)})
    small.snapshots.set_note(together, "Met tolk.")
    small.snapshots.answer(replace(together, assessor=Assessor.CHILD, day=TODAY), {HOUSE: Answer(State.SCORED, 4)})
    assert small.snapshots.usual_assessor("G002", instrument, TODAY) is Assessor.TOGETHER
    assert [each.assessor for each in small.snapshots.judged("G002", "sociale_balans", TODAY)] == [
        Assessor.TOGETHER,
        Assessor.CHILD,
    ]
    sheet = small.snapshots.open(replace(together, day=TODAY))
    assert sheet.said == Said(together.day, "Met tolk.")
    assert sheet.questions[0].said == Said(together.day, "Dak lekt.", (Reason.EVENT,))
    assert small.snapshots.open(together).said is None


def test_a_second_snapshot_of_one_day_by_one_assessor_goes_on_with_the_first(small: Project) -> None:
    small.snapshots.answer(FORM, {HOUSE: Answer(State.SCORED, 5)})
    small.snapshots.finish(FORM)
    assert small.snapshots.answers(FORM) == 1
    small.snapshots.answer(FORM, {STRESS: Answer(State.SCORED, 3)})
    parent = replace(FORM, assessor=Assessor.PARENT)
    small.snapshots.answer(parent, {STRESS: Answer(State.SCORED, 1)})
    assert sorted(len(each.observations) for each in of_day(small)) == [1, 2]


def test_what_cannot_be_is_refused_and_nothing_of_it_is_stored(small: Project) -> None:
    history = len(small.history.entries())
    wrong: list[dict[Place, Answer | None]] = [
        {HOUSE: Answer(State.SCORED, 6)},
        {HOUSE: Answer(State.NOT_APPLICABLE)},
        {STRESS: Answer(State.CONFIRMED)},
        {STRESS: Answer(State.SCORED, 3), ("G001.opa", "volwassene.stress"): Answer(State.SCORED, 3)},
        {(None, "huishouden.zwembad"): Answer(State.SCORED, 3)},
    ]
    for answers in wrong:
        with pytest.raises(errors.BadInput):
            small.snapshots.answer(FORM, answers)
    with pytest.raises(errors.UnknownFamily):
        small.snapshots.answer(replace(FORM, family="G999"), {HOUSE: Answer(State.SCORED, 3)})
    with pytest.raises(errors.UnknownInstrument):
        small.snapshots.open(replace(FORM, instrument="weegschaal"))
    with pytest.raises(errors.BadInput, match="2026-11-21 ligt in de toekomst"):
        small.snapshots.open(replace(FORM, day=TODAY + dt.timedelta(1)), today=TODAY)
    assert len(small.history.entries()) == history


def test_a_revised_start_stands_beside_the_first_snapshot(small: Project) -> None:
    assert small.snapshots.open(FORM).questions[0].first is not None
    made = small.snapshots.revise(FORM, HOUSE, 1, reason=Reason.CAME_TO_LIGHT, note="Bleek later.")
    question = small.snapshots.open(FORM).questions[0]
    assert question.revised is not None
    assert (question.revised.id, question.revised.value, question.revised.day) == (made, 1, TODAY)
    assert question.first is not None
    assert question.first.value == 2
    assert of_day(small) == []
    small.snapshots.answer(FORM, {HOUSE: Answer(State.CONFIRMED)})
    small.snapshots.answer(FORM, {HOUSE: None})
    small.snapshots.finish(FORM)
    assert of_day(small) == []
    assert small.snapshots.open(FORM).questions[0].revised == question.revised
    small.snapshots.take_revision_back(FORM, made)
    assert small.snapshots.open(FORM).questions[0].revised is None
    with pytest.raises(errors.BadInput):
        small.snapshots.revise(replace(FORM, family="G002"), HOUSE, 1, reason=Reason.EVENT)


def test_an_instrument_that_is_renewed_meanwhile_asks_anew_and_refuses_what_it_no_longer_asks(small: Project) -> None:
    small.snapshots.answer(FORM, {STRESS: Answer(State.SCORED, 3)})
    old = small.scores.instrument("sociale_balans")
    retired = [replace(item, retired=item.key in (HOUSE[1], STRESS[1])) for item in old.items]
    with small.file.change(Act.IMPORT_INSTRUMENTS) as writing:
        store.put_instrument(writing, replace(old, version=2, items=tuple(retired)))
    sheet = small.snapshots.open(FORM)
    assert (sheet.instrument.version, sheet.at(HOUSE), sheet.at(STRESS)) == (2, None, None)
    with pytest.raises(errors.BadInput):
        small.snapshots.answer(FORM, {HOUSE: Answer(State.SCORED, 3)})
    assert [each.item for each in of_day(small)[0].observations] == [STRESS[1]]


def test_a_withdrawn_family_leaves_no_unfinished_snapshot(small: Project) -> None:
    small.snapshots.answer(FORM, {HOUSE: Answer(State.SCORED, 3)})
    small.snapshots.remember(FORM)
    small.withdraw("G001", really=True)
    assert small.file.rows("select key from draft where key like 'snapshot:%'") == []
    assert small.snapshots.unfinished() == []
    with pytest.raises(errors.UnknownFamily):
        small.snapshots.answer(FORM, {HOUSE: Answer(State.SCORED, 3)})


def test_the_instrument_and_who_judged_are_remembered_by_coder(small: Project) -> None:
    assert small.snapshots.remembered().instrument == ""
    small.snapshots.remember(Form("G001", "tien_punten", Assessor.CHILD, TODAY))
    small.snapshots.remember(Form("G002", "sociale_balans", Assessor.TOGETHER, TODAY))
    found = small.snapshots.remembered()
    assert found.instrument == "sociale_balans"
    assert dict(found.assessors) == {"tien_punten": Assessor.CHILD, "sociale_balans": Assessor.TOGETHER}
    assert "kansarmoede_index" not in [each.key for each in small.snapshots.instruments()]
