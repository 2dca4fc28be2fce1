"""Coaches do not know codes by heart: where the key is here, screens show nicknames beside them."""

from __future__ import annotations

from tests.tui.frame import LARGE, frame, opened, screen, seen, settled
from textual.widgets import OptionList

from verhalen.api.project import Project
from verhalen.tui.family_words import family_entry
from verhalen.tui.fields import Field
from verhalen.tui.page import Page


async def test_the_list_and_the_page_of_a_family_show_its_nickname_and_find_it(small: Project) -> None:
    small.privacy.set_nickname("G002", "Zwaluwnest")
    async with opened(small, LARGE) as pilot:
        frame(pilot).open_families("G002")
        await pilot.pause()
        lines = [line.text for line in screen(pilot).query_one(Page).lines]
        assert "G002 (Zwaluwnest)" in lines[0]
        screen(pilot).query_one(Field).value = "zwaluw"
        await pilot.pause()
        options = screen(pilot).query_one(OptionList)
        assert [options.get_option_at_index(0).id, options.option_count] == ["G002", 1]
        assert "G002 (Zwaluwnest)" in str(options.get_option_at_index(0).prompt)


async def test_without_the_key_only_codes_are_shown(small: Project) -> None:
    small.privacy.set_nickname("G002", "Zwaluwnest")
    small.privacy.key_path.unlink()
    async with opened(small, LARGE) as pilot:
        frame(pilot).open_families("G002")
        await pilot.pause()
        assert all("Zwaluwnest" not in line.text for line in screen(pilot).query_one(Page).lines)


def test_a_family_is_picked_by_its_nickname_and_no_name_is_in_the_project(small: Project) -> None:
    small.privacy.set_nickname("G001", "Zwaluwnest")
    entry = family_entry(small, small.families.get("G001"))
    assert (entry.key, entry.name) == ("G001", "Zwaluwnest · Oudermeer")
    assert small.privacy.leaks() == []


async def test_a_nickname_is_given_and_taken_away_on_the_screen_of_families(small: Project) -> None:
    async with opened(small, LARGE) as pilot:
        frame(pilot).open_families("G002")
        await pilot.pause()
        await pilot.press("b")
        await pilot.pause()
        await pilot.press(*"Zwaluwnest", "enter")
        await settled(pilot)
        assert "G002 (Zwaluwnest)" in seen(pilot)
        assert small.privacy.leaks() == []
        await pilot.press("b")
        await pilot.pause()
        await pilot.press("ctrl+u", "-", "enter")
        await settled(pilot)
        assert "Zwaluwnest" not in seen(pilot)
