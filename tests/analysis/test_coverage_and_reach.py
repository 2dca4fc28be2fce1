"""Who told, and who is reached (methods.md D7)."""

from __future__ import annotations

import datetime as dt

from verhalen.analysis.coverage import coverage
from verhalen.analysis.reach import reach
from verhalen.model.family import Family, Person, Trajectory


def families_with(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{number:02d}" for number in range(count)]


def test_the_worked_example_of_methods_d7() -> None:
    better, worse = families_with("B", 22), families_with("W", 11)
    telling = set(better[:12]) | {worse[0]}
    rows = coverage(better + worse, telling, dict.fromkeys(better, 1) | dict.fromkeys(worse, -1))
    by_key = {row.key: row for row in rows}
    assert (by_key["up"].families, by_key["up"].with_story) == (22, 12)
    assert (by_key["down"].families, by_key["down"].with_story) == (11, 1)
    assert by_key["down"].is_skewed
    assert not by_key["up"].is_skewed
    assert len(by_key["down"].without) == 10


def test_no_families_give_no_ratio() -> None:
    assert all(row.ratio is None and row.families == 0 for row in coverage([], set(), {}))


def test_a_family_counts_when_its_support_touches_the_period() -> None:
    period = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    people = (Person("G1.moeder", "ouder"), Person("G1.kind1", "kind"))
    running = Family(
        "G1", "Oudermeer", persons=people, trajectories=(Trajectory(1, dt.date(2024, 5, 1), known="nieuw"),)
    )
    before = Family("G2", "Oudermeer", trajectories=(Trajectory(1, dt.date(2024, 1, 1), end=dt.date(2024, 6, 1)),))
    back = Family(
        "G3",
        "Lindebeke",
        trajectories=(
            Trajectory(1, dt.date(2024, 1, 1), end=dt.date(2024, 6, 1), known="nieuw"),
            Trajectory(2, dt.date(2025, 6, 1), known="gekend"),
        ),
    )
    found = reach([running, before, back], period)
    assert found.keys == ("G1", "G3")
    assert (found.families, found.children, found.started, found.ended) == (2, 1, 1, 0)
    assert found.known == {"nieuw": 1, "gekend": 1}
    assert found.municipalities == {"Oudermeer": 1, "Lindebeke": 1}
