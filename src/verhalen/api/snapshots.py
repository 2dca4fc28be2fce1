"""Taking a snapshot of a family: begin or go on, answer, take back, finish. Every answer is stored at once.

The answers of one sitting are one change and one undo step. Where something else is stored in between, what follows is a
step of its own until the snapshot is finished: then they become one, unless somebody built on it. An unfinished snapshot is
remembered by a draft, which goes when it is finished or thrown away.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from verhalen import errors
from verhalen.api.history import History
from verhalen.api.snapshot_forms import Draft, Form, Judged, Remembered, Unfinished, load_draft
from verhalen.i18n import mark, t
from verhalen.model.act import Act
from verhalen.model.codes import no_family
from verhalen.model.ids import encode_id
from verhalen.model.instrument import Instrument
from verhalen.model.snapshot import Assessor, Reason, State
from verhalen.scores.answering import refusal
from verhalen.scores.registering import Answer, Sheet, make_sheet
from verhalen.scores.states import Place
from verhalen.scores.storing import NOT_ASKED, put_answers, refuse
from verhalen.store import drafts, families, registering, revisions
from verhalen.store import scores as store
from verhalen.store.project import ProjectFile, Writing

IN_FUTURE = mark("{day} lies in the future")
NO_FIRST = mark("this is the first snapshot: change the answer itself")
NOT_DONE = mark("nothing was answered yet")
_PREFIX = "snapshot"


class Snapshots:
    """`project.snapshots`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    # -- reading -------------------------------------------------------------------------------------------------------

    def instruments(self) -> list[Instrument]:
        """What a snapshot can be taken with: instruments that ask something."""
        return [each for each in store.instruments(self._file) if each.asked]

    def open(self, form: Form, *, today: dt.date | None = None) -> Sheet:
        """All that a snapshot asks, with its answers so far; nothing is stored. One of that day and assessor is gone on with.

        Raises UnknownFamily, UnknownInstrument, and BadInput for a day after `today`.
        """
        if today is not None and form.day > today:
            raise errors.BadInput(reason=t(IN_FUTURE, day=form.day.isoformat()))
        family = families.family_of(self._file, form.family)
        if family is None:
            raise no_family(form.family)
        instrument = next((each for each in store.instruments(self._file) if each.key == form.instrument), None)
        if instrument is None:
            raise errors.UnknownInstrument(key=form.instrument)
        return make_sheet(
            form.family,
            instrument,
            form.assessor,
            form.day,
            persons=family.persons,
            trajectories=family.trajectories,
            snapshots=store.snapshots_of(self._file, family.id),
            versions=revisions.versions_of(self._file, instrument.id),
            revised=revisions.revised_baselines(self._file, family.id),
        )

    def answers(self, form: Form) -> int:
        """How many answers there are of this family on this day by this assessor; 0 where there is no such snapshot."""
        return registering.answers_in(
            self._file, family=form.family, instrument=form.instrument, day=form.day, assessor=form.assessor.value
        )

    def unfinished(self, family: str | None = None) -> list[Unfinished]:
        """Snapshots that this coder left halfway, of one family or of all; those that were undone since are left out."""
        if self._file.read_only_reason:
            return []
        kept = [load_draft(each).form for each in drafts.drafts_below(self._file, f"{_PREFIX}:{self._file.coder_id}:")]
        found = [Unfinished(form, self.answers(form)) for form in kept if family in (None, form.family)]
        return [each for each in found if each.answers]

    def remembered(self) -> Remembered:
        """What this coder chose the last time."""
        if self._file.read_only_reason:
            return Remembered()
        try:
            found = json.loads(drafts.view(self._file, self._view_key()))
            assessors = {key: Assessor(value) for key, value in found["assessors"].items()}
            return Remembered(str(found["instrument"]), assessors)
        except (ValueError, KeyError, TypeError, AttributeError):
            return Remembered()  # nothing was chosen yet, or by a later verhalen

    def remember(self, form: Form) -> None:
        """Offer this instrument first the next time, and with it this assessor."""
        assessors = {**self.remembered().assessors, form.instrument: form.assessor}
        kept = {"instrument": form.instrument, "assessors": {key: each.value for key, each in assessors.items()}}
        drafts.keep_view(self._file, self._view_key(), json.dumps(kept))

    def judged(self, family: str, instrument: str, day: dt.date) -> list[Judged]:
        """Who judged a family with an instrument up to a day, and when last; who scored most comes first."""
        rows = registering.last_judged(self._file, family=family, instrument=instrument, day=day)
        return [Judged(Assessor(assessor), dt.date.fromisoformat(last)) for assessor, last in rows]

    def usual_assessor(self, family: str, instrument: Instrument, day: dt.date) -> Assessor:
        """Whose judgement goes on: of who scored most of this family; for a first time, of whom this coder noted last.

        Answers of one kind of assessor are never set beside those of another: begun by somebody else, all would be new.
        """
        there = self.judged(family, instrument.key, day)
        if there:
            return there[0].assessor
        return self.remembered().assessors.get(instrument.key, Assessor(instrument.assessor))

    # -- answering -----------------------------------------------------------------------------------------------------

    def answer(self, form: Form, answers: Mapping[Place, Answer | None]) -> None:
        """Store answers, or (None) take them back. With the first one the snapshot comes into being; with the last it goes.

        All or nothing. Raises BadInput where an answer cannot be: off the scale, not offered, nothing to confirm, not asked.
        """

        def act(writing: Writing) -> None:
            sheet = self.open(form)
            refuse(sheet, answers)
            snapshot = sheet.snapshot_id
            if not snapshot and any(answers.values()):
                snapshot = self._begin(writing, sheet)
            if snapshot:
                put_answers(writing, sheet, snapshot, answers)
                if registering.is_empty(writing, snapshot):
                    registering.drop_snapshot(writing, snapshot)

        self._write(form, act)

    def confirm(self, form: Form, place: Place) -> None:
        """Say that an item is as it was."""
        self.answer(form, {place: Answer(State.CONFIRMED)})

    def set_note(self, form: Form, note: str) -> None:
        """Write something beside the snapshot as a whole. Raises BadInput where nothing was answered yet."""

        def act(writing: Writing) -> None:
            snapshot = self.open(form).snapshot_id
            if not snapshot:
                raise errors.BadInput(reason=t(NOT_DONE))
            registering.set_snapshot_note(writing, snapshot, note)

        self._write(form, act)

    def revise(
        self,
        form: Form,
        place: Place,
        value: int | None,
        *,
        reason: Reason,
        note: str = "",
        day: dt.date | None = None,
    ) -> int:
        """Say what the first snapshot should have said (None: not applicable); it is kept beside the first. Gives its id.

        `day` is when it was revised; None takes that of the form.
        """
        made: list[int] = []

        def act(writing: Writing) -> None:
            sheet = self.open(form)
            question = sheet.at(place)
            if question is None:
                raise errors.BadInput(reason=t(NOT_ASKED, item=place[1]))
            if not sheet.first_id:
                raise errors.BadInput(reason=t(NO_FIRST))
            as_answer = Answer(State.NOT_APPLICABLE) if value is None else Answer(State.SCORED, value)
            if why := refusal(sheet, question, as_answer):
                raise errors.BadInput(reason=why)
            new = revisions.add_revised_baseline(
                writing,
                sheet.first_id,
                item_id=question.item.id,
                person_id=question.person.id if question.person else None,
                value=value,
                day=day or form.day,
                reason=reason,
                note=note,
            )
            made[:] = [new]

        self._write(form, act)
        return made[0]

    def take_revision_back(self, form: Form, revision: int) -> None:
        """The first snapshot was right after all."""

        def act(writing: Writing) -> None:
            registering.drop_revision(writing, revision)

        self._write(form, act)

    # -- leaving -------------------------------------------------------------------------------------------------------

    def finish(self, form: Form) -> None:
        """It is finished: what was answered stands already. Where everything was taken back, nothing stays to be undone."""
        if not self.answers(form) and not self._revised(form):
            with contextlib.suppress(errors.CannotUndo):  # then somebody built on it, and it stays in the history
                self.discard(form)
        with self._file.note() as writing:
            drafts.put_draft(writing, self._key(form), "")

    def _revised(self, form: Form) -> bool:
        """Whether a start was revised since it was begun, which stands without any answer. Ids come in order of time."""
        family, changes = registering.family_id(self._file, form.family), self._draft(form).changes
        if family is None or not changes:
            return False
        return any(each.id > changes[0] for each in revisions.revised_baselines(self._file, family))

    def discard(self, form: Form) -> None:
        """Take back all that was stored for it, also in an earlier sitting. Raises CannotUndo where others built on it."""
        history = History(self._file)
        for change in reversed(self._draft(form).changes):
            try:
                history.undo(encode_id(change))
            except errors.NothingToUndo:
                continue  # it was undone before
        self._keep(form, "")

    # -- one change for one sitting ------------------------------------------------------------------------------------

    def _write(self, form: Form, act: Callable[[Writing], None]) -> None:
        draft = self._draft(form)
        newest = draft.changes[-1] if draft.changes else None
        try:
            self._write_once(draft, act, join=newest if newest == self._file.last_change() else None)
        except errors.StaleText:  # another window stored something in this very moment
            self._write_once(draft, act, join=None)

    def _write_once(self, draft: Draft, act: Callable[[Writing], None], *, join: int | None) -> None:
        family = registering.family_id(self._file, draft.form.family)
        with self._file.change(Act.SNAPSHOT, *([family] if family else []), join=join) as writing:
            before = registering.last_row(writing)
            act(writing)
            if registering.last_row(writing) > before:
                changes = draft.changes if join else (*draft.changes, writing.id)
                drafts.put_draft(writing, self._key(draft.form), replace(draft, changes=changes).dump())

    def _begin(self, writing: Writing, sheet: Sheet) -> int:
        from verhalen.exchange.score_plan import covering

        family = families.family_of(self._file, sheet.family)
        assert family is not None, "the sheet was made of it under the same lock"
        return store.add_snapshot(
            writing,
            family_id=family.id,
            instrument_id=sheet.instrument.id,
            day=sheet.day,
            assessor=sheet.assessor,
            trajectory_id=covering(family.trajectories, sheet.day),
        )

    def _draft(self, form: Form) -> Draft:
        kept = drafts.draft(self._file, self._key(form))
        return load_draft(kept) if kept else Draft(form)

    def _keep(self, form: Form, value: str) -> None:
        drafts.keep_draft(self._file, self._key(form), value)

    def _key(self, form: Form) -> str:
        return f"{_PREFIX}:{self._file.coder_id}:{form.key}"

    def _view_key(self) -> str:
        return f"{_PREFIX}:{self._file.coder_id}"
