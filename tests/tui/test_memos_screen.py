"""Memos by keyboard: write, find, change, remove, go there; nothing that was typed is lost."""

from __future__ import annotations

import pytest
from tests.tui.frame import LARGE, SMALL, frame, opened, screen, seen, settled
from textual.pilot import Pilot
from textual.widgets import OptionList

from verhalen.api.codings import Intent
from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.codebook import Code
from verhalen.model.ids import encode_id
from verhalen.tui.codebook_screen import CodebookScreen
from verhalen.tui.coding_memo import MemoDialog
from verhalen.tui.coding_screen import CodingScreen
from verhalen.tui.families_screen import FamiliesScreen
from verhalen.tui.fields import Field, Prose
from verhalen.tui.memos_screen import MemosScreen
from verhalen.tui.stories_screen import StoriesScreen


async def in_memos(pilot: Pilot[None]) -> MemosScreen:
    frame(pilot).open_memos()
    await pilot.pause()
    return memos(pilot)


def memos(pilot: Pilot[None]) -> MemosScreen:
    found = screen(pilot)
    assert isinstance(found, MemosScreen)
    return found


async def type_words(pilot: Pilot[None], words: str) -> None:
    await pilot.press(*("space" if letter == " " else letter for letter in words))


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_an_entry_in_the_journal_is_written_found_and_taken_back(small: Project, size: tuple[int, int]) -> None:
    small.memos.add("G001", "Een plan.")
    async with opened(small, size) as pilot:
        await in_memos(pilot)
        await pilot.press("d")
        assert t("There are no memos here yet. {key} writes one.", key="n").split(".")[0][:30] in seen(pilot)
        await pilot.press("n")
        await type_words(pilot, "vandaag begonnen")
        await pilot.press("escape")
        await settled(pilot)
        newest = small.memos.all()[0]
        assert (newest.target, newest.text) == ("project", "vandaag begonnen")
        assert "vandaag begonnen" in seen(pilot)
        assert "Een plan" not in seen(pilot)
        await pilot.press("d", "f")
        await type_words(pilot, "plan")
        assert "vandaag begonnen" not in seen(pilot)
        assert "Een plan." in seen(pilot)
        await pilot.press("enter", "x")
        await settled(pilot)
        assert [memo.text for memo in small.memos.all()] == ["vandaag begonnen"]
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert len(small.memos.all()) == 2


async def test_a_memo_at_a_turn_is_written_from_the_text_and_leads_back_to_it(small: Project) -> None:
    async with opened(small) as pilot:
        frame(pilot).open_coding(small.sources.all("transcript")[0].number)
        await pilot.pause()
        await pilot.press("t", "t", "M")
        await pilot.pause()
        await pilot.press("n", "enter")
        await pilot.pause()
        await type_words(pilot, "mooie vraag")
        await pilot.press("ctrl+s")
        await settled(pilot)
        made = small.memos.all()[0]
        assert (made.target, made.text) == ("turn", "mooie vraag")
        assert "Vertel eens" in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        coding = screen(pilot)
        assert isinstance(coding, CodingScreen)
        await pilot.press("T", "M")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert coding.is_current
        assert coding.view.selection.span is not None
        assert coding.view.selection.span.start == made.place.start


async def test_from_home_a_memo_at_a_fragment_opens_the_text_on_its_words(small: Project) -> None:
    small.codes.add(Code("slaap", "Slaap"))
    text = small.sources.text(small.sources.all("transcript")[0].number)
    start = text.text.index("niet")
    coding = small.codings.apply(Intent(text.source.id, start, start + 4, "slaap")).coding_id
    small.memos.add(encode_id(coding), "Wat is niet?")
    async with opened(small) as pilot:
        await in_memos(pilot)
        assert "“niet”" in seen(pilot)
        await pilot.press("g")
        await pilot.pause()
        await pilot.pause()
        found = screen(pilot)
        assert isinstance(found, CodingScreen)
        assert found.view.selection.span is not None
        assert found.view.text[found.view.selection.start : found.view.selection.stop] == "niet"


async def test_what_is_typed_is_kept_when_the_window_is_torn_down(small: Project) -> None:
    async with opened(small) as pilot:
        await in_memos(pilot)
        await pilot.press("n")
        await type_words(pilot, "half een gedach")
        await pilot.pause(0.8)
        await settled(pilot)
    assert small.memos.all() == []
    async with opened(small) as pilot:
        await in_memos(pilot)
        await pilot.press("n")
        await pilot.pause()
        dialog = screen(pilot)
        assert isinstance(dialog, MemoDialog)
        assert dialog.query_one(Prose).text == "half een gedach"
        await type_words(pilot, "te")
        await pilot.press("escape")
        await settled(pilot)
        assert small.memos.all()[0].text == "half een gedachte"
        await pilot.press("n")
        await pilot.pause()
        assert screen(pilot).query_one(Prose).text == ""
        await type_words(pilot, "nee")
        await pilot.press("ctrl+d")
        await settled(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert screen(pilot).query_one(Prose).text == ""
        assert len(small.memos.all()) == 1


async def test_only_ones_own_memo_can_be_changed(small: Project) -> None:
    small.memos.add("project", "Van Hanne.")
    with small.sibling(coder="Jan") as jan:
        jan.memos.add("project", "Van Jan.")
    async with opened(small) as pilot:
        there = await in_memos(pilot)
        assert there.memo is not None
        assert there.memo.coder == "Jan"
        await pilot.press("e", "x")
        await settled(pilot)
        assert len(small.memos.all()) == 2
        await pilot.press("down", "e")
        await pilot.pause()
        await type_words(pilot, " erbij")
        await pilot.press("escape")
        await settled(pilot)
        assert {memo.text for memo in small.memos.all()} == {"Van Hanne. erbij", "Van Jan."}


async def test_a_family_shows_its_memos_and_the_memo_its_family(small: Project) -> None:
    small.memos.add("G002", "Nog bellen.")
    small.memos.add("project", "Iets anders.")
    async with opened(small) as pilot:
        frame(pilot).open_families("G002")
        await pilot.pause()
        await pilot.press("m")
        await pilot.pause()
        await pilot.press("h")
        assert list(memos(pilot)._shown.values()) == small.memos.all(target="G002")
        await pilot.press("enter")
        await pilot.pause()
        found = screen(pilot)
        assert isinstance(found, FamiliesScreen)
        assert found.chosen == "G002"


async def test_a_code_shows_its_memos_and_the_memo_its_code(small: Project) -> None:
    small.codes.add(Code("slaap", "Slaap"))
    small.codes.add(Code("werk", "Werk"))
    async with opened(small) as pilot:
        frame(pilot).open_codebook(key="werk")
        await pilot.pause()
        await pilot.press("m")
        await pilot.pause()
        await pilot.press("n", "enter")
        await pilot.pause()
        await type_words(pilot, "te ruim")
        await pilot.press("escape")
        await settled(pilot)
        assert [memo.text for memo in small.memos.all(target="werk")] == ["te ruim"]
        await pilot.press("enter")
        await pilot.pause()
        found = screen(pilot)
        assert isinstance(found, CodebookScreen)
        assert found.code is not None
        assert found.code.key == "werk"


async def test_a_memo_at_a_story_is_written_there_and_leads_back_to_it_also_from_home(small: Project) -> None:
    second = small.stories.all()[1].key
    async with opened(small) as pilot:
        frame(pilot).open_stories(second)
        await pilot.pause()
        await pilot.press("m")
        await pilot.pause()
        await pilot.press("n", "enter")
        await pilot.pause()
        await type_words(pilot, "vraag na")
        await pilot.press("escape")
        await settled(pilot)
        assert [memo.text for memo in small.memos.all(target=second)] == ["vraag na"]
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press("M")
        await pilot.pause()
        assert "vraag na" in seen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        found = screen(pilot)
        assert isinstance(found, StoriesScreen)
        assert found.story is not None
        assert found.story.key == second


async def test_a_memo_of_another_window_comes_into_the_list(small: Project) -> None:
    async with opened(small) as pilot:
        there = await in_memos(pilot)
        with small.sibling(coder="Jan") as jan:
            jan.memos.add("project", "Van Jan.")
        frame(pilot).poll()
        await pilot.pause()
        assert there.query_one(OptionList).option_count == 1
        assert "Van Jan." in seen(pilot)


async def test_letters_in_the_field_are_letters(small: Project) -> None:
    small.memos.add("project", "Eerste.")
    async with opened(small) as pilot:
        there = await in_memos(pilot)
        await pilot.press("f", "n", "e", "x", "d")
        assert there.query_one(Field).value == "nexd"
        assert screen(pilot) is there
