"""The check letter of a family's code notices what goes wrong when people type."""

from __future__ import annotations

import pytest

from verhalen.model.codes import check_letter, has_wrong_letter, is_mistyped, next_code


def every_code() -> list[str]:
    return [f"{number:0{width}d}" for width in (2, 3, 4) for number in range(10**width)]


def test_every_single_wrong_digit_is_noticed() -> None:
    missed = [
        (digits, other)
        for digits in every_code()
        for at in range(len(digits))
        for digit in "0123456789"
        if digit != digits[at] and check_letter(digits) == check_letter(other := digits[:at] + digit + digits[at + 1 :])
    ]
    assert missed == []


def test_every_two_neighbours_that_change_places_are_noticed() -> None:
    missed = [
        digits
        for digits in every_code()
        for at in range(len(digits) - 1)
        if digits[at] != digits[at + 1]
        and check_letter(digits) == check_letter(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
    ]
    assert missed == []


def test_no_letter_looks_like_a_digit() -> None:
    assert {check_letter(digits) for digits in every_code()} == set("ABCDEFGHJKLMNPRSTUVWXYZ")


@pytest.mark.parametrize("code", ["G012", "gezin-A", "G", "12A", "G012.moeder", "g012x", "Gezin12A", "A1B"])
def test_codes_of_another_form_have_no_letter_to_check(code: str) -> None:
    assert not has_wrong_letter(code)


def test_a_wrong_letter_is_refused_unless_a_family_has_this_very_code() -> None:
    right = f"G012{check_letter('012')}"
    assert right == "G012H"
    assert not is_mistyped("G012H", ())
    assert is_mistyped("G021H", ())
    assert is_mistyped("G012K", {"G012", "G012H"})
    assert not is_mistyped("G012K", {"G012K"})


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ((), "G001C"),
        (("G001", "G012", "gezin"), f"G013{check_letter('013')}"),
        (("G001C", "G002E"), f"G003{check_letter('003')}"),
        (("GZ0099",), f"GZ0100{check_letter('0100')}"),
        (("G999",), f"G1000{check_letter('1000')}"),
    ],
)
def test_the_next_code_goes_on_where_the_others_stop(known: tuple[str, ...], wanted: str) -> None:
    assert next_code(known) == wanted
    assert not has_wrong_letter(wanted)
