"""Speakers put right among codings and corrections: whatever was done, undo leads back to the last letter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import add_code, add_text, examples

from verhalen import errors
from verhalen.api.codings import Intent
from verhalen.api.project import Project
from verhalen.model.ids import encode_id
from verhalen.store import checking
from verhalen.store.project import ProjectFile

TALK = "Anna: Ik sliep niet.\nLetop: de bel ging.\nBert: Nu gaat het beter.\nA.: Dat is waar.\nLetop: weer de bel."
NAMES = ("Anna", "Letop", "Bert", "A.", "Cas")

Act = Callable[[Project, int, int], object]
ACTS: dict[str, Act] = {
    "rename": lambda project, a, b: project.speakers.rename(1, NAMES[a % 5], NAMES[b % 5]),
    "merge": lambda project, a, b: project.speakers.merge(1, {NAMES[a % 5]: NAMES[b % 5]}),
    "drop": lambda project, a, b: project.speakers.drop(1, [NAMES[a % 5]]),
    "link": lambda project, a, b: project.speakers.link(1, NAMES[a % 5], role=("ouder", "gezinscoach")[b % 2]),
    "unlink": lambda project, a, b: project.speakers.unlink(1, NAMES[a % 5]),
    "join": lambda project, a, b: project.speakers.join_turn(1, _turn(project, a)),
    "give": lambda project, a, b: project.speakers.give_turn(1, _turn(project, a), NAMES[b % 5]),
    "cut": lambda project, a, b: project.speakers.split_turn(1, _turn(project, a), at=b, speaker=NAMES[b % 5]),
    "correct": lambda project, a, b: project.sources.correct(1, start=a, stop=a + b % 4, replacement="xy"[: a % 3]),
    "code": lambda project, a, b: project.codings.apply(Intent(project.sources.get(1).id, a, a + 1 + b % 20, "rol")),
}


def _turn(project: Project, index: int) -> int:
    turns = project.sources.text(1).turns
    return turns[index % len(turns)].id


def healthy(project: Project) -> None:
    """Turns in order, apart and in the text, each of a speaker of this text; nothing else is wrong either."""
    found = project.sources.text(1)
    borders = [border for turn in found.turns for border in (turn.start, turn.stop)]
    assert borders == sorted(borders)
    assert all(turn.start < turn.stop <= len(found.text) for turn in found.turns)
    names = [each.name for each in project.speakers.of(1) if each.name is not None]
    assert len(names) == len(set(names))
    assert {turn.speaker for turn in found.turns} <= {*names, None}
    assert checking.problems(project.file) == []


@settings(max_examples=examples(20))
@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 95), st.integers(0, 95)), max_size=9))
def test_undo_leads_back_to_the_last_letter(acts: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder, ProjectFile.create(Path(folder), coder="Hanne") as file:
        project = Project(file)
        add_code(file, "rol")
        add_text(file, TALK)
        states = [checking.digest(file)]
        for name, a, b in acts:
            try:
                ACTS[name](project, a, b)
            except errors.VerhalenError:
                assert checking.digest(file) == states[-1]
            if checking.digest(file) != states[-1]:
                states.append(checking.digest(file))
        healthy(project)
        for state in reversed(states[:-1]):
            project.history.undo()
            assert checking.digest(file) == state
        healthy(project)


@settings(max_examples=examples(12))
@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 95), st.integers(0, 95)), max_size=5))
def test_undo_past_a_colleagues_corrections_keeps_turns_whole(acts: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder, ProjectFile.create(Path(folder), coder="Hanne") as file:
        hanne = Project(file)
        add_code(file, "rol")
        add_text(file, TALK)
        with hanne.sibling(coder="Jan") as jan:
            first = hanne.last_change()
            for number, (name, a, b) in enumerate(acts):
                try:
                    ACTS[name](hanne, a, b)
                    jan.sources.correct(1, start=(7 * number + a) % 60, stop=(7 * number + a) % 60 + 2, replacement="o")
                except errors.VerhalenError:
                    continue
            mine = [each for each in hanne.history.entries(after=first) if each.coder_id == hanne.coder_id]
            for each in mine:
                try:
                    hanne.history.undo(encode_id(each.id))
                except errors.CannotUndo:
                    continue
            healthy(hanne)
