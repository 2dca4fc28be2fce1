"""Who told, and who is reached (methods.md D7)."""

from __future__ import annotations

import datetime as dt

import pytest

from verhalen import errors
from verhalen.analysis.coverage import better_against_worse, coverage, coverage_by
from verhalen.analysis.guard import balance
from verhalen.analysis.reach import NOTHING, reach, reach_by
from verhalen.model.family import Contact, Family, Person, Trajectory
from verhalen.model.story import Story, StoryAnswer, Voice


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
    found = better_against_worse(rows)
    assert found is not None
    assert found.value == pytest.approx(0.022, abs=0.0005)  # methods.md D7


def test_below_ten_families_nothing_is_tested() -> None:
    rows = coverage(["A", "B", "C"], {"A"}, {"A": 1, "B": -1, "C": -1})
    assert better_against_worse(rows) is None


def test_a_line_names_values_in_order_and_those_without_one_last() -> None:
    projects = {"A": "west", "B": "", "C": "Oost", "D": "west"}
    rows = coverage_by(projects, {"A", "C"}, projects.__getitem__)
    assert [(row.key, row.families, row.with_story, row.without) for row in rows] == [
        ("Oost", 1, 1, ()),
        ("west", 2, 1, ("D",)),
        ("", 1, 0, ("B",)),
    ]
    assert [row.ratio for row in rows] == [2.0, 1.0, 0.0]
    assert [row.is_skewed for row in rows] == [False, False, True]


def told(answer: StoryAnswer, *, negative: bool = True, reason: str = "") -> Story:
    return Story("V1", "A", "Iets.", answer, Voice("ouder"), asked_negative=negative, not_asked_reason=reason)


def test_no_bad_news_is_a_red_line_only_where_it_was_not_asked_everywhere() -> None:
    sunny = balance([told(StoryAnswer.POSITIVE, negative=False, reason="crisis"), told(StoryAnswer.NONE)])
    assert (sunny.stories, sunny.asked_positive, sunny.asked_negative) == (2, 2, 1)
    assert sunny.reasons == {"crisis": 1}
    assert sunny.is_too_sunny
    assert not balance([told(StoryAnswer.POSITIVE), told(StoryAnswer.NONE)]).is_too_sunny
    assert not balance([told(StoryAnswer.NEGATIVE), told(StoryAnswer.POSITIVE, negative=False)]).is_too_sunny
    assert not balance([]).is_too_sunny


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


YEAR = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
TODAY = dt.date(2026, 3, 1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def service() -> list[Family]:
    """Four families: one that runs, one that came back to another coach, one that refused, one that is planned."""
    child = Person("G1.kind1", "kind", "6-11", joined=day("2025-11-01"))
    gone = Person("G1.kind2", "kind", "12-17", left=day("2024-12-01"))
    runs = Trajectory(1, day("2025-01-01"), day("2024-12-02"), coach="Els", project="A", known="nieuw", referrer="OCMW")
    before = Trajectory(1, day("2024-03-01"), end=day("2024-09-01"), reason="gestopt", coach="Els", project="A")
    back = Trajectory(
        2, day("2025-03-01"), day("2025-03-11"), day("2025-05-09"), "doorverwezen", "Karim", "A", referred_on="CAW"
    )
    refused = Trajectory(
        1, day("2025-06-01"), day("2025-05-01"), day("2025-06-01"), "geweigerd", "Els", "B", known="ooit"
    )
    planned = Trajectory(1, day("2026-09-01"), coach="Els", project="B")
    return [
        Family("G1", "Oudermeer", persons=(child, gone), trajectories=(runs,), snapshots=2),
        Family("G2", "Lindebeke", trajectories=(before, back)),
        Family("G3", "Lindebeke", trajectories=(refused,), stories=1),
        Family("G4", "Oudermeer", trajectories=(planned,)),
    ]


CONTACTS = [
    *(("G1", Contact(dt.date(2025, month, 15), "huisbezoek")) for month in range(1, 13)),
    ("G1", Contact(day("2026-01-15"), "bericht")),  # after the period
    ("G2", Contact(day("2025-02-15"), "bericht")),  # before support
    *(("G2", Contact(day(f"2025-04-{number:02d}"), "bericht")) for number in (1, 8, 15, 22)),
]


def test_reach_counts_in_and_out_duration_waiting_and_contacts() -> None:
    found = reach_by(service(), YEAR, by="", contacts=CONTACTS, today=TODAY)[0].reach
    assert (found.keys, found.children, found.age_groups) == (("G1", "G2", "G3"), 1, {"6-11": 1})
    assert found.known == {"nieuw": 1, "": 1, "ooit": 1}
    assert (found.started, found.ended, found.back, found.refused, found.dropped_out) == (3, 2, 1, 1, 0)
    assert found.referred_on == {"CAW": 1}
    assert (found.lasted.n, found.lasted.median.value) == (1, 70)  # 1 March to 9 May; a refusal lasted nothing
    assert (found.running.n, found.running.median.value) == (1, 365)
    assert (found.waited.n, found.waited.median.value, found.wait_unknown) == (
        2,
        30.5,
        1,
    )  # one referral after the start
    assert (found.contacts, found.per_month.n, found.too_short) == (16, 2, 1)
    assert found.per_month.low == pytest.approx(12 / 365 * 30.4375)
    assert found.per_month.high == pytest.approx(4 / 70 * 30.4375)
    assert found.unseen == ("G2",)


def test_what_runs_is_counted_to_today_and_what_is_planned_not_at_all() -> None:
    found = reach(service(), None, today=TODAY)
    assert found.keys == ("G1", "G2", "G3")
    assert (found.running.n, found.running.median.value) == (1, 425)
    assert (found.started, found.ends) == (4, {"gestopt": 1, "doorverwezen": 1, "geweigerd": 1})


def test_nothing_to_count_stays_undefined() -> None:
    found = reach([], YEAR, today=TODAY)
    assert (found.families, found.lasted.median.reason, found.per_month.low) == (0, NOTHING, None)


def test_groups_come_by_name_and_a_family_of_two_coaches_counts_with_each() -> None:
    by_town = reach_by(service(), YEAR, by="municipality", contacts=CONTACTS, today=TODAY)
    assert [(each.group, each.reach.families) for each in by_town] == [("", 3), ("Lindebeke", 2), ("Oudermeer", 1)]
    by_coach = reach_by(service(), None, by="coach", contacts=CONTACTS, today=TODAY)
    assert [(each.group, each.reach.keys) for each in by_coach[1:]] == [("Els", ("G1", "G2", "G3")), ("Karim", ("G2",))]
    assert by_coach[2].reach.back == 1
    with pytest.raises(errors.BadInput):
        reach_by(service(), None, by="kleur", contacts=(), today=TODAY)
