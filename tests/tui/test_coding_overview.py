"""The gauge, times and pages beside a text, and keys of codes from words: pure rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verhalen.model.codebook import KEY, Code
from verhalen.model.text import Landmark, Turn
from verhalen.tui.coding_gauge import coded_share, line_of, row_of, shades
from verhalen.tui.coding_in_vivo import home_of, key_for, proposed_name
from verhalen.tui.coding_marks import Mark
from verhalen.tui.coding_stamps import beside, clock, pages, times
from verhalen.tui.layout import Layout

TEXT = "\n".join(f"regel {number}" for number in range(10)) + "\n"


def mark(start: int, stop: int) -> Mark:
    """A stripe."""
    return Mark(start, stop, "rol", " ", mine=True)


# -- the gauge -------------------------------------------------------------------------------------------------------


def test_a_short_text_has_a_row_for_each_line() -> None:
    layout = Layout(TEXT, 40)
    assert "".join(shades([mark(TEXT.index("regel 2"), TEXT.index("regel 4"))], layout, 14)) == "  ▓▓          "


def test_a_long_text_shows_which_part_of_the_lines_of_a_row_is_coded() -> None:
    layout = Layout(TEXT, 40)
    marks = [mark(0, 7), mark(TEXT.index("regel 5"), TEXT.index("regel 7"))]
    assert shades(marks, layout, 2) == ["░", "▒"]


def test_overlapping_codings_count_once() -> None:
    assert coded_share([mark(0, 10), mark(5, 20), mark(0, 20), mark(30, 40)], 60) == 0.5
    assert coded_share([], 0) == 0.0


@given(lines=st.integers(1, 5000), rows=st.integers(1, 60))
def test_a_click_on_the_row_of_a_line_leads_near_it(lines: int, rows: int) -> None:
    for line in {0, lines // 3, lines - 1}:
        row = row_of(line, lines, rows)
        assert 0 <= row < rows
        assert line_of(row, lines, rows) <= line < max(line_of(row + 1, lines, rows), line_of(row, lines, rows) + 1)


# -- times and pages -------------------------------------------------------------------------------------------------


def test_times_are_shown_as_recorders_do() -> None:
    assert [clock(0), clock(12_900), clock(62_000), clock(3_662_000)] == ["0:00", "0:12", "1:02", "1:01:02"]


def test_moments_inside_a_turn_count_below_the_text_and_not_beside_it() -> None:
    turns = [Turn("Els", 5, 50, 12_000), Turn("Jan", 60, 90, 72_000)]
    marks = [Landmark("time", 30_000, 20, 50), Landmark("page", 2, 60, 90)]
    assert [times(turns, marks).at(place) for place in (0, 5, 25, 70)] == ["", "0:12", "0:30", "1:12"]
    assert pages(marks).at(80) == "p. 2"
    assert beside(turns, marks).labels == {5: "0:12", 60: "p. 2"}


# -- codes from words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Niets te kort!", "niets-te-kort"),
        ("  Één ÉN ander ", "een-en-ander"),
        ("Œuvre Łódź straße", "oeuvre-lodz-strasse"),
        ("שלום", "code"),
        ("…", "code"),
        ("x" * 500, "x" * 32),
        ("heel lange woorden die samen te lang zijn", "heel-lange-woorden-die-samen-te"),
    ],
)
def test_a_key_is_made_from_a_name(name: str, key: str) -> None:
    assert key_for(name, parent=None, taken=()) == key


def test_a_key_that_is_taken_gets_a_number() -> None:
    assert key_for("Rust", parent="in-vivo", taken={"in-vivo.rust", "in-vivo.rust-2"}) == "in-vivo.rust-3"


@given(st.text(max_size=200))
def test_every_name_gives_a_valid_key(name: str) -> None:
    assert KEY.fullmatch(key_for(name, parent="in-vivo", taken=()))


def test_a_proposed_name_is_one_line_without_the_marks_at_its_ends() -> None:
    assert proposed_name("“Ik heb\n  niets te kort.”") == "Ik heb niets te kort"
    assert proposed_name("woord " * 100) == "woord " * 9 + "woord"
    assert len(proposed_name("x" * 500)) == 60


def test_codes_without_a_place_go_under_the_code_for_them() -> None:
    assert home_of([Code("rol", "Rol"), Code("nieuw", "Nieuw")]) == "nieuw"
    assert home_of([Code("nieuw", "Nieuw", deprecated=True)]) is None
