"""Two people correct whole turns, undo and redo in any order: every coding stays on its words."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import add_code, add_text, code_words, coded, correct_words, examples, redo, undo

from verhalen import errors
from verhalen.coding import correcting, editing
from verhalen.store import checking, codings, sources
from verhalen.store.project import ProjectFile

TALK = "Anna: Ik sleip niet. De ketl was kapot.\nBert: Ja 👍 goed."


@pytest.fixture
def source(project: ProjectFile) -> int:
    """Two turns with three codings."""
    number = add_text(project, TALK)
    add_code(project, "rol")
    for words in ("Ik sleip", "ketl", "goed"):
        code_words(project, number, words, "rol")
    return number


def retell(
    project: ProjectFile, source: int, words: str, *, turn: int = 0, before: str | None = None
) -> correcting.Corrected | None:
    """Give a turn other words."""
    there = sources.turns_of(project, source)[turn]
    now = editing.text_now(project, source)[there.start : there.stop] if before is None else before
    return correcting.correct_turn(project, source, there.id, before=now, after=words)


def quotes(project: ProjectFile) -> list[str]:
    return [words for _, _, words in coded(project)]


def turns(project: ProjectFile, source: int) -> list[str]:
    text = editing.text_now(project, source)
    return [text[each.start : each.stop] for each in sources.turns_of(project, source)]


def test_two_places_in_a_turn_are_one_change_and_codings_keep_their_words(project: ProjectFile, source: int) -> None:
    before = checking.digest(project)
    retell(project, source, "Ik sliep niet. De oude ketel was kapot.")
    assert editing.text_now(project, source) == "Anna: Ik sliep niet. De oude ketel was kapot.\nBert: Ja 👍 goed."
    assert quotes(project) == ["Ik sliep", "ketel", "goed"]
    after = checking.digest(project)
    undo(project)
    assert checking.digest(project) == before
    redo(project)
    assert checking.digest(project) == after
    assert checking.problems(project) == []


def test_words_put_behind_a_turn_belong_to_it_but_not_to_the_coding_before_them(
    project: ProjectFile, source: int
) -> None:
    retell(project, source, "Ja 👍🏽 goed, en jij?", turn=1)
    assert turns(project, source) == ["Ik sleip niet. De ketl was kapot.", "Ja 👍🏽 goed, en jij?"]
    assert quotes(project) == ["Ik sleip", "ketl", "goed"]
    page = sources.landmarks_of(project, source)[0]
    assert (page.start, page.stop) == (0, len(editing.text_now(project, source)))
    retell(project, source, "Nu wel: ja 👍🏽 goed, en jij?", turn=1)
    assert turns(project, source)[1] == "Nu wel: ja 👍🏽 goed, en jij?"


def test_a_letter_typed_as_two_code_points_is_stored_as_one(project: ProjectFile, source: int) -> None:
    retell(project, source, "Ik slie\u0301p niet.\r\nDe ketl was kapot.")
    assert turns(project, source)[0] == "Ik sli\u00e9p niet.\nDe ketl was kapot."
    assert quotes(project)[:2] == ["Ik sli\u00e9p", "ketl"]


def test_a_turn_without_words_is_refused(project: ProjectFile, source: int) -> None:
    before = checking.digest(project)
    with pytest.raises(errors.EmptyTurn):
        retell(project, source, " \n ")
    assert checking.digest(project) == before


def test_the_same_words_are_no_change(project: ProjectFile, source: int) -> None:
    newest = project.last_change()
    assert retell(project, source, " Ik sleip niet. De ketl was kapot.\n") is None
    assert project.last_change() == newest


def test_a_turn_that_a_colleague_corrected_meanwhile_is_refused_and_one_elsewhere_is_not(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    seen = turns(project, source)
    retell(jan, source, "Ik sliep niet. De ketl was kapot.")
    with pytest.raises(errors.StaleTurn):
        retell(project, source, "Ik sleip niet. De ketel was kapot.", before=seen[0])
    assert retell(project, source, "Ja, goed.", turn=1, before=seen[1]) is not None
    assert quotes(project) == ["Ik sliep", "ketl", "goed"]


def test_ones_own_undo_of_two_places_leaves_a_colleagues_correction_between_them(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    retell(project, source, "Ik sliep niet. De ketel was kapot.")
    correct_words(jan, source, "niet", "nooit")
    undo(project)
    assert editing.text_now(project, source) == TALK.replace("niet", "nooit")
    assert quotes(project) == ["Ik sleip", "ketl", "goed"]
    redo(project)
    assert quotes(project) == ["Ik sliep", "ketel", "goed"]
    undo(jan)
    assert turns(project, source)[0] == "Ik sliep niet. De ketel was kapot."
    assert checking.problems(project) == []


def test_what_would_change_is_known_before_it_is_stored(project: ProjectFile, source: int) -> None:
    there = sources.turns_of(project, source)[0]
    found = correcting.touched(
        editing.text_now(project, source), there, "Ik sliep niet. Alles was kapot.", codings.codings_of(project, source)
    )
    assert [(each.before, each.after) for each in found] == [("Ik sleip", "Ik sliep"), ("ketl", "")] or [
        (each.before, each.after) for each in found
    ] == [("Ik sleip", "Ik sliep"), ("ketl", "Alles")]


# -- any order -----------------------------------------------------------------------------------------------------

_FIRST = 0x4E00
"""Every letter of the game is another one, so that each can be followed."""


@dataclass
class _Game:
    """A text of three turns of four words; each coding covers whole words."""

    fresh: int = _FIRST
    words: list[str] = field(default_factory=list)

    def word(self, length: int = 3) -> str:
        """A word of letters that stand nowhere else."""
        self.fresh += length
        return "".join(chr(self.fresh - length + i) for i in range(length))


_MOVES = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["turn", "turn", "turn", "undo", "redo", "one"]),
        st.integers(0, 2),
        st.lists(
            st.tuples(st.integers(0, 4), st.sampled_from(["new", "gone", "before", "inside", "longer", "two"])),
            min_size=1,
            max_size=3,
        ),
    ),
    min_size=2,
    max_size=7,
)


@given(_MOVES, st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=4))
@settings(max_examples=examples(30))
def test_in_any_order_of_corrections_undos_and_redos_every_coding_stays_on_its_words(
    moves: list[tuple[int, str, int, list[tuple[int, str]]]], marks: list[tuple[int, int, int]]
) -> None:
    game = _Game()
    rows = [[game.word() for _ in range(4)] for _ in range(3)]
    with tempfile.TemporaryDirectory() as folder, ProjectFile.create(Path(folder), coder="Els") as els:
        source = add_text(els, "\n".join(f"{name}: {' '.join(row)}" for name, row in zip("ABC", rows, strict=True)))
        add_code(els, "rol")
        own: dict[int, set[str]] = {}
        for row, one, other in marks:
            words = " ".join(rows[row][min(one, other) : max(one, other) + 1])
            own[code_words(els, source, words, "rol")] = set(words) - {" "}
        text_before, turns_before = editing.text_now(els, source), [turn.span for turn in sources.turns_of(els, source)]
        places_before = [(each.start, each.stop) for each in codings.codings_of(els, source)]
        everyone = {letter for row in rows for word in row for letter in word}
        with els.sibling(coder="Hanne") as hanne, els.sibling(coder="Jan") as jan:
            for who, what, turn, changes in moves:
                _play((hanne, jan)[who], source, game, what, turn, changes)
                text = editing.text_now(els, source)
                found = {each.id: text[each.start : each.stop] for each in codings.codings_of(els, source)}
                assert {number: set(found.get(number, "")) & everyone for number in own} == {
                    number: letters & set(text) for number, letters in own.items()
                }
                assert checking.problems(els) == []
            for each in (jan, hanne) * len(moves):
                _play(each, source, game, "undo", 0, [])
        if editing.text_now(els, source) == text_before:
            assert [turn.span for turn in sources.turns_of(els, source)] == turns_before
            assert [(each.start, each.stop) for each in codings.codings_of(els, source)] == places_before


def _play(project: ProjectFile, source: int, game: _Game, what: str, turn: int, changes: list[tuple[int, str]]) -> None:
    try:
        if what == "undo":
            undo(project)
        elif what == "redo":
            redo(project)
        else:
            there = sources.turns_of(project, source)[turn]
            now = editing.text_now(project, source)[there.start : there.stop]
            words = now.split(" ")
            for place, kind in changes if what == "turn" else changes[:1]:
                words = _changed(words, place % len(words), kind, game) if words else words
            correcting.correct_turn(project, source, there.id, before=now, after=" ".join(words))
    except (errors.CannotUndo, errors.NothingToUndo, errors.NothingToRedo, errors.EmptyTurn):
        pass


def _changed(words: list[str], place: int, kind: str, game: _Game) -> list[str]:
    word = words[place]
    new = {
        "new": [game.word()],
        "gone": [],
        "before": [game.word(), word],
        "inside": [word[:1] + game.word(1) + word[2:]],
        "longer": [word + game.word(2)],
        "two": [game.word(), game.word()],
    }[kind]
    return [*words[:place], *new, *words[place + 1 :]]
