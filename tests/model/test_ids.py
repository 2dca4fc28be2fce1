"""Ids outside: 13 letters that sort like the numbers."""

from hypothesis import given
from hypothesis import strategies as st

from verhalen.model.ids import decode_id, encode_id

numbers = st.integers(min_value=0, max_value=(1 << 63) - 1)


@given(numbers)
def test_an_id_comes_back_from_its_letters(number: int) -> None:
    assert decode_id(encode_id(number)) == number
    assert len(encode_id(number)) == 13


@given(numbers, numbers)
def test_letters_sort_like_numbers(one: int, other: int) -> None:
    assert (encode_id(one) < encode_id(other)) == (one < other)


def test_the_largest_id_has_these_letters() -> None:
    assert encode_id((1 << 63) - 1) == "7ZZZZZZZZZZZZ"
    assert encode_id(0) == "0000000000000"
    assert encode_id(32) == "0000000000010"


def test_people_may_type_small_letters_blanks_and_look_alikes() -> None:
    assert decode_id("  o00000000001l ") == decode_id("0000000000011") == 33
    assert decode_id("000000000000i") == 1


def test_what_is_no_id_gives_none() -> None:
    assert decode_id("") is None
    assert decode_id("12") is None
    assert decode_id("000000000000U") is None
    assert decode_id("00000000000000") is None
    assert decode_id("8000000000000") is None
