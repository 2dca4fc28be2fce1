"""`project.suggestions`: what is accepted is one step in the history; what is refused does not come back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders import add_code, add_text, code_words, coded, correct_words, undo

from verhalen import errors
from verhalen.api.demo import run_demo
from verhalen.api.project import Project, open_project
from verhalen.i18n import set_language
from verhalen.model.act import Act
from verhalen.model.suggestion import Alike
from verhalen.store import checking
from verhalen.store.project import ProjectFile


@pytest.fixture
def ours(project: ProjectFile) -> Project:
    """Two texts and three codes with patterns."""
    add_text(project)
    add_text(project, "Cas: De coach kwam. Wij slapen weer.", "cas")
    add_code(project, "rol", patterns="coach")
    add_code(project, "rol.steun", parent="rol", patterns='"gaat het beter"')
    add_code(project, "psy", patterns="lemma:slapen")
    return Project(project)


def found(project: Project, source: int | None = None, *, code: str | None = None) -> list[tuple[str, str]]:
    """Code and words of each suggestion."""
    texts = {each.id: project.sources.text(each.number).text for each in project.sources.all()}
    suggestions = project.suggestions.of(source, code=code)
    return [(each.code, texts[each.source_id][each.start : each.stop]) for each in suggestions]


FIRST = [
    ("psy", "Ik sliep niet."),
    ("rol", "Nu gaat het beter, zei de coach."),
    ("rol.steun", "Nu gaat het beter, zei de coach."),
]
SECOND = [("rol", "De coach kwam."), ("psy", "Wij slapen weer.")]


def test_suggestions_of_one_text_or_of_all_in_order_of_the_texts(ours: Project) -> None:
    assert found(ours, 1) == FIRST
    assert found(ours) == FIRST + SECOND


def test_a_code_brings_the_codes_below_it(ours: Project) -> None:
    assert found(ours, code="rol") == [FIRST[1], FIRST[2], SECOND[0]]
    with pytest.raises(errors.UnknownCode):
        ours.suggestions.of(code="weg")


def test_nothing_is_stored_by_asking(ours: Project) -> None:
    before = checking.digest(ours.file), ours.last_change()
    ours.suggestions.of()
    assert (checking.digest(ours.file), ours.last_change()) == before


def test_accepting_several_is_one_change_with_its_own_name_and_one_undo(ours: Project) -> None:
    set_language("en")
    before = checking.digest(ours.file)
    applied = ours.suggestions.accept(ours.suggestions.of())
    assert len(coded(ours.file)) == 5
    newest = ours.history.entries(limit=1)[0]
    assert newest.act is Act.SUGGESTED
    assert ours.history.label(newest) == "suggestion accepted: 'psy' in source 1 and 3 more"
    assert ours.suggestions.of() == []
    assert ours.suggestions.accepted() == {each.coding_id for each in applied}
    undo(ours.file)
    assert checking.digest(ours.file) == before
    assert found(ours) == FIRST + SECOND


def test_a_coding_of_ones_own_does_not_count_as_suggested(ours: Project) -> None:
    code_words(ours.file, ours.sources.get(1).id, "Ik sliep niet", "psy")
    assert ours.suggestions.accepted() == set()
    assert found(ours, 1) == FIRST[1:]


def test_what_somebody_else_coded_is_not_suggested(ours: Project) -> None:
    with ours.sibling(coder="Jan") as jan:
        jan.suggestions.accept(jan.suggestions.of(1, code="psy"))
    assert found(ours, 1) == FIRST[1:]


def test_a_refusal_is_remembered_for_this_coder_and_holds_no_words(ours: Project) -> None:
    ours.suggestions.reject(ours.suggestions.of(1, code="psy"))
    ours.suggestions.reject(ours.suggestions.of(1, code="rol.steun"))
    assert found(ours, 1) == [FIRST[1]]
    with ours.sibling(coder="Jan") as jan:
        assert found(jan, 1) == FIRST
    kept = ours.file.rows("select key, value from view_state")
    assert len(kept) == 1
    assert not any(word in str(kept) for word in ("sliep", "slapen", "psy", "beter"))


def test_a_refusal_goes_with_its_text_when_that_is_withdrawn(ours: Project) -> None:
    ours.suggestions.reject(ours.suggestions.of(2))
    ours.withdraw("2", really=True)
    assert ours.file.rows("select key from view_state") == []


def test_a_text_that_was_corrected_since_refuses_all_and_codes_nothing(ours: Project) -> None:
    stale = ours.suggestions.of()
    correct_words(ours.file, ours.sources.get(1).id, "sliep", "sliep er")
    with pytest.raises(errors.StaleText):
        ours.suggestions.accept(stale)
    with pytest.raises(errors.StaleText):
        ours.suggestions.reject(stale)
    assert coded(ours.file) == []


def test_it_can_be_stopped_between_two_texts(ours: Project) -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 1

    assert {each.source_id for each in ours.suggestions.of(stop=stop)} == {ours.sources.get(1).id}


def test_the_demo_has_likenesses_and_each_names_fragments_that_share_its_words(tmp_path: Path) -> None:
    run_demo(tmp_path / "demo", progress=lambda _: None)
    with open_project(tmp_path / "demo", coder="Els") as project:
        suggestions = project.suggestions.of()
        assert 10 <= len(suggestions) <= 200, "as many as one person looks through in half an hour"
        fragments = {each.coding.id: each for each in project.codings.fragments()}
        for each in suggestions:
            assert each.reasons
            for reason in each.reasons:
                assert isinstance(reason, Alike)
                assert fragments[reason.coding_id].coding.code == each.code
                assert reason.lemmas
