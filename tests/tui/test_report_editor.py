"""Writing a report in the app: the result beside the words, what is wrong named with its line, nothing typed is lost."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from tests.tui.frame import LARGE, SMALL, opened, screen, seen, small_project
from textual.pilot import Pilot
from textual.widgets import OptionList

from verhalen import errors
from verhalen.api.project import Project
from verhalen.report.fill import KNOWN
from verhalen.tui.ask_form import AskForm
from verhalen.tui.dialogs import Choose
from verhalen.tui.report_editor import ReportEditor
from verhalen.tui.report_file import ReportFile
from verhalen.tui.report_places import WHAT, words_for
from verhalen.tui.report_preview import ReportPreview

SOURCE = """---
titel: Ons verslag
publiek: intern
---

# Wie we bereiken

We begeleidden {{ aantal gezinnen }} gezinnen.

{{ verhaal antwoord=positief }}
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_project(tmp_path) as made:
        (made.workspace / "exports" / "raad.md").write_text(SOURCE, "utf-8")
        yield made


async def editor(pilot: Pilot[None]) -> ReportEditor:
    """The editor, opened as its user would."""
    await pilot.press("5", "enter")
    await made(pilot)
    found = screen(pilot)
    assert isinstance(found, ReportEditor)
    return found


async def made(pilot: Pilot[None]) -> None:
    """Wait until the words have settled and their preview stands there."""
    for _ in range(60):
        await pilot.pause(0.05)
        found = screen(pilot)
        if isinstance(found, ReportEditor) and not (
            found._waiting or found._working or found._job or not found.preview
        ):
            break
    await pilot.pause()


def shown(pilot: Pilot[None]) -> str:
    return screen(pilot).query_one(ReportPreview).text


def remarks(pilot: Pilot[None]) -> list[str]:
    listed = screen(pilot).query_one("#remarks", OptionList)
    return [str(listed.get_option_at_index(at).prompt) for at in range(listed.option_count)]


async def test_the_result_stands_beside_the_words_and_follows_them(project: Project) -> None:
    async with opened(project, LARGE) as pilot:
        found = await editor(pilot)
        assert "We begeleidden 2 gezinnen." in shown(pilot)
        assert "“Hij slaapt nu door.”" in shown(pilot)
        found.words.move_cursor(found.words.document.end)
        await pilot.press("enter", *"En verder.")
        await made(pilot)
        assert "En verder." in shown(pilot)
        assert "En verder." in (project.workspace / "exports" / "raad.md").read_text("utf-8")


async def test_what_is_wrong_is_named_with_its_line_and_the_rest_still_stands_there(project: Project) -> None:
    async with opened(project, LARGE) as pilot:
        found = await editor(pilot)
        found.words.move_cursor(found.words.document.end)
        await pilot.press("enter", *"{{ aantal gezinen }}")
        await made(pilot)
        (problem, *_) = remarks(pilot)
        assert problem.startswith("✗ regel 12: ")
        assert "aantal gezinnen" in problem  # the nearest name
        assert "We begeleidden 2 gezinnen." in shown(pilot)
        assert "1 probleem" in seen(pilot)
        found.words.move_cursor((0, 0))
        await pilot.press("f9")
        assert found.words.cursor_location == (11, 0)


async def test_a_quote_that_is_held_back_is_named_with_its_reason(project: Project) -> None:
    path = project.workspace / "exports" / "raad.md"
    path.write_text(SOURCE.replace("intern", "raad").replace("positief", "negatief"), "utf-8")
    async with opened(project, LARGE) as pilot:
        await editor(pilot)
        assert any("V02" in each and "niet geciteerd" in each for each in remarks(pilot))
        assert "De bus" not in shown(pilot)


async def test_a_small_window_shows_one_of_both_and_escape_keeps_what_was_typed(project: Project) -> None:
    async with opened(project, SMALL) as pilot:
        found = await editor(pilot)
        preview = found.query_one(ReportPreview)
        assert (found.words.display, preview.display) == (True, False)
        await pilot.press("f4")
        assert (found.words.display, preview.display) == (False, True)
        assert "Ons verslag" in seen(pilot)
        await pilot.press("f4", "f4", *"x", "escape")
        await pilot.pause()
        assert not isinstance(screen(pilot), ReportEditor)
        assert (project.workspace / "exports" / "raad.md").read_text("utf-8") == f"x{SOURCE}"


async def test_a_place_is_chosen_from_a_list_and_the_document_is_built(project: Project) -> None:
    async with opened(project, LARGE) as pilot:
        found = await editor(pilot)
        found.words.move_cursor(found.words.document.end)
        await pilot.press("f8")
        await pilot.pause()
        await pilot.press("enter")
        await made(pilot)
        assert "{{ aantal fragmenten }}" in found.words.text
        await pilot.press("f5")
        await made(pilot)
        assert (project.workspace / "exports" / "raad.docx").read_bytes().startswith(b"PK")
        assert "exports/raad.docx" in seen(pilot)


def test_every_place_is_explained_and_comes_with_the_choices_it_needs() -> None:
    """The two lists hold together: what a report may hold, and what is said of it where one chooses."""
    assert set(WHAT) == set(KNOWN)
    assert words_for("periode") == "{{ periode }}"
    assert words_for("kruistabel") == "{{ kruistabel langs= }}"
    assert words_for("punt") == "{{ punt lijst= punt= }}"


async def test_a_place_that_needs_a_choice_leaves_the_cursor_where_it_is_written(project: Project) -> None:
    async with opened(project, LARGE) as pilot:
        found = await editor(pilot)
        found.words.move_cursor(found.words.document.end)
        await pilot.press("enter")
        found._insert("kruistabel")
        await pilot.press(*"gemeente")
        assert found.words.text.endswith("{{ kruistabel langs=gemeente }}")
        await made(pilot)
        assert not [each for each in remarks(pilot) if each.startswith("✗")]


async def test_a_table_within_a_line_gets_a_paragraph_of_its_own(project: Project) -> None:
    async with opened(project, LARGE) as pilot:
        found = await editor(pilot)
        assert found.words.document.get_line(7).startswith("We begeleidden {{")
        found.words.move_cursor((7, len("We begeleidden ")))
        found._insert("dekking")
        assert "We begeleidden \n\n{{ dekking }}\n\n{{ aantal gezinnen }} gezinnen." in found.words.text
        assert found.words.cursor_location == (9, len("{{ dekking }}"))


async def test_escape_asks_first_where_the_words_cannot_be_stored(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(project, LARGE) as pilot:
        found = await editor(pilot)

        def refuse(file: ReportFile, text: str) -> None:
            raise errors.CannotWrite(file=file.path.name, reason="vol")

        monkeypatch.setattr(ReportFile, "keep", refuse)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Choose)
        await pilot.press("escape")
        assert screen(pilot) is found
        await pilot.press("escape", "t", "enter")
        assert screen(pilot) is not found


def test_words_of_another_program_are_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "raad.md"
    path.write_bytes(b"een\r\ntwee\r\n")
    file = ReportFile(path)
    assert file.read() == "een\ntwee\n"
    assert file.keep("een\ntwee\n") is None
    assert file.keep("een\n") is None
    assert path.read_bytes() == b"een\r\n"
    path.write_bytes(b"van Word")
    other = file.keep("twee\n")
    assert other is not None
    assert (other.name, other.read_bytes(), path.read_bytes()) == ("raad (2).md", b"van Word", b"twee\r\n")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["raad (2).md", "raad.md"]
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(errors.UnreadableFile):
        ReportFile(path).read()


def test_a_folder_in_which_nothing_may_be_written_is_said_and_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "raad.md"
    path.write_text("Dag", "utf-8")
    file = ReportFile(path)
    file.read()

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "read only")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)  # so does a folder on a disk that is read only, also for no file
    with pytest.raises(errors.CannotWrite):
        file.keep("Dag allemaal")
    assert path.read_text("utf-8") == "Dag"


async def test_a_new_report_is_asked_for_and_opens_to_write_on(project: Project) -> None:
    """Nothing but Enter and ctrl+s: every question has an answer already."""
    async with opened(project, LARGE) as pilot:
        await pilot.press("5", "n")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(screen(pilot), AskForm)
        await pilot.press("ctrl+s")
        await made(pilot)
        assert isinstance(screen(pilot), ReportEditor)
        (path,) = [each for each in (project.workspace / "exports").glob("*.md") if each.stem not in {"raad", "README"}]
        assert path.stem.startswith("maand-")
        assert not any(each.is_problem for each in screen(pilot).remarks)  # type: ignore[attr-defined]


async def test_a_document_changed_in_word_is_checked_and_gets_new_numbers_in_place(project: Project) -> None:
    target = project.workspace / "exports" / "raad.docx"
    project.reports.build(target.with_suffix(".md"), target)
    document = docx.Document(str(target))
    document.add_paragraph("Mijn eigen zin.")
    document.save(str(target))
    (project.workspace / "meer.csv").write_text("gezin;gemeente\nG003;Oudermeer\n", "utf-8")
    spells = (
        "gezin;traject;aanmelding;start;einde;reden_einde;coach;project;verwijzer;gekend\nG003;1;;2026-02-01;;;;;;\n"
    )
    (project.workspace / "begeleiding.csv").write_text(spells, "utf-8")
    for name in ("meer.csv", "begeleiding.csv"):
        project.families.import_file(project.workspace / name)
    async with opened(project, LARGE) as pilot:
        await pilot.press("5", "k")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "aantal gezinnen" in seen(pilot)
        assert "2 → 3" in seen(pilot)
        await pilot.press("v")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "raad.vorige.docx" in seen(pilot)
    words = "\n".join(each.text for each in docx.Document(str(target)).paragraphs)
    assert "Mijn eigen zin." in words
