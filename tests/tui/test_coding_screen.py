"""Coding by keyboard and mouse, on a small and on a large screen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.copies import made_once
from tests.tui.frame import LARGE, SMALL, frame, opened, seen, settled
from textual.pilot import Pilot
from textual.widgets import OptionList, TextArea

from verhalen.api.codings import Intent
from verhalen.api.project import Project, new_project
from verhalen.i18n import set_language
from verhalen.model.codebook import Code
from verhalen.model.coding import Coding, Valence
from verhalen.tui.code_picker import Picker
from verhalen.tui.coding_memo import MemoDialog
from verhalen.tui.coding_screen import CodingScreen
from verhalen.tui.coding_units import Selection
from verhalen.tui.dialogs import Choose
from verhalen.tui.transcript_view import TranscriptView

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE])
TALK = (
    "Joris: Hoe gaat het? Vertel eens.\n\n"
    "Samira: Ik sliep niet. Nu slaap ik wel. De ketel was kapot.\n\n"
    "Joris: En het gezin?\n\n"
    "Samira: Goed 👩‍👩‍👧‍👦 hè, x\u0323\u0302 שלום ja.\n"
)
OTHER = "Els: De gezinnen komen graag. Ze slapen beter.\n"


@made_once
def work_made(folder: Path) -> Project:
    """Two talks, three codes, two families; the coder is Hanne."""
    made = new_project(folder / "w", coder="Hanne", empty=True)
    for key, name, told in (
        ("rol", "Rol", ""),
        ("rol.vertrouwen", "Vertrouwensband", "Elkaar leren kennen."),
        ("dom.wonen", "Wonen", "Huis en huur."),
    ):
        made.codes.add(Code(key, name, told, parent="rol" if key.startswith("rol.") else None))
    made.families.add("G001", municipality="Oudermeer")
    made.families.add("G002", municipality="Lindebeke")
    for name, text in (("a.txt", TALK), ("b.txt", OTHER)):
        (folder / name).write_text(text, "utf-8")
        assert [each.error for each in made.sources.import_files([folder / name])] == [None]
    return made


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Project]:
    set_language("en")
    with work_made(tmp_path) as made:
        yield made


@asynccontextmanager
async def coding(project: Project, size: tuple[int, int] = SMALL) -> AsyncIterator[Pilot[None]]:
    """The coding screen on the first talk."""
    async with opened(project, size) as pilot:
        frame(pilot).open_coding(1)
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen) and desk(pilot).desk is not None)
        await pilot.pause()
        yield pilot


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(600):
        if holds():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


def desk(pilot: Pilot[None]) -> CodingScreen:
    """The coding screen."""
    return next(each for each in pilot.app.screen_stack if isinstance(each, CodingScreen))


def view(pilot: Pilot[None]) -> TranscriptView:
    """The text."""
    return desk(pilot).view


def chosen(pilot: Pilot[None]) -> str:
    """The selected words."""
    now = view(pilot).selection
    return view(pilot).text[now.start : now.stop]


def coded(project: Project, source: int = 1) -> list[tuple[str, str]]:
    """Code and words of each coding."""
    text = project.sources.text(source)
    return [(each.code, text.text[each.start : each.stop]) for each in project.codings.of(text.source.id)]


def put(project: Project, words: str, code: str = "dom.wonen") -> Coding:
    """A coding of these words in the first talk."""
    text = project.sources.text(1)
    start = text.text.index(words)
    made = project.codings.apply(Intent(text.source.id, start, start + len(words), code))
    return project.codings.get(made.coding_id)


async def select(pilot: Pilot[None], words: str) -> None:
    """Select these words."""
    start = view(pilot).text.index(words)
    view(pilot).select(Selection(start, start + len(words)))
    await pilot.pause()


# -- moving ----------------------------------------------------------------------------------------------------------


@SIZES
async def test_s_goes_from_sentence_to_sentence_without_labels(work: Project, size: tuple[int, int]) -> None:
    async with coding(work, size) as pilot:
        heard = []
        for key in ("s", "s", "s", "S"):
            await pilot.press(key)
            heard.append(chosen(pilot))
        assert heard == ["Hoe gaat het?", "Vertel eens.", "Ik sliep niet.", "Vertel eens."]


async def test_t_selects_turns_and_shift_with_an_arrow_stretches_by_turns(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("t", "t")
        assert chosen(pilot) == "Ik sliep niet. Nu slaap ik wel. De ketel was kapot."
        await pilot.press("shift+right")
        assert chosen(pilot).endswith("En het gezin?")
        await pilot.press("shift+left", "T")
        assert chosen(pilot) == "Hoe gaat het? Vertel eens."


async def test_shift_with_an_arrow_stretches_by_sentences_after_s(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("s", "shift+down")
        assert chosen(pilot) == "Hoe gaat het? Vertel eens."
        await pilot.press("shift+up")
        assert chosen(pilot) == "Hoe gaat het?"


async def test_words_and_characters_by_arrows(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("ctrl+shift+right", "ctrl+shift+right")
        assert chosen(pilot) == "Hoe gaat"
        await pilot.press("shift+left")
        assert chosen(pilot) == "Hoe gaa"
        await pilot.press("right", "ctrl+left", "shift+end")
        assert chosen(pilot) == "gaat het? Vertel eens."


async def test_up_and_down_keep_the_column(work: Project) -> None:
    async with coding(work) as pilot:
        before = view(pilot).selection.cursor
        await pilot.press("down", "down", "up", "up")
        assert view(pilot).selection.cursor == before
        await pilot.press("ctrl+end")
        assert view(pilot).selection.cursor == len(TALK)
        await pilot.press("ctrl+home", "pagedown", "pageup")
        assert view(pilot).selection.cursor == 0


async def test_u_goes_to_the_next_turn_without_a_coding(work: Project) -> None:
    put(work, "De ketel was kapot.")
    async with coding(work) as pilot:
        await pilot.press("u")
        assert chosen(pilot) == "Hoe gaat het? Vertel eens."
        await pilot.press("u")
        assert chosen(pilot) == "En het gezin?"


async def test_selections_take_whole_clusters(work: Project) -> None:
    async with coding(work) as pilot:
        family = TALK.index("👩")
        view(pilot).select(Selection(family + 2, family + 4))
        assert chosen(pilot) == "👩‍👩‍👧‍👦"
        view(pilot).select(Selection(family, family))
        await pilot.press("shift+right")
        assert chosen(pilot) == "👩‍👩‍👧‍👦"
        accent = TALK.index("x\u0323")
        view(pilot).select(Selection(accent + 1, accent + 2))
        assert chosen(pilot) == "x\u0323\u0302"
        await select(pilot, "שלום")
        await pilot.press("c", *"wonen", "enter")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "שלום")]


# -- coding ----------------------------------------------------------------------------------------------------------


@SIZES
async def test_a_code_is_picked_by_a_few_letters(work: Project, size: tuple[int, int]) -> None:
    async with coding(work, size) as pilot:
        await pilot.press("s", "c", *"vert")
        assert isinstance(pilot.app.screen, Picker)
        await pilot.pause()
        assert "Elkaar leren kennen." in seen(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert coded(work) == [("rol.vertrouwen", "Hoe gaat het?")]
        assert "Coded: rol.vertrouwen · stored · ctrl+z takes it back" in seen(pilot)


async def test_space_marks_several_codes_in_one_undo_step(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("s", "c", *"vertr", "space", *(["backspace"] * 5), *"wonen", "space", "enter")
        await settled(pilot)
        assert sorted(coded(work)) == [("dom.wonen", "Hoe gaat het?"), ("rol.vertrouwen", "Hoe gaat het?")]
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert coded(work) == []


async def test_without_a_selection_the_sentence_gets_the_code(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("c", *"wonen", "enter")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "Hoe gaat het?")]


@pytest.mark.parametrize("key", ["2", "é"])
@SIZES
async def test_a_digit_gives_its_code_with_and_without_shift(work: Project, key: str, size: tuple[int, int]) -> None:
    async with coding(work, size) as pilot:
        await pilot.press("s", "c", *"vertr", "enter", "c", *"wonen", "enter", "s", key)
        await settled(pilot)
        assert ("dom.wonen", "Vertel eens.") in coded(work)
        await until(pilot, lambda: "2" in seen(pilot) and "wonen" in seen(pilot))


async def test_r_gives_the_code_used_last_and_digits_are_remembered(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("s", "c", *"wonen", "enter", "s", "r")
        await settled(pilot)
    async with coding(work) as pilot:
        await pilot.press("s", "s", "s", "ampersand")
        await settled(pilot)
    assert [code for code, _ in coded(work)] == ["dom.wonen"] * 3


async def test_a_coding_is_not_made_twice_and_the_screen_says_so(work: Project) -> None:
    put(work, "Hoe gaat het?")
    async with coding(work) as pilot:
        await pilot.press("s", "c", *"wonen", "enter")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "Hoe gaat het?")]
        assert "dom.wonen stands here already. Nothing changed." in seen(pilot)


@SIZES
async def test_x_takes_a_coding_away_and_ctrl_z_brings_it_back(work: Project, size: tuple[int, int]) -> None:
    put(work, "Hoe gaat het?")
    async with coding(work, size) as pilot:
        await pilot.press("s", "x")
        await settled(pilot)
        assert coded(work) == []
        assert "Removed: dom.wonen" in seen(pilot)
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "Hoe gaat het?")]
        await until(pilot, lambda: len(desk(pilot).the_desk.codings) == 1)
        await pilot.press("ctrl+y")
        await settled(pilot)
        await until(pilot, lambda: not desk(pilot).the_desk.codings)


async def test_delete_asks_which_where_codings_overlap(work: Project) -> None:
    put(work, "Hoe gaat het?")
    put(work, "Hoe gaat het? Vertel eens.", "rol.vertrouwen")
    async with coding(work) as pilot:
        await pilot.press("delete")
        assert isinstance(pilot.app.screen, Choose)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "Hoe gaat het?")]


async def test_the_coding_of_another_coder_is_taken_away_only_after_a_question(work: Project) -> None:
    with work.sibling(coder="Jan") as jan:
        put(jan, "Hoe gaat het?")
    async with coding(work) as pilot:
        assert "W " not in seen(pilot)
        assert "w " in seen(pilot)
        assert "dom.wonen · J Jan" in seen(pilot)
        await pilot.press("x", "escape")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "Hoe gaat het?")]


async def test_v_turns_through_the_valences(work: Project) -> None:
    coding_id = put(work, "Hoe gaat het?").id
    async with coding(work) as pilot:
        heard = []
        for _ in range(4):
            await pilot.press("v")
            await settled(pilot)
            heard.append(work.codings.get(coding_id).valence)
        assert heard == [Valence.POSITIVE, Valence.NEGATIVE, Valence.MIXED, Valence.NONE]


async def test_a_valence_shows_as_a_sign_in_the_margin(work: Project) -> None:
    put(work, "Hoe gaat het?")
    async with coding(work) as pilot:
        await pilot.press("v", "v")
        await settled(pilot)
        assert "W-" in seen(pilot)


async def test_m_writes_a_memo(work: Project) -> None:
    coding_id = put(work, "Hoe gaat het?").id
    async with coding(work) as pilot:
        await pilot.press("m", *"navragen")
        assert isinstance(pilot.app.screen, MemoDialog)
        await pilot.press("ctrl+z")
        assert isinstance(pilot.app.focused, TextArea)
        await pilot.press("ctrl+y", "escape")
        await settled(pilot)
        assert work.codings.get(coding_id).memo == "navragen"
        assert "✎" in seen(pilot)


async def test_g_says_about_which_family_and_takes_it_back(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("s", "g", *"linde", "enter")
        await settled(pilot)
        assert [(each.family, each.start, each.stop) for each in work.sources.mentions(1)] == [("G002", 7, 20)]
        await until(pilot, lambda: "@G002" in seen(pilot))
        await pilot.press("g", "enter")
        await settled(pilot)
        assert [each.family for each in work.sources.mentions(1)] == ["G002"]
        await pilot.press("g", "space", "enter")
        await settled(pilot)
        assert work.sources.mentions(1) == []


async def test_g_ticks_several_families_in_one_change(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("s", "g", "space", "down", "space")
        assert "[x] G001" in seen(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert sorted(each.family for each in work.sources.mentions(1)) == ["G001", "G002"]
        assert "About G001, G002" in seen(pilot)
        await pilot.press("g")
        await pilot.pause()
        assert seen(pilot).count("[x] ") == 2
        await pilot.press("down", "space", "enter")
        await settled(pilot)
        assert [each.family for each in work.sources.mentions(1)] == ["G001"]
        await pilot.press("ctrl+z", "ctrl+z")
        await settled(pilot)
        assert work.sources.mentions(1) == []


async def test_a_family_comes_beside_those_that_are_ticked(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("s", "g", "enter")
        await settled(pilot)
        await pilot.press("g", *"linde", "enter")
        await settled(pilot)
        assert sorted(each.family for each in work.sources.mentions(1)) == ["G001", "G002"]


async def test_a_fixed_digit_is_marked(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("s", "c", *"wonen", "enter", "l")
        await settled(pilot)
        assert desk(pilot).slots.digits() == {"dom.wonen": "1•"}


async def test_a_stale_text_refuses_the_code_and_shows_the_new_text(
    work: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verhalen.tui.app.POLL", 60.0)  # the window does not hear of it before the code is given
    async with coding(work) as pilot:
        await select(pilot, "De ketel was kapot.")
        with work.sibling(coder="Jan") as jan:
            jan.sources.correct(1, start=7, stop=10, replacement="Hoezo")
        await pilot.press("c", *"wonen", "enter")
        await settled(pilot)
        await until(pilot, lambda: "Hoezo gaat" in seen(pilot))
        assert coded(work) == []
        assert chosen(pilot) == "De ketel was kapot."


# -- searching -------------------------------------------------------------------------------------------------------


@SIZES
async def test_search_marks_while_typing_and_goes_on_in_the_next_source(work: Project, size: tuple[int, int]) -> None:
    async with coding(work, size) as pilot:
        await pilot.press("f", *"gez")
        await until(pilot, lambda: "1 place with these letters" in seen(pilot))
        await pilot.press(*"in", "enter")
        await until(pilot, lambda: chosen(pilot) == "gezin")
        await pilot.press("n")
        await pilot.pause()
        assert chosen(pilot) == "gezinnen"
        assert desk(pilot).the_desk.source.number == 2
        await pilot.press("p")
        await pilot.pause()
        assert chosen(pilot) == "gezin"


async def test_f4_goes_round_the_ways_to_search_and_a_bad_expression_is_a_sentence(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("f", *"zinnen", "f4")
        assert "as written" in seen(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing found for: zinnen · F4 searches another way" in seen(pilot))
        await pilot.press("f4")
        assert "inside words" in seen(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: chosen(pilot) == "gezinnen")
        await pilot.press("f", "f4", "ctrl+u", *"(slie")
        assert "regular expression" in seen(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: bool(frame(pilot)._notifications))
        assert ["at character 6" in note.message for note in frame(pilot)._notifications] == [True]
        await pilot.press("ctrl+u", *r"sl\w+", "enter")
        await until(pilot, lambda: chosen(pilot) == "slapen")
        await pilot.press("n")
        assert chosen(pilot) == "sliep"
        await pilot.press("f", "f4")
        assert "any form" in seen(pilot)


async def test_escape_closes_search_then_selection_then_the_screen(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("f", *"ketel", "escape")
        assert view(pilot).has_focus
        await pilot.press("s", "escape")
        assert chosen(pilot) == ""
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, CodingScreen)


# -- the mouse -------------------------------------------------------------------------------------------------------


def spot(pilot: Pilot[None], words: str) -> tuple[int, int]:
    """Where these words begin, in cells of the text widget."""
    shown = view(pilot)
    start = shown.text.index(words)
    line = shown.page.layout.line_at(start)
    return shown.page.margin + shown.page.layout.column(start), line - shown.scroll_offset.y


@SIZES
async def test_a_click_puts_the_cursor_and_a_second_one_takes_the_word(work: Project, size: tuple[int, int]) -> None:
    async with coding(work, size) as pilot:
        place = spot(pilot, "ketel")
        await pilot.click(TranscriptView, offset=place)
        assert view(pilot).selection == Selection(TALK.index("ketel"), TALK.index("ketel"))
        await pilot.click(TranscriptView, offset=place, times=2)
        assert chosen(pilot) == "ketel"
        await pilot.click(TranscriptView, offset=place, times=3)
        assert chosen(pilot) == "De ketel was kapot."


@SIZES
async def test_dragging_selects_up_to_the_character_under_the_mouse(work: Project, size: tuple[int, int]) -> None:
    async with coding(work, size) as pilot:
        x, y = spot(pilot, "ketel")
        await pilot.mouse_down(TranscriptView, offset=(x, y))
        await pilot.hover(TranscriptView, offset=(x + 2, y))
        await pilot.hover(TranscriptView, offset=(x + 4, y))
        await pilot.mouse_up(TranscriptView, offset=(x + 4, y))
        assert chosen(pilot) == "ketel"


async def test_a_click_on_a_stripe_takes_its_fragment(work: Project) -> None:
    put(work, "De ketel was kapot.")
    async with coding(work) as pilot:
        margin, y = view(pilot).page.margin, spot(pilot, "ketel")[1]
        await pilot.click(TranscriptView, offset=(margin - 4, y))
        await pilot.pause()
        assert chosen(pilot) == "De ketel was kapot."


async def test_a_click_in_the_list_of_codes_gives_the_code(work: Project) -> None:
    async with coding(work, LARGE) as pilot:
        await pilot.press("s")
        await pilot.click("#codes", offset=(8, 1))
        await settled(pilot)
        assert len(coded(work)) == 1


async def test_a_click_on_a_digit_below_the_text_gives_its_code(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("s", "c", *"wonen", "enter", "s")
        await until(pilot, lambda: "1 W wonen" in seen(pilot))
        await pilot.click("#strip", offset=(6, 0))
        await settled(pilot)
        assert ("dom.wonen", "Vertel eens.") in coded(work)


# -- panes and places ------------------------------------------------------------------------------------------------


async def test_on_a_small_screen_the_panes_come_by_key_and_go_after_use(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("s", "k")
        assert pilot.app.focused is pilot.app.screen.query_one("#codes", OptionList)
        await pilot.press("end", "enter")
        await settled(pilot)
        assert view(pilot).has_focus
        assert len(coded(work)) == 1
        await pilot.press("o")
        await pilot.pause()
        assert "b" in seen(pilot)
        await pilot.press("escape")
        assert view(pilot).has_focus


async def test_on_a_large_screen_tab_goes_from_pane_to_pane(work: Project) -> None:
    async with coding(work, LARGE) as pilot:
        await pilot.press("tab")
        assert pilot.app.focused is pilot.app.screen.query_one("#codes", OptionList)
        await pilot.press("tab")
        assert pilot.app.focused is pilot.app.screen.query_one("#sources", OptionList)
        await pilot.press("right")
        assert pilot.app.focused is pilot.app.screen.query_one("#families", OptionList)


async def test_each_source_keeps_its_place(work: Project) -> None:
    async with coding(work) as pilot:
        await select(pilot, "De ketel was kapot.")
        desk(pilot).open_source(2)
        desk(pilot).open_source(1)
        await pilot.pause()
        await settled(pilot)
    async with coding(work) as pilot:
        await pilot.pause()
        assert chosen(pilot) == "De ketel was kapot."


async def test_calm_shows_only_text_and_codes(work: Project) -> None:
    async with coding(work, LARGE) as pilot:
        await pilot.press("b")
        await pilot.pause()
        assert "Hanne ·" not in seen(pilot)
        assert "Ik sliep niet" in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "Hanne ·" in seen(pilot)


async def test_a_project_without_sources_says_what_to_do(tmp_path: Path) -> None:
    set_language("en")
    with new_project(tmp_path / "w", coder="Hanne", empty=True) as empty:
        async with opened(empty) as pilot:
            frame(pilot).open_coding()
            await until(pilot, lambda: "There is no source yet." in seen(pilot))
            await pilot.press("s", "c", "x", "escape")


# -- two windows -----------------------------------------------------------------------------------------------------


async def test_a_coding_from_another_window_appears(work: Project) -> None:
    async with coding(work) as pilot:
        with work.sibling(coder="Jan") as jan:
            put(jan, "Hoe gaat het?")
        await until(pilot, lambda: "dom.wonen · J Jan" in seen(pilot))


async def test_a_correction_from_another_window_keeps_the_cursor_at_its_words(work: Project) -> None:
    async with coding(work) as pilot:
        await select(pilot, "De ketel was kapot.")
        with work.sibling(coder="Jan") as jan:
            jan.sources.correct(1, start=7, stop=10, replacement="Allez, hoe")
        await until(pilot, lambda: "Allez, hoe gaat" in seen(pilot))
        assert chosen(pilot) == "De ketel was kapot."


async def test_words_wait_with_a_mark_until_they_are_stored(work: Project) -> None:
    async with coding(work) as pilot:
        await select(pilot, "De ketel was kapot.")
        desk(pilot).acts.apply(["dom.wonen"])
        assert [each.sign for each in desk(pilot).the_desk.marks()] == ["…"]
        await settled(pilot)
        assert [each.sign for each in desk(pilot).the_desk.marks()] == [" "]


@pytest.mark.slow
async def test_sentences_come_from_the_language_room_in_the_background(work: Project, tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("Els: Dr. Peeters kwam. Goed.\nJan: Ja.\nEls: Nee.\n", "utf-8")
    assert [each.error for each in work.sources.import_files([tmp_path / "c.txt"])] == [None]
    async with coding(work) as pilot:
        desk(pilot).open_source(3)
        await pilot.press("s")
        assert chosen(pilot) == "Dr."
        await until(pilot, lambda: len(view(pilot).sentences) == 4)
        await pilot.press("escape", "ctrl+home", "s")
        assert chosen(pilot) == "Dr. Peeters kwam."
