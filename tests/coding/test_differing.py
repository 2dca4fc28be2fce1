"""Where two texts differ: every difference is found, nothing more than that, and never inside a cluster."""

from __future__ import annotations

from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from verhalen.coding.differing import Edits, Hunk, differences, merged
from verhalen.model.text import Span, normal_text

WORDS = [
    "huis",
    "de",
    "ik",
    "Émile",
    "👍",
    "👍🏽",
    "👩‍👩‍👧",
    "x\u0323\u0302",
    "ja.",
    "\n",
    "en",
    "straat",
    "🇧🇪",
    "שלום",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=14).map(lambda found: normal_text(" ".join(found)))
LETTERS = st.text(st.sampled_from("ab \n👍🏽e\u0301\u200d🇧🇪"), max_size=12).map(normal_text)


def changed(old: str, new: str) -> list[tuple[str, str]]:
    """What stood there, and what came."""
    return [(old[each.start : each.stop], each.words) for each in differences(old, new).hunks]


@given(TEXTS | LETTERS, TEXTS | LETTERS)
def test_the_differences_make_the_new_text_of_the_old_one(old: str, new: str) -> None:
    assert differences(old, new).apply(old) == new


@given(TEXTS | LETTERS, TEXTS | LETTERS)
def test_no_difference_begins_or_ends_inside_a_cluster(old: str, new: str) -> None:
    borders = {match.start() for match in regex.finditer(r"\X", old)} | {len(old)}
    for each in differences(old, new).hunks:
        assert {each.start, each.stop} <= borders


@given(TEXTS | LETTERS, TEXTS | LETTERS)
def test_differences_stand_in_order_and_none_overlaps_another(old: str, new: str) -> None:
    found = differences(old, new).hunks
    assert all(one.stop <= two.start for one, two in pairwise(found))


@given(TEXTS | LETTERS, TEXTS | LETTERS, st.data())
def test_a_span_moves_through_all_at_once_as_through_one_after_another(old: str, new: str, data: st.DataObject) -> None:
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    span: Span | None = Span(start, data.draw(st.integers(start + 1, len(old))))
    assert span is not None
    edits = differences(old, new)
    expected: Span | None = span
    for correction in edits.corrections():
        expected = expected and correction.move(expected)
    assert edits.move(span) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Ik sleip niet.", "Ik sliep niet.", [("ei", "ie")]),
        ("in de stad", "in het dorp", [("de", "het"), ("stad", "dorp")]),
        ("het huis is", "het huisje is", [("huis", "huisje")]),
        ("het is", "het tehuis is", [("", "tehuis ")]),
        ("een huis", "een tehuis", [("huis", "tehuis")]),
        ("een gezn", "een gezin", [("", "i")]),
        ("goed 👍 ja", "goed 👍🏽 ja", [("👍", "👍🏽")]),
        ("een\ntwee\ndrie\n", "een\ndrie\n", [("twee\n", "")]),
        ("Ik sleip niet. De ketel", "Ik sliep niet.\nDe ketel", [("ei", "ie"), (" ", "\n")]),
        (
            "A: het was kapot.\nB: En nu?\nA: ja",
            "A: het was heel stuk.\nA: ja",
            [("kapot", "heel stuk"), ("B: En nu?\n", "")],
        ),
        ("ja", "ja, dat is zo", [("", ", dat is zo")]),
        ("geen verschil", "geen verschil", []),
        ("", "nieuw", [("", "nieuw")]),
    ],
)
def test_only_what_differs_is_named(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert changed(old, new) == expected


def test_two_people_who_change_different_words_both_get_their_way() -> None:
    base = "Ik sleip niet in de staat."
    assert merged(base, "Ik sliep niet in de staat.", "Ik sleip niet in de straat.") == "Ik sliep niet in de straat."
    assert merged(base, "Ik sliep niet in de staat.", "Ik slaap niet in de staat.") is None


def test_edits_of_nothing_leave_a_span_where_it_is() -> None:
    assert Edits([]).move(Span(2, 4)) == Span(2, 4)
    assert Edits([Hunk(0, 0, "abc")]).move(Span(0, 2)) == Span(3, 5)


@pytest.mark.parametrize("unlike", ["woord{} en nog wat. ", "a b c {} "])
def test_a_long_text_that_differs_in_every_line_is_compared_line_by_line(unlike: str) -> None:
    old = "\n".join(unlike.format(i) + "de het een " * 4 for i in range(4_000))
    new = "\n".join(unlike.format(i) + "de het geen " * 4 for i in range(4_000))
    edits = differences(old, new)
    assert edits.apply(old) == new
    assert max(len(each.words) for each in edits.hunks) < 12
