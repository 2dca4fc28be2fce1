"""Turns arranged anew: shares, merging, wrong splits undone, joining and cutting; and which names may be one voice."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verhalen import errors
from verhalen.model.text import Turn
from verhalen.model.turns import (
    drop_names,
    join_with_previous,
    label_start,
    merge_names,
    reassign,
    shares,
    split_turn,
)
from verhalen.model.voices import likely_same

TALK = (
    "Verslag van maandag\n\n"
    "Mieke: Ik ben er nu.\n"
    "Let op: de deur blijft open.\n"
    "Coach: Hoe gaat het?\n"
    "M.: Beter, zei ik.\n"
    "10:30\nIk moet zo weg.\n"
)


def turns_in(text: str) -> list[Turn]:
    """A turn for each line with a label before a colon, and for the words below a line with a time."""
    found = re.finditer(r"(?m)^(?:([^\n:]+): |(\d\d:\d\d)\n)(.+)$", text)
    return [Turn(match[1] or match[2], match.start(3), match.end(3), id=n) for n, match in enumerate(found, start=1)]


def said(text: str, turns: list[Turn]) -> list[tuple[str | None, str]]:
    return [(turn.speaker, text[turn.start : turn.stop]) for turn in turns]


def test_shares_count_turns_and_words_in_order_of_appearance() -> None:
    turns = merge_names(turns_in(TALK), {"M.": "Mieke"})
    found = shares(TALK, turns)
    assert [(each.name, each.turns, each.words) for each in found] == [
        ("Mieke", 2, 7),
        ("Let op", 1, 4),
        ("Coach", 1, 3),
        ("10:30", 1, 4),
    ]
    assert sum(each.share or 0 for each in found) == pytest.approx(1)
    assert found[0].share == pytest.approx(7 / 18)


def test_a_share_of_no_words_is_no_number() -> None:
    assert [each.share for each in shares("A: …", [Turn("A", 3, 4)])] == [None]


def test_merged_speakers_keep_their_turns_apart() -> None:
    turns = merge_names(turns_in(TALK), {"M.": "Mieke"})
    assert [turn.speaker for turn in turns] == ["Mieke", "Let op", "Coach", "Mieke", "10:30"]
    assert [turn.span for turn in turns] == [turn.span for turn in turns_in(TALK)]


def test_a_label_that_is_no_name_becomes_words_of_the_turn_before() -> None:
    turns = drop_names(TALK, turns_in(TALK), {"Let op", "10:30"})
    assert said(TALK, turns) == [
        ("Mieke", "Ik ben er nu.\nLet op: de deur blijft open."),
        ("Coach", "Hoe gaat het?"),
        ("M.", "Beter, zei ik.\n10:30\nIk moet zo weg."),
    ]


def test_a_first_label_that_is_no_name_gives_a_turn_of_nobody_with_the_label_in_it() -> None:
    text = "Titel\n\n  Let op: het begint.\nAnna: Ja.\n"
    turns = drop_names(text, turns_in(text), {"Let op", "  Let op"})
    assert said(text, turns) == [(None, "Let op: het begint."), ("Anna", "Ja.")]


def test_a_first_label_on_its_own_line_comes_along_and_a_title_above_it_does_not() -> None:
    text = "Titel\nPauze\nwe gaan verder.\n"
    start = text.index("we gaan")
    turn = Turn("Pauze", start, start + 15)
    assert said(text, drop_names(text, [turn], {"Pauze"})) == [(None, "Pauze\nwe gaan verder.")]
    assert label_start(text, Turn("Anna", start, start + 15)) == start


def test_joining_gives_the_words_to_the_speaker_before() -> None:
    turns = join_with_previous(turns_in(TALK), 3)
    assert said(TALK, turns)[2] == ("Coach", "Hoe gaat het?\nM.: Beter, zei ik.")
    with pytest.raises(errors.BadTurn):
        join_with_previous(turns, 0)


def test_a_cut_leaves_no_white_space_at_the_borders() -> None:
    at = TALK.index(" zei ik")
    turns = split_turn(TALK, turns_in(TALK), 3, at, speaker="Coach")
    assert said(TALK, turns)[3:5] == [("M.", "Beter,"), ("Coach", "zei ik.")]
    assert [turn.id for turn in turns] == [1, 2, 3, 4, 0, 5]


@pytest.mark.parametrize("words", ["Beter", "\n10:30"])
def test_a_cut_needs_words_on_both_sides(words: str) -> None:
    with pytest.raises(errors.BadTurn):
        split_turn(TALK, turns_in(TALK), 3, TALK.index(words), speaker=None)


def test_a_turn_can_be_given_to_somebody_else() -> None:
    assert reassign(turns_in(TALK), 1, "Mieke")[1].speaker == "Mieke"


# -- whatever the talk -----------------------------------------------------------------------------------------------

NAMES = ("Anna", "Let op", "M.", "10.30")


@st.composite
def talks(draw: st.DrawFn) -> tuple[str, list[Turn]]:
    """A talk of labelled lines, one after another, some over several lines."""
    text, turns = draw(st.sampled_from(["", "Kop\n\n", "  "])), []
    lines = st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from([": ", ":\n", "\t"]),
        st.text("ab é👩.\n", min_size=1, max_size=12).filter(lambda words: bool(words.strip())),
        st.sampled_from(["\n", "\n\n"]),
    )
    for name, gap, words, end in draw(st.lists(lines, min_size=1, max_size=8)):
        start = len(text) + len(name + gap)
        turns.append(Turn(name, start, start + len(words.strip())))
        text += f"{name}{gap}{words.strip()}{end}"
    return text, turns


@given(talks(), st.sets(st.sampled_from(NAMES)), st.integers(0, 9), st.integers(0, 200))
def test_turns_stay_in_order_apart_and_in_the_text_and_no_word_is_lost(
    talk: tuple[str, list[Turn]], names: set[str], index: int, at: int
) -> None:
    text, turns = talk
    made = [drop_names(text, turns, names), merge_names(turns, dict.fromkeys(names, "Anna"))]
    acts: list[Callable[[], list[Turn]]] = [
        lambda: join_with_previous(turns, index),
        lambda: split_turn(text, turns, index, at, speaker="B"),
        lambda: reassign(turns, index, None),
    ]
    for act in acts:
        try:
            made.append(act())
        except errors.BadTurn:
            continue
    letters = {place for turn in turns for place in range(turn.start, turn.stop) if not text[place].isspace()}
    for found in made:
        borders = [border for turn in found for border in (turn.start, turn.stop)]
        assert borders == sorted(borders)
        assert all(0 <= turn.start < turn.stop <= len(text) for turn in found)
        assert not any(text[turn.start].isspace() or text[turn.stop - 1].isspace() for turn in found)
        kept = {place for turn in found for place in range(turn.start, turn.stop)}
        assert letters <= kept


@given(talks(), st.sets(st.sampled_from(NAMES)))
def test_dropped_labels_are_words_again(talk: tuple[str, list[Turn]], names: set[str]) -> None:
    text, turns = talk
    found = drop_names(text, turns, names)
    assert {turn.speaker for turn in found} <= {turn.speaker for turn in turns} - names | {None}
    for turn in turns:
        if turn.speaker in names:
            place = text.rindex(turn.speaker or "", 0, turn.start)
            assert any(each.start <= place and turn.stop <= each.stop for each in found)


# -- who may be whom -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (["M.", "Mieke"], [("M.", "Mieke")]),
        (["Mieke", "M"], [("M", "Mieke")]),
        (["MIEKE", "Mieke"], [("Mieke", "MIEKE")]),
        (["Zoe", "Zoë"], [("Zoë", "Zoe")]),
        (["INT1", "INT 1", "int. 1"], [("INT 1", "INT1"), ("int. 1", "INT1")]),
        (["Els", "Els Maes"], [("Els", "Els Maes")]),
        (["Els M.", "Els Maes"], [("Els M.", "Els Maes")]),
        (["E.M.", "Els Maes", "Karim"], [("E.M.", "Els Maes")]),
        (["EM", "Els Maes"], [("EM", "Els Maes")]),
        (["Dr. Peeters", "Peeters"], [("Peeters", "Dr. Peeters")]),
        (["Interviewer", "Interviewer 1"], [("Interviewer", "Interviewer 1")]),
    ],
)
def test_names_that_may_be_one_voice_are_proposed(names: list[str], pairs: list[tuple[str, str]]) -> None:
    assert likely_same(names) == pairs


@pytest.mark.parametrize(
    "names",
    [
        ["M.", "Mieke", "Mohamed"],  # which of them?
        ["Els", "Els Maes", "Els Claes"],
        ["Interviewer", "Interviewer 1", "Interviewer 2"],
        ["Interviewer", "Interviewer 2"],  # the unnumbered one is the first
        ["R1", "R2"],
        ["R", "R1", "R2"],
        ["An", "Anna", "Anna Noels"],
        ["Mevr. Claes", "Dhr. Claes"],
        ["Claes", "Mevr. Claes", "Dhr. Claes"],
        ["M.", "Mevr. Claes"],
        ["Mevr.", "Mevr. Claes"],
        ["A", "B"],
        ["…", "!"],
    ],
)
def test_names_that_may_be_several_are_left_alone(names: list[str]) -> None:
    assert [pair for pair in likely_same(names) if pair != ("Anna", "Anna Noels")] == []


@given(st.lists(st.text("ABabé .1-", min_size=1, max_size=6), max_size=8))
def test_a_proposal_joins_two_names_that_are_there(names: list[str]) -> None:
    pairs = likely_same(names)
    assert len({name for name, _ in pairs}) == len(pairs)
    assert all(name in names and other in names and name != other for name, other in pairs)
