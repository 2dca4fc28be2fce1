"""Work from another program in the app: found among the files, asked about, taken in, told."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.exchange.other.databases import QUALCODER, coded, make
from tests.tui.frame import LARGE, opened, seen
from tests.tui.test_coding_screen import until

from verhalen.api.project import new_project
from verhalen.tui.dialogs import Choose
from verhalen.tui.intake_files import FilesScreen
from verhalen.tui.reading_window import ReadingWindow

TALK = "Anna: Ik sliep slecht die week.\nCoach: En nu?"


async def test_work_from_qualcoder_comes_in_after_one_question(tmp_path: Path) -> None:
    path = make(
        tmp_path / "oud.qda/data.qda",
        QUALCODER["v6"],
        {
            "source": [{"id": 1, "name": "anna", "fulltext": TALK}],
            "code_name": [{"cid": 1, "name": "Slaap"}],
            "code_text": coded(TALK, ["Ik sliep slecht"]),
        },
    ).parent
    with new_project(tmp_path / "w", coder="Hanne", empty=True) as project:
        shutil.copytree(path, project.workspace / "transcripts" / "oud.qda")
        async with opened(project, LARGE) as pilot:
            await pilot.press("6")
            await until(pilot, lambda: isinstance(pilot.app.screen, FilesScreen) and "oud.qda" in seen(pilot))
            await pilot.press("end", "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
            await pilot.press("escape", "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
            assert project.sources.all() == []
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, ReadingWindow) and "100,0 %" in seen(pilot))
        assert [(each.text, each.coding.coder) for each in project.codings.fragments()] == [("Ik sliep slecht", "Jan")]


async def test_work_that_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with new_project(tmp_path / "w", coder="Hanne", empty=True) as project:
        (project.workspace / "transcripts" / "oud.rqda").write_bytes(b"")
        async with opened(project, LARGE) as pilot:
            await pilot.press("6")
            await until(pilot, lambda: isinstance(pilot.app.screen, FilesScreen) and "oud.rqda" in seen(pilot))
            await pilot.press("end", "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
            await pilot.press("enter")
            await until(pilot, lambda: "Er is niets veranderd" in seen(pilot))
        assert project.sources.all() == []
