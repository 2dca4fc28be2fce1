"""Sentences for numbers by the number of families behind them (methods.md D5), and how long lies between two moments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from tests.made_reports import FIRST, Made, report_data

from verhalen.i18n import language, set_language
from verhalen.privacy.clearance import Audience
from verhalen.privacy.inside import clear_before_noun, clear_codes
from verhalen.report.fill_inline import between, change_sentence
from verhalen.report.front import Front
from verhalen.report.placeholders import Placeholder
from verhalen.scores.pairs import NotPaired

HOUSING = Placeholder("verandering", {"groep": "wonen_geld"}, 3)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


def family(before: int, after: int) -> Made:
    """Debts before and after; stress stays."""
    return Made(
        "Lindebeke", "nieuw", "OCMW", FIRST, None, "", True, ((before, after, True), (3, 3, True)), NotPaired.TOO_SHORT
    )


def said(up: int, same: int, down: int, *, audience: Audience = Audience.COUNCIL) -> str:
    made = [family(2, 4)] * up + [family(3, 3)] * same + [family(4, 2)] * down
    return change_sentence(report_data(made, audience), HOUSING)[0].value


def test_nobody_followed_is_said_in_words() -> None:
    assert said(0, 0, 0) == "Wonen en geld: no family has scores at two moments yet."


def test_below_the_threshold_only_words() -> None:
    assert said(1, 0, 1).startswith("Wonen en geld: too few families to count.")


def test_up_to_nine_in_number_words_without_a_percentage() -> None:
    assert said(3, 3, 3) == (
        "Wonen en geld: better in three of the nine families, worse in three of the nine families."
    )


def test_from_ten_on_a_whole_percentage_with_its_count_and_where_it_points() -> None:
    assert said(8, 8, 4) == (
        "Wonen en geld: better in 8 of the 20 families (40%), worse in 4 of the 20 families (20%). That points to progress."
    )
    assert said(4, 8, 8).endswith("That points to a decline.")
    assert said(6, 8, 6).endswith("That does not point one way.")


def test_from_thirty_on_with_the_interval_and_in_this_group() -> None:
    # Wilson by hand, 24 of 40: (0.6 + 0.048) / 1.096 +- 0.144 = 0.446 to 0.737; 8 of 40: 0.105 to 0.348.
    assert said(24, 8, 8) == (
        "Wonen en geld: better in 24 of the 40 families (60%), by chance between 45 and 74%, "
        "worse in 8 of the 40 families (20%), by chance between 10 and 35%. "
        "In this group more families went forward than back."
    )


def test_a_hidden_worsening_never_vanishes() -> None:
    words = said(8, 10, 1)
    assert " 1 of" not in words
    assert "worse" in words
    assert "That points" not in words  # what is hidden gives no direction away


def test_before_a_noun_a_number_is_in_words_below_ten_and_bare_inside_the_team() -> None:
    council = {n: clear_before_noun(n, Audience.COUNCIL).value for n in (0, 2, 3, 9, 10, 24)}
    assert council == {0: "not any", 2: "a few", 3: "three", 9: "nine", 10: "10", 24: "24"}
    assert clear_before_noun(2, Audience.INTERNAL).value == "2"


def test_codes_of_families_are_for_the_team_only() -> None:
    inside = clear_codes(["G001", "G002"], Audience.INTERNAL)
    assert inside is not None
    assert inside.value == "G001, G002"
    assert clear_codes(["G001"], Audience.COUNCIL) is None


@pytest.mark.parametrize(
    ("days", "words"),
    [(None, "six months"), (365, "twelve months"), (92, "three months"), (21, "three weeks"), (45, "six weeks")],
)
def test_the_time_between_two_moments_is_said_in_months_or_weeks(days: int | None, words: str) -> None:
    front = Front(period=(FIRST, dt.date(2025, 12, 31)), days=days)
    assert between(report_data([], Audience.COUNCIL, front=front)).value == words
