"""The story board, two stories beside each other, signals and who tells: one walk with the keyboard each."""

from __future__ import annotations

from tests.tui.frame import SMALL, TODAY, frame, opened, screen, seen, settled
from textual.pilot import Pilot
from textual.widgets import OptionList

from verhalen.api.project import Project
from verhalen.model.following import SignalPlace
from verhalen.msc.board import Facet, Order, View
from verhalen.tui.beside_screen import BesideScreen
from verhalen.tui.coding_screen import CodingScreen
from verhalen.tui.families_screen import FamiliesScreen
from verhalen.tui.guard_screen import GuardScreen
from verhalen.tui.signals_screen import SignalsScreen
from verhalen.tui.stories_screen import StoriesScreen


async def press(pilot: Pilot[None], *keys: str) -> str:
    """Press them, wait for the writer, and give what is seen."""
    await pilot.press(*keys)
    await settled(pilot)
    return seen(pilot)


def listed(pilot: Pilot[None]) -> list[str | None]:
    """Ids of the lines in the first list."""
    options = pilot.app.screen.query_one("#left OptionList", OptionList)
    return [options.get_option_at_index(at).id for at in range(options.option_count)]


async def test_the_board_filters_shows_cards_and_reads_two_stories_together(small: Project) -> None:
    async with opened(small, SMALL) as pilot:
        await press(pilot, "4")
        board = screen(pilot)
        assert isinstance(board, StoriesScreen)
        assert listed(pilot) == ["V01", "V02"]
        assert "2 verhalen · 1 positief · 1 negatief" in seen(pilot)
        assert "4 woorden" in seen(pilot)

        await press(pilot, "l", "down", "enter")  # by what changed
        await press(pilot, "enter")  # negative stands first
        assert board.view == View({Facet.ANSWER: "negatief"})
        assert listed(pilot) == ["V02"]
        await press(pilot, "f", *"slaapt")
        assert listed(pilot) == [None]
        await press(pilot, "enter", "0", "k")
        assert board.view == View(cards=True)
        assert not board.query_one("#right").display
        assert "Hij slaapt nu door." in seen(pilot)
        await press(pilot, "enter")
        assert board.query_one("#right").display
        await press(pilot, "escape", "k")
        assert screen(pilot) is board

        await press(pilot, "b", "down", "b")
        both = screen(pilot)
        assert isinstance(both, BesideScreen)
        words = seen(pilot)
        assert "Hij slaapt nu door." in words
        assert "De bus is afgeschaft." in words
        assert "V01 (4 woorden)" in words
        await press(pilot, "down")
        assert [side.scroll_y for side in both.sides] == [1, 1]
        await press(pilot, "tab", "down")
        assert [side.scroll_y for side in both.sides] == [2, 1]
        await press(pilot, "escape", "o", "escape")
    assert small.view(f"stories.board.{small.coder_id}") == View(order=Order.FAMILY).dump()


async def test_a_signal_is_noted_where_it_is_met_and_followed_in_the_log(small: Project) -> None:
    async with opened(small, SMALL) as pilot:
        frame(pilot).open_stories("V02")
        await press(pilot, "Z", *"Bus")
        await press(pilot, "enter")
        await press(pilot, "escape")
        frame(pilot).open_families("G002")
        await pilot.pause()
        await press(pilot, "Z", *"b", "down", "enter")  # the line below the one for a new signal
        found = small.signals.get("S1")
        assert found.barrier == "Bus"
        assert found.families == {"G001", "G002"}
        await press(pilot, "Z", *"b", "down", "enter")
        assert small.signals.get("S1").places == found.places

        await press(pilot, "L")
        assert isinstance(screen(pilot), SignalsScreen)
        assert "2 gezinnen" in seen(pilot)
        await press(pilot, "v", *"Lijn", "ctrl+s")
        told = small.signals.get("S1")
        assert (told.whom, told.told) == ("Lijn", TODAY)
        await press(pilot, "r", "ctrl+s")  # no words: nothing came of it yet
        assert small.signals.get("S1").resulted is None
        await press(pilot, "enter", "enter")
        assert isinstance(screen(pilot), StoriesScreen)
        assert "S1 Bus" in "\n".join(line.text for line in screen(pilot).query_one("Page").lines)  # type: ignore[attr-defined]
        await press(pilot, "escape", "minus", "down", "enter")
        assert small.signals.get("S1").families == {"G001"}
        await press(pilot, "x")
        assert small.signals.all() == []
        await press(pilot, "ctrl+z")
        assert len(small.signals.get("S1").places) == 1


async def test_who_tells_leads_to_the_family_and_a_story_is_marked_up_with_digits(small: Project) -> None:
    async with opened(small, SMALL) as pilot:
        await press(pilot, "4", "h")
        guard = screen(pilot)
        assert isinstance(guard, GuardScreen)
        await pilot.app.workers.wait_for_complete()
        await settled(pilot)
        assert "1 van de 2 gezinnen vertelden een verhaal" in seen(pilot)
        assert "→ G002 · Hanne" in seen(pilot)
        await press(pilot, "down", "enter")
        families = screen(pilot)
        assert isinstance(families, FamiliesScreen)
        assert families.chosen == "G002"
        await press(pilot, "escape", "escape", "c")
        coding = screen(pilot)
        assert isinstance(coding, CodingScreen)
        assert [coding.slots.at(digit) for digit in "1234"] == [each.key for each in small.scheme.elements()]
        await press(pilot, "s", "2")
        story = small.stories.get("V01")
        assert [len(each.parts) for each in small.scheme.marked(story)] == [0, 1, 0, 0]
        assert small.view(f"coding.digits.{small.coder_id}") == ""
        await press(pilot, "Z", *"Slaap", "enter")
        place = small.signals.get("S1").places[0]
        assert place == SignalPlace("G001", source_id=story.source_id, start=0, stop=19, id=place.id)
