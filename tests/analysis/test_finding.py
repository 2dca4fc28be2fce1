"""Four ways of finding words in all texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import add_text, correct_words

from verhalen import errors
from verhalen.analysis import finding
from verhalen.api.sources import Sources
from verhalen.language.lemmas import words as words_of
from verhalen.model.query import SearchMode
from verhalen.store import checking, forget
from verhalen.store.project import ProjectFile

TALK = "Anna: De gezinszorg komt, en Zorgzaam zijn ze. Zórg wel.\nBert: Kinderopvang is zorg voor kinderen.\n"


def found(project: ProjectFile, query: str, mode: str) -> list[str]:
    """The words that a search marks."""
    return [hit.match for hit in Sources(project).search(query, mode=mode)]


def test_inside_finds_compounds_with_any_capitals_and_marks(project: ProjectFile) -> None:
    add_text(project, TALK)
    assert found(project, "zorg", "inside") == ["gezinszorg", "Zorgzaam", "Zórg", "zorg"]
    assert found(project, "zorg", "exact") == ["Zórg", "zorg"]
    assert found(project, "ZÓRG", "inside") == ["gezinszorg", "Zorgzaam", "Zórg", "zorg"]
    assert found(project, "opvang", "inside") == ["Kinderopvang"]


def test_inside_several_words_stand_one_after_another(project: ProjectFile) -> None:
    add_text(project, TALK)
    assert found(project, "zorg kom", "inside") == ["gezinszorg komt"]
    assert found(project, "kom zorg", "inside") == []


def test_inside_follows_corrections(project: ProjectFile) -> None:
    source = add_text(project, TALK)
    correct_words(project, source, "gezinszorg", "buurt")
    assert "gezinszorg" not in found(project, "zorg", "inside")
    assert found(project, "uur", "inside") == ["buurt"]


def test_letters_that_are_in_a_hundred_words_are_all_found(project: ProjectFile) -> None:
    add_text(project, "Anna: " + " ".join(f"zo{number}x" for number in range(350)) + ".")
    add_text(project, "Bert: zo349x ook.", "bert")
    assert len(found(project, "zo", "inside")) == 351


def test_a_regular_expression_finds_without_capitals(project: ProjectFile) -> None:
    add_text(project, TALK)
    assert found(project, r"\bzorg\w*", "regex") == ["Zorgzaam", "zorg"]
    assert found(project, r"^bert", "regex") == ["Bert"]
    assert found(project, r"x*", "regex") == []


@pytest.mark.parametrize(("pattern", "at"), [("(gezin", 7), ("a**", 3), ("", 1), ("  ", 3), ("a" * 1001, 1001)])
def test_a_broken_expression_says_where(project: ProjectFile, pattern: str, at: int) -> None:
    add_text(project, TALK)
    with pytest.raises(errors.BadPattern) as raised:
        found(project, pattern, "regex")
    assert raised.value.values["at"] == at


def test_an_endless_expression_is_given_up_with_a_sentence(
    project: ProjectFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "PATIENCE", 0.05)
    add_text(project, "Anna: " + "a" * 5000 + "!")
    with pytest.raises(errors.SlowPattern) as raised:
        found(project, r"(a|aa|aaa)+$(?<=b)", "regex")
    assert "(a+)+" in str(raised.value)


@given(st.text(alphabet="ab(){}[]*+?|\\^$.:<>=!P09,-", max_size=20))
def test_no_expression_raises_anything_but_our_own(pattern: str) -> None:
    try:
        places = finding._by_pattern(pattern)
        list(places("aabb ab09\nba", ""))
    except (errors.BadPattern, errors.SlowPattern):
        pass


@given(st.text(alphabet="abé z\n_1", max_size=60), st.sampled_from(["a", "ab", "é", "a b"]))
def test_inside_agrees_with_a_plain_look(text: str, query: str) -> None:
    words = [finding.folded(word) for word in query.split()]
    spans = list(finding._by_words(query.split(), SearchMode.INSIDE)(text, ""))
    assert all(
        len(cut := finding.folded(text[span.start : span.stop]).split()) >= 1 and words[0] in cut[0] for span in spans
    )
    if len(words) == 1:
        assert len(spans) == sum(words[0] in finding.folded(word) for word in words_of(text))


def test_a_limit_stops_early(project: ProjectFile) -> None:
    add_text(project, TALK)
    assert len(Sources(project).search("zorg", mode=SearchMode.INSIDE, limit=2)) == 2
    assert Sources(project).count_places("zorg", mode="inside") == 4


def test_context_stands_on_one_line(project: ProjectFile) -> None:
    add_text(project, TALK)
    hit = Sources(project).search("kinderopvang")[0]
    assert hit.before.endswith("Zórg wel. Bert: ")
    assert hit.after.startswith(" is zorg")


def test_after_a_search_inside_words_a_text_can_be_forgotten_wholly(project: ProjectFile) -> None:
    source = add_text(project, TALK)
    add_text(project, "Cas: De buurtzorg.", "cas")
    assert "gezinszorg" in found(project, "zorg", "inside")
    assert forget.forget(project, forget.what_goes(project, {"source": {source}}))
    assert found(project, "zorg", "inside") == ["buurtzorg"]
    assert checking.problems(project) == []
