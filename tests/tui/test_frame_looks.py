"""What one sees: our own words only, enough contrast, everything on 80 columns, and a light first screen."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from rich.segment import Segment
from tests.tui.frame import LARGE, SMALL, frame, opened, seen, segments, speaking_on_screen

from verhalen.api.project import Project
from verhalen.tui.themes import DARK, LIGHT, THEMES, known_theme

PLACES = {
    "home": [],
    "families": ["2"],
    "stories": ["4"],
    "cards": ["4", "k"],
    "who tells": ["4", "h"],
    "signal": ["4", "Z", "b"],
    "form": ["1"],
    "choosing a family": ["1", "enter"],
    "reports": ["5"],
    "report name": ["5", "n"],
    "history": ["f3"],
    "help": ["f1"],
    "palette": ["ctrl+p"],
    "consent": ["4", "t"],
    "snapshot": ["2", "o", "enter"],
}
TEXTUAL_WORDS = [
    "Search for commands", "No matches found", "palette", "Commands", "Show keys", "Screenshot", "Maximize", "Minimize",
    "Quit the app", "Press ", "Select", "Toggle", "Submit", "Loading", "Focus Next", "Copy selected", "Change theme",
    "Invalid", "Must be", "Value", "Theme", "Keys",
]  # fmt: skip
COACH_PLACES = ["home", "families", "stories", "signal", "form", "choosing a family", "consent", "snapshot"]
NOT_FOR_COACHES = ["project", "workspace", "valence", "valentie", "MSC", "database"]
HEAVY = [
    "spacy",
    "docx",
    "PIL",
    "numpy",
    "openpyxl",
    "scipy",
    "sqlite_utils",
    "lxml",
    "pptx",
    "ruamel.yaml",
    "markdown_it",
]


@pytest.mark.parametrize("place", PLACES)
async def test_a_dutch_screen_shows_none_of_the_words_of_textual(small: Project, place: str) -> None:
    async with opened(small, LARGE) as pilot:
        for key in PLACES[place]:
            await pilot.press(key)
            await pilot.pause()
        words = seen(pilot)
        found = [word for word in TEXTUAL_WORDS if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", words)]
        assert found == []


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("place", COACH_PLACES)
async def test_a_coach_meets_no_words_of_the_trade(small: Project, place: str, language: str) -> None:
    with speaking_on_screen(language):
        async with opened(small, LARGE) as pilot:
            for key in PLACES[place]:
                await pilot.press(key)
                await pilot.pause()
            words = seen(pilot).casefold()
            assert [word for word in NOT_FOR_COACHES if word.casefold() in words] == []


@pytest.mark.parametrize("theme", [LIGHT.name, DARK.name])
@pytest.mark.parametrize("place", PLACES)
async def test_all_text_keeps_a_contrast_of_four_and_a_half(small: Project, place: str, theme: str) -> None:
    async with opened(small, LARGE) as pilot:
        frame(pilot).theme = theme
        for key in PLACES[place]:
            await pilot.press(key)
            await pilot.pause()
        painted = [each for each in segments(pilot) if any(letter.isalnum() for letter in each.text)]
        poor = {(each.text.strip(), round(ratio(each), 1)) for each in painted if ratio(each) < 4.5}
        assert painted
        assert poor == set()


def ratio(segment: Segment) -> float:
    """WCAG 2.2 contrast of a piece of text."""
    style = segment.style
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    one, other = style.color.get_truecolor(), style.bgcolor.get_truecolor()
    light, dark = sorted((luminance(*one), luminance(*other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(*parts: int) -> float:
    linear = [part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_an_unknown_theme_becomes_the_first_of_ours() -> None:
    assert known_theme("monokai") == LIGHT.name
    assert [known_theme(theme.name) for theme in THEMES] == [LIGHT.name, DARK.name]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_last_question_of_the_form_can_be_reached(small: Project, size: tuple[int, int]) -> None:
    async with opened(small, size) as pilot:
        await pilot.press("1")
        await pilot.pause()
        button = pilot.app.screen.query_one("#ready")
        button.focus()
        before = None
        while before != button.region:  # until the form has scrolled there
            before = button.region
            await pilot.pause()
            await pilot.pause()
        assert button.region.bottom < size[1]
        assert button.region.right <= size[0]


def test_the_first_screen_loads_nothing_heavy() -> None:
    code = (
        "import sys, verhalen.tui.app, verhalen.tui.home_screen, verhalen.api.waiting; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
