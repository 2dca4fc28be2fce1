"""A newer version of a file: where every fragment lies in it, what is asked first, and the one change that it becomes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import add_code, add_text, code_words, coded, correct_words, examples, redo, turns_in, undo

from verhalen import errors
from verhalen.coding import editing, renewing
from verhalen.coding.anchoring import Found
from verhalen.model.act import Act
from verhalen.model.text import Landmark, Reading, normal_text
from verhalen.store import checking, codings, sources
from verhalen.store import forget as forgetting
from verhalen.store.project import ProjectFile

OLD = (
    "Anna: Ik sleip niet en de ketel was kapot.\n"
    "Bert: Wat heb je toen gedaan, met die kinderen erbij?\n"
    "Anna: Mijn zus kwam elke avond koken voor ons allemaal.\n"
    "Bert: En nu?\n"
    "Anna: Nu gaat het, dank u wel, mevrouw.\n"
)
NEW = (
    "Anna: Nu gaat het, dank u wel, mevrouw.\n"
    "Anna: Ik sliep niet en de ketel was stuk.\n"
    "Bert: Wat heb je toen gedaan, met die kinderen erbij?\n"
    "Anna: Mijn zus kwam elke avond koken voor ons allemaal.\n"
)


def reading(text: str, *, landmarks: tuple[Landmark, ...] = ()) -> Reading:
    """What a reader makes of a newer file."""
    text = normal_text(text)
    return Reading("anna", text, tuple(turns_in(text)), (), text.encode(), ".txt", landmarks)


@pytest.fixture
def source(project: ProjectFile) -> int:
    """A talk with five codings."""
    number = add_text(project, OLD)
    add_code(project, "rol")
    for words in ("Ik sleip niet", "Mijn zus kwam elke avond koken", "En nu?", "dank u wel, mevrouw", "ketel"):
        code_words(project, number, words, "rol")
    return number


def quotes(project: ProjectFile) -> list[str]:
    return [words for _, _, words in coded(project)]


def renew(project: ProjectFile, source: int, text: str, *, drop: tuple[int, ...] = ()) -> renewing.Renewed:
    return renewing.apply(project, renewing.plan(project, source, reading(text)), drop=drop)


def test_every_fragment_is_found_and_only_what_is_not_plain_is_asked(project: ProjectFile, source: int) -> None:
    before = checking.digest(project)
    plan = renewing.plan(project, source, reading(NEW))
    assert [(each.quote, each.found, each.words) for each in plan.review] == [
        ("Ik sleip niet", Found.CHANGED, "Ik sliep niet"),
        ("En nu?", Found.GONE, ""),
        ("dank u wel, mevrouw", Found.MOVED, "dank u wel, mevrouw"),
    ]
    assert checking.digest(project) == before


def test_a_newer_version_is_one_change_and_undo_and_redo_restore_everything(project: ProjectFile, source: int) -> None:
    before = checking.digest(project)
    done = renew(project, source, NEW)
    assert (done.kept, done.ended) == (4, 1)
    assert quotes(project) == ["dank u wel, mevrouw", "Ik sliep niet", "ketel", "Mijn zus kwam elke avond koken"]
    assert editing.text_now(project, source) == NEW
    assert sources.original_of(project, source) == (NEW.encode(), ".txt")
    assert checking.problems(project) == []
    after = checking.digest(project)
    for _ in range(2):
        undo(project)
        assert checking.digest(project) == before
        assert sources.original_of(project, source) == (OLD.encode(), ".txt")
        redo(project)
        assert checking.digest(project) == after
    assert checking.problems(project) == []


def test_what_a_person_turns_down_ends_and_comes_back_with_undo(project: ProjectFile, source: int) -> None:
    changed = next(each for each in renewing.plan(project, source, reading(NEW)).review if each.found is Found.CHANGED)
    renew(project, source, NEW, drop=(changed.id,))
    assert "Ik sliep niet" not in quotes(project)
    undo(project)
    assert "Ik sleip niet" in quotes(project)
    redo(project)
    assert "Ik sliep niet" not in quotes(project)


def test_speakers_keep_their_links_and_turns_that_did_not_change_stay_as_people_put_them_right(
    project: ProjectFile, source: int
) -> None:
    anna = next(each for each in sources.speakers_of(project, source) if each.name == "Anna")
    with project.change(Act.LINK_SPEAKER, source) as writing:
        sources.link_speaker(writing, anna.id, person_id=None, role="ouder")
        writing.execute("update speaker set name = 'Anneke' where id = ?", (anna.id,))
    renew(project, source, OLD.replace("kapot", "stuk") + "Cas: Dag.\n")
    assert [(each.name, each.role, each.turns) for each in sources.speakers_of(project, source)] == [
        ("Anneke", "ouder", 3),
        ("Bert", "", 2),
        ("Cas", "", 1),
    ]
    text = editing.text_now(project, source)
    first = sources.turns_of(project, source)[0]
    assert text[first.start : first.stop] == "Ik sleip niet en de ketel was stuk."
    assert checking.problems(project) == []


def test_pages_are_those_of_the_newer_file_and_undo_brings_the_older_ones_back(
    project: ProjectFile, source: int
) -> None:
    before = sources.landmarks_of(project, source)
    renewing.apply(project, renewing.plan(project, source, reading(NEW, landmarks=(Landmark("page", 2, 0, 40),))))
    assert sources.landmarks_of(project, source) == [Landmark("page", 2, 0, 40)]
    undo(project)
    assert sources.landmarks_of(project, source) == before


def test_coding_meanwhile_is_seen_and_nothing_is_stored(project: ProjectFile, jan: ProjectFile, source: int) -> None:
    plan = renewing.plan(project, source, reading(NEW))
    code_words(jan, source, "kinderen", "rol")
    before = checking.digest(project)
    with pytest.raises(errors.StaleRenewal):
        renewing.apply(project, plan)
    assert checking.digest(project) == before
    plan = renewing.plan(project, source, reading(NEW))
    correct_words(jan, source, "kinderen", "kindjes")
    with pytest.raises(errors.StaleRenewal):
        renewing.apply(project, plan)


def test_a_file_with_the_same_words_or_one_that_was_read_before_is_refused(project: ProjectFile, source: int) -> None:
    with pytest.raises(errors.AlreadyImported):
        renewing.plan(project, source, reading(OLD))
    correct_words(project, source, "sleip", "sliep")
    with pytest.raises(errors.CannotRenew):
        renewing.plan(project, source, reading(OLD.replace("sleip", "sliep")))


def test_what_a_colleague_coded_since_goes_along_when_the_newer_version_is_taken_back(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    renew(project, source, OLD.replace("sleip", "sliep slecht en sliep"))
    code_words(jan, source, "die kinderen", "rol")
    mine = next(each for each in codings.codings_of(project, source) if each.coder == "Hanne")
    editing.set_memo(jan, mine.id, "Nog eens nakijken.")
    undo(project)
    assert "die kinderen" in quotes(project)
    assert "Ik sleip niet" in quotes(project)
    assert [each.memo for each in codings.codings_of(project, source) if each.memo] == ["Nog eens nakijken."]
    assert checking.problems(project) == []


def test_a_colleagues_later_correction_keeps_a_newer_version_from_being_taken_back_by_name(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    renew(project, source, NEW)
    correct_words(jan, source, "stuk", "kapot")
    with pytest.raises(errors.CannotUndo, match="Jan"):
        undo(project)
    undo(jan)
    undo(project)
    assert editing.text_now(project, source) == OLD


def test_a_correction_of_before_is_still_undone_after_a_newer_version(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    correct_words(jan, source, "avond", "dag")
    renew(project, source, OLD.replace("avond", "dag").replace("sleip", "sliep"))
    undo(jan)
    assert "Mijn zus kwam elke avond koken" in quotes(project)
    assert "Ik sliep niet" in quotes(project)
    assert checking.problems(project) == []


def test_an_older_file_of_a_withdrawn_source_may_not_come_back_either(project: ProjectFile, source: int) -> None:
    first = project.row("select original_sha256 from source where id = ?", (source,))
    renew(project, source, NEW)
    second = project.row("select original_sha256 from source where id = ?", (source,))
    assert first is not None
    assert second is not None
    forgetting.forget(project, forgetting.what_goes(project, {"source": {source}}))
    assert forgetting.is_forgotten(project, [first[0]])
    assert forgetting.is_forgotten(project, [second[0]])


_LINES = st.lists(
    st.sampled_from(
        [
            "Anna: Ik ging te voet naar school.",
            "Bert: ja",
            "Anna: ja",
            "Bert: 👩‍👩‍👧 x\u0323\u0302 goed",
            "Anna: De bus is weg, zei hij.",
            "los",
        ]
    ),
    min_size=1,
    max_size=7,
)


@given(_LINES, _LINES, st.lists(st.tuples(st.integers(0, 200), st.integers(1, 30)), min_size=1, max_size=5))
@settings(max_examples=examples(25))
def test_whatever_the_newer_file_holds_places_lie_inside_it_and_undo_restores_all(
    old: list[str], new: list[str], marks: list[tuple[int, int]]
) -> None:
    text = normal_text("\n".join(old))
    with tempfile.TemporaryDirectory() as folder, ProjectFile.create(Path(folder), coder="Hanne") as project:
        source = add_text(project, text)
        add_code(project, "rol")
        for place, length in marks:
            start = place % len(text)
            stop = min(len(text), start + length)
            editing.apply_codes(project, [editing.Intent(source, start, stop, "rol")])
        before = checking.digest(project)
        try:
            renew(project, source, "\n".join(new))
        except (errors.AlreadyImported, errors.CannotRenew):
            return
        assert checking.problems(project) == []
        after = checking.digest(project)
        undo(project)
        assert checking.digest(project) == before
        redo(project)
        assert checking.digest(project) == after


_STEPS = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["correct", "renew", "undo", "redo"]), st.integers(0, 20), st.randoms()),
    min_size=2,
    max_size=7,
)


@given(_STEPS)
@settings(max_examples=examples(15))
def test_newer_versions_corrections_and_undos_of_two_people_leave_a_whole_project(
    steps: list[tuple[bool, str, int, Random]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, ProjectFile.create(Path(folder), coder="Els") as els:
        source = add_text(els, OLD)
        add_code(els, "rol")
        for words in ("Ik sleip niet", "Mijn zus kwam elke avond koken", "En nu?", "dank u wel, mevrouw", "ketel"):
            code_words(els, source, words, "rol")
        before = [(each.id, each.start, each.stop) for each in codings.codings_of(els, source)]
        with els.sibling(coder="Hanne") as hanne, els.sibling(coder="Jan") as jan:
            for first, what, place, chance in steps:
                _do(hanne if first else jan, source, what, place, chance)
                assert checking.problems(els) == []
            for each in (hanne, jan) * len(steps):
                _do(each, source, "undo", 0, Random(0))
        assert checking.problems(els) == []
        if editing.text_now(els, source) == OLD.strip() or editing.text_now(els, source) == OLD:
            assert [(each.id, each.start, each.stop) for each in codings.codings_of(els, source)] == before


def _do(project: ProjectFile, source: int, what: str, place: int, chance: Random) -> None:
    try:
        text = editing.text_now(project, source)
        if what == "undo":
            undo(project)
        elif what == "redo":
            redo(project)
        elif what == "correct":
            words = text.split(" ")[place % len(text.split(" "))]
            correct_words(project, source, words, words[: len(words) // 2] + "xyz")
        else:
            lines = [line.replace("e", "ee", place % 3) for line in text.split("\n") if chance.random() > 0.1]
            chance.shuffle(lines)
            renew(project, source, "\n".join([*lines, f"Cas: {place} keer"]))
    except (
        errors.AlreadyImported,
        errors.BadSpan,
        errors.CannotRenew,
        errors.CannotUndo,
        errors.NothingToRedo,
        errors.NothingToUndo,
    ):
        pass
