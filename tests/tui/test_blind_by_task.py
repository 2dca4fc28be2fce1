"""Whoever has a text as second coder codes blind in the app: at once, on every screen, and without a way around it."""

from __future__ import annotations

import pytest
from tests.tui.frame import LARGE, opened, screen, seen, settled, small_project
from tests.tui.test_coding_screen import coding, desk, put, until, work
from textual.pilot import Pilot

from verhalen import errors
from verhalen.api.project import Project
from verhalen.tui.report_editor import ReportEditor

__all__ = ["work"]


async def test_a_text_that_comes_and_goes_hides_and_shows_the_codings_of_others(work: Project) -> None:
    with work.sibling(coder="Jan") as jan:
        put(jan, "Hoe gaat het?")
        put(work, "Ik sliep niet.")
        source = work.sources.all()[0].id
        async with coding(work) as pilot:
            assert len(desk(pilot).the_desk.codings) == 2
            jan.second_coding.give([source], work.coder)
            await until(pilot, lambda: len(desk(pilot).the_desk.codings) == 1)
            await pilot.pause()
            assert "others hidden" in seen(pilot)
            await pilot.press("y")
            await settled(pilot)
            assert len(desk(pilot).the_desk.codings) == 1
            assert "others hidden" in seen(pilot)
            jan.second_coding.take_back(coder=work.coder)
            await until(pilot, lambda: len(desk(pilot).the_desk.codings) == 2)
            await pilot.press("y")
            await settled(pilot)
            assert len(desk(pilot).the_desk.codings) == 1
            await pilot.press("y")
            await settled(pilot)
            assert len(desk(pilot).the_desk.codings) == 2


async def test_a_report_is_not_shown_nor_built_and_says_why(tmp_path_factory: pytest.TempPathFactory) -> None:
    with small_project(tmp_path_factory.mktemp("w")) as project:
        source = project.workspace / "exports" / "raad.md"
        source.write_text(
            "---\ntitel: Ons verslag\npubliek: intern\n---\n\nWe begeleidden {{ aantal gezinnen }}.\n", "utf-8"
        )
        project.second_coding.give([project.sources.all()[0].id], project.coder)
        said = str(errors.CodesBlind(n=1, coder=project.coder))[:40]
        async with opened(project, LARGE) as pilot:
            await pilot.press("5")
            await pilot.pause()
            await pilot.press("b")
            assert await _comes(pilot, said)
            assert not source.with_suffix(".docx").exists()
            await pilot.press("enter")
            assert await _comes(pilot, said)
            assert isinstance(screen(pilot), ReportEditor)


async def _comes(pilot: Pilot[None], words: str) -> bool:
    for _ in range(60):
        await pilot.pause(0.05)
        if words in " ".join(seen(pilot).split()):
            return True
    return False
