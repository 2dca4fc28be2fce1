"""Windows that ask one question: in a long list a letter finds the answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tui.frame import SMALL, opened, screen, small_project
from textual.widgets import OptionList

from verhalen.api.project import Project
from verhalen.tui.dialogs import choose


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_project(tmp_path) as made:
        yield made


async def test_a_letter_goes_to_the_next_answer_that_begins_with_it(project: Project) -> None:
    heard: list[str] = []
    async with opened(project, SMALL) as pilot:
        answers = [("a", "Aalst"), ("g1", "Gent"), ("g2", "  Genk"), ("z", "Zele")]
        choose(screen(pilot), "Welke gemeente?", answers, heard.append)
        await pilot.pause()
        listed = pilot.app.screen.query_one(OptionList)
        at: list[int | None] = []
        for letter in "gGgxz":
            await pilot.press(letter)
            at.append(listed.highlighted)
        assert at == [1, 2, 1, 1, 3]
        await pilot.press("enter")
    assert heard == ["z"]
