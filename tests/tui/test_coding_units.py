"""Words, sentences, turns, marks, digits, finding, remembering: all that the coding screen does without a screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verhalen.model.codebook import Code
from verhalen.model.query import SearchHit
from verhalen.model.text import Span, Turn
from verhalen.tui import coding_desk, coding_slots, coding_units
from verhalen.tui.coding_fuzzy import Entry, find
from verhalen.tui.coding_looks import letter_of, looks
from verhalen.tui.coding_marks import Mark, Marks
from verhalen.tui.coding_search import Found, letters_in
from verhalen.tui.coding_units import Selection, Spans
from verhalen.tui.layout import Layout

TALK = 'Joris: Zo, hij loopt. Als ge wilt (ja.) zeg "nee." Hij is 3.5 jaar… ja.\n\nSamira: Ja!? Nee'


def said(text: str, spans: Spans) -> list[str]:
    return [text[start:stop] for start, stop in zip(spans.starts, spans.stops, strict=True)]


def test_rough_sentences_end_at_marks_and_lines_but_not_inside_numbers() -> None:
    found = coding_units.rough_sentences(TALK)
    assert [TALK[each.start : each.stop] for each in found] == [
        "Joris: Zo, hij loopt.",
        "Als ge wilt (ja.)",
        'zeg "nee."',
        "Hij is 3.5 jaar…",
        "ja.",
        "Samira: Ja!?",
        "Nee",
    ]


def test_a_sentence_begins_behind_the_label_of_its_speaker() -> None:
    text = "Anna: Ik sliep niet. Gij?"
    spans = coding_units.sentences(coding_units.rough_sentences(text), [Turn("Anna", 6, 25)])
    assert said(text, spans) == ["Ik sliep niet.", "Gij?"]


def test_labels_are_what_stands_before_a_turn_on_its_line() -> None:
    text = "Gesprek\nAnna: Ik sliep niet.\nHet regende."
    found = coding_units.labels(text, [Turn("Anna", 14, 28), Turn(None, 29, 41)])
    assert said(text, found) == ["Anna:"]


def test_words_keep_apostrophes_and_hyphens() -> None:
    text = "'t is zo'n ex-man, hè"
    assert said(text, coding_units.words(text)) == ["t", "is", "zo'n", "ex-man", "hè"]


SENTENCES = Spans([(0, 10), (11, 20), (25, 30)])


def test_next_takes_the_piece_here_first_and_then_the_one_behind() -> None:
    assert SENTENCES.next(Selection(3, 3)) == Selection(0, 10)
    assert SENTENCES.next(Selection(0, 10)) == Selection(11, 20)
    assert SENTENCES.next(Selection(22, 22)) == Selection(25, 30)
    assert SENTENCES.next(Selection(25, 30)) is None


def test_previous_takes_the_piece_here_first_and_then_the_one_before() -> None:
    assert SENTENCES.previous(Selection(27, 27)) == Selection(25, 30)
    assert SENTENCES.previous(Selection(25, 30)) == Selection(11, 20)
    assert SENTENCES.previous(Selection(0, 10)) is None


def test_stretching_grows_shrinks_and_turns_over_at_the_anchor() -> None:
    grown = SENTENCES.stretch(Selection(11, 20), 1)
    assert grown == Selection(11, 30)
    assert SENTENCES.stretch(grown, -1) == Selection(11, 20)
    turned = SENTENCES.stretch(Selection(11, 20), -1)
    assert turned == Selection(20, 0)
    assert SENTENCES.stretch(turned, 1) == Selection(20, 11)
    assert SENTENCES.stretch(Selection(20, 11), 1) == Selection(11, 30)


def mark(start: int, stop: int, code: str = "a.b") -> Mark:
    return Mark(start, stop, code, "+", mine=True)


def test_marks_that_share_a_line_stand_in_different_lanes() -> None:
    layout = Layout("aaaa bbbb\ncccc dddd\neeee", 20)
    marks = Marks([mark(0, 4), mark(5, 14), mark(20, 22)], layout)
    assert [
        [(each.mark.start, each.lane, each.first, each.last) for each in marks.on_line(line)] for line in range(3)
    ] == [
        [(0, 0, True, True), (5, 1, True, False)],
        [(5, 1, False, True)],
        [(20, 0, True, True)],
    ]


def test_a_mark_that_comes_or_changes_moves_no_other() -> None:
    layout = Layout("aaaa bbbb\ncccc dddd\neeee", 20)
    long, low = mark(5, 14), mark(20, 22)
    marks = Marks([mark(0, 4), long, low], layout)
    assert marks.update([long, low])
    assert [each.lane for each in marks.on_line(0)] == [1]
    changed = replace(long, sign="-")
    assert marks.update([changed, low])
    assert [(each.mark.sign, each.lane) for each in marks.on_line(1)] == [("-", 1)]
    assert not marks.update([changed, low])


def test_marks_within_a_place_come_shortest_first() -> None:
    marks = Marks([mark(0, 20), mark(3, 6), mark(8, 9)], Layout("a" * 30, 10))
    assert [(each.start, each.stop) for each in marks.within(5, 6)] == [(3, 6), (0, 20)]
    assert marks.within(20, 25) == []


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30)), max_size=25), st.lists(st.booleans(), max_size=25))
def test_every_mark_is_found_on_each_of_its_lines_and_nowhere_else(
    places: list[tuple[int, int]], stay: list[bool]
) -> None:
    layout = Layout("kat hond vis " * 9, 12)
    everything = [mark(start, min(start + length, 117)) for start, length in places]
    kept = [each for each, stays in zip(everything, [*stay, *[True] * 25], strict=False) if stays]
    marks = Marks(everything, layout)
    marks.update(kept)
    for line in range(len(layout)):
        start, stop = layout.start(line), layout.stop(line)
        expected = sorted((each.start, each.stop) for each in kept if each.start < stop and start < each.stop)
        placed = marks.on_line(line)
        assert sorted((each.mark.start, each.mark.stop) for each in placed) == expected
        assert len({each.lane for each in placed}) == len(placed)


def test_a_code_keeps_its_digit_and_the_longest_unused_gives_way() -> None:
    slots = coding_slots.Slots(keys=dict(enumerate("abcdefghijk", start=1)))
    for key in "abcdefghij":
        slots.use(key)
    slots.use("a")
    slots.pin("b")
    slots.use("k")
    assert "".join(slots.digits()) == "abkdefghij"
    assert slots.digits()["b"] == "2•"
    assert (slots.at("3"), slots.at("0")) == ("k", "j")


def test_digits_survive_being_kept_and_nonsense_gives_none() -> None:
    slots = coding_slots.Slots([7, 8], {8}, [8, 7], {7: "a", 8: "b"})
    assert coding_slots.load(slots.dump(), slots.keys) == slots
    assert coding_slots.load("{", {}) == coding_slots.Slots()
    assert coding_slots.load("", {}) == coding_slots.Slots()


def test_digits_that_were_kept_by_key_are_read_too() -> None:
    kept = '{"keys": ["a", "weg", "b"], "pinned": ["b"], "used": ["b", "weg"]}'
    slots = coding_slots.load(kept, {7: "a", 8: "b"})
    assert (slots.digits(), slots.used) == ({"a": "1", "b": "3•"}, ["b"])


def test_a_code_that_is_gone_has_its_digit_again_when_it_comes_back() -> None:
    slots = coding_slots.Slots([7, 8], {8}, [8, 7], {7: "a", 8: "b"})
    slots.know({7: "anders"})
    assert (slots.digits(), slots.at("2")) == ({"anders": "1"}, None)
    slots.know({7: "a", 8: "b"})
    assert slots.digits() == {"a": "1", "b": "2•"}


def test_a_few_letters_find_a_code_the_best_first() -> None:
    entries = [
        Entry("dom.wonen", "Wonen", "huur, schimmel"),
        Entry("rol.vertrouwen", "Vertrouwensband", "elkaar leren kennen"),
        Entry("rol.voorleven", "Voorleven"),
    ]
    assert [each.key for each in find("vo", entries)] == ["rol.voorleven", "rol.vertrouwen"]
    assert [each.key for each in find("rolver", entries)] == ["rol.vertrouwen"]
    assert [each.key for each in find("schim", entries)] == ["dom.wonen"]
    assert find("zzz", entries) == []
    assert find(" ", entries) == entries


def test_a_code_without_colour_takes_that_of_its_parent() -> None:
    found = looks([Code("rol", "Rol", colour="#0a7abf"), Code("rol.tempo", "Tempo", parent="rol"), Code("x", "X")])
    assert found["rol.tempo"].colour == "#0a7abf"
    assert found["rol.tempo"].letter == letter_of("rol.tempo") == "T"
    assert found["x"].colour.startswith("#")


@given(st.integers(0, 0xFFFFFF))
def test_letters_stand_out_on_any_colour(number: int) -> None:
    from textual.color import Color

    from verhalen.tui.coding_looks import look, luminance

    seen = look("a", f"#{number:06x}")
    one, other = sorted([luminance(Color.parse(seen.colour)), luminance(Color.parse(seen.ink))])
    assert (other + 0.05) / (one + 0.05) >= 4.5


def hit(source: int, start: int) -> SearchHit:
    return SearchHit(source, source, "", start, start + 3, "", "", "")


def test_hits_go_on_in_the_next_source_and_round_again() -> None:
    found = Found("x", [hit(1, 5), hit(1, 50), hit(2, 7)])
    assert found.next(1, 5) == hit(1, 50)
    assert found.next(1, 50) == hit(2, 7)
    assert found.next(2, 7) == hit(1, 5)
    assert found.previous(1, 5) == hit(2, 7)
    assert found.previous(9, 5) == hit(2, 7)
    assert Found("x").next(1, 0) is None


def test_letters_are_found_in_any_case_from_two_on() -> None:
    assert letters_in("Gezin, gezinnen (x)", "gez") == [(0, 3), (7, 10)]
    assert letters_in("gezin", "g") == []
    assert letters_in("a (x)", "(x") == [(2, 4)]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (Selection(0, 2), "ik"),
        (Selection(9, 13), "niet"),
        (Selection(13, 9), "niet"),
        (Selection(3, 8), "slaap"),
        (Selection(23, 26), "bus"),
    ],
)
def test_a_selection_stays_at_its_words_also_where_several_places_were_corrected(before: Selection, words: str) -> None:
    old, new = "ik sliep niet. Toen de bus", "ik slaap vaak niet. Daarna de bus"
    after = coding_desk.carried(before, old, new)
    assert new[after.start : after.stop] == words
    assert (after.anchor < after.cursor) == (before.anchor < before.cursor)


@pytest.mark.parametrize(("cursor", "letters"), [(0, "ik"), (10, "ni"), (18, "ni"), (21, "t."), (24, "En")])
def test_a_cursor_stays_at_its_words_and_where_these_went_behind_those_before(cursor: int, letters: str) -> None:
    old, new = "ik sliep helemaal niet. En", "ik sliep niet. En"
    place = coding_desk.carried(Selection(cursor, cursor), old, new).cursor
    assert new[place : place + 2] == letters


def test_sentences_are_spans() -> None:
    assert coding_units.rough_sentences("Ja.") == [Span(0, 3)]
