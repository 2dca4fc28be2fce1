"""Spans and corrections: the rule for positions (docs/architecture.md, decision 1), and edits that keep a text in NFC."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from verhalen.model.text import (
    Correction,
    Span,
    Step,
    cancel_pairs,
    move_through,
    normal_text,
    stable_edit,
    text_digest,
)

# -- spans ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "stop"), [(9, 4), (4, 4), (-1, 3), (0, 0)])
def test_an_empty_or_backward_span_cannot_be_made(start: int, stop: int) -> None:
    with pytest.raises(ValueError, match="no span"):
        Span(start, stop)


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert not Span(0, 4).overlaps(Span(4, 6))
    assert Span(0, 5).overlaps(Span(4, 6))
    assert Span(4, 6).overlaps(Span(0, 5))


def test_a_span_contains_itself_and_what_lies_inside() -> None:
    assert Span(2, 8).contains(Span(2, 8))
    assert Span(2, 8).contains(Span(3, 8))
    assert not Span(2, 8).contains(Span(1, 8))
    assert len(Span(2, 8)) == 6


# -- the rule for positions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "moved"),
    [
        (Span(0, 3), Span(0, 3)),  # before
        (Span(0, 5), Span(0, 5)),  # up to the border
        (Span(9, 12), Span(7, 10)),  # from the border on
        (Span(10, 12), Span(8, 10)),  # behind
        (Span(2, 11), Span(2, 9)),  # around
        (Span(5, 9), Span(5, 7)),  # exactly the words
        (Span(3, 7), Span(3, 7)),  # a stop inside goes behind the new words
        (Span(7, 12), Span(5, 10)),  # a start inside goes before them
        (Span(6, 8), Span(5, 7)),  # wholly inside: all the new words
    ],
)
def test_replacing_four_letters_at_five_by_two_moves_spans_so(span: Span, moved: Span) -> None:
    assert Correction(5, 4, 2).move(span) == moved


@pytest.mark.parametrize(
    ("span", "moved"),
    [
        (Span(2, 5), Span(2, 5)),  # an insertion at the end stays outside
        (Span(5, 9), Span(8, 12)),  # and so does one at the beginning
        (Span(4, 6), Span(4, 9)),  # inside it is taken in
        (Span(0, 2), Span(0, 2)),
        (Span(6, 7), Span(9, 10)),
    ],
)
def test_inserting_three_letters_at_five_moves_spans_so(span: Span, moved: Span) -> None:
    assert Correction(5, 0, 3).move(span) == moved


@pytest.mark.parametrize(
    ("span", "moved"),
    [
        (Span(5, 9), None),
        (Span(6, 8), None),
        (Span(4, 9), Span(4, 5)),
        (Span(5, 10), Span(5, 6)),
        (Span(3, 7), Span(3, 5)),
        (Span(8, 12), Span(5, 8)),
    ],
)
def test_a_span_of_which_every_letter_is_deleted_ends(span: Span, moved: Span | None) -> None:
    assert Correction(5, 4, 0).move(span) == moved


def test_the_inverse_leads_back() -> None:
    assert Correction(5, 4, 2).inverse == Correction(5, 2, 4)
    assert (Correction(5, 4, 2).stop, Correction(5, 4, 2).shift) == (9, -2)


@given(st.data())
def test_a_span_covers_the_letters_that_survive_and_what_replaces_any_of_its_own(data: st.DataObject) -> None:
    letters = list(range(data.draw(st.integers(1, 12))))
    span = data.draw(_spans(len(letters)))
    correction = data.draw(_corrections(len(letters)))
    new = [100 + i for i in range(correction.new)]
    after = letters[: correction.start] + new + letters[correction.stop :]
    own, gone = set(letters[span.start : span.stop]), set(letters[correction.start : correction.stop])
    inside = correction.old == 0 and span.start < correction.start < span.stop
    expected = (own - gone) | (set(new) if own & gone or inside else set())

    moved = correction.move(span)

    assert (set() if moved is None else set(after[moved.start : moved.stop])) == expected


@st.composite
def _spans(draw: st.DrawFn, length: int) -> Span:
    start = draw(st.integers(0, length - 1))
    return Span(start, draw(st.integers(start + 1, length)))


@st.composite
def _corrections(draw: st.DrawFn, length: int) -> Correction:
    start = draw(st.integers(0, length))
    return Correction(start, draw(st.integers(0, length - start)), draw(st.integers(0, 4)))


# -- a correction, others, and its reversal ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Detour:
    """A correction (number 1), disjoint ones, and the reversal of the first; and the same way without the pair."""

    length: int
    steps: list[Step]
    plain: list[Step]


@st.composite
def _detours(draw: st.DrawFn) -> _Detour:
    length = draw(st.integers(1, 14))
    first = draw(_corrections(length))
    steps, plain = [Step(first, 1)], []
    place, size = first, length + first.shift
    for number in range(2, 2 + draw(st.integers(0, 4))):
        before = draw(st.booleans())
        low, high = (0, place.start) if before else (place.start + place.new, size)
        start = draw(st.integers(low, high))
        step = Correction(start, draw(st.integers(0, high - start)), draw(st.integers(0, 3)))
        steps.append(Step(step, number))
        # Where the place is a mere point, what is inserted there counts as before it.
        if step.stop <= place.start:
            plain.append(Step(step, number))
            place = Correction(place.start + step.shift, place.old, place.new)
        else:
            plain.append(Step(Correction(step.start - place.shift, step.old, step.new), number))
        size += step.shift
    steps.append(Step(place.inverse, -1))
    return _Detour(length, steps, plain)


def _walk(letters: list[int], steps: list[Step], old: list[int]) -> list[int]:
    """Apply the steps to letters; the last one puts `old` back."""
    for step in steps:
        place = step.correction
        new = old if step.number == -1 else [step.number * 100 + i for i in range(place.new)]
        letters = letters[: place.start] + new + letters[place.stop :]
    return letters


@given(_detours(), st.data())
def test_a_detour_over_a_correction_and_its_reversal_clips_nothing(detour: _Detour, data: st.DataObject) -> None:
    span = data.draw(_spans(detour.length))
    letters = list(range(detour.length))
    first = detour.steps[0].correction

    assert _walk(letters, detour.steps, letters[first.start : first.stop]) == _walk(letters, detour.plain, [])
    assert cancel_pairs(detour.steps) == detour.plain
    assert move_through(span, detour.steps) == move_through(span, detour.plain)


def test_words_put_back_where_others_were_inserted_since_stand_behind_those() -> None:
    # "abXYcd" -> "abcd" -> "abZZcd" -> "abZZXYcd": XY keeps its own letters.
    steps = [Step(Correction(2, 2, 0), 1), Step(Correction(2, 0, 2), 2), Step(Correction(4, 0, 2), -1)]
    assert cancel_pairs(steps) == [Step(Correction(2, 0, 2), 2)]
    assert move_through(Span(2, 4), steps) == Span(4, 6)


def test_a_correction_that_is_undone_and_redone_counts_once() -> None:
    steps = [Step(Correction(2, 2, 1), 1), Step(Correction(2, 1, 2), -1), Step(Correction(2, 2, 1), 1)]
    assert cancel_pairs(steps) == [Step(Correction(2, 2, 1), 1)]


def test_a_span_ends_where_the_way_takes_its_last_letter() -> None:
    assert move_through(Span(2, 4), [Step(Correction(0, 1, 0), 1), Step(Correction(1, 2, 0), 2)]) is None


# -- edits ---------------------------------------------------------------------------------------------------------

JOINING = "e\u0301\u0323\u0308\u1100\u1161\u11a8\uac00\U0001f600\u200d a\u09c7\u09be\n"
"""Letters, marks above and below, Hangul parts, an emoji, a joiner, a Bengali vowel in two parts."""
texts = st.text(alphabet=JOINING, max_size=14).map(normal_text)


@given(st.data())
def test_an_edit_gives_nfc_and_takes_no_more_of_the_text_than_that_needs(data: st.DataObject) -> None:
    text = data.draw(texts)
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    wanted = data.draw(st.text(alphabet=JOINING, max_size=5))

    correction, words = stable_edit(text, start, stop, wanted)
    result = text[: correction.start] + words + text[correction.stop :]

    assert result == unicodedata.normalize("NFC", text[:start] + normal_text(wanted) + text[stop:])
    assert correction.start <= start
    assert stop <= correction.stop <= len(text)
    assert correction.new == len(words)
    assert correction.start == start or text[correction.start] != words[:1]
    assert correction.stop == stop or text[correction.stop - 1] != words[-1:]


def test_an_accent_that_meets_its_letter_takes_that_letter_along_and_no_other() -> None:
    assert stable_edit("anna sliep eb\u0301 en verder", 12, 13, "") == (Correction(11, 3, 1), "é")


def test_a_mark_typed_behind_a_letter_joins_it() -> None:
    assert stable_edit("cafe is open", 4, 4, "\u0301") == (Correction(3, 1, 1), "é")


def test_a_hangul_tail_joins_its_syllable() -> None:
    assert stable_edit("\uac00!", 1, 2, "\u11a8") == (Correction(0, 2, 1), "\uac01")


def test_many_marks_on_one_letter_are_put_in_their_order() -> None:
    text = "x" + "\u0301" * 60 + "y"
    correction, words = stable_edit(text, 61, 61, "\u0323")
    assert correction == Correction(1, 60, 61)
    assert words == "\u0323" + "\u0301" * 60


def test_an_emoji_is_one_letter() -> None:
    assert stable_edit("goed \U0001f600 zo", 5, 6, "\U0001f601") == (Correction(5, 1, 1), "\U0001f601")


def test_an_edit_far_into_a_text_leaves_what_stands_before_alone() -> None:
    text = "woord " * 10_000
    assert stable_edit(text, 30_000, 30_005, "taal") == (Correction(30_000, 5, 4), "taal")


def test_no_letter_that_joins_the_one_before_it_counts_as_a_beginning() -> None:
    """Every pair that Unicode composes: typed behind its first letter, the second must join it."""
    for number in range(0x110000):
        parts = unicodedata.decomposition(chr(number)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            one, two = (chr(int(part, 16)) for part in parts)
            if unicodedata.normalize("NFC", one + two) == chr(number):
                assert stable_edit(one, 1, 1, two) == (Correction(0, 1, 1), chr(number))


# -- the normal form -----------------------------------------------------------------------------------------------

wild = st.text(
    alphabet=st.characters(codec=None, exclude_categories=[]) | st.sampled_from("\ufeff\r\n\x00\ud800e\u0301")
)


@given(wild)
@example("\ufeff\ufeffa")
@example("\x00\ufeffa")
@example("\r\x00\n")
def test_the_normal_form_is_kept_by_itself_and_holds_nothing_odd(raw: str) -> None:
    text = normal_text(raw)
    assert normal_text(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert "\x00" not in text
    assert not text.startswith("\ufeff")
    text.encode("utf-8")


def test_line_ends_accents_and_stray_halves_are_made_normal() -> None:
    assert normal_text("\ufeffcafe\u0301\r\nen\rthee\x00\ud800") == "café\nen\nthee\ufffd"


def test_the_digest_is_sha256_of_utf8() -> None:
    assert text_digest("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
