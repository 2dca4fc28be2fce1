"""What a file of scores would change: decided against what is there, in two queries per instrument; then written at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from verhalen.exchange.score_heads import Place, Revised, Said, SnapshotKey
from verhalen.exchange.score_rows import Gathered
from verhalen.model.family import Family, Trajectory
from verhalen.model.instrument import Instrument
from verhalen.model.snapshot import Reason
from verhalen.store import registering, revisions, score_sheets
from verhalen.store import scores as store
from verhalen.store.project import ProjectFile, Writing

There = dict[tuple[int, int, int | None], tuple[int, str, int | None, str]]


@dataclass(slots=True)
class ScorePlan:
    """New and changed rows. Snapshots go by their number in the file until they are stored."""

    new_snapshots: dict[int, score_sheets.NewSnapshot] = field(default_factory=dict)
    ids: dict[int, int] = field(default_factory=dict)
    """Id of each snapshot that is there."""
    links: list[tuple[int, int]] = field(default_factory=list)
    """(snapshot, trajectory) ids: the trajectories came after the scores."""
    new: list[tuple[int, store.NewObservation]] = field(default_factory=list)
    reasons: dict[int, tuple[Reason, ...]] = field(default_factory=dict)
    """Of new observations, by their place in `new`."""
    changed: list[tuple[int, store.NewObservation, tuple[Reason, ...] | None]] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)
    """Notes of snapshots, by number."""
    revised: list[Revised] = field(default_factory=list)
    """Revised baselines that are not there."""
    unchanged: int = 0
    outside: int = 0
    """Snapshots on a day without support."""


def make_plan(
    project: ProjectFile | Writing,
    gathered: Gathered,
    said: Mapping[Place, Said],
    *,
    families: Sequence[Family],
    instruments: Sequence[Instrument],
) -> ScorePlan:
    """Compare what a file says with what is stored."""
    plan = ScorePlan()
    used = {place[0] for place in said} | gathered.notes.keys() | {each.snapshot for each in gathered.revised}
    keys = {number: key for key, number in gathered.snapshots.items() if number in used}
    current = {each.id: each.version for each in instruments}
    trajectories = {family.id: family.trajectories for family in families}
    there: There = {}
    reasons: dict[int, tuple[Reason, ...]] = {}
    for instrument in dict.fromkeys(key.instrument_id for key in keys.values()):
        mine = {number: key for number, key in keys.items() if key.instrument_id == instrument}
        stored = score_sheets.all_snapshots(project, instrument)
        for number, key in mine.items():
            version = gathered.versions.get(number, current[instrument])
            _plan_snapshot(plan, number, key, stored, trajectories, version)
        if any(number in plan.ids for number in mine):
            there |= score_sheets.all_observations(project, instrument)
            reasons |= revisions.all_reasons(project, instrument)
        _plan_revised(plan, project, instrument, [each for each in gathered.revised if each.snapshot in mine], mine)
    plan.notes = {number: note for number, note in gathered.notes.items() if note is not None}
    _plan_observations(plan, said, there, reasons)
    return plan


def _plan_snapshot(
    plan: ScorePlan,
    number: int,
    key: SnapshotKey,
    stored: Mapping[tuple[int, str, str], tuple[int, int | None]],
    trajectories: Mapping[int, Sequence[Trajectory]],
    version: int,
) -> None:
    trajectory = covering(trajectories.get(key.family_id, ()), key.day)
    plan.outside += trajectory is None
    found = stored.get((key.family_id, key.day.isoformat(), key.assessor.value))
    if found is None:
        plan.new_snapshots[number] = score_sheets.NewSnapshot(*key, trajectory, version)
        return
    plan.ids[number] = found[0]
    if found[1] is None and trajectory is not None:
        plan.links.append((found[0], trajectory))


def _plan_revised(
    plan: ScorePlan,
    project: ProjectFile | Writing,
    instrument: int,
    found: Sequence[Revised],
    keys: Mapping[int, SnapshotKey],
) -> None:
    """Keep those that are not there: by what they say, since of two snapshots of one day a file holds one."""
    if not found:
        return
    there = {
        (
            row.family_id,
            row.snapshot_day,
            row.assessor,
            row.item_id,
            row.person_id,
            row.value,
            row.day,
            row.reason,
            row.note.strip(),
        )
        for row in revisions.all_revised(project, instrument)
    }
    for each in dict.fromkeys(found):
        key = keys[each.snapshot]
        if (key.family_id, key.day, key.assessor.value, *each[1:-2], each.reason.value, each.note) not in there:
            plan.revised.append(each)


def _plan_observations(
    plan: ScorePlan, said: Mapping[Place, Said], there: There, reasons: Mapping[int, tuple[Reason, ...]]
) -> None:
    new, ids, make = plan.new, plan.ids, store.NewObservation
    for (number, item, person), (state, value, note, why) in said.items():
        found = there.get((ids[number], item, person)) if number in ids else None
        if found is None:
            if why:
                plan.reasons[len(new)] = why
            new.append((number, make(item, person, state, value, note or "")))
            continue
        observation, old_state, old_value, old_note = found
        # A cell never begins or ends with a blank: that is no other note.
        kept_note = old_note if note is None or note == old_note.strip() else note
        same = (old_state, old_value, old_note) == (state, value, kept_note)
        if same and (why is None or why == reasons.get(observation, ())):
            plan.unchanged += 1
        else:
            plan.changed.append((observation, make(item, person, state, value, kept_note), why))


def covering(trajectories: Sequence[Trajectory], day: dt.date) -> int | None:
    """The period of support in which a day falls; of two, the one that began later."""
    fitting = [each for each in trajectories if each.start <= day and (each.end is None or day <= each.end)]
    return max(fitting, key=lambda each: each.start).id if fitting else None


def store_plan(writing: Writing, plan: ScorePlan) -> None:
    """Write."""
    made = score_sheets.add_snapshots(writing, list(plan.new_snapshots.values()))
    ids = plan.ids | dict(zip(plan.new_snapshots, made, strict=True))
    for snapshot, trajectory in plan.links:
        store.link_trajectory(writing, snapshot, trajectory)
    for number, note in plan.notes.items():
        registering.set_snapshot_note(writing, ids[number], note)
    for each in plan.revised:
        revisions.add_revised_baseline(
            writing,
            ids[each.snapshot],
            item_id=each.item_id,
            person_id=each.person_id,
            value=each.value,
            day=each.day,
            reason=each.reason,
            note=each.note,
        )
    observations = store.add_observations(writing, [(ids[number], each) for number, each in plan.new])
    why = [(observations[place], reason) for place, reasons in plan.reasons.items() for reason in reasons]
    revisions.add_reasons(writing, why)
    for observation, new, reasons in plan.changed:
        store.change_observation(writing, observation, new)
        if reasons is not None:
            revisions.set_reasons(writing, observation, reasons)
