"""The first screen: three doors by key, arrow and mouse, and what waits."""

from __future__ import annotations

from typing import Any

import pytest
from tests.tui.frame import LARGE, SMALL, frame, opened, screen, seen

from verhalen.api.project import Project
from verhalen.tui.coding_screen import CodingScreen
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.families_screen import FamiliesScreen
from verhalen.tui.fields import Field
from verhalen.tui.home_screen import Door, HomeScreen, WaitingList
from verhalen.tui.report_screen import ReportScreen
from verhalen.tui.stories_screen import StoriesScreen
from verhalen.tui.story_form import StoryForm

SIZES = [SMALL, LARGE]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("1", StoryForm),
        ("ampersand", StoryForm),
        ("2", FamiliesScreen),
        ("3", CodingScreen),
        ("quotation_mark", CodingScreen),
        ("é", FamiliesScreen),
        ("apostrophe", StoriesScreen),
        ("left_parenthesis", ReportScreen),
    ],
)
async def test_a_digit_opens_its_door_with_and_without_shift(
    small: Project, key: str, expected: type[CommandScreen[Any]], size: tuple[int, int]
) -> None:
    async with opened(small, size) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert type(pilot.app.screen) is expected


async def test_the_letters_of_the_belgian_top_row_reach_a_text_field(small: Project) -> None:
    async with opened(small) as pilot:
        await pilot.press("2", "f", *"één&ç")
        assert screen(pilot).query_one(Field).value == "één&ç"


@pytest.mark.parametrize("size", SIZES)
async def test_a_click_opens_a_door_and_escape_comes_back(small: Project, size: tuple[int, int]) -> None:
    async with opened(small, size) as pilot:
        await pilot.click("#see-families")
        await pilot.pause()
        assert type(screen(pilot)) is FamiliesScreen
        await pilot.press("escape")
        assert type(screen(pilot)) is HomeScreen


async def test_arrows_go_along_the_doors_and_enter_opens_one(small: Project) -> None:
    async with opened(small) as pilot:
        assert isinstance(pilot.app.focused, Door)
        await pilot.press("right", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FamiliesScreen)


async def test_down_goes_from_a_door_to_what_waits_and_up_comes_back(small: Project) -> None:
    async with opened(small) as pilot:
        await pilot.press("down")
        assert isinstance(pilot.app.focused, WaitingList)
        await pilot.press("up")
        assert isinstance(pilot.app.focused, Door)


@pytest.mark.parametrize("size", SIZES)
async def test_home_greets_the_coach_and_shows_everything_that_waits(small: Project, size: tuple[int, int]) -> None:
    async with opened(small, size) as pilot:
        words = seen(pilot)
        assert "Hanne" in words.splitlines()[2] + words.splitlines()[3]
        # G002 is Hanne's and was never seen; G001 was seen in October; V02 has no answer about consent; the text no code;
        # G001 was seen twice on housing, and nobody said anything of it.
        assert words.index("G002") < words.index("V02")
        assert "gesprek" in words
        assert [option.id for option in screen(pilot).query_one(WaitingList).options] == [
            None,
            "SNAPSHOT-G002",
            None,
            "VERDICT-",
            "CONSENT-V02",
            "UNCODED-3",
        ]


async def test_enter_on_a_story_without_consent_goes_to_that_story(small: Project) -> None:
    async with opened(small) as pilot:
        waiting = screen(pilot).query_one(WaitingList)
        waiting.focus()
        waiting.highlighted = waiting.get_option_index("CONSENT-V02")
        await pilot.press("enter")
        await pilot.pause()
        shown = pilot.app.screen
        assert isinstance(shown, StoriesScreen)
        assert shown.story is not None
        assert shown.story.key == "V02"


async def test_enter_on_a_family_without_a_snapshot_goes_to_that_family(small: Project) -> None:
    async with opened(small) as pilot:
        waiting = screen(pilot).query_one(WaitingList)
        waiting.focus()
        waiting.highlighted = waiting.get_option_index("SNAPSHOT-G002")
        await pilot.press("enter")
        await pilot.pause()
        shown = pilot.app.screen
        assert isinstance(shown, FamiliesScreen)
        assert shown.chosen == "G002"


async def test_v_on_a_family_opens_the_form_for_that_family(small: Project) -> None:
    async with opened(small) as pilot:
        frame(pilot).open_families("G001")
        await pilot.pause()
        await pilot.press("v")
        await pilot.pause()
        form = pilot.app.screen
        assert isinstance(form, StoryForm)
        assert form.draft.family == "G001"
