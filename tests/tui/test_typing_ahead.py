"""Somebody types faster than windows open, or presses a key twice."""

from __future__ import annotations

from tests.tui.frame import seen, settled
from tests.tui.test_coding_screen import coded, coding, until, work
from textual import events
from textual.pilot import Pilot

from verhalen.api.project import Project
from verhalen.tui.code_picker import Picker
from verhalen.tui.coding_screen import CodingScreen
from verhalen.tui.home_screen import HomeScreen

__all__ = ["work"]


def at_once(pilot: Pilot[None], *keys: str) -> None:
    """Keys that come in one go, before the first is served."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_letters_behind_c_reach_the_list_of_codes_in_their_order(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("s")
        at_once(pilot, *"cwon")
        await until(pilot, lambda: isinstance(pilot.app.screen, Picker))
        at_once(pilot, *"en")
        await until(pilot, lambda: "│  wonen " in seen(pilot))
        await pilot.press("enter")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "Hoe gaat het?")]


async def test_a_code_may_be_chosen_in_one_go(work: Project) -> None:
    async with coding(work) as pilot:
        at_once(pilot, "s", "c", *"vertr", "enter")
        await until(pilot, lambda: coded(work) == [("rol.vertrouwen", "Hoe gaat het?")])
        await settled(pilot)


async def test_a_key_that_comes_twice_opens_one_screen(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, HomeScreen)
        await pilot.press("right", "right")
        at_once(pilot, "enter", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
        await pilot.pause()
        assert [type(each) for each in pilot.app.screen_stack] == [HomeScreen, CodingScreen]
