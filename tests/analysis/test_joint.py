"""Words and numbers side by side: counting, directions, suggestions (methods.md D8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verhalen.analysis.joint import JointRow, Told, contradicting_families, side_by_side, suggest, words_direction
from verhalen.analysis.joint_parts import Tellings, part_changes
from verhalen.analysis.key_quote import key_quote
from verhalen.analysis.tally import Piece, ValenceCount, count_valences, pieces
from verhalen.model.coding import Valence
from verhalen.model.family import Family, Level, Person
from verhalen.model.instrument import DomainGroup, DomainList, Instrument, Item, LifeDomain
from verhalen.model.story import Story, StoryAnswer, Voice
from verhalen.model.verdict import Relation, Verdict, family_of, family_target, sentence_problem
from verhalen.scores.change import joined_change
from verhalen.scores.pairs import Pair, Pairs, Rule, Subject
from verhalen.scores.states import Kind
from verhalen.store.evidence import EvidenceColumn
from verhalen.store.verdicts import Since, Touched


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


# -- the worked example of methods.md D8, by hand ----------------------------------------------------------------------

HOME, CHILD = Item("huis", "Huis", Level.FAMILY, "WON"), Item("kamer", "Kamer", Level.CHILD, "WON")
COURT = Item("rechtbank", "Rechtbank", Level.ADULT, "JUS")
BALANCE = Instrument("balans", "Balans", 1, "eigen", 1, 5, (HOME, CHILD, COURT))
LIST = DomainList(
    (DomainGroup("geld", "Wonen en geld"), DomainGroup("thuis", "Thuis")),
    (LifeDomain("WON", "Wonen", "geld"), LifeDomain("JUS", "Justitie", "thuis", colourless=True)),
)


def paired(item: Item, steps: list[int]) -> Pairs:
    """Families G001, G002... that began at 3 and made these steps."""
    keys = tuple(f"G{number:03}" for number in range(1, len(steps) + 1))
    found: dict[Subject, Pair] = {
        (key, None): Pair(3, 3 + step, Kind.SCORED, 0) for key, step in zip(keys, steps, strict=True)
    }
    return Pairs(Rule.LOWEST, keys, frozenset(), {}, {item.key: found}, {item.key: {}}, {item.key: frozenset()})


def joined(
    steps: list[int], stories: list[Story], *, item: Item = HOME, border: float = 0.15, fewest: int = 5
) -> JointRow:
    """The row of the life domain of an item."""
    told = Told([], stories, {}, border=border, fewest=fewest)
    changes = {item.domain: joined_change(paired(item, steps), item.domain, [item])}
    return next(row for row in side_by_side(LIST, told, changes=changes, by_group=False) if row.key == item.domain)


HAPPY = [told(f"G00{number}", StoryAnswer.POSITIVE) for number in (1, 2, 3)]


def test_happy_mothers_while_numbers_go_down_contradict() -> None:
    # 1 up, 3 down of 8: D = -2/8 = -0.25, at or below -0.15; three families tell of good news.
    row = joined([1, -1, -1, -1, 0, 0, 0, 0], HAPPY)
    assert row.change is not None
    assert row.change.dominance.value == -0.25
    assert (row.numbers, row.words, row.voices, row.suggestion) == (-1, 1, (3, 0, 0), Relation.CONTRADICTS)


def test_happy_mothers_while_nothing_moves_complete_and_stand_on_the_list_of_families() -> None:
    # 1 up, 1 down of 8: D = 0, flat. Per family the scores of G002 fell and those of G003 did not rise.
    row = joined([1, -1, 0, 0, 0, 0, 0, 0], HAPPY)
    assert (row.numbers, row.words, row.suggestion) == (0, 1, Relation.COMPLETES)
    found = contradicting_families({"G001": 1, "G002": -1, "G003": 0}, [], HAPPY)
    assert [(each.family, each.numbers, each.words) for each in found] == [("G002", -1, 1), ("G003", 0, 1)]


@pytest.mark.parametrize(
    ("steps", "border", "fewest", "numbers"),
    [
        ([1] * 3 + [0] * 17, 0.15, 5, 1),  # 3 of 20: exactly at the border
        ([1] * 2 + [0] * 12, 0.15, 5, 0),  # 2 of 14: 0.142...
        ([1] * 2 + [0] * 12, 0.1, 5, 1),
        ([-1] * 3 + [0] * 17, 0.15, 5, -1),
        ([1] * 4, 0.15, 5, None),  # four families are silent
        ([1] * 4, 0.15, 4, 1),
        ([], 0.15, 5, None),
    ],
)
def test_the_borders_of_numbers_are_settings(steps: list[int], border: float, fewest: int, numbers: int | None) -> None:
    assert joined(steps, [], border=border, fewest=fewest).numbers == numbers


def test_where_more_is_neither_better_nor_worse_numbers_are_silent() -> None:
    row = joined([1, 1, 1, 1, 1], [Story("V2", "G001", "", StoryAnswer.POSITIVE, Voice("ouder"), domains=("JUS",))],
                 item=COURT)  # fmt: skip
    assert (row.numbers, row.words, row.suggestion) == (None, 1, Relation.SILENT)


def test_a_story_that_a_coach_tells_is_about_a_family_and_does_not_decide() -> None:
    by_coach = Story("V9", "G001", "", StoryAnswer.NEGATIVE, Voice("coach"), domains=("WON",))
    row = joined([1] * 5, [by_coach])
    assert (row.words, row.stories.total, row.stories_about.negative, row.families_telling) == (None, 0, 1, ())
    together = Story("V9", "G001", "", StoryAnswer.NEGATIVE, Voice("coach"), domains=("WON",), others=(Voice("kind"),))
    assert joined([1] * 5, [together]).words == -1
    assert contradicting_families({"G001": 1}, [], [by_coach]) == []


def test_only_what_is_in_use_waits_for_a_verdict_and_an_older_one_is_read_again() -> None:
    verdict = Verdict("WON", Relation.CONFIRMS, "Het klopt met elkaar.", "Els", "2026-03-02", id=50)
    earlier = Verdict("WON", Relation.SILENT, "We weten nog niets.", "Els", "2026-01-02", id=10)
    touched = Touched(domains={"WON": {Since.SCORES: 49, Since.STORIES: 51}, "JUS": {Since.SCORES: 99}})
    told_here = Told([], HAPPY, {"WON": (earlier, verdict)}, touched)
    home, court = side_by_side(LIST, told_here, changes={}, by_group=False)
    assert (home.verdict, home.history, home.since) == (verdict, (earlier, verdict), (Since.STORIES,))
    assert (home.in_use, home.undecided, court.in_use, court.undecided) == (True, True, False, False)


def test_adults_and_children_stand_apart_and_the_household_goes_with_the_adults() -> None:
    families = [Family("G001", persons=(Person("G001.moeder", "ouder"), Person("G001.kind1", "kind")))]
    by_child = Story("V1", "G001", "", StoryAnswer.POSITIVE, Voice("kind", "kind1"), domains=("WON",))
    mother = Piece("WON", 1, 0, 9, Valence.NEGATIVE, "G001", "G001.moeder", "ouder", (), 1, "transcript")
    about = Piece("WON", 1, 10, 19, Valence.POSITIVE, None, None, "gezinscoach", ("G001",), 2, "transcript")
    tellings = Tellings(families, [by_child])
    pairs = paired(HOME, [1] * 5)
    changes = part_changes(pairs, BALANCE, LIST, parts=tellings.parts, by_group=False)
    rows = side_by_side(LIST, Told([mother, about], [by_child], {}), changes=changes, by_group=False, tellings=tellings)
    found = {row.key: (row.change.n if row.change else None, row.words, row.about.total) for row in rows}
    assert found == {
        "WON.volwassene": (5, -1, 1),
        "WON.kind": (0, 1, 0),
        "JUS.volwassene": (0, None, 0),
        "JUS.kind": (None, None, 0),
    }


def test_a_rule_chooses_the_quote_and_gives_its_n() -> None:
    def said(coding: int, stop: int, valence: Valence, family: str = "G001") -> Piece:
        return Piece("WON", 1, 0, stop, valence, family, None, "ouder", (), coding, "transcript")

    found = [
        said(1, 20, Valence.POSITIVE),
        said(2, 150, Valence.POSITIVE),
        said(3, 160, Valence.NEGATIVE),
        said(4, 160, Valence.POSITIVE, "G003"),  # its family goes the other way
    ]
    signs = {"G001": 1, "G002": 1, "G003": -1}
    chosen = key_quote(found, signs, 1, text_of=lambda piece: f"fragment {piece.coding_id}")
    assert chosen is not None
    assert (chosen.coding_id, chosen.text, chosen.families, chosen.of) == (2, "fragment 2", 2, 3)
    assert key_quote(found, signs, None, text_of=str) is None
    assert key_quote(found, {"G001": 0}, 0, text_of=str) is None  # words go neither way, and no fragment is mixed


@pytest.mark.parametrize("sentence", ["", "  ", "Nee.", "Het klopt.", "- - -.", "Het klopt met elkaar"])
def test_a_verdict_needs_a_full_sentence(sentence: str) -> None:
    assert sentence_problem(sentence)


@pytest.mark.parametrize("sentence", ["Het klopt wel.", "Ze zei: «het gaat beter.»", "Waarom lacht ze?"])
def test_a_full_sentence_has_three_words_and_an_end(sentence: str) -> None:
    assert sentence_problem(sentence) == ""


def test_a_verdict_names_a_family_and_perhaps_a_life_domain() -> None:
    assert [family_of(family_target("G012")), family_of(family_target("G012", "WON")), family_of("WON")] == [
        ("G012", ""),
        ("G012", "WON"),
        ("", ""),
    ]


@given(
    st.lists(st.tuples(st.sampled_from(["G001", "G002", "G003"]), st.sampled_from(list(Valence))), max_size=8),
    st.lists(st.tuples(st.sampled_from(["G001", "G009"]), st.sampled_from(list(Valence))), max_size=8),
)
def test_words_of_others_about_families_never_move_what_families_say(
    own: list[tuple[str, Valence]], others: list[tuple[str, Valence]]
) -> None:
    said = [piece(family, valence) for family, valence in own]
    about = [
        Piece("WON", 2, 0, 9, valence, None, None, "coach", (family,), 7, "transcript") for family, valence in others
    ]

    def row(pieces: list[Piece]) -> JointRow:
        return side_by_side(LIST, Told(pieces, [], {}), changes={}, by_group=False)[0]

    alone, together = row(said), row([*about, *said])
    assert (alone.words, alone.voices, alone.own) == (together.words, together.voices, together.own)
    assert together.about.total == len(others)
    assert sum(alone.voices) == len({family for family, valence in own if valence is not Valence.NONE})
