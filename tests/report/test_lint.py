"""Plain language: long sentences, passives, abbreviations, causal claims."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from verhalen.i18n import language, set_language
from verhalen.report.lint import lint, runs
from verhalen.report.source import parse_report


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


def _said(text: str, *, tested: bool = False) -> list[tuple[int | None, str]]:
    return [(notice.line, str(notice)) for notice in lint(parse_report(text).nodes, tested=tested)]


def test_plain_words_have_no_notices() -> None:
    assert _said("We bezochten 24 gezinnen, bv. in Oudermeer. Vijf coaches telden mee.\n\n- Het wordt beter.\n") == []


def test_a_sentence_of_21_words_is_too_long_and_one_of_20_is_not() -> None:
    twenty = " ".join(["woord"] * 20)
    assert _said(f"{twenty}.") == []
    assert _said(f"Kort.\n{twenty} {{{{ aantal gezinnen jaar=2025 }}}}. Kort.") == [
        (2, "A sentence of 21 words. Can you make two of it?")
    ]


def test_a_passive_is_found_and_a_noun_after_wordt_is_not() -> None:
    assert _said("Er werden twaalf gezinnen bezocht.") == [(1, '"werden" hides who does something. Can you say who?')]
    assert _said("De fiche wordt door de coach ingevuld.")[0][1] == '"wordt" hides who does something. Can you say who?'
    assert _said("Het worden drukke gesprekken met gezinnen.") == []


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Het effect is groot.", "effect"),
        ("Dankzij de coach gaat het beter.", "Dankzij"),
        ("Coaching leidt vaak tot rust.", "leidt"),
        ("Dit bewijst dat het kan.", "bewijst"),
        ("Een significant verschil.", "significant"),
    ],
)
def test_causal_words_are_named(sentence: str, word: str) -> None:
    said = f'"{word}" says that something is the cause. Without a comparison group we cannot say that.'
    assert _said(f"Titel\n=====\n\n{sentence}") == [(4, said)]


def test_significant_may_be_said_where_a_test_is_printed() -> None:
    assert _said("Een significant verschil.", tested=True) == []
    assert _said("De gids leidt ons rond. Effectief waar.") == []


def test_an_abbreviation_is_asked_for_once_unless_brackets_explain_it() -> None:
    assert _said("Het OCMW hielp. Het OCMW belde.\n\nHet OCMW weer.") == [
        (1, 'What does "OCMW" mean? Write it in full once.')
    ]
    assert _said("Het Huis van het Kind (HVK) hielp. Het HVK belde.") == []
    assert _said("Deel II gaat over G012.") == []


def test_words_within_a_quote_are_left_alone() -> None:
    assert _said("> Dat werd mij gegeven dankzij het OCMW.") == []


def test_items_cells_and_headings_are_read_too() -> None:
    lines = [line for line, _ in _said("# Dankzij ons\n\n- dankzij u\n\n| dankzij |\n|---|\n| dankzij |\n")]
    assert lines == [1, 3, 5, 7]


def test_words_of_the_trade_are_named_once_with_a_plainer_one() -> None:
    assert _said("De doelgroep groeit. Onze doelgroep ook, in het kader van wonen.") == [
        (1, '"doelgroep" is a word that few people use. Plainer: de mensen voor wie het is.'),
        (1, '"in het kader van" is a word that few people use. Plainer: voor, bij.'),
    ]
    assert _said("Laagdrempelige hulp.") == [
        (1, '"Laagdrempelige" is a word that few people use. Plainer: makkelijk te bereiken.')
    ]
    assert _said("De dataset, het casusoverleg en de doelgroepen-map.") == []


def test_words_in_a_box_are_the_writers_own_and_a_place_to_fill_in_says_nothing() -> None:
    assert _said("> **Onze vraag**\n>\n> Dankzij ons gaat het beter.") == [
        (3, '"Dankzij" says that something is the cause. Without a comparison group we cannot say that.')
    ]
    assert _said("[nog in te vullen: welk effect de problematiek heeft]") == []


def test_line_numbers_are_said_in_runs() -> None:
    assert runs([9, 4, 5, 5, 7, 6]) == "4-7, 9"


@pytest.mark.parametrize(
    "text",
    [
        "Gezinnen werden boos op ons, en dat begrijpen we.",
        "Het wordt later en de coach vertelt over vroeger.",
        "Ook de TV stond aan in de N-VA-zaal.",
    ],
)
def test_who_does_it_is_said_and_known_letters_are_known(text: str) -> None:
    assert _said(text) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Er is door het team beslist om te stoppen.", "is"),
        ("Het verslag werd besproken.", "werd"),
        ("Door onze coaching daalde de armoede.", "Door onze coaching"),
        ("De begeleiding heeft geleid tot minder schulden.", "geleid"),
        ("De coach zorgde ervoor dat het beter ging.", "zorgde ervoor"),
        ("De coaching veroorzaakte rust.", "veroorzaakte"),
    ],
)
def test_more_ways_to_hide_who_or_to_say_why(text: str, word: str) -> None:
    assert [said.split('"')[1] for _, said in _said(text)] == [word]
