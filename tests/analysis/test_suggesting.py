"""Suggestions: by pattern and by likeness, each with its reason, and never where the code stands already."""

from __future__ import annotations

import itertools
import re

from hypothesis import given
from hypothesis import strategies as st
from tests.builders import turns_in

from verhalen.analysis.suggesting import Suggester, passages
from verhalen.model.codebook import Code
from verhalen.model.coding import Coding, Valence
from verhalen.model.patterns import read_patterns
from verhalen.model.suggestion import Alike, ByPattern, Example, Suggestion
from verhalen.model.text import Span, Turn

TALK = (
    "Anna: De huur is weer gestegen. Ik sliep er niet van, zo'n zorgen. Op straat staan wij nog niet.\n"
    "Bert: Wie sliep er wel? De bus komt niet meer voorbij onze straat!"
)
WIDE = (
    "Anna: De huisbaas vraagt achterstallige huur. Wij gaan wandelen in het bos. De huisbaas wil twee maanden huur.\n"
    "Bert: De hond blaft graag. Zij bakt taart met appels. De school begint om negen."
)


def code(key: str, patterns: str = "", *, deprecated: bool = False) -> Code:
    return Code(key, key, patterns=read_patterns(patterns), deprecated=deprecated)


def coding(key: str, start: int, stop: int) -> Coding:
    return Coding(1, 7, start, stop, 1, key, 1, "Jan", Valence.NONE, "", "")


def example(number: int, key: str, text: str, *, source: int = 1, start: int = 0) -> Example:
    return Example(number, key, source, start or number * 1000, (start or number * 1000) + len(text), text)


def suggested(
    text: str, codes: list[Code], examples: list[Example], codings: list[Coding] | None = None
) -> list[Suggestion]:
    where = passages(7, 1, text, turns_in(text))
    return Suggester(codes, examples).suggest(where, codings or [])


def words(found: list[Suggestion], text: str) -> list[tuple[str, str]]:
    return [(each.code, text[each.start : each.stop]) for each in found]


def test_a_text_is_cut_into_sentences_that_keep_to_the_turns_without_names_of_speakers() -> None:
    where = passages(7, 1, TALK, turns_in(TALK))
    assert [TALK[span.start : span.stop] for span in where.spans] == [
        "De huur is weer gestegen.",
        "Ik sliep er niet van, zo'n zorgen.",
        "Op straat staan wij nog niet.",
        "Wie sliep er wel?",
        "De bus komt niet meer voorbij onze straat!",
    ]


def test_word_lemma_and_phrase_each_find_their_sentence_and_say_where_they_stand() -> None:
    found = suggested(TALK, [code("won", 'HUUR, "op straat"'), code("psy", "lemma:slapen")], [])
    assert words(found, TALK) == [
        ("won", "De huur is weer gestegen."),
        ("psy", "Ik sliep er niet van, zo'n zorgen."),
        ("won", "Op straat staan wij nog niet."),
        ("psy", "Wie sliep er wel?"),
    ]
    places = [
        (reason.pattern.written, TALK[reason.start : reason.stop])
        for each in found
        for reason in each.reasons
        if isinstance(reason, ByPattern)
    ]
    assert places == [
        ("HUUR", "huur"),
        ("lemma:slapen", "sliep"),
        ('"op straat"', "Op straat"),
        ("lemma:slapen", "sliep"),
    ]
    assert {each.score for each in found} == {1.0}


def test_a_sentence_that_is_like_coded_fragments_is_suggested_with_the_words_they_share() -> None:
    there = [
        example(1, "won", "Achterstallige huur, en de huisbaas belt elke week."),
        example(2, "won", "Met de huisbaas over de huur gesproken."),
        example(3, "vrt", "Op zondag bakken wij taart."),
    ]
    found = suggested(WIDE, [code("won"), code("vrt")], there)
    assert words(found, WIDE) == [
        ("won", "De huisbaas vraagt achterstallige huur."),
        ("won", "De huisbaas wil twee maanden huur."),
    ]
    assert found[0].reasons == (
        Alike(1, ("achterstallig", "huisbaas", "huren")),
        Alike(2, ("huisbaas", "huren")),
    )
    assert 0 < found[1].score < found[0].score < 1


def test_common_words_make_no_two_sentences_alike() -> None:
    there = [example(number, "won", "En toen heb ik dat zelf ook gezegd.") for number in (1, 2, 3)]
    text = "Anna: En toen heb ik dat ook gezegd. Toen zei hij dat ook zelf."
    assert suggested(text, [code("won")], there) == []


def test_one_shared_word_is_not_enough() -> None:
    there = [example(number, "won", "De huisbaas belde.") for number in (1, 2, 3)]
    assert suggested(WIDE, [code("won")], there) == []


def test_what_two_coders_saw_in_one_sentence_counts_once() -> None:
    twice = [
        example(1, "won", "De kapster knipt lang haar.", start=5),
        example(2, "won", "De kapster knipt lang haar.", start=5),
    ]
    apart = [example(1, "won", "De kapster knipt."), example(2, "won", "De kapster knipt.")]
    text = "Anna: De kapster knipt morgen. " + " ".join(f"Zin nummer {number} staat hier." for number in range(30))
    assert suggested(text, [code("won")], twice) == []
    assert words(suggested(text, [code("won")], apart), text) == [("won", "De kapster knipt morgen.")]


def test_a_place_that_has_the_code_already_is_left_out_whoever_coded_it() -> None:
    start = TALK.index("huur")
    codes = [code("won", "huur, straat"), code("geld", "huur")]
    assert words(suggested(TALK, codes, [], [coding("won", start, start + 4)]), TALK) == [
        ("geld", "De huur is weer gestegen."),
        ("won", "Op straat staan wij nog niet."),
        ("won", "De bus komt niet meer voorbij onze straat!"),
    ]


def test_a_code_that_is_no_longer_in_use_is_not_suggested() -> None:
    there = [example(1, "oud", "De huisbaas vraagt huur."), example(2, "oud", "De huisbaas wil huur.")]
    assert suggested(WIDE, [code("oud", "huur", deprecated=True)], there) == []


def test_a_pattern_that_stands_twice_in_a_sentence_is_named_once_at_its_first_place() -> None:
    text = "Anna: De bus, altijd de bus."
    (found,) = suggested(text, [code("mob", 'bus, "de bus"')], [])
    assert [reason.start for reason in found.reasons if isinstance(reason, ByPattern)] == [
        text.index("De bus"),
        text.index("bus"),
    ]


def test_a_phrase_does_not_go_over_the_end_of_a_sentence() -> None:
    assert suggested("Anna: Wij staan op. Straat is nat.", [code("won", '"op straat"')], []) == []


@given(st.lists(st.sampled_from(["huur", "bus.", "straat!", "\n", "😀", "é", "Anna:", " ", "…", "?”"]), max_size=30))
def test_sentences_never_overlap_and_hold_every_word(pieces: list[str]) -> None:
    text = "".join(pieces)
    turns = [Turn(None, 0, len(text))] if text else []
    spans = passages(7, 1, text, turns).spans
    assert all(one.stop <= other.start for one, other in itertools.pairwise(spans))
    covered = "".join(text[span.start : span.stop] for span in spans)
    assert re.findall(r"\S", covered) == re.findall(r"\S", text)
    assert all(isinstance(span, Span) and text[span.start : span.stop].strip() for span in spans)
