"""Other moments, other windows, other rules, other splits; the sentence that so many families allow; and what never changes."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verhalen.i18n import speaking
from verhalen.model.family import Family, Level, Trajectory
from verhalen.model.instrument import Instrument, Item
from verhalen.model.snapshot import Assessor, State
from verhalen.scores.change import Change, item_changes
from verhalen.scores.moments import At, FollowUp, Moments, Period, find_moments, one_per_family
from verhalen.scores.pairing import make_pairs, pair_views
from verhalen.scores.pairs import NotPaired, Rule
from verhalen.scores.research import research
from verhalen.scores.splitting import attribute_named, split_families, split_starts
from verhalen.scores.states import ObservationRow, Registration, histories
from verhalen.scores.views import Answers, gather, view_of, views_from
from verhalen.scores.windows import window_rows
from verhalen.scores.wording import change_sentence
from verhalen.statistics.outcome import Outcome

START = dt.date(2025, 1, 6)
DEBT = Item("schulden", "Schulden", Level.FAMILY, "INK")
STRESS = Item("stress", "Stress", Level.ADULT, "PSY")
BALANCE = Instrument("balans", "Balans", 1, "eigen", 1, 5, (DEBT, STRESS))
COACH = Assessor.COACH


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def registered(family: str, *days: int) -> list[Registration]:
    return [Registration(family, day(number), number + 1, COACH) for number in days]


# -- moments and windows ----------------------------------------------------------------------------------------------


def at_the_end(period: Period | None, *days: int) -> Moments:
    known = histories((), registered("G001", *days))
    (found,) = find_moments(known, [period] if period else [], assessor=COACH, at=At.END)
    return found


@pytest.mark.parametrize(
    ("end", "days", "expected"),
    [
        (300, (0, 182, 290), (FollowUp.IN_WINDOW, 290)),
        (300, (0, 182, 340), (FollowUp.IN_WINDOW, 340)),  # the last visit falls after the papers
        (300, (0, 182, 346), (FollowUp.IN_WINDOW, 182)),
        (300, (0,), (FollowUp.ONE_REGISTRATION, None)),
        (300, (0, 400), (FollowUp.TOO_SHORT, None)),
        (None, (0, 182), (FollowUp.RUNNING, None)),
    ],
)
def test_at_the_end_of_support_the_last_registration_counts(
    end: int | None, days: Sequence[int], expected: tuple[FollowUp, int | None]
) -> None:
    found = at_the_end(Period("G001", 1, START, day(end) if end else None), *days)
    assert (found.follow_up, found.t1) == (expected[0], None if expected[1] is None else day(expected[1]))


def test_at_the_end_a_family_without_a_trajectory_takes_its_last_registration() -> None:
    assert at_the_end(None, 0, 60).t1 == day(60)


def test_another_window_moves_who_was_seen_at_its_border() -> None:
    rows = [
        *registered("G001", 0, 130),
        *registered("G002", 0, 150),
        *registered("G003", 0, 182),
        *registered("G004", 0),
    ]
    found = window_rows(histories((), rows), [], assessor=COACH, windows=(30, 60))
    assert [(each.window, each.followed, each.too_short, each.moved) for each in found] == [
        (30, 1, 3, ("G002",)),
        (45, 2, 2, ()),
        (60, 3, 1, ("G001",)),
    ]


# -- a revised baseline -----------------------------------------------------------------------------------------------


def test_a_revised_baseline_flows_into_what_was_only_confirmed_or_carried() -> None:
    moments = Moments("G001", 1, dt.date.min, FollowUp.IN_WINDOW, day(0), day(182))
    snapshots = [
        Answers(day(0), [(None, "schulden"), ("G001.moeder", "stress"), ("G001.vader", "stress")], [4, 4, 4]),
        Answers(day(90), [(None, "schulden"), ("G001.moeder", "stress")], ["bevestigd", 3]),
    ]
    revisions = {(None, "schulden"): 2, ("G001.moeder", "stress"): 2, ("G001.vader", "stress"): None}
    views = gather([moments], {"G001": view_of(moments, snapshots, revisions)})

    def values(*, revised: bool) -> dict[str, tuple[int, int]]:
        pairs = pair_views(views, ["schulden", "stress"], revised=revised)
        return {item: (each.before, each.after) for item, found in pairs.by_item.items() for each in found.values()}

    assert values(revised=False) == {"schulden": (4, 4), "stress": (4, 3)}
    assert values(revised=True) == {"schulden": (2, 2), "stress": (2, 3)}


def test_only_a_followed_family_has_a_view() -> None:
    with pytest.raises(ValueError, match="two moments"):
        view_of(Moments("G001", 1, START, FollowUp.TOO_SHORT, START), [])


# -- rules ------------------------------------------------------------------------------------------------------------


def stress_pairs(rule: Rule, references: Mapping[str, Sequence[str]] | None = None) -> tuple[object, object]:
    rows = [
        ObservationRow("G001", f"G001.{who}", "stress", day(when), when + 1, COACH, State.SCORED, value)
        for who, before, after in (("moeder", 2, 4), ("vader", 3, 1))
        for when, value in ((0, before), (182, after))
    ]
    known = histories(rows)
    moments = find_moments(known, [], assessor=COACH)
    pairs = make_pairs(known, moments, ["stress"], assessor=COACH, rule=rule, references=references)
    return [(each.before, each.after, each.persons) for each in pairs.by_item["stress"].values()], pairs.gaps["stress"]


def test_the_reference_person_speaks_for_the_family() -> None:
    assert stress_pairs(Rule.REFERENCE, {"G001": ["G001.vader", "G001.moeder"]}) == ([(3, 1, 1)], {})
    assert stress_pairs(Rule.REFERENCE, {"G001": ["G001.kind1", "G001.moeder"]}) == ([(2, 4, 1)], {})
    nobody: tuple[object, object] = ([], {NotPaired.NO_REFERENCE: ("G001",)})
    assert stress_pairs(Rule.REFERENCE, {"G001": ["G001.kind1"]}) == nobody
    assert stress_pairs(Rule.REFERENCE) == nobody
    assert stress_pairs(Rule.LOWEST) == ([(2, 1, 2)], {})


# -- splits -----------------------------------------------------------------------------------------------------------


def test_families_are_split_in_order_of_the_name_with_the_unknown_last() -> None:
    families = {
        "G001": Family(
            "G001", "Zoersel", (("Gezinsvorm", "koppel"),), trajectories=(Trajectory(1, START, referrer="OCMW"),)
        ),
        "G002": Family("G002", "aalst", trajectories=(Trajectory(1, dt.date(2025, 7, 1), referrer="school"),)),
        "G003": Family("G003", "Brecht"),
    }
    moments = [Moments(each, 1, dt.date.min, FollowUp.IN_WINDOW, START, day(182)) for each in families]

    def split(name: str) -> list[tuple[str, set[str]]]:
        attribute = attribute_named(name, families.values())
        assert attribute is not None
        return list(split_families(families, moments, attribute).items())

    assert split("Gemeente") == [("aalst", {"G002"}), ("Brecht", {"G003"}), ("Zoersel", {"G001"})]
    assert split("referrer") == [("OCMW", {"G001"}), ("school", {"G002"}), ("", {"G003"})]
    assert split("period") == [("2025-1", {"G001", "G003"}), ("2025-2", {"G002"})]
    assert split("gezinsvorm") == [("koppel", {"G001"}), ("", {"G002", "G003"})]
    assert attribute_named("schoenmaat", families.values()) is None


# -- what may be said -------------------------------------------------------------------------------------------------


def change_of(up: int, same: int, down: int) -> Change:
    steps = [1] * up + [0] * same + [-1] * down
    rows = [
        ObservationRow(f"G{number:03}", None, "schulden", day(when), when + 1, COACH, State.SCORED, 3 + add)
        for number, step in enumerate(steps)
        for when, add in ((0, 0), (182, step))
    ]
    known = histories(rows)
    pairs = make_pairs(known, find_moments(known, [], assessor=COACH), ["schulden"], assessor=COACH)
    return item_changes(pairs, BALANCE)[0]


TWENTY = (
    "Forward: 8 of the 20 families (40%). Same: 8 of the 20 families (40%). Backward: 4 of the 20 families (20%). "
    "This points to more families forward than backward (dominance 0.20)."
)
FLAT = (
    "Forward: 1 of the 20 families (5%). Same: 18 of the 20 families (90%). Backward: 1 of the 20 families (5%). "
    "About as many families went forward as backward (dominance 0.00)."
)
PUBLISHED = (
    "Forward: 22 of the 56 families (39%). Same: 23 of the 56 families (41%). Backward: 11 of the 56 families (20%). "
    "In this group dominance is 0.20 (95% from 0.00 to 0.39, seed 20140115)."
)
NINE = "Forward: five of the nine families. Same: three of the nine families. Backward: one of the nine families."


@pytest.mark.parametrize(
    ("counts", "k", "words"),
    [
        ((0, 0, 0), 3, "No family has a score at both moments."),
        ((1, 1, 0), 3, "Too few families to count."),
        ((5, 3, 1), 3, NINE),
        ((8, 8, 4), 3, TWENTY),
        ((1, 18, 1), 1, FLAT),
        ((22, 23, 11), 5, PUBLISHED),
    ],
)
def test_as_many_families_as_there_are_so_much_may_be_said(counts: tuple[int, int, int], k: int, words: str) -> None:
    with speaking("en"):
        assert change_sentence(change_of(*counts), k=k) == words


# -- what always holds ------------------------------------------------------------------------------------------------

cells = st.one_of(st.integers(1, 5), st.sampled_from([each for each in State if each is not State.SCORED]))
observations = st.lists(
    st.tuples(
        st.sampled_from(["G001", "G002", "G003"]),
        st.sampled_from([None, "moeder", "vader"]),
        st.sampled_from([0, 60, 140, 182, 182, 230, 300]),
        cells,
    ),
    max_size=40,
    unique_by=lambda each: each[:3],
)


def rows_of(said: Sequence[tuple[str, str | None, int, int | State]]) -> list[ObservationRow]:
    return [
        ObservationRow(
            family,
            person and f"{family}.{person}",
            "stress" if person else "schulden",
            day(when),
            when + 1,
            COACH,
            cell if isinstance(cell, State) else State.SCORED,
            None if isinstance(cell, State) else cell,
        )
        for family, person, when, cell in said
    ]


@settings(max_examples=30, deadline=None)
@given(observations, st.sampled_from(list(Rule)), st.randoms(use_true_random=False))
def test_nothing_is_counted_twice_or_lost_in_whatever_order_it_comes(
    said: list[tuple[str, str | None, int, int | State]], rule: Rule, chance: object
) -> None:
    def changes(rows: Sequence[ObservationRow]) -> tuple[Change, ...]:
        known = histories(rows)
        moments = find_moments(known, [], assessor=COACH)
        pairs = make_pairs(known, moments, ["schulden", "stress"], assessor=COACH, rule=rule)
        for item in ("schulden", "stress"):
            starts = split_starts(pairs, item).values()
            assert sum(len(each.by_item[item]) for each in starts) == len(pairs.by_item[item])
        found = item_changes(pairs, BALANCE)
        parts = [item_changes(pairs.only({family}), BALANCE) for family in {row.family for row in rows}]
        for number, each in enumerate(found):
            assert each.up == sum(part[number].up for part in parts)
            assert each.n == sum(part[number].n for part in parts)
        return found

    rows = rows_of(said)
    found = changes(rows)
    for each in found:
        assert each.up + each.same + each.down == each.n
        assert each.same_confirmed + each.same_in_bulk + each.same_carried <= each.same
        gaps = [family for families in each.not_paired.values() for family in families]
        assert len(gaps) == len(set(gaps))
        assert each.n_families + len(gaps) == len({row.family for row in rows})
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert changes(shuffled) == found


@settings(max_examples=30, deadline=None)
@given(observations)
def test_columns_and_whole_histories_give_the_same_pictures(
    said: list[tuple[str, str | None, int, int | State]],
) -> None:
    rows = rows_of(said)
    known = histories(rows)
    moments = one_per_family(find_moments(known, [], assessor=COACH))
    viewed = {}
    for each in moments:
        if each.t1 is not None:
            days = sorted({row.day for row in rows if row.family == each.family and row.day <= each.t1})
            own = [[row for row in rows if row.family == each.family and row.day == when] for when in days]
            snapshots = [
                Answers(
                    when,
                    [(row.person, row.item) for row in them],
                    [row.state.value if row.value is None else row.value for row in them],
                )
                for when, them in zip(days, own, strict=True)
            ]
            viewed[each.family] = view_of(each, snapshots)
    ours, whole = gather(moments, viewed), views_from(known, moments, assessor=COACH)
    items = ["schulden", "stress"]
    assert pair_views(ours, items) == pair_views(whole, items)


# -- for researchers --------------------------------------------------------------------------------------------------


def test_researchers_get_ranks_intervals_and_a_threshold_as_scipy_has_them() -> None:
    stats = pytest.importorskip("scipy.stats")
    steps = [2, 1, 1, 1, 0, 0, -1, 1, 2, 1]
    rows = [
        ObservationRow(f"G{number:03}", None, "schulden", day(when), when + 1, COACH, State.SCORED, 3 + add)
        for number, step in enumerate(steps)
        for when, add in ((0, 0), (182, step))
    ]
    known = histories(rows)
    pairs = make_pairs(known, find_moments(known, [], assessor=COACH), ["schulden"], assessor=COACH)
    changes = item_changes(pairs, BALANCE)
    (found,) = research(pairs, changes, threshold=4)
    exact = stats.wilcoxon(steps, zero_method="pratt", method=stats.PermutationMethod(n_resamples=math.inf))
    assert found.wilcoxon_p.value == pytest.approx(exact.pvalue, abs=1e-9)
    assert found.holm_p == changes[0].sign_p.value == stats.binomtest(1, 8).pvalue
    ends = stats.binomtest(7, 10).proportion_ci(method="wilson")
    assert found.better.low == pytest.approx(ends.low)
    assert found.better.high == pytest.approx(ends.high)
    assert found.threshold is not None
    assert (found.threshold.before, found.threshold.after, found.threshold.gained, found.threshold.lost) == (0, 7, 7, 0)
    assert found.threshold.p.value == stats.binomtest(0, 7).pvalue


def test_per_person_and_in_small_groups_researchers_get_a_reason() -> None:
    change = change_of(2, 0, 1)
    rows = rows_of([("G001", "moeder", 0, 2), ("G001", "moeder", 182, 3)])
    known = histories(rows)
    pairs = make_pairs(known, find_moments(known, [], assessor=COACH), ["stress"], assessor=COACH, rule=Rule.PER_PERSON)
    (found,) = research(pairs, item_changes(pairs, BALANCE), threshold=3)
    assert found.wilcoxon_p.value is None
    assert found.better.low is None
    assert found.threshold is not None
    assert (found.threshold.gained, found.threshold.p.value) == (1, None)
    assert change.dominance == Outcome(1 / 3)
    assert research(pairs, [change])[0].dominance.reason == found.dominance.reason
