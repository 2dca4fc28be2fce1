"""The query language: what it reads, what it says where it cannot, and that it reads back what it writes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verhalen.errors import BadQuery
from verhalen.model.query_parser import parse
from verhalen.model.query_tree import (
    BARE,
    FIELDS,
    SIGNS,
    WORDS,
    Both,
    CodeTerm,
    Either,
    Field,
    FieldTerm,
    Inverse,
    Near,
    Node,
    Unit,
    Within,
    written,
)

A, B, C = CodeTerm("a"), CodeTerm("b"), CodeTerm("c")


@pytest.mark.parametrize(
    ("question", "tree"),
    [
        ("a", A),
        ("=rol.vertrouwen", CodeTerm("rol.vertrouwen", exact=True)),
        ("a en b of c", Either((Both((A, B)), C))),
        ("a and (b or c)", Both((A, Either((B, C))))),
        ("NIET a En b", Both((Inverse(A), B))),
        ("not not a", Inverse(Inverse(A))),
        ("a bij b", Near(A, B, 1, Unit.TURNS)),
        ("a near 20 words b", Near(A, B, 20, Unit.WORDS)),
        ("a bij 2 alinea's b", Near(A, B, 2, Unit.PARAGRAPHS)),
        ("a binnen b en c", Both((Within(A, B), C))),
        ("a within b near c", Near(Within(A, B), C, 1, Unit.TURNS)),
        ("'Vertrouwen in de coach'", CodeTerm("Vertrouwen in de coach")),
        ('“Zeg "ja"”', CodeTerm('Zeg "ja"')),
        ('"en"', CodeTerm("en")),
        ("rol=ouder", FieldTerm(Field.ROLE, "=", "ouder")),
        ("role != child", FieldTerm(Field.ROLE, "!=", "child")),
        ('"Taal thuis"=nl', FieldTerm("taal thuis", "=", "nl")),
        ("Gemeente=Zandhoven", FieldTerm("gemeente", "=", "Zandhoven")),
        ("datum>=2026-01", FieldTerm(Field.CODED, ">=", "2026-01")),
        ('tekst="de huur"', FieldTerm(Field.TEXT, "=", "de huur")),
    ],
)
def test_questions_are_read(question: str, tree: Node) -> None:
    assert parse(question) == tree


@pytest.mark.parametrize(
    ("question", "place", "word"),
    [
        ("", 1, "code"),
        ("a en", 5, "code"),
        ("a b", 3, "en, of, bij"),
        ("(a en b", 1, "haakje"),
        ("a)", 2, "en, of, bij"),
        ("a en (b c)", 9, ")"),
        ("rol=", 5, "waarde"),
        ("= en", 3, "code"),
        ("a bij 3 b", 9, "woorden, beurten"),
        ("a bij 999999 woorden b", 7, "groot"),
        ('a en "b', 6, "aanhalingstekens"),
        ('a en ""', 6, "aanhalingstekens"),
        ("a en !b", 6, "teken"),
        ("(" * 60 + "a" + ")" * 60, 41, "in elkaar"),
        ("niet " * 60 + "a", 201, "in elkaar"),
        ("a" + " binnen a" * 100, None, "in elkaar"),
        ("a" * 2001, 2001, "lang"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(question: str, place: int | None, word: str) -> None:
    with pytest.raises(BadQuery) as raised:
        parse(question)
    if place is not None:
        assert raised.value.at + 1 == place
    assert word in str(raised.value)


PIECES = [
    *WORDS,
    *FIELDS,
    *SIGNS,
    "(",
    ")",
    '"',
    "'",
    "a",
    "b.c",
    "3",
    "woorden",
    "é",
    "!",
    "’",
    "alinea's",
    "\x1c",
    " ",
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join)))
def test_whatever_is_typed_gives_a_tree_that_reads_back_or_our_own_error(question: str) -> None:
    try:
        tree = parse(question)
    except BadQuery as error:
        place = error.at
        tree = CodeTerm("a")
    else:
        place = 0
    assert 0 <= place <= len(question)
    assert parse(written(tree)) == tree


names = st.one_of(
    st.text(min_size=1, max_size=8).filter(lambda text: text.strip()), st.sampled_from([*WORDS, "12", "a"])
)
fields = st.one_of(st.sampled_from(list(Field)), st.sampled_from(["gemeente", "taal thuis", "en"]))
leaves = st.one_of(
    st.builds(CodeTerm, names, st.booleans()), st.builds(FieldTerm, fields, st.sampled_from(SIGNS), names)
)


def joined(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Larger questions out of smaller ones."""
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Both, several),
        st.builds(Either, several),
        st.builds(Inverse, parts),
        st.builds(Near, parts, parts, st.integers(0, 99), st.sampled_from(Unit)),
        st.builds(Within, parts, parts),
    )


@given(st.recursive(leaves, joined, max_leaves=8))
def test_what_is_written_is_read_back_the_same(tree: Node) -> None:
    assert parse(written(tree)) == tree


def test_a_name_with_blanks_or_a_word_of_the_language_is_quoted() -> None:
    assert written(CodeTerm("Vertrouwen in de coach")) == '"Vertrouwen in de coach"'
    assert written(CodeTerm("en")) == '"en"'
    assert BARE.fullmatch("rol.vertrouwen")
