"""Import scores from long or wide tables: all rows or none, and again without doing anything twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from verhalen import errors
from verhalen.exchange.columns import RowError, Sheet, refuse, today
from verhalen.exchange.forgotten import without_forgotten
from verhalen.exchange.score_forms import read_form
from verhalen.exchange.score_rows import SYNONYMS, Place, Said, ScoreRows
from verhalen.exchange.tables import Table, read_table
from verhalen.i18n import mark
from verhalen.model.act import Act
from verhalen.model.family import Family, Trajectory
from verhalen.model.instrument import Instrument
from verhalen.model.text import Notice
from verhalen.store import families as family_store
from verhalen.store import scores as store
from verhalen.store.project import ProjectFile, Writing

OUTSIDE = mark("Snapshots outside every period of support of their family: {n}. They belong to no trajectory.")


@dataclass(frozen=True, slots=True)
class ScoreImport:
    """What an import of scores did. Counts are of the file; `new` and `unchanged` are of its observations."""

    families: int
    persons: int
    snapshots: int
    observations: int
    new: int
    unchanged: int
    warnings: tuple[Notice, ...]
    errors: tuple[RowError, ...]
    """Rows that were skipped, where that was asked."""

    @property
    def changed(self) -> int:
        """Observations that were there with another answer."""
        return self.observations - self.new - self.unchanged


def import_scores(
    project: ProjectFile,
    path: Path,
    *,
    instrument: str | None = None,
    skip_bad_rows: bool = False,
    latest: dt.date | None = None,
) -> ScoreImport:
    """Store the scores of a file in one change.

    Raises BadTable for rows with errors, unless they are to be skipped. Rows of one family, instrument, day and assessor
    are one snapshot; one that is there already is added to, and an answer that differs corrects the stored one.
    `latest` is the last day that is no future; today where it is not given.
    """
    instruments = {each.key: each for each in store.instruments(project)}
    table = without_forgotten(project, _read(path, instruments), SYNONYMS)
    if instrument is not None and instrument not in instruments:
        raise errors.UnknownInstrument(key=instrument)
    families = family_store.families(project)
    rows = ScoreRows(
        sheet=Sheet(table, SYNONYMS),
        families={family.key: family for family in families},
        instruments=instruments,
        default=instrument,
        latest=latest or today(),
    )
    rows.read()
    # A problem of the header is one of every row: there is nothing left to skip to.
    if not skip_bad_rows or any(problem.row <= 1 for problem in rows.sheet.problems):
        refuse([rows.sheet])
    said = dict(rows.good())
    stored = _store(project, said, families)
    return ScoreImport(
        families=len({place.family_id for place in said}),
        persons=len({place.person_id for place in said} - {None}),
        snapshots=len({place[:4] for place in said}),
        observations=len(said),
        new=stored.new,
        unchanged=stored.unchanged,
        warnings=(*table.notices, *rows.notices, *stored.notices),
        errors=tuple(rows.sheet.problems),
    )


def _read(path: Path, instruments: Mapping[str, Instrument]) -> Table:
    """The rows of a sheet, or of a form that was filled in in Word."""
    if path.suffix.lower() == ".docx":
        return read_form(path, instruments)
    return read_table(path)


@dataclass(slots=True)
class _Storing:
    """One import while it is written."""

    writing: Writing
    trajectories: Mapping[int, Sequence[Trajectory]]
    new: int = 0
    unchanged: int = 0
    outside: int = 0
    fresh: list[tuple[int, store.NewObservation]] = field(default_factory=list)

    @property
    def notices(self) -> list[Notice]:
        return [Notice(None, OUTSIDE, {"n": self.outside})] if self.outside else []

    def take(self, instrument_id: int, said: Iterable[tuple[Place, Said]]) -> None:
        """Everything that a file says of one instrument, against what is there: two queries, not one per row."""
        snapshots = store.all_snapshots(self.writing, instrument_id)
        there = store.all_observations(self.writing, instrument_id)
        numbers: dict[tuple[object, ...], int] = {}
        for place, answer in said:
            head = place[:4]
            if head not in numbers:
                numbers[head] = self._snapshot(place, snapshots)
            self._observe(numbers[head], place, answer, there)

    def _snapshot(self, place: Place, there: Mapping[tuple[int, str, str], tuple[int, int | None]]) -> int:
        trajectory = covering(self.trajectories.get(place.family_id, ()), place.day)
        self.outside += trajectory is None
        found = there.get((place.family_id, place.day.isoformat(), place.assessor.value))
        if found is None:
            return store.add_snapshot(
                self.writing,
                family_id=place.family_id,
                instrument_id=place.instrument_id,
                day=place.day,
                assessor=place.assessor,
                trajectory_id=trajectory,
            )
        number, linked = found
        if linked is None and trajectory is not None:
            # The trajectories came after the scores.
            store.link_trajectory(self.writing, number, trajectory)
        return number

    def _observe(
        self,
        snapshot: int,
        place: Place,
        said: Said,
        there: Mapping[tuple[int, int, int | None], tuple[int, str, int | None, str]],
    ) -> None:
        wanted = store.NewObservation(place.item_id, place.person_id, said.state, said.value, said.note)
        found = there.get((snapshot, place.item_id, place.person_id))
        if found is None:
            self.fresh.append((snapshot, wanted))
            self.new += 1
        elif found[1:] == (said.state.value, said.value, said.note):
            self.unchanged += 1
        else:
            store.change_observation(self.writing, found[0], wanted)


def covering(trajectories: Sequence[Trajectory], day: dt.date) -> int | None:
    """The period of support in which a day falls; of two, the one that began later."""
    fitting = [each for each in trajectories if each.start <= day and (each.end is None or day <= each.end)]
    return max(fitting, key=lambda each: each.start).id if fitting else None


def _store(project: ProjectFile, said: Mapping[Place, Said], families: Sequence[Family]) -> _Storing:
    by_instrument: dict[int, list[tuple[Place, Said]]] = {}
    for place, answer in said.items():
        by_instrument.setdefault(place.instrument_id, []).append((place, answer))
    with project.change(Act.IMPORT_SCORES, *by_instrument) as writing:
        storing = _Storing(writing, {family.id: family.trajectories for family in families})
        for instrument_id, part in by_instrument.items():
            storing.take(instrument_id, part)
        store.add_observations(writing, storing.fresh)
    return storing
