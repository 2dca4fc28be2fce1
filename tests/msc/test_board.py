"""The story board: what filters and words find, what is counted, and what is remembered."""

from __future__ import annotations

import datetime as dt

from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.selecting import Candidate, Choice, RoundLevel, SelectionRound
from verhalen.model.story import Moment, Story, StoryAnswer, Voice
from verhalen.msc.board import (
    CHOSEN,
    NEVER,
    NONE,
    Facet,
    Order,
    View,
    board_story,
    count_words,
    load_view,
    shown,
    value_counts,
)

MOTHER = Voice("ouder", "moeder")
ASKED = Consent(Purpose.REPORT, Answer.YES, dt.date(2026, 10, 1), "Hanne")
ROUND = SelectionRound(
    "R1", "Herfst", RoundLevel.TEAM, dt.date(2026, 9, 1), dt.date(2026, 12, 1),
    candidates=(Candidate("V01"), Candidate("V02")), choices=(Choice("V02", "Omdat de bus telt."),),
)  # fmt: skip
BOARD = [
    board_story(
        Story(
            "V01", "G002", "Hij slaapt nu dóór.", StoryAnswer.POSITIVE, MOTHER, told=dt.date(2026, 3, 1),
            moment=Moment.HALFWAY, domains=("WON", "GEZ"), consents=(ASKED,), how="Een eigen kamer.",
        ),
        label="G002 (de vlinders)", rounds=[ROUND],
    ),
    board_story(
        Story(
            "V02", "G001", "De bus is afgeschaft.", StoryAnswer.NEGATIVE, MOTHER, told=dt.date(2026, 5, 1), domains=("WON",),
            others=(Voice("grootouder", "oma", language="fr", text="Zij kwam vroeger elke zondag."),),
        ),
        label="G001", points=("Ask for consent",), rounds=[ROUND], signals=["S1"],
    ),
    board_story(Story("V03", "G001", "Niets veranderde.", StoryAnswer.NONE, MOTHER), label="G001"),
]  # fmt: skip


def keys(view: View) -> list[str]:
    return [each.key for each in shown(BOARD, view)]


def test_words_find_the_begin_of_any_word_also_of_a_further_voice_and_whatever_the_accents() -> None:
    assert keys(View(words="door HIJ")) == ["V01"]
    assert keys(View(words="zondag")) == ["V02"]
    assert keys(View(words="vlinder")) == ["V01"]
    assert keys(View(words="laapt")) == []
    assert keys(View(words="g001 ")) == ["V02", "V03"]


def test_every_facet_cuts_down_and_the_order_is_by_day_or_family() -> None:
    assert keys(View()) == ["V02", "V01", "V03"]
    assert keys(View(order=Order.FAMILY)) == ["V02", "V03", "V01"]
    for facet, value, found in [
        (Facet.DOMAIN, "WON", ["V02", "V01"]),
        (Facet.DOMAIN, NONE, ["V03"]),
        (Facet.ANSWER, "geen", ["V03"]),
        (Facet.MOMENT, "halfweg", ["V01"]),
        (Facet.CONSENT, "ja", ["V01"]),
        (Facet.CONSENT, "niet_gevraagd", ["V02", "V03"]),
        (Facet.ROUND, "R1", ["V02", "V01"]),
        (Facet.ROUND, CHOSEN, ["V02"]),
        (Facet.ROUND, NEVER, ["V03"]),
        (Facet.TODO, "Ask for consent", ["V02"]),
        (Facet.LANGUAGE, "fr", ["V02"]),
        (Facet.FAMILY, "G001", ["V02", "V03"]),
        (Facet.YEAR, "2026", ["V02", "V01"]),
        (Facet.RECORDER, NONE, ["V02", "V01", "V03"]),
    ]:
        assert keys(View({facet: value})) == found, facet
    assert keys(View({Facet.DOMAIN: "WON", Facet.FAMILY: "G001"})) == ["V02"]


def test_values_are_counted_under_the_other_filters_and_what_is_not_said_comes_last() -> None:
    assert value_counts(BOARD, View(), Facet.DOMAIN) == {"GEZ": 1, "WON": 2, NONE: 1}
    assert list(value_counts(BOARD, View(), Facet.DOMAIN)) == ["GEZ", "WON", NONE]
    assert value_counts(BOARD, View({Facet.DOMAIN: "WON", Facet.ANSWER: "negatief"}), Facet.DOMAIN) == {"WON": 1}


def test_a_view_is_remembered_without_words_and_family_and_an_unreadable_one_is_none() -> None:
    view = View({Facet.DOMAIN: "WON", Facet.FAMILY: "G001"}, words="bus", order=Order.FAMILY, cards=True)
    assert "G001" not in view.dump()
    assert "bus" not in view.dump()
    assert load_view(view.dump()) == View({Facet.DOMAIN: "WON"}, order=Order.FAMILY, cards=True)
    assert [load_view(kept) for kept in ("", "[]", '{"chosen": {"x": "y"}}')] == [View(), View(), View()]


def test_a_round_says_whether_a_story_was_chosen_and_words_are_counted_as_people_do() -> None:
    assert [(one.key, one.chosen) for each in BOARD for one in each.rounds] == [("R1", False), ("R1", True)]
    assert BOARD[1].signals == ("S1",)
    assert count_words("'t Is 12/03, zei ze - foto's: 3,5 euro.") == 8
    assert count_words(" … ") == 0
