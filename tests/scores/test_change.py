"""Change per item, life domain and group, with the edge cases of methods.md D3 and D4."""

import datetime as dt
from collections.abc import Mapping

import pytest

from verhalen.model.family import Level
from verhalen.model.instrument import DomainGroup, DomainList, Instrument, Item, LifeDomain
from verhalen.model.snapshot import Assessor, State
from verhalen.scores.change import (
    NO_PAIRS,
    ONLY_PER_ITEM,
    PER_PERSON,
    Change,
    changed_to_read,
    domain_changes,
    group_changes,
    item_changes,
    standings,
)
from verhalen.scores.moments import Period, find_moments
from verhalen.scores.pairing import make_pairs
from verhalen.scores.pairs import NotPaired, Pairs, Rule, Stay
from verhalen.scores.states import ObservationRow, histories
from verhalen.statistics.outcome import Outcome

START = dt.date(2025, 1, 6)
FOLLOW_UP = START + dt.timedelta(days=180)
HOME = Item("thuis", "Verblijfplaats", Level.FAMILY, "WON")
RENT = Item("huur", "Betaalbaarheid", Level.FAMILY, "WON")
DEBT = Item("schulden", "Schulden", Level.FAMILY, "INK")
STRESS = Item("stress", "Stress", Level.ADULT, "PSY")
YOUTH = Item("jeugdzorg", "Jeugdzorg", Level.CHILD, "NOD", note="Hulp die start, verlaagt de score.")
BUDGET = Item("budget", "Budget beheren", Level.ADULT, "INK", note="Hulp die start, verlaagt de score.")
BALANCE = Instrument("balans", "Balans", 1, "eigen", 1, 5, (HOME, RENT, DEBT, STRESS, YOUTH, BUDGET))
DOMAINS = DomainList(
    (DomainGroup("geld", "Wonen en geld"), DomainGroup("gezond", "Gezondheid"), DomainGroup("hulp", "Hulp")),
    (
        LifeDomain("WON", "Wonen", "geld"),
        LifeDomain("INK", "Inkomen", "geld"),
        LifeDomain("PSY", "Stress", "gezond"),
        LifeDomain("NOD", "Nood aan hulp", "hulp"),
    ),
)
Cell = int | State
"""A score, or a state without one."""


class Notebook:
    """Writes observations down as a coach would: family, day, and per item or (person, item) a score or a state."""

    def __init__(self) -> None:
        self.rows: list[ObservationRow] = []
        self.snapshots = 0

    def write(
        self,
        family: str,
        day: dt.date,
        cells: Mapping[str | tuple[str, str], Cell],
        *,
        assessor: Assessor = Assessor.COACH,
    ) -> None:
        self.snapshots += 1
        for place, cell in cells.items():
            person, item = (None, place) if isinstance(place, str) else (f"{family}.{place[0]}", place[1])
            state, value = (cell, None) if isinstance(cell, State) else (State.SCORED, cell)
            self.rows.append(ObservationRow(family, person, item, day, self.snapshots, assessor, state, value))

    def both(
        self,
        family: str,
        before: Mapping[str | tuple[str, str], Cell],
        after: Mapping[str | tuple[str, str], Cell],
    ) -> None:
        self.write(family, START, before)
        self.write(family, FOLLOW_UP, after)

    def pairs(self, *, rule: Rule = Rule.LOWEST, stays: Mapping[str, Stay] | None = None) -> Pairs:
        known = histories(self.rows)
        found = find_moments(known, [], assessor=Assessor.COACH)
        keys = [item.key for item in BALANCE.items]
        return make_pairs(known, found, keys, assessor=Assessor.COACH, rule=rule, stays=stays)

    def item(self, item: Item, *, rule: Rule = Rule.LOWEST, stays: Mapping[str, Stay] | None = None) -> Change:
        changes = item_changes(self.pairs(rule=rule, stays=stays), BALANCE)
        return next(each for each in changes if each.target == item.key)

    def domain(self, key: str) -> Change:
        return next(each for each in domain_changes(self.pairs(), BALANCE.items) if each.target == key)

    def group(self, key: str) -> Change:
        return next(each for each in group_changes(self.pairs(), BALANCE.items, DOMAINS) if each.target == key)


def up_same_down(change: Change) -> tuple[int, int, int]:
    return change.up, change.same, change.down


@pytest.fixture
def book() -> Notebook:
    return Notebook()


def test_the_published_classes_come_out(book: Notebook) -> None:
    steps = [1] * 22 + [0] * 23 + [-1] * 11
    for number, step in enumerate(steps):
        book.both(f"G{number:03}", {"schulden": 3}, {"schulden": 3 + step})
    change = book.item(DEBT)
    assert up_same_down(change) == (22, 23, 11)
    assert (change.n, change.n_families, change.n_persons) == (56, 56, 0)
    assert change.dominance.value == pytest.approx(0.196, abs=5e-4)
    assert change.sign_p.value == pytest.approx(0.0801, abs=5e-5)
    assert change.median_change == Outcome(0.0)


def test_without_pairs_nothing_is_defined(book: Notebook) -> None:
    change = book.item(DEBT)
    assert change.n == 0
    assert change.dominance == change.sign_p == change.median_change == Outcome(None, NO_PAIRS)


def test_when_nobody_changed_dominance_is_nought_and_p_is_one(book: Notebook) -> None:
    book.both("G001", {"schulden": 2}, {"schulden": 2})
    change = book.item(DEBT)
    assert (change.dominance, change.sign_p) == (Outcome(0.0), Outcome(1.0))


def test_the_same_is_split_into_confirmed_in_bulk_carried_and_scored_anew(book: Notebook) -> None:
    for family, again in (("G001", State.CONFIRMED), ("G002", State.CONFIRMED_IN_BULK), ("G003", 4)):
        book.both(family, {"schulden": 4}, {"schulden": again})
    book.both("G004", {"schulden": 4}, {"thuis": 3})
    change = book.item(DEBT)
    assert (change.same, change.same_confirmed, change.same_in_bulk, change.same_carried) == (4, 1, 1, 1)
    assert change.same_label == "same"


def test_a_look_between_the_two_days_counts_as_looked_again(book: Notebook) -> None:
    book.write("G001", START, {"schulden": 4})
    book.write("G001", START + dt.timedelta(days=90), {"schulden": State.CONFIRMED})
    book.write("G001", FOLLOW_UP, {"thuis": 2})
    change = book.item(DEBT)
    assert (change.same_confirmed, change.same_carried) == (1, 0)


def test_when_more_than_half_was_only_carried_it_is_not_called_the_same(book: Notebook) -> None:
    book.both("G001", {"schulden": 4}, {"schulden": 4})
    book.both("G002", {"schulden": 4}, {"thuis": 3})
    assert book.item(DEBT).same_label == "same"
    book.both("G003", {"schulden": 4}, {"thuis": 3})
    assert book.item(DEBT).same_label == "not looked at again"


def test_families_without_a_pair_are_listed_with_their_reason(book: Notebook) -> None:
    book.both("G001", {"schulden": State.NOT_APPLICABLE}, {"schulden": 3})
    book.both("G002", {"schulden": 3}, {"schulden": State.NOT_APPLICABLE})
    book.both("G003", {"schulden": State.NOT_APPLICABLE}, {"thuis": 3})
    book.both("G004", {"schulden": State.UNKNOWN}, {"thuis": 3})
    book.both("G005", {"thuis": 3}, {"schulden": 3})
    book.both("G006", {"thuis": 3}, {"thuis": 3})
    book.write("G007", START, {"schulden": 3})
    book.write("G008", START, {"schulden": 3})
    book.write("G008", START + dt.timedelta(days=30), {"schulden": 4})
    book.write("G009", START, {"schulden": 3})
    book.write("G009", FOLLOW_UP, {"schulden": 4}, assessor=Assessor.PARENT)
    change = book.item(DEBT)
    assert change.n == 0
    assert change.not_paired == {
        NotPaired.NVT_TO_SCORE: ("G001",),
        NotPaired.SCORE_TO_NVT: ("G002",),
        NotPaired.NOT_APPLICABLE: ("G003",),
        NotPaired.UNKNOWN: ("G004",),
        NotPaired.NOT_AT_BASELINE: ("G005",),
        NotPaired.NEVER: ("G006",),
        NotPaired.ONE_REGISTRATION: ("G007",),
        NotPaired.TOO_SHORT: ("G008",),
        NotPaired.OTHER_ASSESSOR: ("G009",),
    }


def test_a_family_without_a_registration_in_the_window_is_counted_apart(book: Notebook) -> None:
    book.write("G001", START, {"schulden": 3})
    book.write("G001", START + dt.timedelta(days=100), {"schulden": 4})
    book.write("G001", START + dt.timedelta(days=300), {"schulden": 5})
    change = book.item(DEBT)
    assert (up_same_down(change), change.after_window) == ((1, 0, 0), 1)


def test_who_began_at_the_bottom_or_the_top_is_counted(book: Notebook) -> None:
    for number, start in enumerate([1, 5, 5, 3]):
        book.both(f"G{number:03}", {"schulden": start}, {"schulden": start})
    change = book.item(DEBT)
    assert (change.at_floor, change.at_ceiling) == (1, 2)


@pytest.mark.parametrize(
    ("rule", "expected"), [(Rule.LOWEST, (0, 1, 0)), (Rule.MEDIAN, (0, 0, 1)), (Rule.BEST, (1, 0, 0))]
)
def test_the_rule_for_families_decides(book: Notebook, rule: Rule, expected: tuple[int, int, int]) -> None:
    # 2, 4, 4 becomes 2, 3, 5.
    book.both(
        "G001",
        {("moeder", "stress"): 2, ("vader", "stress"): 4, ("oma", "stress"): 4},
        {("moeder", "stress"): State.CONFIRMED, ("vader", "stress"): 3, ("oma", "stress"): 5},
    )
    change = book.item(STRESS, rule=rule)
    assert up_same_down(change) == expected
    assert (change.n_families, change.n_persons) == (1, 3)


def test_the_middle_of_two_persons_is_the_lower(book: Notebook) -> None:
    book.both("G001", {("moeder", "stress"): 2, ("vader", "stress"): 4}, {("vader", "stress"): 1})
    assert book.pairs(rule=Rule.MEDIAN).by_item["stress"]["G001", None][:2] == (2, 1)


def test_per_person_counts_persons_and_tests_nothing(book: Notebook) -> None:
    book.both("G001", {("moeder", "stress"): 2, ("vader", "stress"): 4}, {("moeder", "stress"): 3})
    change = book.item(STRESS, rule=Rule.PER_PERSON)
    assert up_same_down(change) == (1, 1, 0)
    assert (change.n, change.n_families, change.n_persons) == (2, 1, 2)
    assert change.sign_p == Outcome(None, PER_PERSON)


def test_a_person_who_joins_is_left_out_of_the_pair_and_counted(book: Notebook) -> None:
    book.both("G001", {("moeder", "stress"): 3}, {("moeder", "stress"): 4, ("partner", "stress"): 1})
    change = book.item(STRESS)
    assert (up_same_down(change), change.composition_changed, change.n_persons) == ((1, 0, 0), 1, 1)


def test_a_person_who_left_is_not_carried_into_the_follow_up(book: Notebook) -> None:
    book.both("G001", {("moeder", "stress"): 3, ("partner", "stress"): 1}, {("moeder", "stress"): 2})
    gone = {"G001.partner": Stay(None, START + dt.timedelta(days=60))}
    assert up_same_down(book.item(STRESS)) == (0, 1, 0)
    change = book.item(STRESS, stays=gone)
    assert (up_same_down(change), change.composition_changed) == ((0, 0, 1), 1)


def test_a_family_with_nobody_there_at_both_moments_has_no_pair(book: Notebook) -> None:
    book.both("G001", {"thuis": 3}, {("partner", "stress"): 1})
    assert book.item(STRESS).not_paired == {NotPaired.COMPOSITION: ("G001",)}


def test_of_two_trajectories_the_latest_that_was_followed_counts_once(book: Notebook) -> None:
    again = START + dt.timedelta(days=800)
    third = START + dt.timedelta(days=1600)
    book.both("G001", {"schulden": 1}, {"schulden": 2})
    book.write("G001", again, {"schulden": 4})
    book.write("G001", again + dt.timedelta(days=180), {"schulden": 2})
    book.write("G001", third, {"schulden": 5})
    periods = [Period("G001", 1, START), Period("G001", 2, again), Period("G001", 3, third)]
    known = histories(book.rows)
    found = find_moments(known, periods, assessor=Assessor.COACH)
    pairs = make_pairs(known, found, ["schulden"], assessor=Assessor.COACH)
    assert [(each.before, each.after) for each in pairs.by_item["schulden"].values()] == [(4, 2)]
    assert pairs.unfollowed == {}


def test_a_value_of_an_earlier_trajectory_is_not_carried_into_the_next(book: Notebook) -> None:
    again = START + dt.timedelta(days=800)
    book.write("G001", START, {"schulden": 1})
    book.write("G001", again, {"thuis": 4})
    book.write("G001", again + dt.timedelta(days=180), {"schulden": 3})
    known = histories(book.rows)
    found = find_moments(known, [Period("G001", 1, START), Period("G001", 2, again)], assessor=Assessor.COACH)
    pairs = make_pairs(known, found, ["schulden"], assessor=Assessor.COACH)
    assert pairs.gaps["schulden"] == {NotPaired.NOT_AT_BASELINE: ("G001",)}


def test_a_life_domain_goes_with_the_sum_of_its_items(book: Notebook) -> None:
    book.both("G001", {"thuis": 2, "huur": 2}, {"thuis": 5, "huur": 2})
    book.both("G002", {"thuis": 2, "huur": 2}, {"thuis": 1, "huur": 2})
    book.both("G003", {"thuis": 2, "huur": 2}, {"thuis": 5, "huur": 1})
    book.both("G004", {"thuis": 2, "huur": 2}, {"thuis": State.CONFIRMED, "huur": State.CONFIRMED})
    change = book.domain("WON")
    assert up_same_down(change) == (1, 2, 1)
    assert (change.mixed, change.same_confirmed) == (1, 1)
    assert change.median_change == Outcome(None, ONLY_PER_ITEM)


def test_a_domain_with_one_item_paired_counts_on_that_item(book: Notebook) -> None:
    book.both("G001", {"thuis": 2}, {"thuis": 3, "huur": 1})
    assert up_same_down(book.domain("WON")) == (1, 0, 0)


def test_a_domain_is_carried_when_more_than_half_of_its_items_were(book: Notebook) -> None:
    book.both("G001", {"thuis": 2, "huur": 2, "schulden": 3}, {"schulden": State.CONFIRMED})
    assert book.domain("WON").same_carried == 1
    assert book.group("geld").same_carried == 1
    book.both("G002", {"thuis": 2, "huur": 2}, {"huur": State.CONFIRMED_IN_BULK})
    assert (book.domain("WON").same_carried, book.domain("WON").same_in_bulk) == (1, 1)


def test_items_that_need_reading_take_no_part_and_are_counted_apart(book: Notebook) -> None:
    book.both(
        "G001",
        {"schulden": 2, ("moeder", "budget"): 5, ("kind1", "jeugdzorg"): 5},
        {"schulden": 3, ("moeder", "budget"): 1, ("kind1", "jeugdzorg"): 1},
    )
    money, need = book.domain("INK"), book.domain("NOD")
    assert (up_same_down(money), money.to_read, money.to_read_n) == ((1, 0, 0), 1, 1)
    assert (need.n, need.to_read, need.dominance) == (0, 1, Outcome(None, NO_PAIRS))
    assert need.not_paired == {NotPaired.NOTHING_PAIRED: ("G001",)}
    assert changed_to_read(book.pairs(), [YOUTH]) == ({"G001"}, {"G001"})


def test_an_item_that_needs_reading_says_so(book: Notebook) -> None:
    book.both("G001", {("kind1", "jeugdzorg"): 5}, {("kind1", "jeugdzorg"): 1})
    change = book.item(YOUTH)
    assert change.flag == "Hulp die start, verlaagt de score."
    assert (change.down, change.to_read, change.to_read_n) == (1, 1, 1)
    assert book.item(DEBT).flag == ""


def test_a_group_sums_the_items_of_its_life_domains(book: Notebook) -> None:
    book.both("G001", {"thuis": 2, "schulden": 3}, {"thuis": 3, "schulden": 2})
    book.both("G002", {"thuis": 2, "schulden": 3}, {"thuis": 3, "schulden": 5})
    change = book.group("geld")
    assert (up_same_down(change), change.mixed) == ((1, 1, 0), 1)
    assert [each.target for each in group_changes(book.pairs(), BALANCE.items, DOMAINS)] == ["geld", "gezond", "hulp"]


def test_each_family_has_its_standing_for_the_join(book: Notebook) -> None:
    book.both("G001", {"thuis": 2, "huur": 2}, {"thuis": 1, "huur": 1})
    found = standings(book.pairs(), [HOME, RENT])
    assert found["G001", None].direction == -1
    assert ("G002", None) not in found
