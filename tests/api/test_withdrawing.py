"""Withdrawing names the files that still hold the words, and a withdrawn story is not told again."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from tests.builders import add_family, add_text, story

from verhalen.api.project import Project
from verhalen.errors import Withdrawn
from verhalen.store.project import ProjectFile

TALK = "Anna: Op dinsdag stond de bus er niet & ik heb een uur in de regen staan wachten met de kleine."
OTHER = "Bert: Op dinsdag stond de trein er wel, en het was nog droog ook."


def stays(project: ProjectFile, key: str = "1") -> tuple[str, ...]:
    return Project(project).withdraw(key).stays


def put(project: ProjectFile, name: str, content: str) -> None:
    path = project.path.parent / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, "utf-8")


def test_a_short_quote_in_a_word_report_is_found_wherever_it_was_cut_from(project: ProjectFile) -> None:
    add_text(project, TALK)
    (project.path.parent / "exports").mkdir()
    for number, start in enumerate((7, 13, 25, 31)):
        document = docx.Document()
        document.add_paragraph(f"Een ouder zegt: {TALK[start : start + 40]}.")
        document.save(str(project.path.parent / "exports" / f"r{number}.docx"))
    put(project, "exports/ander.md", OTHER)
    assert stays(project) == tuple(str(Path("exports") / f"r{number}.docx") for number in range(4))


def test_a_text_of_short_lines_is_found_too(project: ProjectFile) -> None:
    lines = "Anna: de bus kwam niet.\nBert: ja dat zei ze al.\nAnna: en het regende wat."
    add_text(project, lines)
    put(project, "transcripts/anna.txt", lines)
    put(project, "transcripts/bert.txt", "Bert: helemaal iets anders vandaag.")
    assert stays(project) == (str(Path("transcripts") / "anna.txt"),)


def test_the_copy_that_a_migration_left_is_named(project: ProjectFile) -> None:
    add_text(project, TALK)
    project.copy_to(project.path.with_name(f"{project.path.name}.before-2"))
    assert stays(project) == (f"{project.path.name}.before-2",)


def test_a_withdrawn_story_is_not_told_again_in_the_same_words(project: ProjectFile) -> None:
    door = Project(project)
    add_family(project, "G001")
    told = door.stories.tell(story("", "G001", "Wij wachten nog altijd op een woning."))
    assert door.withdraw(told.key, really=True).clean
    with pytest.raises(Withdrawn):
        door.stories.tell(story("", "G001", "Wij wachten nog altijd op een woning."))
    assert door.stories.tell(story("", "G001", "Wij kregen een woning.")).key == "V01"
