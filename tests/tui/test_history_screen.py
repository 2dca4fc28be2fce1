"""The history on the screen, going back in it, and two windows on one project."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from tests.tui.frame import LARGE, SMALL, frame, opened, screen, seen, settled
from textual.widgets import OptionList

from verhalen.api.codings import Intent
from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.codebook import Code
from verhalen.model.memo import Memo
from verhalen.tui.dialogs import Choose
from verhalen.tui.history_screen import HistoryScreen


def coded(project: Project, words: str) -> None:
    text = project.sources.text(project.sources.all("transcript")[0].number)
    start = text.text.index(words)
    project.codings.apply(Intent(text.source.id, start, start + len(words), "slaap"))


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_marked_change_shows_what_it_touched(small: Project, size: tuple[int, int]) -> None:
    small.codes.add(Code("slaap", "Slaap"))
    coded(small, "niet geslapen")
    small.codings.remove(small.codings.fragments()[0].coding.id)
    async with opened(small, size) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        assert f"“niet geslapen” → {t('(nothing)')}" in " ".join(seen(pilot).split())
        await pilot.press("down", "down")
        await pilot.pause()
        assert "slaap" in seen(pilot)
        assert t("{n} new", n=1) in seen(pilot)


async def test_going_back_takes_ones_own_and_names_what_stays(small: Project) -> None:
    small.families.add("G800")
    small.codes.add(Code("slaap", "Slaap"))
    coded(small, "niet")
    with small.sibling(coder="Jan") as jan:
        coded(jan, "geslapen")
    digest = small.history.check().digest
    async with opened(small) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        await pilot.press("down", "down", "down", "b")
        await pilot.pause()
        assert isinstance(screen(pilot), Choose)
        await pilot.press("down", "enter")
        await settled(pilot)
        await pilot.pause()
        assert isinstance(screen(pilot), Choose)
        assert "Jan" in seen(pilot)
        assert [each.coding.coder for each in small.codings.fragments()] == ["Jan"]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(screen(pilot), HistoryScreen)
        await pilot.press("v")
        await settled(pilot)
        assert small.history.check().digest == digest


async def test_going_back_asks_first(small: Project) -> None:
    small.families.add("G800")
    async with opened(small) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        await pilot.press("b")
        await pilot.pause()
        assert isinstance(screen(pilot), HistoryScreen)
        await pilot.press("down", "b")
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        assert "G800" in [family.key for family in small.families.all()]


async def test_only_mine_leaves_others_out(small: Project) -> None:
    with small.sibling(coder="Jan") as jan:
        jan.families.add("G801")
    async with opened(small) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        assert "G801" in seen(pilot)
        await pilot.press("o")
        await pilot.pause()
        assert "G801" not in seen(pilot)
        await pilot.press("o")
        await pilot.pause()
        assert "G801" in seen(pilot)


async def test_the_cursor_stays_on_its_change_while_another_window_writes(small: Project) -> None:
    async with opened(small) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        await pilot.press("down", "down")
        there = screen(pilot)
        assert isinstance(there, HistoryScreen)
        before = there.change
        with small.sibling(coder="Jan") as jan:
            jan.families.add("G802")
        frame(pilot).poll()
        await pilot.pause()
        assert there.change == before
        assert there.query_one(OptionList).highlighted == 3


# -- two windows ---------------------------------------------------------------------------------------------------------

_MANY = """
import sys
from pathlib import Path
from verhalen.cli.main import run
for number in range(int(sys.argv[2])):
    words = ["-w", sys.argv[1], "--coder", "Jan", "memo", "add", "project", f"Jan {number}."]
    assert run(words) == 0
"""
"""Commands one after the other, in one process, since starting Python costs more than they do."""


def _write(project: Project, *, text: str) -> Memo:
    return project.memos.add("project", text)


async def _jan(workspace: Path, count: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", _MANY, str(workspace), str(count), env=dict(os.environ), stdout=asyncio.subprocess.DEVNULL
    )


async def test_app_and_command_line_on_one_project_lose_nothing_and_see_each_other(small: Project) -> None:
    count = 15
    async with opened(small, LARGE) as pilot:
        frame(pilot).open_memos()
        await pilot.pause()
        other = await _jan(small.workspace, count)
        for number in range(count):
            frame(pilot).write(partial(_write, text=f"Hanne {number}."))
            await pilot.pause(0.05)
        assert await other.wait() == 0
        await settled(pilot)
        stored = time.monotonic()
        options = screen(pilot).query_one(OptionList)
        while options.option_count < 2 * count and time.monotonic() < stored + 5:
            await pilot.pause(0.05)
        assert options.option_count == 2 * count
        assert time.monotonic() - stored < 2, "the window polls four times a second"
        words = {memo.text for memo in small.memos.all()}
        assert words == {f"{who} {number}." for who in ("Jan", "Hanne") for number in range(count)}
        assert small.history.check().ok
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert {memo.text for memo in small.memos.all()} == words - {f"Hanne {count - 1}."}
    with small.sibling(coder="Jan") as jan:
        assert len(jan.memos.all()) == 2 * count - 1
