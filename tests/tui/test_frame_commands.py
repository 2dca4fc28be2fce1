"""Commands are the one source of keys, key bar, palette and help."""

from __future__ import annotations

from typing import Any

import pytest
from tests.tui.frame import LARGE, SMALL, frame, opened, screen, seen
from textual.widgets import OptionList

from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.settings import Settings, save_settings
from verhalen.tui.agreement_screen import AgreementScreen
from verhalen.tui.bars import KeyBar
from verhalen.tui.coding_memo import MemoDialog
from verhalen.tui.commands.base import AnyCommand, CommandScreen
from verhalen.tui.commands.keys import AZERTY_DIGITS, key_label, keys_of, with_azerty
from verhalen.tui.dialogs import AskLine, Choose
from verhalen.tui.differences_screen import DifferencesScreen
from verhalen.tui.families_screen import FamiliesScreen
from verhalen.tui.fields import Field
from verhalen.tui.find_screen import FindScreen
from verhalen.tui.fragments_screen import FragmentsScreen
from verhalen.tui.help_screen import HelpScreen
from verhalen.tui.history_screen import HistoryScreen
from verhalen.tui.home_screen import HomeScreen
from verhalen.tui.matrix_screen import MatrixScreen
from verhalen.tui.memos_screen import MemosScreen
from verhalen.tui.palette import PaletteScreen
from verhalen.tui.proposals_screen import ProposalsScreen
from verhalen.tui.quotes_screen import QuotesScreen
from verhalen.tui.report_screen import ReportScreen
from verhalen.tui.second_giving import GiveWindow
from verhalen.tui.second_screen import SecondScreen
from verhalen.tui.snapshot_reasons import ReasonsDialog
from verhalen.tui.snapshot_screen import SnapshotScreen
from verhalen.tui.snapshot_start import StartSnapshot
from verhalen.tui.speakers_screen import SpeakersScreen
from verhalen.tui.stories_screen import StoriesScreen
from verhalen.tui.story_form import StoryForm
from verhalen.tui.typology_screen import TypologyScreen

SCREENS: list[type[CommandScreen[Any]]] = [
    HomeScreen,
    FamiliesScreen,
    StoriesScreen,
    StoryForm,
    ReportScreen,
    HistoryScreen,
    MemosScreen,
    SpeakersScreen,
    FindScreen,
    ProposalsScreen,
    SnapshotScreen,
    MatrixScreen,
    FragmentsScreen,
    QuotesScreen,
    TypologyScreen,
    SecondScreen,
    DifferencesScreen,
    AgreementScreen,
]
DIALOGS: list[type[CommandScreen[Any]]] = [
    HelpScreen,
    PaletteScreen,
    Choose,
    AskLine,
    MemoDialog,
    StartSnapshot,
    ReasonsDialog,
    GiveWindow,
]
OPENING = {"2": FamiliesScreen, "4": StoriesScreen, "1": StoryForm, "5": ReportScreen, "f3": HistoryScreen}


def all_commands() -> list[tuple[str, type[AnyCommand]]]:
    return [(each.__name__, command) for each in SCREENS + DIALOGS for command in each.command_classes()]


@pytest.mark.parametrize(("where", "command"), all_commands())
def test_every_command_has_a_name_and_a_sentence_of_help(where: str, command: type[AnyCommand]) -> None:
    assert command.id
    assert command.title
    assert command.help.endswith(".")


@pytest.mark.parametrize("each", SCREENS + DIALOGS)
def test_command_ids_are_unique_on_a_screen(each: type[CommandScreen[Any]]) -> None:
    ids = [command.id for command in each.command_classes()]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(("where", "command"), all_commands())
def test_no_default_key_needs_a_dead_key_or_altgr(where: str, command: type[AnyCommand]) -> None:
    hard = {"~", ".", "?", "tilde", "full_stop", "question_mark", "at", "number_sign", "backslash", "vertical_line"}
    hard |= {"left_square_bracket", "right_square_bracket", "left_curly_bracket", "right_curly_bracket", "grave_accent"}
    assert not hard & set(keys_of(command.key))


@pytest.mark.parametrize("each", SCREENS)
def test_every_screen_has_a_name_and_an_explanation(each: type[CommandScreen[Any]]) -> None:
    assert each.HELP_TITLE
    assert each.HELP_TEXT.endswith(".")


def test_the_unshifted_top_row_counts_as_ten_digits() -> None:
    assert with_azerty(("2", "v")) == ("2", "v", "é")
    assert list(AZERTY_DIGITS) == list("1234567890")


@pytest.mark.parametrize(
    ("key", "label"), [("f1", "F1"), ("ctrl+z", "ctrl+z"), ("up", "↑"), ("comma", ","), ("v", "v"), ("1", "1")]
)
def test_keys_are_named_as_people_read_them(key: str, label: str) -> None:
    assert key_label(key) == label


@pytest.mark.parametrize("key", OPENING)
async def test_help_lists_exactly_the_commands_of_the_screen(small: Project, key: str) -> None:
    async with opened(small, (160, 200)) as pilot:
        await pilot.press(key)
        await pilot.pause()
        about = screen(pilot)
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)
        rows = list(pilot.app.screen.query(".row"))[1:]
        titles = [str(row.render()).split("\n")[0].split("  ")[-1] for row in rows]
        assert titles == [t(command.title) for command in about.commands.values()]


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("key", ["", *OPENING])
async def test_the_key_bar_shows_help_and_palette_on_every_screen(
    small: Project, key: str, size: tuple[int, int]
) -> None:
    async with opened(small, size) as pilot:
        if key:
            await pilot.press(key)
            await pilot.pause()
        bar = str(screen(pilot).query_one(KeyBar).render())
        assert bar.index("ctrl+p") < bar.index("F1")
        assert bar.replace("\n", "  ").split("  ")[-1].startswith("F1\u00a0Hulp")
        assert len(bar.splitlines()) <= 2
        assert max(len(line) for line in bar.splitlines()) <= size[0] - 2


async def test_a_click_in_the_key_bar_runs_the_command(small: Project) -> None:
    async with opened(small, LARGE) as pilot:
        bar = screen(pilot).query_one(KeyBar)
        lines = str(bar.render()).split("\n")
        line = next(at for at, words in enumerate(lines) if "F1" in words)
        place = lines[line].index("F1") + bar.styles.padding.left
        await pilot.click(KeyBar, offset=(place, line))
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)


async def test_the_user_may_choose_another_key(small: Project) -> None:
    save_settings(Settings(keys={"see-families": "x"}))
    async with opened(small) as pilot:
        await pilot.press("2")
        assert type(screen(pilot)) is HomeScreen
        await pilot.press("x")
        await pilot.pause()
        assert type(screen(pilot)) is FamiliesScreen


async def test_the_palette_finds_a_command_by_a_word_and_runs_it(small: Project) -> None:
    async with opened(small) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        pilot.app.screen.query_one(Field).value = t("History")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HistoryScreen)


async def test_the_palette_says_so_when_it_knows_no_such_thing(small: Project) -> None:
    async with opened(small) as pilot:
        await pilot.press("ctrl+p", *"qqqq")
        await pilot.pause()
        assert pilot.app.screen.query_one(OptionList).option_count == 0
        assert t("I do not know that. Try another word.") in seen(pilot)
        await pilot.press("enter", "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_the_palette_offers_only_what_is_possible(small: Project) -> None:
    async with opened(small) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        commands = pilot.app.screen.query_one(OptionList)
        ids = [option.id for option in commands.options]
        assert "back" not in ids
        assert "palette" not in ids
        assert "quit" in ids


async def test_a_key_of_the_screen_is_not_shown_while_one_types_it(small: Project) -> None:
    async with opened(small) as pilot:
        await pilot.press("2")
        await pilot.pause()
        ids = [command.id for command in screen(pilot).commands_now()]
        assert "find-family" in ids
        await pilot.press("f")
        await pilot.pause()
        ids = [command.id for command in screen(pilot).commands_now()]
        assert "find-family" not in ids
        assert "back" in ids


async def test_theme_and_language_are_remembered(small: Project) -> None:
    async with opened(small) as pilot:
        before = frame(pilot).theme
        screen(pilot).action_run_command("theme")
        assert frame(pilot).theme != before
        screen(pilot).action_run_command("language")
        await pilot.pause()
        await pilot.pause()
        assert "What do you want to do?" in seen(pilot)
        dark = frame(pilot).theme
    async with opened(small) as pilot:
        assert frame(pilot).theme == dark
        assert frame(pilot).settings.language == "en"
