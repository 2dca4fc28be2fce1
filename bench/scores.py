"""Change of all items among 1,000 families, and how one family stands: `python -m bench.scores`."""

from __future__ import annotations

import datetime as dt
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.measure import Figure, show
from verhalen.api.project import Project, new_project
from verhalen.model.act import Act
from verhalen.model.family import Level, Person, Trajectory
from verhalen.model.snapshot import Assessor, State
from verhalen.store import families, scores

FAMILIES = 1_000
SNAPSHOTS = 8
OBSERVATIONS = 80
"""Of two adults and two children or so: a full Sociale Balans."""
INSTRUMENT = "sociale_balans"


def make_scores(folder: Path, *, count: int = FAMILIES) -> Project:
    """A project in which every family has eight snapshots, a quarter of a year apart, of eighty observations each."""
    project = new_project(folder, coder="bench", empty=True)
    chance = random.Random(5)
    instrument = project.scores.instrument(INSTRUMENT)
    for number in range(count):
        start = dt.date(2020, 1, 6) + dt.timedelta(days=number % 700)
        with project.file.change(Act.IMPORT_SCORES) as writing:
            family = families.add_family(writing, f"F{number:04}", municipality=f"Stad {number % 5}")
            trajectory = families.put_trajectory(writing, family, Trajectory(1, start, coach=f"coach {number % 9}"))
            persons = {
                level: [
                    families.put_person(writing, family, Person(f"F{number:04}.{level.value}{nth}", role))
                    for nth in (1, 2)
                ]
                for level, role in ((Level.ADULT, "ouder"), (Level.CHILD, "kind"))
            }
            places: list[tuple[int, int | None]] = [
                (item.id, person) for item in instrument.items for person in persons.get(item.level, [None])
            ]
            for nth in range(SNAPSHOTS):
                snapshot = scores.add_snapshot(
                    writing,
                    family_id=family,
                    instrument_id=instrument.id,
                    day=start + dt.timedelta(days=91 * nth),
                    assessor=Assessor.COACH,
                    trajectory_id=trajectory,
                )
                rows = []
                for item, person in places[:OBSERVATIONS]:
                    state = State.SCORED if not nth else chance.choice([State.SCORED, State.CONFIRMED])
                    value = chance.randrange(1, 6) if state is State.SCORED else None
                    rows.append((snapshot, scores.NewObservation(item, person, state, value, "")))
                scores.add_observations(writing, rows)
    return project


def figures(folder: Path) -> list[Figure]:
    """Each beside a raw `select` of all observations: what SQLite and Python take to hand over the same rows."""
    project = make_scores(folder / "scores")
    raw = cpu_ms(lambda: project.file.rows("select snapshot_id, item_id, person_id, state, value from observation"))
    count = project.file.number("select count(*) from observation")
    family = project.families.all()[FAMILIES // 2].key
    day = dt.date(2025, 1, 6)
    whole = f"among {count:,} observations"
    found = [
        Figure(f"change of all items {whole}, beside a raw select", cpu_ms(lambda: change(project)), raw, "1000 ms"),
        Figure(f"change by municipality {whole}", cpu_ms(lambda: change(project, by="gemeente")), raw, "2000 ms"),
        Figure(f"poverty index {whole}", cpu_ms(project.scores.poverty), raw, "2000 ms"),
        Figure(
            f"how one family stands {whole}",
            cpu_ms(lambda: project.families.standings(family, day=day), times=5),
            None,
            "50 ms",
        ),
    ]
    project.close()
    return found


def change(project: Project, *, by: str = "") -> int:
    """The table of change, loading included."""
    return len(project.scores.change(INSTRUMENT, by=by).rows)


def cpu_ms(act: Callable[[], object], *, times: int = 3) -> float:
    """Best processor time of a few runs: other programs on the machine take none of it."""
    found = []
    for _ in range(times):
        start = time.process_time()
        act()
        found.append((time.process_time() - start) * 1000)
    return min(found)


def main() -> None:
    """Run and print."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["VERHALEN_HOME"] = str(Path(name) / "home")
        show(figures(Path(name)))


if __name__ == "__main__":
    main()
