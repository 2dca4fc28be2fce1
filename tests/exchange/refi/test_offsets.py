"""How places are counted: every way leads to the same words, and the words tell the ways apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.refi.foreign_made import PROGRAMS, QUOTES, TALK, WAYS

from verhalen.exchange.refi_qda.offsets import MODELS, Scoring, Text
from verhalen.exchange.refi_qda.places import PROFILES
from verhalen.model.text import normal_text

PIECES = st.sampled_from(
    [
        "a",
        "woord",
        " ",
        "\n",
        "\r\n",
        "\r",
        "😀",
        "👍🏽",
        "e\u0301",
        "o\u0302\u0323",
        "é",
        "שלום",
        "\u1112\u1161\u11ab",
        "\ufeff",
        "\x00",
        "\u200f",
    ]
)
RAW = st.lists(PIECES, max_size=30).map(lambda pieces: "".join(pieces).lstrip("\x00"))


@given(RAW)
def test_every_way_begins_and_ends_where_the_text_does(raw: str) -> None:
    text = Text(raw)
    assert text.text == normal_text(raw)
    for mapping in text.mappings.values():
        assert mapping.at(mapping.length, up=True) == len(text.text)
        places = [mapping.at(place, up=False) for place in range(mapping.length + 1)]
        assert places == sorted(places)


@given(RAW, RAW, RAW)
def test_words_between_blanks_are_found_again_in_every_way(before: str, words: str, after: str) -> None:
    words = words.replace("\ufeff", "").strip().strip("\x00").strip() or "x"
    raw = f"{before} {words} {after}"
    text = Text(raw)
    for model, mapping in text.mappings.items():
        start, stop = counted(f"{before} ", model), counted(f"{before} {words}", model)
        span = mapping.span(start, stop)
        assert span is not None
        assert text.text[slice(*span)] == normal_text(words)


def counted(before: str, model: str) -> int:
    """How many characters stand before a place, by the rule of a way."""
    marks = len(before) - len(before.lstrip("\ufeff"))
    body = before[marks:]
    count = len(body.encode("utf-16-le")) // 2 if model.startswith("utf16") else len(body)
    count -= body.count("\r\n") if "-crlf1" in model else 0
    return count + (marks if model.endswith("-bom") else 0)


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_program_is_recognised_by_its_places(name: str) -> None:
    program = PROGRAMS[name]
    text, scoring = Text(program.content(TALK).decode()), Scoring()
    for quote in QUOTES:
        start = TALK.index(quote)
        scoring.add(
            text, program.place(TALK, start), program.place(TALK, start + len(quote)), quote if program.names else ""
        )
    assert scoring.best() == (WAYS[name], True)


def test_one_selection_that_fits_two_ways_is_not_sure() -> None:
    text, scoring = Text("a\r\nb c d e f g"), Scoring()
    scoring.add(text, 5, 6, "")
    model, sure = scoring.best()
    assert model in MODELS
    assert not sure


def test_nothing_to_tell_apart_is_the_standard_and_sure() -> None:
    text, scoring = Text("Alleen gewone letters."), Scoring()
    scoring.add(text, 0, 6, "")
    assert scoring.best() == ("codepoints", True)
    assert Scoring().best() == ("codepoints", True)


@given(RAW)
def test_places_that_we_write_are_read_again(raw: str) -> None:
    ours = normal_text(raw)
    for name, model in (("standard", "codepoints"), ("nvivo", "utf16")):
        places = PROFILES[name](ours)
        mapping = Text(places.content().decode()).mappings[model]
        assert [mapping.at(places.at(place), up=False) for place in range(len(ours) + 1)] == list(range(len(ours) + 1))
