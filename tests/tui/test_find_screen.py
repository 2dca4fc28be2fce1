"""Finding everywhere, going there and back, and coding what was found; on a small and on a large screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.copies import made_once
from tests.tui.frame import LARGE, SMALL, frame, opened, seen, settled
from tests.tui.test_coding_screen import until
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import OptionList

from verhalen.api.codings import Intent
from verhalen.api.project import Project, new_project
from verhalen.i18n import set_language
from verhalen.model.act import Act
from verhalen.model.codebook import Code
from verhalen.tui import find_screen
from verhalen.tui import found as places_found
from verhalen.tui.coding_screen import CodingScreen
from verhalen.tui.fields import Field
from verhalen.tui.find_screen import FindScreen
from verhalen.tui.found import Line, Way, in_context
from verhalen.tui.home_screen import HomeScreen
from verhalen.tui.proposals_screen import ProposalsScreen

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE])
TEXTS = {
    "a.txt": "Samira: De gezinszorg kwam. Ik sliep niet.\nJoris: En de zorg voor het gezin?\n",
    "b.txt": "Els: De gezinnen komen graag. Ze slapen beter.\n",
}


@made_once
def work_made(folder: Path) -> Project:
    """Two talks, two codes, one coding; the coder is Hanne."""
    made = new_project(folder / "w", coder="Hanne", empty=True)
    made.codes.add(Code("zorg", "Care", "What others do."))
    made.codes.add(Code("rust", "Rest"))
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
        assert [each.error for each in made.sources.import_files([folder / name])] == [None]
    source = made.sources.get(1).id
    start = TEXTS["a.txt"].index("Ik sliep niet.")
    made.codings.apply(Intent(source, start, start + len("Ik sliep niet."), "rust"))
    return made


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Project]:
    set_language("en")
    with work_made(tmp_path) as made:
        yield made


def found(pilot: Pilot[None]) -> FindScreen:
    """The finding screen."""
    return next(each for each in pilot.app.screen_stack if isinstance(each, FindScreen))


async def look_for(pilot: Pilot[None], words: str, *, way: Way = Way.LEMMA) -> None:
    """Open the screen and search."""
    frame(pilot).open_find()
    await until(pilot, lambda: isinstance(pilot.app.screen, FindScreen))
    await pilot.pause()
    while found(pilot).way is not way:
        await pilot.press("f4")
    found(pilot).query_one(Field).value = words
    await pilot.press("enter")
    await answered(pilot)


async def answered(pilot: Pilot[None]) -> None:
    """Until the search is done."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


def coded(project: Project) -> list[tuple[str, str]]:
    """Code and words of every coding."""
    return [(each.coding.code, each.text) for each in project.codings.fragments()]


@SIZES
async def test_words_are_found_in_all_texts_with_what_stands_around_them(work: Project, size: tuple[int, int]) -> None:
    async with opened(work, size) as pilot:
        await pilot.press("z")
        await until(pilot, lambda: isinstance(pilot.app.screen, FindScreen))
        await pilot.press(*"gezin", "enter")
        await answered(pilot)
        assert "2 places found · in 2 sources" in seen(pilot)
        assert "En de zorg voor het gezin?" in seen(pilot)
        assert "De gezinnen komen graag." in seen(pilot)


@SIZES
async def test_enter_goes_to_the_place_and_escape_comes_back_to_the_list(work: Project, size: tuple[int, int]) -> None:
    async with opened(work, size) as pilot:
        await look_for(pilot, "gezin")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen) and pilot.app.screen.desk is not None)
        desk = pilot.app.screen
        assert isinstance(desk, CodingScreen)
        now = desk.view.selection
        assert desk.view.text[now.start : now.stop] == "gezinnen"
        await pilot.press("escape", "escape")
        assert isinstance(pilot.app.screen, FindScreen)
        assert found(pilot).query_one(OptionList).highlighted == 1
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_beyond_the_last_place_of_the_list_the_others_are_counted(
    work: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (places_found, find_screen):
        monkeypatch.setattr(module, "MOST", 1)
    async with opened(work) as pilot:
        await look_for(pilot, "de")
        assert "The first 1 of 3 places" in seen(pilot)
        await look_for(pilot, "zorg or rust", way=Way.QUERY)
        assert "1 place found" in seen(pilot)


async def test_z_in_a_text_goes_back_to_the_open_list(work: Project) -> None:
    async with opened(work) as pilot:
        await look_for(pilot, "gezin")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen) and pilot.app.screen.desk is not None)
        await pilot.press("z")
        await until(pilot, lambda: isinstance(pilot.app.screen, FindScreen))
        assert len(pilot.app.screen_stack) == 2
        assert len(found(pilot).lines) == 2


async def test_f4_looks_otherwise_and_asks_again(work: Project) -> None:
    async with opened(work) as pilot:
        await look_for(pilot, "zorg")
        assert [line.text for line in found(pilot).lines] == ["zorg"]
        await pilot.press("f4", "f4")
        await answered(pilot)
        assert [line.text for line in found(pilot).lines] == ["gezinszorg", "zorg"]


async def test_the_way_changes_by_a_click(work: Project) -> None:
    async with opened(work) as pilot:
        await look_for(pilot, "zorg")
        await pilot.click("#way", offset=(2, 0))
        assert found(pilot).way is Way.EXACT


@SIZES
async def test_a_question_finds_fragments(work: Project, size: tuple[int, int]) -> None:
    async with opened(work, size) as pilot:
        await look_for(pilot, "rust and not zorg", way=Way.QUERY)
        assert "rust · Samira" in seen(pilot)
        assert "Ik sliep niet." in seen(pilot)


async def test_a_mistake_in_a_question_puts_the_cursor_there(work: Project) -> None:
    async with opened(work) as pilot:
        await look_for(pilot, "rust and onrust", way=Way.QUERY)
        assert "character 10" in seen(pilot)
        field = found(pilot).query_one(Field)
        assert field.has_focus
        assert field.cursor_position == 9


async def test_a_broken_expression_is_said(work: Project) -> None:
    async with opened(work) as pilot:
        await look_for(pilot, "(zorg", way=Way.REGEX)
        assert "regular expression" in seen(pilot)
        assert found(pilot).lines == []


@SIZES
async def test_ticked_places_get_a_code_in_one_change_after_a_look(work: Project, size: tuple[int, int]) -> None:
    async with opened(work, size) as pilot:
        await look_for(pilot, "zorg", way=Way.INSIDE)
        await pilot.press("a", "c")
        await pilot.pause()
        await pilot.press(*"care", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ProposalsScreen))
        await answered(pilot)
        assert "2 fragments get zorg" in seen(pilot)
        await pilot.press("e")
        await answered(pilot)
        assert "De gezinszorg kwam." in seen(pilot)
        await pilot.press("b")
        await settled(pilot)
        assert coded(work)[0] == ("zorg", "De gezinszorg kwam.")
        assert ("zorg", "En de zorg voor het gezin?") in coded(work)
        assert work.history.entries(limit=1)[0].act is Act.AUTOCODE
        assert isinstance(pilot.app.screen, FindScreen)
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert coded(work) == [("rust", "Ik sliep niet.")]


async def test_a_proposal_that_is_refused_gets_no_code(work: Project) -> None:
    async with opened(work) as pilot:
        await look_for(pilot, "zorg", way=Way.INSIDE)
        await pilot.press("a", "c")
        await pilot.pause()
        await pilot.press(*"care", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ProposalsScreen))
        await answered(pilot)
        await pilot.press("space")
        assert "1 fragment gets zorg" in seen(pilot)
        await pilot.press("b")
        await settled(pilot)
        assert [text for code, text in coded(work) if code == "zorg"] == ["zorg"]


async def test_without_ticks_the_line_of_the_cursor_is_proposed_and_escape_stores_nothing(work: Project) -> None:
    async with opened(work) as pilot:
        await look_for(pilot, "gezin")
        await pilot.press("c")
        await pilot.pause()
        await pilot.press(*"care", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ProposalsScreen))
        await answered(pilot)
        assert "1 fragment gets zorg" in seen(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(pilot.app.screen, FindScreen)
        assert coded(work) == [("rust", "Ik sliep niet.")]


async def test_what_has_the_code_already_is_said_and_left(work: Project) -> None:
    async with opened(work) as pilot:
        await look_for(pilot, "rust", way=Way.QUERY)
        await pilot.press("c")
        await pilot.pause()
        await pilot.press(*"rest", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ProposalsScreen))
        await answered(pilot)
        assert "has this code already" in seen(pilot)
        await pilot.press("b")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ProposalsScreen)


async def test_the_help_explains_the_query_language(work: Project) -> None:
    async with opened(work, LARGE) as pilot:
        await look_for(pilot, "gezin")
        await pilot.press("f1")
        await pilot.pause()
        assert "wonen near 20 words geld" in " ".join(seen(pilot).replace("│", " ").split())


async def test_other_screen_sizes_keep_the_list_and_the_place(work: Project) -> None:
    async with opened(work, LARGE) as pilot:
        await look_for(pilot, "gezin")
        await pilot.press("down")
        await pilot.resize_terminal(*SMALL)
        await pilot.pause()
        assert found(pilot).query_one(OptionList).highlighted == 1
        assert "gezinnen" in seen(pilot)


async def test_a_click_on_the_box_ticks_and_a_click_on_the_words_goes_there(work: Project) -> None:
    async with opened(work) as pilot:
        await look_for(pilot, "gezin")
        await pilot.click(OptionList, offset=(3, 2))
        await pilot.pause()
        assert "1 ticked" in seen(pilot)
        assert seen(pilot).count("[x]") == 1
        await pilot.click(OptionList, offset=(20, 3))
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen) and pilot.app.screen.desk is not None)
        assert pilot.app.screen.title == "2 · b"


async def test_a_long_turn_keeps_its_indent_on_a_small_screen(work: Project) -> None:
    async with opened(work) as pilot:
        await look_for(pilot, "zorg", way=Way.INSIDE)
        await pilot.press("c")
        await pilot.pause()
        await pilot.press(*"care", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ProposalsScreen))
        await answered(pilot)
        await pilot.press("e", "e")
        await answered(pilot)
        assert "      …Samira: De gezinszorg kwam. Ik sliep niet.…" in seen(pilot)


async def test_a_text_that_is_corrected_meanwhile_is_looked_at_again(work: Project) -> None:
    async with opened(work) as pilot:
        await look_for(pilot, "gezin")
        await pilot.press("c")
        await pilot.pause()
        await pilot.press(*"care", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ProposalsScreen))
        await answered(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ProposalsScreen)
        screen._storing = True  # so that it does not look again by itself: the correction comes at the last moment
        with work.sibling() as other:
            other.sources.correct(1, start=0, stop=6, replacement="Sam")
        screen.store()
        await settled(pilot)
        await answered(pilot)
        assert isinstance(pilot.app.screen, ProposalsScreen)
        assert [code for code, _ in coded(work)] == ["rust"]


def test_what_is_around_a_hit_is_one_line_from_a_whole_word_on() -> None:
    hit = Line(
        "1", 1, 1, "a", 40, 46, Content(), "De coach zei\ndat wij \n in dit ", "gezin", " nooit\nalleen zijn en nu wel."
    )
    assert in_context(hit, 30).plain == "…wij in dit gezin nooit allee…"
    assert in_context(hit, 90).plain == "De coach zei dat wij in dit gezin nooit alleen zijn en nu wel."
