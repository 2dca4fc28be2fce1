"""States of an item on a day, and the two moments of a trajectory."""

import datetime as dt

import pytest

from verhalen.model.snapshot import Assessor, State
from verhalen.scores.moments import FollowUp, Moments, Period, find_moments
from verhalen.scores.states import NEVER, CellState, Histories, Kind, ObservationRow, Registration, histories

START = dt.date(2025, 1, 6)
STRESS = ("G012.moeder", "stress")


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def row(
    number: int,
    state: State,
    value: int | None = None,
    *,
    snapshot: int | None = None,
    assessor: Assessor = Assessor.COACH,
    family: str = "G012",
) -> ObservationRow:
    return ObservationRow(
        family, f"{family}.moeder", "stress", day(number), snapshot or number + 1, assessor, state, value
    )


def scored(number: int, value: int, *, snapshot: int | None = None) -> ObservationRow:
    return row(number, State.SCORED, value, snapshot=snapshot)


def state_on(number: int, *rows: ObservationRow) -> CellState:
    history = histories(rows).of("G012", Assessor.COACH)
    assert history is not None
    return history.at(day(number))[STRESS]


def test_before_the_first_registration_an_item_was_never_registered() -> None:
    assert state_on(4, scored(5, 3)) == NEVER


def test_on_its_own_day_a_score_is_a_score() -> None:
    assert state_on(5, scored(5, 3)) == CellState(Kind.SCORED, 3, 0, Kind.SCORED)


def test_later_a_score_is_carried_with_its_age() -> None:
    assert state_on(95, scored(5, 3)) == CellState(Kind.CARRIED, 3, 90, Kind.SCORED)


def test_a_confirmation_renews_the_age_and_takes_the_value_from_before() -> None:
    rows = [scored(0, 3), row(90, State.CONFIRMED)]
    assert state_on(90, *rows) == CellState(Kind.CONFIRMED, 3, 0, Kind.CONFIRMED)
    assert state_on(100, *rows) == CellState(Kind.CARRIED, 3, 10, Kind.CONFIRMED)


def test_a_domain_confirmed_with_one_key_is_told_apart() -> None:
    assert state_on(90, scored(0, 3), row(90, State.CONFIRMED_IN_BULK)).kind is Kind.CONFIRMED_IN_BULK


def test_a_corrected_earlier_score_flows_through_its_confirmations() -> None:
    before = state_on(90, scored(0, 3), row(90, State.CONFIRMED))
    after = state_on(90, scored(0, 2), row(90, State.CONFIRMED))
    assert (before.value, after.value) == (3, 2)


def test_not_applicable_ends_the_carry() -> None:
    rows = [scored(0, 3), row(60, State.NOT_APPLICABLE)]
    assert state_on(90, *rows) == CellState(Kind.NOT_APPLICABLE, None, None, None)
    assert state_on(90, *rows, row(80, State.CONFIRMED)).kind is Kind.NOT_APPLICABLE
    assert state_on(90, *rows, scored(80, 4)).value == 4


def test_unknown_does_not_end_the_carry_and_the_age_goes_on() -> None:
    assert state_on(90, scored(0, 3), row(60, State.UNKNOWN)) == CellState(Kind.CARRIED, 3, 90, Kind.SCORED)


def test_unknown_without_an_earlier_score_has_no_value() -> None:
    assert state_on(90, row(60, State.UNKNOWN)) == CellState(Kind.UNKNOWN, None, None, None)


def test_a_confirmation_of_nothing_confirms_nothing() -> None:
    assert state_on(90, row(60, State.CONFIRMED)) == NEVER


def test_of_two_snapshots_on_one_day_the_later_id_counts_with_a_warning() -> None:
    rows = [scored(10, 4, snapshot=8), scored(10, 2, snapshot=7)]
    assert state_on(10, *rows).value == 4
    (warning,) = histories(rows).warnings
    assert warning.values == {"family": "G012", "day": "2025-01-16"}


def test_two_assessors_on_one_day_give_no_warning_and_two_histories() -> None:
    rows = [scored(10, 4, snapshot=7), row(10, State.SCORED, 2, snapshot=8, assessor=Assessor.PARENT)]
    found = histories(rows)
    parent = found.of("G012", Assessor.PARENT)
    assert found.warnings == ()
    assert parent is not None
    assert parent.at(day(10))[STRESS].value == 2
    assert state_on(10, *rows).value == 4


def test_rows_may_come_in_any_order() -> None:
    rows = [row(90, State.CONFIRMED), scored(30, 5), scored(0, 1)]
    assert state_on(90, *rows) == CellState(Kind.CONFIRMED, 5, 0, Kind.CONFIRMED)


# -- baseline and follow-up --------------------------------------------------------------------------------------------


def registered(*numbers: int, assessor: Assessor = Assessor.COACH) -> list[ObservationRow]:
    return [
        row(number, State.SCORED, 3, snapshot=100 + number + 1000 * list(Assessor).index(assessor), assessor=assessor)
        for number in numbers
    ]


def moments(known: Histories, *periods: Period, days: int = 182, window: int = 45) -> list[Moments]:
    return find_moments(known, periods, assessor=Assessor.COACH, days=days, window=window)


def only(*numbers: int) -> tuple[FollowUp, dt.date | None]:
    (found,) = moments(histories(registered(*numbers)), Period("G012", 1, START))
    return found.follow_up, found.t1


def test_the_registration_nearest_to_day_182_is_the_follow_up() -> None:
    assert only(0, 150, 175, 195) == (FollowUp.IN_WINDOW, day(175))


def test_a_tie_goes_to_the_later() -> None:
    assert only(0, 172, 192) == (FollowUp.IN_WINDOW, day(192))


@pytest.mark.parametrize("number", [137, 227])
def test_the_window_holds_its_borders(number: int) -> None:
    assert only(0, number) == (FollowUp.IN_WINDOW, day(number))


def test_with_a_registration_only_after_the_window_the_state_on_day_182_counts() -> None:
    assert only(0, 60, 228) == (FollowUp.AFTER_WINDOW, day(182))


def test_without_a_registration_on_or_after_day_137_it_was_too_short() -> None:
    assert only(0, 60, 136) == (FollowUp.TOO_SHORT, None)


def test_one_registration_only_is_told_apart() -> None:
    assert only(0) == (FollowUp.ONE_REGISTRATION, None)


def test_day_and_window_are_settings() -> None:
    (found,) = moments(histories(registered(0, 182, 360)), Period("G012", 1, START), days=365, window=30)
    assert found.t1 == day(360)


def test_each_trajectory_has_its_own_baseline() -> None:
    known = histories(registered(0, 180, 800, 985))
    first, second = moments(known, Period("G012", 1, START), Period("G012", 2, day(790)))
    assert (first.t0, first.t1) == (day(0), day(180))
    assert (second.t0, second.t1, second.since) == (day(800), day(985), day(790))


def test_an_intake_before_the_papers_belongs_to_the_first_trajectory() -> None:
    (found,) = moments(histories(registered(0, 180)), Period("G012", 1, day(14)))
    assert (found.t0, found.t1) == (day(0), day(180))


def test_a_family_without_registrations_is_counted() -> None:
    (found,) = moments(histories([]), Period("G031", 1, START))
    assert (found.follow_up, found.t0) == (FollowUp.NO_REGISTRATION, None)


def test_scores_without_a_trajectory_count_as_one() -> None:
    (found,) = moments(histories(registered(0, 180)))
    assert (found.family, found.ordinal, found.t1) == ("G012", 1, day(180))


def test_different_assessors_are_never_a_pair_and_are_said_to_be_so() -> None:
    known = histories([*registered(0), *registered(180, assessor=Assessor.PARENT)])
    (found,) = moments(known, Period("G012", 1, START))
    assert (found.follow_up, found.t1) == (FollowUp.OTHER_ASSESSOR, None)


def test_a_snapshot_in_which_nothing_had_changed_is_a_registration() -> None:
    known = histories(registered(0), [Registration("G012", day(180), 900, Assessor.COACH)])
    (found,) = moments(known, Period("G012", 1, START))
    assert (found.follow_up, found.t1) == (FollowUp.IN_WINDOW, day(180))
