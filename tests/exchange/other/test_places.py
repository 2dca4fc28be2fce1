"""Places of other programs in our texts: the way of counting that fits, and no coding beside its words."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from verhalen.exchange.foreign_places import Found, Places
from verhalen.model.text import Span, normal_text

TALK = "\ufeffMia: Ik sliep 😀 slecht.\r\nAnna: Zo\u0308n nacht!\r\nMia: Nu gaat het beter, ja.\r\n"


def units(text: str, *, utf16: bool, short: bool, marked: bool) -> int:
    """How long a piece is, as a program counts."""
    text = text if marked else text.removeprefix("\ufeff")
    text = text.replace("\r\n", "\n") if short else text
    return len(text.encode("utf-16-le")) // 2 if utf16 else len(text)


def as_counted(raw: str, start: int, stop: int, **way: bool) -> tuple[int, int]:
    return units(raw[:start], **way), units(raw[:stop], **way)


def test_the_cursor_of_qt_is_known_by_the_words() -> None:
    start = TALK.index("gaat het")
    place = as_counted(TALK, start, start + 8, utf16=True, short=True, marked=False)
    places = Places(TALK)
    model = places.choose([(*place, "gaat het"), (0, 3, "Mia"), (0, 3, "Jan")])
    assert (model.name, model.checked, model.fits) == ("utf16-crlf1", 3, 2)
    placed = places.place(*place, "gaat het")
    assert placed.found is Found.THERE
    assert placed.span is not None
    assert places.text[placed.span.start : placed.span.stop] == "gaat het"


def test_the_paragraph_sign_of_qt_is_a_line_end() -> None:
    places = Places("een\ntwee")
    assert places.place(0, 8, "een\u2029twee").found is Found.THERE


def test_words_beside_their_place_are_moved_there_and_said_so() -> None:
    places = Places("Mia: ja hoor. " + "x " * 40 + "Nu gaat het beter.")
    placed = places.place(3, 12, "gaat het")
    assert placed.found is Found.MOVED
    assert placed.span == Span(97, 105)
    assert placed.meant == 3


def test_words_that_stand_twice_nearby_are_lost_and_never_guessed() -> None:
    places = Places("ja hoor, dat gaat. ja hoor, dat gaat.")
    assert places.place(2, 9, "ja hoor").found is Found.LOST


def test_words_within_other_words_are_not_found_there() -> None:
    places = Places("De gezinnen zijn weg.")
    assert places.place(12, 17, "gezin").found is Found.LOST


def test_words_that_are_long_are_known_far_away_and_short_ones_are_not() -> None:
    far = "a b " * 1_000
    places = Places(far + "Nu gaat het beter. Toen niet.")
    assert places.place(3, 20, "Nu gaat het beter").span == Span(4_000, 4_017)
    assert places.place(3, 9, "Toen").found is Found.LOST


def test_a_place_outside_the_text_without_words_is_lost() -> None:
    places = Places("kort")
    assert places.place(2, 40, "").found is Found.LOST
    assert places.place(-1, -1, "").found is Found.LOST
    assert places.place(1, 3, "").found is Found.UNCHECKED


PIECES = st.sampled_from(
    ["ja ", "nee", "\r\n", "\n", "😀", "e\u0301", "é", "\u0323\u0307", "\u1100\u1161\u11a8", " ", "Anna: "]
)
RAW = st.tuples(st.sampled_from(["", "\ufeff"]), st.lists(PIECES, min_size=1, max_size=25)).map(
    lambda each: each[0] + "".join(each[1])
)


@given(raw=RAW, utf16=st.booleans(), short=st.booleans(), marked=st.booleans(), data=st.data())
def test_any_way_of_counting_leads_to_the_words(
    raw: str, utf16: bool, short: bool, marked: bool, data: st.DataObject
) -> None:
    places = Places(raw)
    assert places.text == normal_text(raw)
    edges = [0, *(i for i in range(1, len(raw)) if _may_cut(raw, i)), len(raw)]
    start, stop = sorted(data.draw(st.lists(st.sampled_from(edges), min_size=2, max_size=2)))
    quote = raw[start:stop]
    if not normal_text(quote):
        return
    place = as_counted(raw, start, stop, utf16=utf16, short=short, marked=marked)
    model = places.choose([(*place, quote)])
    placed = places.place(*place, quote)
    assert model.fits == 1
    assert placed.span is not None
    assert places.text[placed.span.start : placed.span.stop].split() == normal_text(quote).split()


@given(raw=RAW, start=st.integers(-3, 80), stop=st.integers(-3, 80), quote=RAW)
def test_a_coding_stands_at_its_very_words_or_nowhere(raw: str, start: int, stop: int, quote: str) -> None:
    places = Places(raw)
    places.choose([(start, stop, quote)])
    placed = places.place(start, stop, quote)
    if placed.span is not None and normal_text(quote):
        assert places.text[placed.span.start : placed.span.stop].split() == normal_text(quote).split()


def _may_cut(raw: str, at: int) -> bool:
    """Whether a person can select up to here: not within a letter or line end."""
    if raw[at - 1 : at + 1] == "\r\n" or unicodedata.category(raw[at])[0] == "M" or "\u1160" <= raw[at] <= "\u11ff":
        return False
    return len(normal_text(raw[:at])) + len(normal_text("x" + raw[at:])) - 1 == len(normal_text(raw))
