"""What stands between double braces."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verhalen.i18n import language, set_language
from verhalen.model.text import Notice
from verhalen.report.placeholders import Placeholder, check_names, parse_placeholder

KNOWN = {"aantal gezinnen": frozenset({"jaar"}), "tabel verandering": frozenset({"per"}), "samen": frozenset[str]()}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


def test_a_name_of_several_words_and_its_arguments_are_read() -> None:
    found = parse_placeholder(" tabel  Verandering per=groep titel='x' ", line=4)
    assert found == Placeholder("tabel verandering", {"per": "groep", "titel": "'x'"}, 4)


def test_a_value_with_spaces_stands_in_straight_or_curly_quotes() -> None:
    assert parse_placeholder('citaten bij="rust in huis"', line=1) == Placeholder("citaten", {"bij": "rust in huis"}, 1)
    assert parse_placeholder("citaten bij=“rust in huis”", line=1) == Placeholder("citaten", {"bij": "rust in huis"}, 1)
    assert parse_placeholder("citaten bij = WON max = 1", line=1) == Placeholder(
        "citaten", {"bij": "WON", "max": "1"}, 1
    )


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("", "between {{ and }} a name is missing"),
        ("per=groep", "between {{ and }} a name is missing"),
        ("tabel per=groep los", 'I do not understand "los" between the braces: write name key=value'),
        ("tabel per=", 'I do not understand "tabel per=" between the braces: write name key=value'),
        ("tabel per=a per=b", '"per" is given twice in the placeholder "tabel"'),
        ("12 apen", 'I do not understand "12 apen" between the braces: write name key=value'),
    ],
)
def test_bad_syntax_is_a_problem_with_its_line(inside: str, said: str) -> None:
    found = parse_placeholder(inside, line=7)
    assert isinstance(found, Notice)
    assert (found.line, str(found)) == (7, said)


def test_the_source_of_a_placeholder_reads_back_as_the_same_placeholder() -> None:
    found = Placeholder("citaten", {"bij": "rust in huis", "max": "1"}, 1)
    assert found.source == 'citaten bij="rust in huis" max=1'
    assert parse_placeholder(found.source, line=1) == found


_names = st.lists(st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True), min_size=1, max_size=3).map(" ".join)
_values = st.from_regex(r"[a-zA-Z0-9à-ü.,-]+( [a-z0-9]+){0,2}", fullmatch=True)


@settings(max_examples=60, deadline=None)
@given(_names, st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), _values, max_size=3))
def test_any_placeholder_survives_being_written_and_read(name: str, arguments: dict[str, str]) -> None:
    found = Placeholder(name, arguments, 3)
    assert parse_placeholder(found.source, line=3) == found


def test_a_known_name_with_known_keys_has_no_problems() -> None:
    assert check_names([Placeholder("aantal gezinnen", {"jaar": "2025"}, 2), Placeholder("samen")], KNOWN) == ()


def test_an_unknown_name_is_answered_with_the_nearest_one() -> None:
    problems = check_names([Placeholder("aantal gezinen", {}, 9), Placeholder("weer", {}, 10)], KNOWN)
    assert [(problem.line, str(problem)) for problem in problems] == [
        (9, 'there is no placeholder "aantal gezinen"; did you mean "aantal gezinnen"?'),
        (10, 'there is no placeholder "weer"'),
    ]


def test_an_unknown_key_is_answered_with_the_nearest_one() -> None:
    problems = check_names([Placeholder("aantal gezinnen", {"jaren": "2", "kleur": "x"}, 5)], KNOWN)
    assert [str(problem) for problem in problems] == [
        '"aantal gezinnen" does not know "jaren"; did you mean "jaar"?',
        '"aantal gezinnen" does not know "kleur"',
    ]
