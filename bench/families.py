"""The page of one family among many, beside the bare queries of its rows: `python -m bench.families`."""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.measure import Figure, show
from verhalen.api.project import Project, new_project
from verhalen.i18n import set_language
from verhalen.model.act import Act
from verhalen.model.family import Level, Person, Trajectory
from verhalen.model.snapshot import Assessor, State
from verhalen.store import families, scores
from verhalen.tui.family_page import family_page

FAMILIES = 1_000
SNAPSHOTS = 8
OBSERVATIONS = 80
START = dt.date(2024, 1, 8)
TODAY = dt.date(2026, 3, 2)


def make(folder: Path) -> Project:
    """Families of two adults and two children, each with snapshots of so many observations."""
    project = new_project(folder, coder="Els")
    instrument = project.scores.instrument("sociale_balans")
    states = [State.SCORED, State.CONFIRMED, State.CONFIRMED_IN_BULK, State.SCORED]
    with project.file.change(Act.IMPORT_SCORES) as writing:
        for number in range(FAMILIES):
            key = f"G{number:04d}"
            family = families.add_family(writing, key, municipality="Oudermeer")
            people = [
                (families.put_person(writing, family, Person(f"{key}.{member}", role)), level)
                for member, role, level in (
                    ("moeder", "ouder", Level.ADULT),
                    ("vader", "ouder", Level.ADULT),
                    ("kind1", "kind", Level.CHILD),
                    ("kind2", "kind", Level.CHILD),
                )
            ]
            families.put_trajectory(writing, family, Trajectory(1, START, coach="Els"))
            about: list[tuple[int, int | None]] = [
                (item.id, None) for item in instrument.items if item.level is Level.FAMILY
            ]
            about += [(item.id, who) for item in instrument.items for who, level in people if item.level is level]
            rows = []
            for time_ in range(SNAPSHOTS):
                snapshot = scores.add_snapshot(
                    writing,
                    family_id=family,
                    instrument_id=instrument.id,
                    day=START + dt.timedelta(days=92 * time_),
                    assessor=Assessor.COACH,
                    trajectory_id=None,
                )
                for at, (item, who) in enumerate(about[:OBSERVATIONS]):
                    state = State.SCORED if time_ == 0 else states[(at + time_) % len(states)]
                    value = 1 + (at + time_) % 5 if state is State.SCORED else None
                    rows.append((snapshot, scores.NewObservation(item, who, state, value, "")))
            scores.add_observations(writing, rows)
    return project


def raw(project: Project, key: str) -> list[object]:
    """The rows of the page and nothing else."""
    found = project.file.rows("select id from family where key = ?", (key,))
    number = (found[0][0],)
    sql = """
        select snapshot_id, item.key, person.key, state, value, observation.note
        from observation join item on item.id = item_id left join person on person.id = person_id
        where snapshot_id in (select id from snapshot where family_id = ?) order by item.position, person_id"""
    return [
        project.file.rows(sql, number),
        project.file.rows("select * from snapshot where family_id = ? order by day", number),
        project.file.rows("select * from person where family_id = ?", number),
        project.file.rows("select * from trajectory where family_id = ?", number),
        project.file.rows("select * from contact where family_id = ?", number),
    ]


def process_ms(act: Callable[[], object], *, times: int) -> float:
    """The fastest of a few runs in time of this process alone: other programs do not count."""
    found = []
    for _ in range(times):
        start = time.process_time()
        act()
        found.append((time.process_time() - start) * 1000)
    return min(found)


def figures(folder: Path) -> list[Figure]:
    """The page from the file to its lines."""
    set_language("nl")
    with make(folder / "families") as project:
        key = f"G{FAMILIES // 2:04d}"
        count = len(list(family_page(project, key, today=TODAY, width=90)))
        assert count > OBSERVATIONS
        ours = process_ms(lambda: list(family_page(project, key, today=TODAY, width=90)), times=20)
        bare = process_ms(lambda: raw(project, key), times=20)
        everybody = process_ms(project.families.all, times=3)
    size = f"{FAMILIES:,} families x {SNAPSHOTS} snapshots x {OBSERVATIONS} observations"
    return [
        Figure(f"the page of one of {size}", ours, bare, "50 ms"),
        Figure(f"the list of {FAMILIES:,} families", everybody, None, "part of 500 ms"),
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        show(figures(Path(name)))
