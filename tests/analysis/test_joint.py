"""Words and numbers side by side: counting, directions, suggestions (methods.md D8)."""

from __future__ import annotations

import pytest

from verhalen.analysis.joint import contradicting_families, suggest, words_direction
from verhalen.analysis.tally import Piece, ValenceCount, count_valences, pieces
from verhalen.model.coding import Valence
from verhalen.model.story import Story, StoryAnswer, Voice
from verhalen.model.verdict import Relation
from verhalen.store.evidence import EvidenceColumn


def row(
    start: int, stop: int, *, valence: str = "positive", coding: int = 1, about: tuple[str, ...] = ()
) -> EvidenceColumn:
    return EvidenceColumn("WON", coding, 7, start, stop, valence, "G001", "G001.moeder", "ouder", about, "transcript")


def told(family: str, answer: StoryAnswer) -> Story:
    return Story("V01", family, "tekst", answer, Voice("ouder"), domains=("WON",))


def piece(family: str, valence: Valence) -> Piece:
    return Piece("WON", 1, 0, 50, valence, family, None, "ouder", (), 1, "transcript")


def test_a_passage_marked_by_two_coders_counts_once() -> None:
    found = pieces([row(0, 20, coding=1), row(5, 30, coding=2)])
    assert [(each.start, each.stop, each.valence) for each in found] == [(0, 30, Valence.POSITIVE)]


def test_two_colours_on_one_passage_are_mixed_and_none_says_nothing() -> None:
    assert pieces([row(0, 20), row(10, 30, valence="negative", coding=2)])[0].valence is Valence.MIXED
    assert pieces([row(0, 20), row(10, 30, valence="none", coding=2)])[0].valence is Valence.POSITIVE


def test_passages_that_only_touch_stay_two() -> None:
    assert len(pieces([row(0, 20), row(20, 30, coding=2)])) == 2


def test_a_long_passage_swallows_the_short_ones_inside_it() -> None:
    found = pieces([row(0, 100), row(5, 10, coding=2), row(50, 60, coding=3)])
    assert [(each.start, each.stop) for each in found] == [(0, 100)]


def test_colours_are_tallied() -> None:
    assert count_valences([Valence.POSITIVE, Valence.NONE, Valence.POSITIVE]) == ValenceCount(positive=2, none=1)


@pytest.mark.parametrize(
    ("numbers", "words", "expected"),
    [
        (1, 1, Relation.CONFIRMS),
        (0, 0, Relation.CONFIRMS),
        (1, 0, Relation.COMPLETES),
        (0, 1, Relation.COMPLETES),
        (1, -1, Relation.CONTRADICTS),
        (-1, 1, Relation.CONTRADICTS),
        (None, 1, Relation.SILENT),
        (1, None, Relation.SILENT),
    ],
)
def test_the_suggestion_follows_methods_d8(numbers: int | None, words: int | None, expected: Relation) -> None:
    assert suggest(numbers, words) is expected


def test_each_family_has_one_voice_however_much_it_tells() -> None:
    own = [piece("G001", Valence.POSITIVE)] * 9 + [piece("G002", Valence.NEGATIVE), piece("G003", Valence.NEGATIVE)]
    assert words_direction(own, []) == -1


def test_nobody_telling_is_silence_and_no_change_is_not() -> None:
    assert words_direction([], []) is None
    assert words_direction([], [told("G001", StoryAnswer.NONE)]) == 0


def test_happy_words_without_progress_come_out_as_a_contradiction() -> None:
    found = contradicting_families(
        {"G012": 0, "G001": 1}, [], [told("G012", StoryAnswer.POSITIVE), told("G001", StoryAnswer.POSITIVE)]
    )
    assert [(each.family, each.numbers, each.words) for each in found] == [("G012", 0, 1)]
