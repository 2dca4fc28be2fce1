"""A project of NVivo and the like in the app: looked at, asked about, taken in, told; and the way out."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.exchange.refi.foreign_made import MAXQDA, NVIVO, PROJECT, Program, guid
from tests.exchange.refi.test_import import CASES
from tests.tui.frame import LARGE, SMALL, opened, seen
from tests.tui.test_coding_screen import until
from textual.pilot import Pilot

from verhalen.api.exchanging import Exchange
from verhalen.api.project import Project, new_project
from verhalen.exchange.refi_qda.outcome import Imported, Progress
from verhalen.tui.dialogs import AskLine, Choose
from verhalen.tui.intake_exchange import ChoosePlaces, ExchangeScreen
from verhalen.tui.intake_files import FilesScreen
from verhalen.tui.reading_window import ReadingWindow


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with new_project(tmp_path / "w", coder="Hanne", empty=True) as made:
        yield made


def put(project: Project, program: Program, name: str = "oud.qdpx", *, text: str = "", xml: str = "") -> None:
    """A file in the inbox."""
    path = project.workspace / "transcripts" / name
    if text:
        program.write(path, text, xml=xml)
    else:
        program.write(path, xml=xml)


async def to_file(pilot: Pilot[None], name: str = "oud.qdpx") -> None:
    """Enter on the file, which is the last one."""
    await pilot.press("6")
    await until(pilot, lambda: isinstance(pilot.app.screen, FilesScreen) and name in seen(pilot))
    await pilot.press("end", "enter")


def looked(pilot: Pilot[None]) -> bool:
    screen = pilot.app.screen
    return isinstance(screen, ExchangeScreen) and screen.may_take_in


def fragments(project: Project) -> list[tuple[str, str]]:
    return [(each.text, each.coding.code) for each in project.codings.fragments()]


async def test_a_project_is_looked_at_taken_in_told_and_undone_in_one_step(project: Project) -> None:
    put(project, replace(NVIVO, cases=CASES))
    async with opened(project, LARGE) as pilot:
        await to_file(pilot)
        await until(pilot, lambda: looked(pilot))
        page = seen(pilot)
        assert project.sources.all() == []
        for words in ("1 tekst", "2 codes", "5 coderingen", "Jan", "3 cases", "beginnen er 5", "misschien naar iemand"):
            assert words in page
        await pilot.press("i")
        await until(pilot, lambda: "uit oud.qdpx" in seen(pilot))
        assert len(fragments(project)) == 5
        assert "misschien naar iemand" in seen(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilesScreen))
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReadingWindow) and "oud.qdpx" in seen(pilot))
        await pilot.press("escape", "ctrl+z")
        await until(pilot, lambda: project.sources.all() == [])
        assert fragments(project) == []


async def test_cases_become_what_somebody_chooses(project: Project) -> None:
    put(project, replace(MAXQDA, cases=CASES))
    async with opened(project, SMALL) as pilot:
        await to_file(pilot)
        await until(pilot, lambda: looked(pilot))
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await pilot.press("down", "enter")
        await until(pilot, lambda: looked(pilot) and "verse code" in seen(pilot))
        await pilot.press("i")
        await until(pilot, lambda: len(project.families.all()) == 3)


async def test_where_figures_do_not_tell_somebody_chooses_by_the_words(project: Project) -> None:
    text = "Een\nkort 😀 woord."
    program = replace(NVIVO, names=False)
    xml = program.xml(text).replace("</TextSource>", program.selection(100, text, "woord", 11) + "</TextSource>")
    put(project, program, text=text, xml=xml)
    async with opened(project, LARGE) as pilot:
        await to_file(pilot)
        await until(pilot, lambda: looked(pilot) and "niet zeker" in seen(pilot))
        await pilot.press("i")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChoosePlaces) and "[woord]" in seen(pilot))
        assert project.sources.all() == []
        dialog = pilot.app.screen
        assert isinstance(dialog, ChoosePlaces)
        place = next(at for at, (_, words) in enumerate(dialog._answers) if "[woord]" in str(words))
        await pilot.press(*["down"] * place, "enter")
        await until(pilot, lambda: fragments(project) == [("woord", "thema")])


async def test_what_is_stopped_while_it_is_stored_is_not_stored(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(project, NVIVO)
    real, may_go_on, is_storing = Exchange.import_file, threading.Event(), threading.Event()

    def slow(self: Exchange, path: Path, *, offset_model: str, cases: str, on_progress: Progress) -> Imported:
        def wait(done: int, total: int) -> None:
            if total:
                is_storing.set()
                may_go_on.wait(20)
            on_progress(done, total)

        return real(self, path, offset_model=offset_model, cases=cases, on_progress=wait)

    monkeypatch.setattr(Exchange, "import_file", slow)
    async with opened(project, SMALL) as pilot:
        await to_file(pilot)
        await until(pilot, lambda: looked(pilot))
        await pilot.press("i")
        await until(pilot, is_storing.is_set)
        await pilot.press("escape")
        may_go_on.set()
        await until(pilot, lambda: "Gestopt" in seen(pilot))
        assert looked(pilot)
        assert project.sources.all() == []
        assert project.exchange.reports() == []


async def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(project: Project) -> None:
    with zipfile.ZipFile(project.workspace / "transcripts" / "oud.qdpx", "w") as archive:
        archive.writestr("project.qde", "<Project")
    async with opened(project, SMALL) as pilot:
        await to_file(pilot)
        await until(pilot, lambda: "niet lezen als project" in seen(pilot))
        screen = pilot.app.screen
        assert isinstance(screen, ExchangeScreen)
        assert not screen.may_take_in


async def test_a_codebook_comes_in_after_one_question(project: Project) -> None:
    xml = (
        f'<CodeBook xmlns="{PROJECT.replace("project", "codebook")}"><Codes><Code guid="{guid(1)}" name="Slaap" '
        'isCodable="true"/></Codes></CodeBook>'
    )
    (project.workspace / "transcripts" / "boek.qdc").write_text(xml, "utf-8")
    async with opened(project, SMALL) as pilot:
        await to_file(pilot, "boek.qdc")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose) and "1" in seen(pilot))
        assert len(project.codes.book()) == 0
        await pilot.press("enter")
        await until(pilot, lambda: [each.name for each in project.codes.book()] == ["Slaap"])


async def test_the_whole_project_goes_out_in_the_form_of_nvivo_and_it_is_said_what_lies_beside_it(
    project: Project, tmp_path: Path
) -> None:
    project.exchange.import_file(NVIVO.write(tmp_path / "oud.qdpx"))
    async with opened(project, LARGE) as pilot:
        await pilot.press("6")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilesScreen))
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskLine))
        await pilot.press("enter")
        await until(pilot, lambda: "project.verhalen.json" in seen(pilot))
    with zipfile.ZipFile(project.workspace / "exports" / "project.qdpx") as archive:
        (text,) = [archive.read(name) for name in archive.namelist() if name.endswith(".txt")]
    assert text.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in text
